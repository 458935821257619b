#pragma once

#include "api/datasetinfo.h"
#include "transfer/tablereading.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace rowdesk {

class Workspace;

/// Chooses one table of a comparison: a dataset and one of its versions, or a file.
class CompareSide : public QWidget
{
    Q_OBJECT
public:
    explicit CompareSide(QWidget *parent = nullptr);

    /// What screen readers call the parts: "Before", "After".
    void setName(const QString &name);
    /// The account to choose from. Not owned, outlives this.
    void setWorkspace(Workspace *workspace);

    /// Which of the versions to take once they are known.
    enum class Pick { Current, Previous, Named };
    void choose(const QString &datasetId, Pick pick, const QString &version = {});
    void chooseFile(const QString &path);

signals:
    /// Another table was chosen and is known in full.
    void chosen(const TableOrigin &origin);

private:
    void datasetActivated();
    void readVersions(const QString &datasetId, Pick pick, const QString &version);
    void showVersions(const QVector<VersionInfo> &versions, Pick pick, const QString &version);
    void askForFile();
    void tell();

    Workspace *m_workspace = nullptr;
    QComboBox *m_dataset;
    QComboBox *m_version;
    QToolButton *m_file;
    QString m_path; ///< of the file that was chosen last
    int m_asked = 0;
};

} // namespace rowdesk
