// What can be done with the rows of a comparison: copy them, follow one, put back what is gone.
#include "core/wtf8.h"
#include "gui/comparepage.h"
#include "gui/icons.h"
#include "gui/message.h"
#include "gui/pageframe.h"
#include "gui/putback.h"
#include "models/diffmodel.h"
#include "models/words.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QItemSelectionModel>
#include <QTableView>

#include <algorithm>

namespace rowdesk {

void ComparePage::addRowActions()
{
    const TableDiff &diff = m_comparison->diff;
    m_rows->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto copy = [this](bool withHeaders) { m_frame->setStatus(copySelection(withHeaders)); };
    auto *plain = new QAction(icon(Icon::Copy), tr("&Copy"), this);
    connect(plain, &QAction::triggered, this, [copy] { copy(false); });
    auto *withHeaders = new QAction(tr("Copy with &headers"), this);
    connect(withHeaders, &QAction::triggered, this, [copy] { copy(true); });
    m_rows->addActions({plain, withHeaders, m_life, m_putBack});
    connect(m_putBack, &QAction::triggered, this, &ComparePage::putBack);
    connect(m_life, &QAction::triggered, this, &ComparePage::showLife);
    connect(m_stop, &QAction::triggered, this, [this] {
        if (m_stopExport)
            m_stopExport();
    });
    m_stop->setVisible(false);
    m_frame->addStatusAction(m_stop);
    m_putBack->setEnabled(!m_target.id.isEmpty() && !diff.removed.empty());
    m_putBack->setToolTip(tr("Append rows again that are gone, after a look at them in the import window"));
    m_life->setToolTip(tr("What each version of the dataset has of the current row's key"));
    const auto showLifeState = [this] {
        m_life->setEnabled(!m_target.id.isEmpty() && m_comparison->diff.byKey && m_rows->currentIndex().isValid());
    };
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentChanged, this, showLifeState);
    connect(m_model, &QAbstractItemModel::modelReset, this, showLifeState);
    showLifeState();
}

std::vector<int> ComparePage::selectedRows() const
{
    std::vector<int> rows;
    for (const QItemSelectionRange &range : m_rows->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

QString ComparePage::copySelection(bool withHeaders) const
{
    constexpr qsizetype mostCopied = 1'000'000;
    const QItemSelection selection = m_rows->selectionModel()->selection();
    qsizetype cells = 0;
    for (const QItemSelectionRange &range : selection)
        cells += qsizetype(range.width()) * range.height();
    if (cells == 0)
        return tr("Nothing is selected.");
    if (cells > mostCopied)
        return tr("Nothing was copied: %1 are selected, and %2 is the most.")
            .arg(Words::cells(cells), Words::number(mostCopied));
    QApplication::clipboard()->setText(m_model->asTsv(selection.indexes(), withHeaders));
    return tr("%1 copied").arg(Words::cells(cells));
}

void ComparePage::putBack()
{
    std::vector<int> rows = selectedRows();
    // One cell is always current: only what a person selected beyond it is a choice.
    if (rows.size() <= 1 && (rows.empty() || m_model->change(rows.front()) != DiffModel::Change::Removed))
        rows.clear();
    const PutBack back = PutBack::of(*m_model, rows);
    const QString explanation = back.explanation(Words::oneLine(m_target.name), m_target.isCurrent);
    if (back.rows.empty())
        return message::showInformation(this, tr("Put rows back"), explanation);
    message::ask(this, tr("Put rows back"), explanation, back.act(), [this, back] {
        back.stage(m_comparison, m_target.name).then(this, [this](const Result<QString> &file) {
            if (!file)
                return message::showProblem(this, tr("The rows were not put aside"), file.error());
            emit importWanted(*file, m_target.id);
        });
    });
}

void ComparePage::showLife()
{
    const int row = m_rows->currentIndex().row();
    if (row < 0 || m_target.id.isEmpty() || !m_comparison->diff.byKey)
        return;
    QVector<KeyHistory::KeyPart> key;
    std::string scratch;
    const std::optional<quint32> inB = m_model->rowInB(row);
    for (const DiffColumn &column : m_comparison->diff.columns) {
        if (column.role != DiffColumn::Role::Key)
            continue;
        const CellView cell = inB ? m_comparison->b.rows.cell(*inB, column.inB, scratch)
                                  : m_comparison->a.rows.cell(*m_model->rowInA(row), column.inA, scratch);
        key.append({column.name, cell.kind, stringFromWtf8(cell.text)});
    }
    emit lifeWanted(m_target.id, key);
}

} // namespace rowdesk
