#include "models/previewmodel.h"

#include "models/plaintooltip.h"
#include "models/words.h"

#include <algorithm>

namespace rowdesk {
namespace {

constexpr qsizetype longestShown = 200;
constexpr size_t longestLookedAt = 4096; // a cell may hold megabytes; its beginning is enough for one line

} // namespace

void PreviewModel::setRows(const QStringList &names, std::shared_ptr<const RowBatch> rows)
{
    beginResetModel();
    m_names = names;
    m_rows = std::move(rows);
    m_marks.clear();
    endResetModel();
}

void PreviewModel::setMarks(const QVector<Mark> &marks)
{
    m_marks.clear();
    for (const Mark &mark : marks)
        m_marks.insert({mark.line, mark.column}, mark.reason);
    if (rowCount() > 0 && columnCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void PreviewModel::setNumberColumns(const QSet<int> &columns)
{
    if (columns == m_numberColumns)
        return;
    m_numberColumns = columns;
    if (columnCount() > 0)
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0 && columnCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::TextAlignmentRole});
}

int PreviewModel::rowOfLine(qint64 line) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (m_rows->sourceLine(row) == line)
            return row;
    }
    return -1;
}

int PreviewModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_rows ? 0 : int(m_rows->rowCount());
}

int PreviewModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_rows ? 0 : std::min(int(m_names.size()), m_rows->columnCount());
}

QVariant PreviewModel::alignmentOf(int column) const
{
    const bool isNumber = m_numberColumns.contains(column);
    return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
}

QVariant PreviewModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const QString reason = m_marks.value({m_rows->sourceLine(index.row()), index.column()});
    if (role == Qt::ToolTipRole)
        return plainToolTip(reason);
    const QString text = shown(m_rows->cell(index.row(), index.column()));
    return reason.isEmpty() ? text : QStringLiteral("⚠ ") + text;
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal)
        return alignmentOf(section);
    if (role != Qt::DisplayRole || !m_rows)
        return {};
    if (orientation == Qt::Horizontal)
        return section < m_names.size() ? QVariant(Words::oneLine(m_names[section], 40)) : QVariant();
    return section < m_rows->rowCount() ? QVariant(m_rows->sourceLine(section)) : QVariant();
}

QString PreviewModel::shown(const CellView &cell)
{
    if (cell.kind == CellKind::Null)
        return QStringLiteral("–");
    const std::string_view head = cell.text.substr(0, longestLookedAt);
    QString text = QString::fromUtf8(head.data(), qsizetype(head.size()));
    if (text.isEmpty())
        return QStringLiteral("“”");
    if (text.trimmed().isEmpty())
        return text.left(longestShown).replace(u' ', u'␣');
    return Words::oneLine(text, longestShown);
}

} // namespace rowdesk
