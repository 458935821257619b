#include "models/diffmodel.h"

#include "core/textedits.h"
#include "core/wtf8.h"
#include "files/diffreport.h"
#include "models/tabletext.h"
#include "models/words.h"

#include <algorithm>
#include <set>

namespace rowdesk {
namespace {

constexpr qsizetype longestText = 200;

bool isNothing(const CellView &cell)
{
    return cell.kind == CellKind::Null || (cell.kind == CellKind::Text && cell.text.empty());
}

QString shown(const CellView &cell)
{
    if (cell.kind == CellKind::Null)
        return DiffModel::tr("null");
    if (cell.kind == CellKind::Text && cell.text.empty())
        return DiffModel::tr("empty");
    return Words::oneLine(stringFromWtf8(cell.text), longestText);
}

QString exact(const CellView &cell)
{
    return cell.kind == CellKind::Null ? QString() : stringFromWtf8(cell.text);
}

} // namespace

DiffModel::DiffModel(std::shared_ptr<const Comparison> comparison, QObject *parent)
    : QAbstractTableModel(parent), m_comparison(std::move(comparison))
{
    fill();
}

void DiffModel::fillColumns()
{
    const std::vector<DiffColumn> &columns = m_comparison->diff.columns;
    m_columns.clear();
    for (const bool keys : {true, false}) {
        for (size_t i = 0; i < columns.size(); ++i) {
            const bool isSame = columns[i].isCompared() && columns[i].changed == 0 && !columns[i].retyped;
            if ((columns[i].role == DiffColumn::Role::Key) != keys || columns[i].role == DiffColumn::Role::Ignored)
                continue;
            if (!m_filter.changedColumnsOnly || !isSame || !m_comparison->diff.byKey)
                m_columns.push_back(i);
        }
    }
}

void DiffModel::fill()
{
    const TableDiff &diff = m_comparison->diff;
    fillColumns();
    m_rows.clear();
    size_t changed = m_filter.changed ? 0 : diff.changed.size();
    size_t added = m_filter.added && m_filter.column < 0 ? 0 : diff.added.size();
    while (changed < diff.changed.size() || added < diff.added.size()) {
        const bool isAdded = changed == diff.changed.size() ||
                             (added < diff.added.size() && diff.added[added] < diff.changed[changed].b);
        if (isAdded)
            m_rows.push_back({Change::Added, static_cast<quint32>(added++)});
        else if (m_filter.column < 0 || diff.isCellChanged(changed, static_cast<size_t>(m_filter.column)))
            m_rows.push_back({Change::Changed, static_cast<quint32>(changed++)});
        else
            ++changed;
    }
    if (m_filter.context > 0)
        addContext(static_cast<quint32>(m_filter.context));
    for (size_t i = 0; m_filter.removed && m_filter.column < 0 && i < diff.removed.size(); ++i)
        m_rows.push_back({Change::Removed, static_cast<quint32>(i)});
}

/// Puts rows of B that are the same between those that differ. Rows that differ and are filtered out stay out.
void DiffModel::addContext(quint32 around)
{
    const TableDiff &diff = m_comparison->diff;
    const auto isOther = [&diff](quint32 row) {
        const auto pair = std::ranges::lower_bound(diff.changed, row, {}, &TableDiff::Pair::b);
        return (pair != diff.changed.end() && pair->b == row) || std::ranges::binary_search(diff.added, row);
    };
    std::vector<Entry> rows;
    quint32 next = 0; // the first row of B that is not yet listed
    const auto addSame = [&](quint32 first, quint32 end) {
        for (quint32 row = std::max(first, next); row < end; ++row) {
            if (!isOther(row))
                rows.push_back({Change::Same, row});
        }
        next = std::max(next, end);
    };
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const quint32 row = *rowInB(static_cast<int>(i));
        addSame(row - std::min(row, around), row);
        rows.push_back(m_rows[i]);
        next = row + 1;
        const quint32 end = static_cast<quint32>(std::min<qint64>(diff.rowsB, qint64(row) + 1 + around));
        const quint32 following = i + 1 < m_rows.size() ? *rowInB(static_cast<int>(i + 1)) : end;
        addSame(row + 1, std::min(end, following));
    }
    m_rows = std::move(rows);
}

