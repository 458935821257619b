#include "gui/importproblems.h"

#include "gui/editgrid.h"
#include "gui/flowlayout.h"
#include "gui/look.h"
#include "gui/plainlabel.h"
#include "models/plaintooltip.h"
#include "models/words.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>

namespace rowdesk {
namespace {

constexpr int leastHeight = 88;

QTableView *makeTable(const QString &objectName, const QString &name, QWidget *parent)
{
    auto *view = new EditGrid(parent);
    view->setObjectName(objectName);
    view->setAccessibleName(name);
    view->setMinimumHeight(leastHeight);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->verticalHeader()->setDefaultSectionSize(look::rowHeight(view));
    view->verticalHeader()->hide();
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    view->horizontalHeader()->setHighlightSections(false);
    view->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    return view;
}

QPushButton *makeButton(const QString &objectName, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

} // namespace

ImportProblems::ImportProblems(QWidget *parent)
    : QWidget(parent)
    , m_groups(makeTable(QStringLiteral("problemGroups"), tr("Problems by column and reason"), this))
    , m_cells(makeTable(QStringLiteral("problems"), tr("Cells that do not fit"), this))
    , m_alike(makeButton(QStringLiteral("fixAlike"), QString(), this))
    , m_rule(makeButton(QStringLiteral("changeRule"), tr("Chan&ge how the column is read"), this))
    , m_show(makeButton(QStringLiteral("showRow"), tr("Sho&w its row"), this))
    , m_undo(makeButton(QStringLiteral("undoFixes"), QString(), this))
    , m_save(makeButton(QStringLiteral("saveProblems"), tr("Sa&ve the rows with problems as CSV…"), this))
    , m_note(new PlainLabel(this))
{
    m_note->setObjectName(QStringLiteral("problemsNote"));
    m_note->setWordWrap(true);
    layOut();
}

void ImportProblems::layOut()
{
    auto *tables = new QHBoxLayout;
    tables->setSpacing(look::near);
    tables->addWidget(m_groups, 2);
    tables->addWidget(m_cells, 3);
    auto *acts = new QWidget(this);
    acts->setLayout(new FlowLayout(nullptr, look::near));
    for (QWidget *act :
         {static_cast<QWidget *>(m_alike), static_cast<QWidget *>(m_rule), static_cast<QWidget *>(m_show),
          static_cast<QWidget *>(m_undo), static_cast<QWidget *>(m_save)})
        acts->layout()->addWidget(act);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, look::hair, 0, 0);
    rows->setSpacing(look::hair);
    rows->addLayout(tables, 1);
    rows->addWidget(acts);
    rows->addWidget(m_note);
}

void ImportProblems::setSession(ImportSession *session)
{
    m_session = session;
    setUpTables();
    connect(m_alike, &QPushButton::clicked, this, &ImportProblems::fixAlike);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        m_last = {};
        m_session->undoFixes();
    });
    connect(m_save, &QPushButton::clicked, this, &ImportProblems::saveProblems);
    connect(m_show, &QPushButton::clicked, this, &ImportProblems::askForCell);
    connect(m_rule, &QPushButton::clicked, this, [this] {
        const int row = m_cells->currentIndex().row();
        if (row >= 0)
            emit columnWanted(m_session->problems()->problem(row).column);
    });
}

