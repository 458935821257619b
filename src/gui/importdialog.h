#pragma once

#include "models/importsession.h"

#include <QDialog>

#include <memory>

namespace Ui {
class ImportDialog;
}

namespace rowdesk {

/// One page from a file to a plan: file, columns, check, send. Draws an ImportSession and never sends anything.
///
/// Accepted: plan() is what is to be uploaded. The columns of a dataset that the list did not tell are asked for with
/// schemaWanted() and answered through setSchema(), all rows of one with tableWanted() and setTable().
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    /// `datasetId`: append to this one unless something else is chosen; empty: nothing is chosen yet.
    explicit ImportDialog(const QVector<ImportSession::Dataset> &datasets, const QString &datasetId = {},
                          QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// Looks at the file; the same whether it was typed, browsed for, dropped or given by the program.
    void openFile(const QString &path);
    void setSchema(const QString &datasetId, const Result<DataService::TableSchema> &schema);
    void setTableProgress(const QString &datasetId, qint64 rows) { m_session.setTableProgress(datasetId, rows); }
    void setTable(const QString &datasetId, const Result<WholeTable> &table) { m_session.setTable(datasetId, table); }

    /// What is to be said before a file with this SHA-256 goes into this dataset (empty: a new table); may be empty.
    using Earlier = std::function<QString(const QByteArray &sha256, const QString &datasetId)>;
    void setEarlier(Earlier earlier) { m_earlier = std::move(earlier); }

    /// Valid once the dialog was accepted.
    const UploadPlan &plan() const { return m_plan; }
    /// What to keep for the next file like this; empty when the person does not want that. Valid once accepted.
    const std::optional<ImportRecipe> &recipe() const { return m_recipe; }

    ImportSession *session() { return &m_session; }

signals:
    void schemaWanted(const QString &datasetId);
    void tableWanted(const QString &datasetId);
    void tableUnwanted(); ///< also when the dialog ends

private:
    void setUpViews();
    void connectFile();
    void connectTarget();
    void connectCheck();
    void fillDatasets(const QString &datasetId);
    void fitMapping();
    void fitPreview();
    void browse();
    void chooseTarget();
    void proposeName();
    void showSession();
    void showFile();
    void showRecipe();
    void showTarget();
    void showColumns();
    void showCheck();
    void showPolicy();
    void showSend();
    void showProgress();
    void showLetters();
    void showOverlap();
    void findEarlier();
    void showCell(qint64 line, int column);
    void showLine(qint64 line);
    QString previewTitle();
    bool offersMark() const;
    void addPreviewMenu();
    QString uploadText() const;
    QString earlierText();
    QString checkSentence() const;
    QString overlapSentence() const;
    QString leftOutText() const;
    QString columnFacts() const;
    QString headerNote() const;

    std::unique_ptr<Ui::ImportDialog> m_ui;
    ImportSession m_session;
    UploadPlan m_plan;
    std::optional<ImportRecipe> m_recipe;
    Earlier m_earlier;
    std::pair<QByteArray, QString> m_earlierAsked; ///< file and dataset that m_earlierText is about
    QString m_earlierText;
    std::optional<ApiError> m_changedFile; ///< said until something else is done
    QTimer m_tick;                         ///< progress is asked for, not told
    int m_columnShown = 0;                 ///< of the cell that showCell() is about
    bool m_nameTyped = false;              ///< the new table's name is the person's, not ours
};

} // namespace rowdesk