void DiffModel::setFilter(const Filter &filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    fill();
    endResetModel();
}

std::optional<quint32> DiffModel::rowInA(int row) const
{
    const Entry &entry = m_rows[static_cast<size_t>(row)];
    if (entry.change == Change::Changed)
        return m_comparison->diff.changed[entry.index].a;
    return entry.change == Change::Removed ? std::optional(m_comparison->diff.removed[entry.index]) : std::nullopt;
}

std::optional<quint32> DiffModel::rowInB(int row) const
{
    const Entry &entry = m_rows[static_cast<size_t>(row)];
    switch (entry.change) {
    case Change::Changed:
        return m_comparison->diff.changed[entry.index].b;
    case Change::Added:
        return m_comparison->diff.added[entry.index];
    case Change::Same:
        return entry.index;
    case Change::Removed:
        break;
    }
    return std::nullopt;
}

DiffModel::Change DiffModel::change(int row) const
{
    return m_rows[static_cast<size_t>(row)].change;
}

bool DiffModel::isCellChanged(int row, int column) const
{
    const Entry &entry = m_rows[static_cast<size_t>(row)];
    return column > 0 && entry.change == Change::Changed &&
           m_comparison->diff.isCellChanged(entry.index, diffColumn(column));
}

int DiffModel::columnOf(int diffColumn) const
{
    const auto found = std::ranges::find(m_columns, static_cast<size_t>(diffColumn));
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin()) + 1;
}

/// A place to stop at: a changed cell, or the first cell of an added or removed row.
bool DiffModel::isChange(int row, int column) const
{
    return change(row) == Change::Changed ? isCellChanged(row, column) : column == 0 && change(row) != Change::Same;
}

QModelIndex DiffModel::nextChange(const QModelIndex &from, bool forward) const
{
    const int rows = rowCount();
    const int columns = columnCount();
    const int step = forward ? 1 : -1;
    int row = from.isValid() ? from.row() : forward ? 0 : rows - 1;
    int column = from.isValid() ? from.column() + step : forward ? 0 : columns - 1;
    for (; row >= 0 && row < rows; row += step, column = forward ? 0 : columns - 1) {
        for (; column >= 0 && column < columns; column += step) {
            if (isChange(row, column))
                return index(row, column);
        }
    }
    return {};
}

int DiffModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DiffModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

CellView DiffModel::old(int row, int column, std::string &scratch) const
{
    const int inA = m_comparison->diff.columns[diffColumn(column)].inA;
    const std::optional<quint32> inTable = rowInA(row);
    return inA < 0 || !inTable ? CellView{} : m_comparison->a.rows.cell(*inTable, inA, scratch);
}

CellView DiffModel::now(int row, int column, std::string &scratch) const
{
    const int inB = m_comparison->diff.columns[diffColumn(column)].inB;
    const std::optional<quint32> inTable = rowInB(row);
    return inB < 0 || !inTable ? CellView{} : m_comparison->b.rows.cell(*inTable, inB, scratch);
}

QString DiffModel::changeWord(int row) const
{
    switch (change(row)) {
    case Change::Changed:
        return tr("~ changed");
    case Change::Added:
        return tr("+ added");
    case Change::Removed:
        return tr("\u2212 removed");
    case Change::Same:
        return tr("same");
    }
    return {};
}

DiffModel::CellTexts DiffModel::cellTexts(int row, int column) const
{
    std::string scratchOld;
    std::string scratchNow;
    const CellView before = old(row, column, scratchOld);
    const CellView after = now(row, column, scratchNow);
    const auto isText = [](const CellView &cell) { return cell.kind == CellKind::Text && !cell.text.empty(); };
    if (isText(before) && isText(after) && std::max(before.text.size(), after.text.size()) > size_t(longestText)) {
        const TextExcerpts parts = textExcerpts(exact(before), exact(after), longestText);
        return {Words::oneLine(parts.old, longestText), Words::oneLine(parts.now, longestText), {}, true};
    }
    return {shown(before), shown(after), changeNote(before, after), isText(before) && isText(after)};
}

