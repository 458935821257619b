#pragma once

#include "models/tableexport.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QGroupBox;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace rowdesk {

class PlainLabel;

/// Which rows go into a file, and how. Shows how far the export is; closing it, or Cancel, ends the export and leaves
/// nothing.
class ExportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `name` is what the file is called at first. Takes the export.
    ExportDialog(TableExport *what, const QString &name, QWidget *parent = nullptr);
    ~ExportDialog() override;

    ExportOptions options() const;
    TableExport::Scope scope() const;
    /// Begins to write, as if this file had been chosen.
    void exportTo(const QString &path);

public slots:
    void reject() override;

private:
    void layOut();
    void addScopes();
    void addFormats();
    QWidget *csvPart();
    void formatChosen();
    void showOptions(const ExportOptions &options);
    void csvEdited();
    void askForFile();
    void showState();
    void takeResult(const Result<Exported> &result);

    TableExport *m_export;
    QString m_name;
    QComboBox *m_scope;
    QComboBox *m_format;
    QGroupBox *m_csv;
    QComboBox *m_delimiter;
    QComboBox *m_decimal;
    QComboBox *m_dates;
    QLineEdit *m_null;
    QComboBox *m_encoding;
    QCheckBox *m_guard;
    PlainLabel *m_state;
    QProgressBar *m_progress;
    QPushButton *m_ok;
    QTimer m_tick;
};

} // namespace rowdesk
