#include "models/diffmodel.h"

#include "core/numberorder.h"
#include "core/wtf8.h"
#include "models/words.h"

#include <algorithm>

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

QString numberChange(const CellView &old, const CellView &now)
{
    if (old.kind != CellKind::Number || now.kind != CellKind::Number)
        return {};
    const std::optional<Decimal> before = decimalValue(old.text);
    const std::optional<Decimal> after = decimalValue(now.text);
    const std::optional<Decimal> difference = before && after ? subtract(*after, *before) : std::nullopt;
    if (!difference)
        return {};
    std::string text;
    formatDecimal(*difference, text);
    const QString number = QString::fromStdString(text);
    return difference->mantissa < 0 ? QChar(u'\u2212') + number.mid(1) : QLatin1Char('+') + number;
}

DiffModel::DiffModel(std::shared_ptr<const Comparison> comparison, QObject *parent)
    : QAbstractTableModel(parent), m_comparison(std::move(comparison))
{
    const std::vector<DiffColumn> &columns = m_comparison->diff.columns;
    for (const bool keys : {true, false}) {
        for (size_t i = 0; i < columns.size(); ++i) {
            if ((columns[i].role == DiffColumn::Role::Key) == keys && columns[i].role != DiffColumn::Role::Ignored)
                m_columns.push_back(i);
        }
    }
    fill();
}

void DiffModel::fill()
{
    const TableDiff &diff = m_comparison->diff;
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
    for (size_t i = 0; m_filter.removed && m_filter.column < 0 && i < diff.removed.size(); ++i)
        m_rows.push_back({Change::Removed, static_cast<quint32>(i)});
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
    return change(row) == Change::Changed ? isCellChanged(row, column) : column == 0;
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
    const TableDiff &diff = m_comparison->diff;
    const Entry &entry = m_rows[static_cast<size_t>(row)];
    const int inA = diff.columns[diffColumn(column)].inA;
    if (inA < 0 || entry.change == Change::Added)
        return {};
    const quint32 inTable = entry.change == Change::Changed ? diff.changed[entry.index].a : diff.removed[entry.index];
    return m_comparison->a.rows.cell(inTable, inA, scratch);
}

CellView DiffModel::now(int row, int column, std::string &scratch) const
{
    const TableDiff &diff = m_comparison->diff;
    const Entry &entry = m_rows[static_cast<size_t>(row)];
    const int inB = diff.columns[diffColumn(column)].inB;
    if (inB < 0 || entry.change == Change::Removed)
        return {};
    const quint32 inTable = entry.change == Change::Changed ? diff.changed[entry.index].b : diff.added[entry.index];
    return m_comparison->b.rows.cell(inTable, inB, scratch);
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
    }
    return {};
}

QString DiffModel::cellText(int row, int column) const
{
    std::string scratchOld;
    std::string scratchNow;
    const CellView before = old(row, column, scratchOld);
    const CellView after = now(row, column, scratchNow);
    if (isCellChanged(row, column)) {
        const QString delta = numberChange(before, after);
        const QString text = tr("%1 \u2192 %2").arg(shown(before), shown(after));
        return delta.isEmpty() ? text : tr("%1 (%2)").arg(text, delta);
    }
    const bool onlyOld = change(row) == Change::Removed || m_comparison->diff.columns[diffColumn(column)].inB < 0;
    return shown(onlyOld ? before : after);
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
    const TableDiff &diff = m_comparison->diff;
    const Entry &entry = m_rows[static_cast<size_t>(section)];
    const quint32 row = entry.change == Change::Changed ? diff.changed[entry.index].b
                        : entry.change == Change::Added ? diff.added[entry.index]
                                                        : diff.removed[entry.index];
    return QString::number(qint64(row) + 1);
}

} // namespace rowdesk