QString DiffModel::exactText(int row, int column) const
{
    if (column == 0)
        return changeWord(row);
    std::string scratchOld;
    std::string scratchNow;
    const CellView before = old(row, column, scratchOld);
    const CellView after = now(row, column, scratchNow);
    if (isCellChanged(row, column)) {
        const auto told = [](const CellView &cell) { return cell.kind == CellKind::Null ? tr("null") : exact(cell); };
        return tr("%1 \u2192 %2").arg(told(before), told(after));
    }
    const bool onlyOld = change(row) == Change::Removed || m_comparison->diff.columns[diffColumn(column)].inB < 0;
    return exact(onlyOld ? before : after);
}

QString DiffModel::asTsv(const QModelIndexList &cells, bool withHeaders) const
{
    if (cells.isEmpty())
        return {};
    std::set<int> rows;
    std::set<int> columns;
    std::set<std::pair<int, int>> selected;
    for (const QModelIndex &cell : cells) {
        rows.insert(cell.row());
        columns.insert(cell.column());
        selected.emplace(cell.row(), cell.column());
    }
    QStringList lines;
    const auto addLine = [&](const auto &textOf) {
        QStringList fields;
        for (const int column : columns)
            fields.append(tsvField(textOf(column)));
        lines.append(fields.join(QLatin1Char('\t')));
    };
    if (withHeaders) {
        addLine([this](int column) {
            return column == 0 ? headerData(0, Qt::Horizontal).toString()
                               : m_comparison->diff.columns[diffColumn(column)].name;
        });
    }
    for (const int row : rows) {
        addLine([&](int column) { return selected.contains({row, column}) ? exactText(row, column) : QString(); });
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString DiffModel::cellText(int row, int column) const
{
    const CellTexts texts = cellTexts(row, column);
    if (isCellChanged(row, column)) {
        const QString text = tr("%1 \u2192 %2").arg(texts.old, texts.now);
        return texts.difference.isEmpty() ? text : tr("%1 (%2)").arg(text, texts.difference);
    }
    const bool onlyOld = change(row) == Change::Removed || m_comparison->diff.columns[diffColumn(column)].inB < 0;
    return onlyOld ? texts.old : texts.now;
}

QVariant DiffModel::cellData(int row, int column, int role) const
{
    std::string scratch;
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, column);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(column, Qt::Horizontal).toString(), cellText(row, column));
    case OldTextRole:
        return exact(old(row, column, scratch));
    case NewTextRole:
        return exact(now(row, column, scratch));
    case NothingRole: {
        const bool removed = change(row) == Change::Removed;
        return !isCellChanged(row, column) &&
               isNothing(removed ? old(row, column, scratch) : now(row, column, scratch));
    }
    case Qt::TextAlignmentRole: {
        const bool ofA = change(row) == Change::Removed;
        const bool number = (ofA ? old(row, column, scratch) : now(row, column, scratch)).kind == CellKind::Number;
        return QVariant::fromValue(Qt::Alignment(number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

QVariant DiffModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == ChangeRole)
        return static_cast<int>(change(index.row()));
    if (role == CellChangedRole)
        return isCellChanged(index.row(), index.column());
    if (index.column() > 0)
        return cellData(index.row(), index.column(), role);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return changeWord(index.row());
    return {};
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Horizontal ? columnCount() : rowCount()))
        return {};
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Horizontal) {
        if (section == 0)
            return tr("Change");
        return Words::oneLine(m_comparison->diff.columns[diffColumn(section)].name);
    }
    // The row's number in the table that has it; of a changed one that in B.
    const std::optional<quint32> inB = rowInB(section);
    return QString::number(qint64(inB ? *inB : *rowInA(section)) + 1);
}

} // namespace rowdesk
