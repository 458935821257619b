#include "gui/importdialog.h"

#include "gui/columntypedelegate.h"
#include "gui/filedrop.h"
#include "gui/importtargetdelegate.h"
#include "gui/look.h"
#include "models/words.h"
#include "ui_importdialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QShortcut>

namespace rowdesk {
namespace {

constexpr int tickMsec = 100;
constexpr int mostMappingRows = 7;
constexpr int mostPreviewChars = 40;

void setUpTable(QTableView *view, QAbstractItemModel *model)
{
    view->setModel(model);
    view->verticalHeader()->setDefaultSectionSize(look::rowHeight(view));
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    view->horizontalHeader()->setHighlightSections(false);
}

} // namespace

ImportDialog::ImportDialog(const QVector<ImportSession::Dataset> &datasets, const QString &datasetId, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ImportDialog>()), m_session(datasets)
{
    m_ui->setupUi(this);
    setUpViews();
    fillDatasets(datasetId);
    connectFile();
    connectTarget();
    connectCheck();
    connect(&m_session, &ImportSession::changed, this, &ImportDialog::proposeName);
    connect(&m_session, &ImportSession::changed, this, &ImportDialog::showSession);
    connect(&m_session, &ImportSession::schemaWanted, this, &ImportDialog::schemaWanted);
    connect(&m_session, &ImportSession::tableWanted, this, &ImportDialog::tableWanted);
    connect(&m_session, &ImportSession::tableUnwanted, this, &ImportDialog::tableUnwanted);
    connect(this, &QDialog::finished, this, &ImportDialog::tableUnwanted);
    m_tick.setInterval(tickMsec);
    connect(&m_tick, &QTimer::timeout, this, &ImportDialog::showProgress);
    // Whoever made the dialog connects schemaWanted first.
    QMetaObject::invokeMethod(this, &ImportDialog::chooseTarget, Qt::QueuedConnection);
    showSession();
}

ImportDialog::~ImportDialog()
{
    // Hiding takes the focus away and commits open editors, which tells this object: now, not from QDialog's
    // destructor.
    hide();
}

void ImportDialog::setUpViews()
{
    setUpTable(m_ui->mapping, m_session.mapping());
    setUpTable(m_ui->preview, m_session.preview());
    setUpTable(m_ui->letters, m_session.encodings());
    m_ui->letters->verticalHeader()->hide();
    m_ui->letters->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_ui->letters->horizontalHeader()->setSectionResizeMode(EncodingModel::LineSection, QHeaderView::ResizeToContents);
    m_ui->problemsTab->setSession(&m_session);
    m_ui->mapping->setItemDelegateForColumn(MappingModel::TargetSection, new ImportTargetDelegate(this));
    m_ui->mapping->setItemDelegateForColumn(MappingModel::TypeSection, new ColumnTypeDelegate(this));
    m_ui->mapping->setEditTriggers(QAbstractItemView::SelectedClicked | QAbstractItemView::DoubleClicked |
                                   QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    QHeaderView *header = m_ui->mapping->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setSectionResizeMode(MappingModel::TypeSection, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(MappingModel::ProblemsSection, QHeaderView::ResizeToContents);
    connect(m_ui->mapping->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImportDialog::showColumns);
    // The preview takes what the page leaves; the mapping is as high as it needs to be, up to some rows.
    for (QTableView *view : {m_ui->preview, m_ui->letters})
        view->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    connect(m_session.mapping(), &QAbstractItemModel::modelReset, this, &ImportDialog::fitMapping);
    connect(m_session.preview(), &QAbstractItemModel::modelReset, this, &ImportDialog::fitPreview);
    for (QLabel *title : {m_ui->fileTitle, m_ui->columnsTitle, m_ui->checkTitle, m_ui->sendTitle}) {
        QFont bold = title->font();
        bold.setWeight(QFont::DemiBold);
        title->setFont(bold);
    }
    m_ui->sheetSettings->tabAfter(m_ui->settings->tabAfter(m_ui->browse));
    m_ui->questions->tabAfter(m_ui->rule->tabAfter(m_ui->mapping));
    m_ui->overlapQuestions->tabAfter(m_ui->overlap->tabAfter(m_ui->stop));
    m_ui->promise->setWeight(PlainLabel::Weight::Quiet);
    m_ui->columnFacts->setWeight(PlainLabel::Weight::Quiet);
    m_ui->noMark->setWeight(PlainLabel::Weight::Quiet);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        // Otherwise Enter in the table would press Upload.
        auto *edit = new QShortcut(key, m_ui->mapping);
        edit->setContext(Qt::WidgetShortcut);
        connect(edit, &QShortcut::activated, this, [this] { m_ui->mapping->edit(m_ui->mapping->currentIndex()); });
    }
}

void ImportDialog::fitMapping()
{
    const int rows = std::clamp(m_session.mapping()->rowCount(), 2, mostMappingRows);
    const QTableView *view = m_ui->mapping;
    m_ui->mapping->setFixedHeight(view->horizontalHeader()->sizeHint().height() +
                                  rows * view->verticalHeader()->defaultSectionSize() + 2 * view->frameWidth());
}

void ImportDialog::fitPreview()
{
    m_ui->preview->resizeColumnsToContents();
    const int widest = fontMetrics().averageCharWidth() * mostPreviewChars;
    for (int column = 0; column < m_session.preview()->columnCount(); ++column) {
        if (m_ui->preview->columnWidth(column) > widest)
            m_ui->preview->setColumnWidth(column, widest);
    }
}

void ImportDialog::fillDatasets(const QString &datasetId)
{
    m_ui->dataset->addItem(tr("Choose a dataset"), QString());
    for (const ImportSession::Dataset &known : m_session.datasets())
        m_ui->dataset->addItem(Words::oneLine(known.name), known.id);
    const int chosen = datasetId.isEmpty() ? -1 : m_ui->dataset->findData(datasetId);
    m_ui->dataset->setCurrentIndex(std::max(0, chosen));
    (chosen > 0 ? m_ui->append : m_ui->create)->setChecked(chosen > 0);
    m_ui->append->setEnabled(m_ui->dataset->count() > 1);
}

void ImportDialog::connectFile()
{
    connect(m_ui->path, &QLineEdit::returnPressed, this, [this] { openFile(m_ui->path->text()); });
    connect(m_ui->path, &QLineEdit::editingFinished, this, [this] {
        if (cleanPath(m_ui->path->text()) != m_session.path())
            openFile(m_ui->path->text());
    });
    connect(m_ui->browse, &QPushButton::clicked, this, &ImportDialog::browse);
    connect(m_ui->allowLarge, &QPushButton::clicked, &m_session, &ImportSession::allowLarge);
    connect(new FileDrop(this), &FileDrop::dropped, this, &ImportDialog::openFile);
    connect(m_ui->recipeUse, &QPushButton::clicked, &m_session, &ImportSession::useOffer);
    connect(m_ui->recipeForget, &QPushButton::clicked, &m_session, &ImportSession::startAfresh);
    connect(m_ui->settings, &ImportSettings::formatChosen, &m_session, &ImportSession::setCsvFormat);
    connect(m_ui->sheetSettings, &ImportSheetSettings::formatChosen, &m_session, &ImportSession::setXlsxFormat);
    connect(m_ui->sheetSettings, &ImportSheetSettings::sheetChosen, &m_session, &ImportSession::useSheet);
    connect(m_ui->sheetSettings, &ImportSheetSettings::rangeChosen, &m_session, &ImportSession::useRange);
    connect(m_ui->settings, &ImportSettings::encodingChosen, this,
            [this](const QByteArray &encoding) { m_session.detectAgain(encoding, 0); });
    connect(m_ui->useOther, &QPushButton::clicked, this,
            [this] { m_session.detectAgain(m_session.encodings()->look().other, 0); });
    connect(m_ui->settings, &ImportSettings::delimiterChosen, this,
            [this](char delimiter) { m_session.detectAgain(m_session.format().csv.encoding, delimiter); });
}

void ImportDialog::connectTarget()
{
    connect(m_ui->append, &QRadioButton::clicked, this, &ImportDialog::chooseTarget);
    connect(m_ui->create, &QRadioButton::clicked, this, &ImportDialog::chooseTarget);
    connect(m_ui->dataset, &QComboBox::activated, this, [this](int row) {
        m_ui->append->setChecked(row > 0 || m_ui->append->isChecked());
        chooseTarget();
    });
    connect(m_ui->tableName, &QLineEdit::textEdited, this, [this] {
        m_nameTyped = true;
        m_ui->create->setChecked(true);
        chooseTarget();
    });
    connect(m_ui->schemaRetry, &QPushButton::clicked, &m_session, &ImportSession::askSchemaAgain);
    connect(m_ui->rule, &ImportRuleBar::ruleChosen, this,
            [this](const ColumnRule &rule) { m_session.setRule(m_ui->mapping->currentIndex().row(), rule); });
    connect(m_ui->questions, &ImportQuestions::answered, &m_session, &ImportSession::answer);
}

void ImportDialog::addPreviewMenu()
{
    auto *header = new QAction(tr("This row has the names of the columns"), m_ui->preview);
    m_ui->preview->addAction(header);
    m_ui->preview->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(header, &QAction::triggered, this, [this] {
        const QModelIndex cell = m_ui->preview->currentIndex();
        if (cell.isValid())
            m_session.useAsHeader(
                m_session.preview()->headerData(cell.row(), Qt::Vertical, Qt::DisplayRole).toLongLong());
    });
}

void ImportDialog::connectCheck()
{
    addPreviewMenu();
    connect(m_ui->stop, &QPushButton::clicked, this, [this] {
        if (m_session.isBusy())
            m_session.stopInspecting();
        else
            m_session.inspectAgain();
    });
    connect(m_ui->problemsTab, &ImportProblems::cellWanted, this, &ImportDialog::showCell);
    connect(&m_session, &ImportSession::lineShown, this, &ImportDialog::showLine);
    connect(m_ui->firstRows, &QPushButton::clicked, &m_session, &ImportSession::showFirstRows);
    connect(m_ui->problemsTab, &ImportProblems::columnWanted, this, [this](int column) {
        m_ui->mapping->setCurrentIndex(m_session.mapping()->index(column, MappingModel::TypeSection));
        m_ui->mapping->setFocus();
    });
    connect(m_ui->overlap, &ImportOverlapBar::keyChosen, &m_session, &ImportSession::setOverlapKey);
    connect(m_ui->findEarlier, &QPushButton::clicked, this, &ImportDialog::findEarlier);
    connect(m_ui->overlapQuestions, &ImportQuestions::answered, &m_session, &ImportSession::answerOverlap);
    connect(m_ui->overlapRetry, &QPushButton::clicked, &m_session, &ImportSession::lookUpAgain);
    m_ui->mark->setText(
        tr("Mar&k the rows in the column %1: lost answers can be cleared up, and the upload can be undone")
            .arg(markerColumn));
    connect(m_ui->mark, &QCheckBox::clicked, &m_session, &ImportSession::setMark);
    connect(m_ui->leaveOut, &QRadioButton::clicked, this, [this] { m_session.setPolicy(Misfits::LeaveOut); });
    connect(m_ui->sendEmpty, &QRadioButton::clicked, this, [this] { m_session.setPolicy(Misfits::SendEmpty); });
    connect(m_ui->upload, &QPushButton::clicked, &m_session, &ImportSession::prepare);
    connect(&m_session, &ImportSession::planReady, this, [this](const UploadPlan &plan) {
        m_plan = plan;
        if (m_ui->remember->isChecked())
            m_recipe = m_session.recipe();
        accept();
    });
    connect(&m_session, &ImportSession::fileChanged, this, [this](const ApiError &error) {
        m_changedFile = error;
        showFile();
    });
}

void ImportDialog::openFile(const QString &path)
{
    m_changedFile.reset();
    m_session.open(path);
    m_ui->path->setText(m_session.path());
    proposeName();
}

/// The new table's name follows what is read until a person gives it another.
void ImportDialog::proposeName()
{
    if (m_nameTyped || m_ui->tableName->text() == m_session.suggestedName())
        return;
    m_ui->tableName->setText(m_session.suggestedName());
    if (m_ui->create->isChecked())
        m_session.createTable(m_ui->tableName->text());
}

void ImportDialog::setSchema(const QString &datasetId, const Result<DataService::TableSchema> &schema)
{
    m_session.setSchema(datasetId, schema);
}

void ImportDialog::browse()
{
    auto *dialog = new QFileDialog(this, tr("Choose a file to import"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv *.tsv *.txt *.xlsx *.xlsm)"), tr("All files (*)")});
    if (!m_session.path().isEmpty())
        dialog->setDirectory(QFileInfo(m_session.path()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &ImportDialog::openFile);
    dialog->open();
}

void ImportDialog::chooseTarget()
{
    if (m_ui->create->isChecked())
        m_session.createTable(m_ui->tableName->text());
    else if (m_ui->append->isChecked())
        m_session.appendTo(m_ui->dataset->currentData().toString());
}

void ImportDialog::showCell(qint64 line, int column)
{
    m_columnShown = column;
    m_session.showLine(line);
}

void ImportDialog::showLine(qint64 line)
{
    const int shown = std::max(0, m_session.preview()->rowOfLine(line));
    fitPreview(); // the marks of its problems came after the rows
    m_ui->tabs->setCurrentWidget(m_ui->previewTab);
    m_ui->preview->setCurrentIndex(m_session.preview()->index(shown, m_columnShown));
    m_ui->preview->setFocus();
}

} // namespace rowdesk
