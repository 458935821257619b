#include "gui/newtabledialog.h"

#include "gui/columntypedelegate.h"
#include "gui/message.h"
#include "models/headerline.h"
#include "models/schemamodel.h"
#include "models/words.h"
#include "ui_newtabledialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QShortcut>

#include <algorithm>

namespace rowdesk {

NewTableDialog::NewTableDialog(const QStringList &takenNames, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::NewTableDialog>()), m_model(new SchemaModel(this)), m_names(takenNames)
{
    m_ui->setupUi(this);
    m_ui->grid->setModel(m_model);
    m_ui->grid->setItemDelegateForColumn(SchemaModel::TypeSection, new ColumnTypeDelegate(this));
    QHeaderView *header = m_ui->grid->horizontalHeader();
    header->setSectionResizeMode(SchemaModel::NameSection, QHeaderView::Stretch);
    header->setSectionResizeMode(SchemaModel::TypeSection, QHeaderView::Interactive);
    header->setSectionResizeMode(SchemaModel::ProblemSection, QHeaderView::Stretch);
    header->resizeSection(SchemaModel::TypeSection,
                          fontMetrics().horizontalAdvance(columnTypeLabel(ColumnType::DateTime)) + 48);
    m_ui->grid->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    connectGrid();
    setSchema({{ColumnSpec{}}});
}

NewTableDialog::~NewTableDialog()
{
    // Hiding commits an open cell editor, which tells this object: now, not from QDialog's destructor.
    hide();
}

DataService::NewTable NewTableDialog::newTable() const
{
    return {m_ui->name->text().trimmed(), m_ui->description->text().trimmed(), m_model->schema()};
}

void NewTableDialog::setSchema(const Schema &schema)
{
    m_model->setSchema(schema);
    select(0);
    showState();
}

void NewTableDialog::connectGrid()
{
    connect(m_ui->addColumn, &QPushButton::clicked, this, &NewTableDialog::addColumn);
    connect(m_ui->removeColumn, &QPushButton::clicked, this, &NewTableDialog::removeColumn);
    connect(m_ui->moveUp, &QPushButton::clicked, this, &NewTableDialog::moveUp);
    connect(m_ui->moveDown, &QPushButton::clicked, this, &NewTableDialog::moveDown);
    connect(m_ui->pasteNames, &QPushButton::clicked, this, &NewTableDialog::pasteNames);
    addShortcut(Qt::Key_Insert, &NewTableDialog::addColumn);
    addShortcut(Qt::Key_Delete, &NewTableDialog::removeColumn);
    addShortcut(Qt::ALT | Qt::Key_Up, &NewTableDialog::moveUp);
    addShortcut(Qt::ALT | Qt::Key_Down, &NewTableDialog::moveDown);
    addShortcut(QKeySequence::Paste, &NewTableDialog::pasteNames);
    // Otherwise Enter in the grid would press Create.
    addShortcut(Qt::Key_Return, &NewTableDialog::editCurrent);
    addShortcut(Qt::Key_Enter, &NewTableDialog::editCurrent);

    connect(m_ui->grid, &QTableView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == SchemaModel::TypeSection)
            editCurrent();
    });

    connect(m_ui->name, &QLineEdit::textChanged, this, &NewTableDialog::showState);
    connect(m_model, &SchemaModel::schemaChanged, this, &NewTableDialog::showState);
    connect(m_ui->grid->selectionModel(), &QItemSelectionModel::currentChanged, this, &NewTableDialog::showState);
}

void NewTableDialog::addShortcut(const QKeySequence &keys, void (NewTableDialog::*act)())
{
    // Only while the grid itself has the focus: in an open editor these keys belong to the text.
    auto *shortcut = new QShortcut(keys, m_ui->grid);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
}

int NewTableDialog::currentRow() const
{
    return m_ui->grid->currentIndex().row();
}

void NewTableDialog::select(int row, bool edit)
{
    const QModelIndex index = m_model->index(row, SchemaModel::NameSection);
    m_ui->grid->setCurrentIndex(index);
    if (edit && index.isValid()) {
        m_ui->grid->setFocus();
        m_ui->grid->edit(index);
    }
}

void NewTableDialog::addColumn()
{
    const int row = currentRow() < 0 ? m_model->rowCount() : currentRow() + 1;
    m_model->insertRows(row, 1);
    select(row, true);
}

void NewTableDialog::removeColumn()
{
    const int row = currentRow();
    if (row < 0)
        return;
    m_model->removeRows(row, 1);
    select(std::min(row, m_model->rowCount() - 1));
}

void NewTableDialog::moveColumn(int by)
{
    const int row = currentRow();
    const int destination = row + by;
    if (row < 0 || destination < 0 || destination >= m_model->rowCount())
        return;
    // The model counts destinations before the row is taken out.
    m_model->moveRows({}, row, 1, {}, by > 0 ? destination + 1 : destination);
    showState();
}

void NewTableDialog::pasteNames()
{
    m_model->setNames(std::max(0, currentRow()), namesFromHeaderText(QGuiApplication::clipboard()->text()));
}

void NewTableDialog::editCurrent()
{
    const QModelIndex index = m_ui->grid->currentIndex();
    if (!index.isValid())
        return;
    m_ui->grid->edit(index);
    // A click or Return on a type means "let me choose": no second one to open the list.
    if (auto *types = qobject_cast<QComboBox *>(m_ui->grid->indexWidget(index)))
        QMetaObject::invokeMethod(types, &QComboBox::showPopup, Qt::QueuedConnection);
}

bool NewTableDialog::hasInput() const
{
    const QStringList names = m_model->schema().names();
    return !m_ui->name->text().trimmed().isEmpty() || !m_ui->description->text().trimmed().isEmpty() ||
           std::any_of(names.cbegin(), names.cend(), [](const QString &name) { return !name.isEmpty(); });
}

void NewTableDialog::reject()
{
    if (!hasInput())
        return QDialog::reject();
    message::ask(this, tr("New table"), tr("The table is not created yet. What was typed here is lost."), tr("Discard"),
                 [this] { QDialog::reject(); });
}

void NewTableDialog::showState()
{
    const int row = currentRow();
    m_ui->sentence->setText(row < 0 ? tr("Add a column, or paste the header line of a file.")
                                    : columnTypeSentence(m_model->schema().columns[row].type));
    m_ui->removeColumn->setEnabled(row >= 0);
    m_ui->moveUp->setEnabled(row > 0);
    m_ui->moveDown->setEnabled(row >= 0 && row + 1 < m_model->rowCount());

    QString reason = m_names.problem(m_ui->name->text());
    if (const auto &problems = m_model->problems(); reason.isEmpty() && !problems.isEmpty()) {
        const SchemaProblem &first = problems.first();
        reason = first.column < 0 ? first.message : tr("Column %1: %2").arg(first.column + 1).arg(first.message);
    }
    m_ui->reason->setText(reason);
    m_ui->create->setEnabled(reason.isEmpty());
    const QString name = m_ui->name->text().trimmed();
    const QString columns = Words::columns(m_model->rowCount());
    QString text = name.isEmpty() ? tr("Create table with %1").arg(columns)
                                  : tr("Create table “%1” with %2").arg(Words::oneLine(name, 40), columns);
    m_ui->create->setText(text.replace(u'&', QLatin1StringView("&&")));
}

} // namespace rowdesk
