#include "gui/importflow.h"

#include "gui/importdialog.h"
#include "gui/mainwindow.h"
#include "gui/welcomepage.h"
#include "models/words.h"
#include "models/workspace.h"

#include <QFileDialog>
#include <QFileInfo>

namespace rowdesk {

namespace {

QVector<ImportSession::Dataset> targets(const DatasetListModel &list)
{
    QVector<ImportSession::Dataset> all;
    for (const DatasetInfo &dataset : list.datasets())
        all.append({dataset.id, dataset.name, dataset.schema});
    return all;
}

} // namespace

ImportFlow::ImportFlow(MainWindow *window) : QObject(window), m_window(window)
{
    connect(window, &MainWindow::importWanted, this, &ImportFlow::start);
    connect(window, &MainWindow::workspaceReady, this, [this] {
        if (const QString file = std::exchange(m_waitingFile, QString()); !file.isEmpty())
            start(file, {});
    });
}

void ImportFlow::start(const QString &file, const QString &datasetId)
{
    if (m_window->workspace())
        openDialog(file, datasetId);
    else if (file.isEmpty())
        askForFile();
    else
        wait(file);
}

void ImportFlow::askForFile()
{
    auto *chooser = new QFileDialog(m_window, tr("Open a file"), QString(),
                                    tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm);;All files (*)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &ImportFlow::wait);
    chooser->open();
}

void ImportFlow::wait(const QString &file)
{
    m_waitingFile = file;
    m_window->welcomePage()->showWaitingFile(Words::oneLine(QFileInfo(file).fileName()));
}

void ImportFlow::openDialog(const QString &file, const QString &datasetId)
{
    m_workspace = m_window->workspace();
    delete m_dialog;
    m_dialog = new ImportDialog(targets(*m_workspace->datasets()), datasetId, m_window);
    m_dialog->session()->setRecipes(m_recipes);
    connect(m_dialog, &ImportDialog::schemaWanted, this, &ImportFlow::answerSchema);
    connect(m_dialog, &ImportDialog::tableWanted, this, &ImportFlow::readTable);
    connect(m_dialog, &ImportDialog::tableUnwanted, this, [this] {
        ++m_readings;
        m_reading.abort();
    });
    m_dialog->setEarlier([queue = QPointer(m_workspace->uploads())](const QByteArray &sha256, const QString &id) {
        return queue ? queue->earlierNote(sha256, id) : QString();
    });
    connect(m_dialog, &QDialog::accepted, this, &ImportFlow::send);
    connect(m_dialog, &QDialog::rejected, m_dialog, &QObject::deleteLater);
    m_dialog->open();
    if (!file.isEmpty())
        m_dialog->openFile(file);
}

void ImportFlow::answerSchema(const QString &datasetId)
{
    if (!m_workspace)
        return;
    m_workspace->schema(datasetId).then(
        m_dialog, [dialog = m_dialog, datasetId](const auto &schema) { dialog->setSchema(datasetId, schema); });
}

void ImportFlow::readTable(const QString &datasetId)
{
    if (!m_workspace)
        return;
    const QPointer<ImportDialog> dialog = m_dialog;
    const int row = m_workspace->datasets()->rowOf(datasetId);
    const QString name = row < 0 ? datasetId : Words::oneLine(m_workspace->datasets()->dataset(row).name);
    m_reading.abort();
    m_reading = m_workspace->wholeTable({{datasetId, {}}, {}, name}, [dialog, datasetId](qint64 rows) {
        if (dialog)
            dialog->setTableProgress(datasetId, rows);
    });
    m_reading.then(m_dialog, [this, dialog, datasetId, asked = ++m_readings](const Result<WholeTable> &table) {
        if (asked == m_readings)
            dialog->setTable(datasetId, table);
    });
}

void ImportFlow::send()
{
    const UploadPlan plan = m_dialog->plan();
    const std::optional<ImportRecipe> recipe = m_dialog->recipe();
    m_dialog->deleteLater();
    if (!m_workspace || m_workspace != m_window->workspace())
        return;
    if (recipe)
        emit recipeMade(*recipe);
    m_workspace->uploads()->add(plan);
    m_window->showUploads();
}

} // namespace rowdesk