void ImportProblems::setUpTables()
{
    m_groups->setModel(m_session->problemGroups());
    m_cells->setModel(m_session->problems());
    QHeaderView *groups = m_groups->horizontalHeader();
    groups->setSectionResizeMode(ProblemGroupModel::ColumnSection, QHeaderView::ResizeToContents);
    groups->setSectionResizeMode(ProblemGroupModel::ReasonSection, QHeaderView::Stretch);
    groups->setSectionResizeMode(ProblemGroupModel::CellsSection, QHeaderView::ResizeToContents);
    m_cells->horizontalHeader()->setStretchLastSection(true);
    m_cells->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed |
                             QAbstractItemView::SelectedClicked | QAbstractItemView::DoubleClicked);
    connect(m_groups->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImportProblems::showGroup);
    connect(m_cells->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ImportProblems::showActs);
    connect(m_session->problemGroups(), &QAbstractItemModel::modelReset, this, [this] { showGroup(); });
    connect(m_session->problems(), &QAbstractItemModel::modelReset, this, [this] {
        m_cells->resizeColumnsToContents();
        if (m_session->problems()->rowCount() > 0)
            m_cells->setCurrentIndex(m_session->problems()->index(0, ProblemModel::ValueSection));
        showActs();
        if (std::exchange(m_fixed, false))
            (m_session->problems()->rowCount() > 0 ? static_cast<QWidget *>(m_cells) : m_undo)->setFocus();
    });
    connect(m_session->problems(), &ProblemModel::fixWanted, this, [this](int row, const QString &text) {
        const FileCheck::Problem &problem = m_session->problems()->problem(row);
        qint64 alike = 0;
        for (int i = 0; i < m_session->problemGroups()->rowCount(); ++i) {
            const FileCheck::Group *group = m_session->problemGroups()->group(i);
            if (group && group->column == problem.column)
                alike += group->values.value(problem.text);
        }
        m_fixed = true; // the editor takes the focus with it
        m_last = {problem.column, problem.text, text, alike - 1};
    });
    connect(m_cells, &QTableView::doubleClicked, this, [this](const QModelIndex &cell) {
        // On the value it begins to edit: another tab would take away what is being typed.
        if (cell.column() != ProblemModel::ValueSection)
            askForCell();
    });
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        // Otherwise Enter would press Upload.
        auto *edit = new QShortcut(key, m_cells);
        edit->setContext(Qt::WidgetShortcut);
        connect(edit, &QShortcut::activated, this, [this] {
            const int row = m_cells->currentIndex().row();
            if (row >= 0)
                m_cells->edit(m_session->problems()->index(row, ProblemModel::ValueSection));
        });
        auto *open = new QShortcut(key, m_groups);
        open->setContext(Qt::WidgetShortcut);
        connect(open, &QShortcut::activated, m_cells, qOverload<>(&QWidget::setFocus));
    }
}

void ImportProblems::showGroup()
{
    // After a reset nothing is current: what the session shows is.
    m_session->showGroup(m_groups->currentIndex().isValid() ? m_groups->currentIndex().row() : 0);
}

void ImportProblems::askForCell()
{
    const int row = m_cells->currentIndex().row();
    if (row < 0)
        return;
    const FileCheck::Problem &problem = m_session->problems()->problem(row);
    emit cellWanted(problem.line, problem.column);
}

void ImportProblems::fixAlike()
{
    const LastFix fix = std::exchange(m_last, {});
    if (fix.others > 0)
        m_session->fixAlike(fix.column, fix.was, fix.text);
}

void ImportProblems::saveProblems()
{
    auto *dialog = new QFileDialog(this, tr("Save the rows with problems"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    const QFileInfo file(m_session->path());
    dialog->setDirectory(file.absolutePath());
    dialog->selectFile(tr("%1 problems.csv").arg(file.completeBaseName()));
    connect(dialog, &QFileDialog::fileSelected, m_session, &ImportSession::saveProblems);
    dialog->open();
}

bool ImportProblems::isNeeded() const
{
    return m_session->problemGroups()->rowCount() > 0 || !m_session->fixes().isEmpty();
}

QString ImportProblems::title() const
{
    const auto &check = m_session->check();
    return check ? tr("Problems (%1)").arg(Words::number(check->badCells)) : tr("Problems");
}

void ImportProblems::showActs()
{
    const int row = m_cells->currentIndex().row();
    const bool hasCell = row >= 0 && row < m_session->problems()->rowCount();
    m_rule->setEnabled(hasCell);
    m_show->setEnabled(hasCell);
    m_save->setEnabled(m_session->check() && m_session->check()->badCells > 0);
    const bool mayRepeat = m_last.others > 0 && m_session->check();
    m_alike->setVisible(mayRepeat);
    if (mayRepeat) {
        const QString was = withoutMnemonic(Words::oneLine(QString::fromUtf8(m_last.was.left(200)), 30));
        const QString now = withoutMnemonic(Words::oneLine(m_last.text.left(200), 30));
        const QString to = now.isEmpty() ? tr("empty") : u'“' + now + u'”';
        m_alike->setText(m_last.others == 1
                             ? tr("Change the other “%1” to %2, &too").arg(was, to)
                             : tr("Change %1 other “%2” to %3, &too").arg(Words::number(m_last.others), was, to));
    }
    const qsizetype fixes = m_session->fixes().count();
    m_undo->setVisible(fixes > 0);
    m_undo->setText(fixes == 1 ? tr("Un&do 1 change") : tr("Un&do %1 changes").arg(Words::number(fixes)));
}

void ImportProblems::refresh()
{
    m_note->setText(m_session->problemsNote());
    m_note->setVisible(!m_session->problemsNote().isEmpty());
    if (m_session->fixes().isEmpty())
        m_last = {};
    showActs();
}

} // namespace rowdesk
