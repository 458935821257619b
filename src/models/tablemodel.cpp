#include "models/tablemodel.h"

#include "api/rowstream.h"
#include "core/wtf8.h"

#include <algorithm>
#include <chrono>
#include <limits>

namespace rowdesk {
namespace {

TableModel::Look lookOf(const CellView &cell)
{
    using Look = TableModel::Look;
    switch (cell.kind) {
    case CellKind::Null:
        return Look::Null;
    case CellKind::Number:
        return Look::Number;
    case CellKind::Bool:
        return Look::Bool;
    case CellKind::Json:
        return Look::Json;
    case CellKind::Text:
        break;
    }
    if (cell.text.empty())
        return Look::Empty;
    // Beginnings decide nearly always; only text that begins with a blank is looked at as a whole.
    if (static_cast<unsigned char>(cell.text.front()) > ' ' && static_cast<unsigned char>(cell.text.front()) < 0x80)
        return Look::Text;
    return stringFromWtf8(cell.text).trimmed().isEmpty() ? Look::Spaces : Look::Text;
}

constexpr std::chrono::milliseconds pauseBetweenInsertions{80};

/// The beginning of a text, cut between characters, in one line.
QString oneLine(std::string_view text)
{
    const size_t most = size_t{TableModel::longestDisplay} * 4;
    size_t end = std::min(text.size(), most);
    while (end < text.size() && end > 0 && (text[end] & 0xC0) == 0x80)
        --end;
    QString line = stringFromWtf8(text.substr(0, end));
    const bool cut = end < text.size() || line.size() > TableModel::longestDisplay;
    line.truncate(TableModel::longestDisplay);
    if (!line.isEmpty() && cut && line.back().isHighSurrogate())
        line.chop(1);
    for (QChar &c : line) {
        if (c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = u'↵';
        else if (c == u'\t')
            c = u' ';
    }
    return cut ? line + u'…' : line;
}

} // namespace

TableModel::TableModel(QObject *parent) : QAbstractTableModel(parent), m_store(std::make_shared<const ColumnStore>())
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseBetweenInsertions);
    connect(&m_pause, &QTimer::timeout, this, &TableModel::catchUp);
}

void TableModel::setStore(std::shared_ptr<const ColumnStore> store)
{
    beginResetModel();
    if (m_stream)
        m_stream->disconnect(this);
    m_stream = nullptr;
    m_pause.stop();
    m_store = std::move(store);
    m_order = m_waitsForOrder ? std::make_shared<const std::vector<quint32>>() : nullptr;
    m_rows = m_store->rowCount();
    m_columns = m_store->columnCount();
    endResetModel();
}

void TableModel::setStream(RowStream *stream)
{
    setStore(stream->store());
    m_stream = stream;
    connect(stream, &RowStream::columnsChanged, this, &TableModel::columnsChanged);
    connect(stream, &RowStream::rowsAppended, this, &TableModel::streamGrew);
    connect(stream, &RowStream::ended, this, &TableModel::catchUp);
    connect(stream, &QObject::destroyed, this, [this, stream] {
        if (m_stream == stream)
            m_stream = nullptr;
    });
}

void TableModel::streamGrew()
{
    if (!m_pause.isActive())
        catchUp();
}

void TableModel::catchUp()
{
    if (m_store->rowCount() <= m_rows)
        return;
    rowsAppended(m_rows, m_store->rowCount() - m_rows);
    m_pause.start();
}

void TableModel::rowsAppended(qsizetype first, qsizetype count)
{
    const qsizetype rows = std::min<qsizetype>(first + count, std::numeric_limits<int>::max());
    if (rows <= m_rows)
        return;
    if (m_order) {
        m_rows = rows;
    } else {
        beginInsertRows({}, static_cast<int>(m_rows), static_cast<int>(rows) - 1);
        m_rows = rows;
        endInsertRows();
    }
    emit rowsArrived();
}

void TableModel::columnsChanged()
{
    const int columns = m_store->columnCount();
    if (columns <= m_columns)
        return;
    beginInsertColumns({}, m_columns, columns - 1);
    m_columns = columns;
    endInsertColumns();
}

/// In steps that views can follow without losing their place: rows are added or taken at the end, and those that are
/// shown before and after change places. (A reset would throw selection, current cell and scroll position away.)
void TableModel::setRowOrder(RowOrder order)
{
    catchUp(); // the order may have rows that the view has not been told of
    const auto before = static_cast<qsizetype>(shownRows());
    const qsizetype after = order ? static_cast<qsizetype>(order->size()) : m_rows;
    if (after > before) {
        beginInsertRows({}, static_cast<int>(before), static_cast<int>(after) - 1);
        m_order = padded(m_order, after);
        endInsertRows();
        rearrange(std::move(order));
    } else if (after < before) {
        rearrange(padded(order, before));
        beginRemoveRows({}, static_cast<int>(after), static_cast<int>(before) - 1);
        m_order = std::move(order);
        endRemoveRows();
    } else {
        rearrange(std::move(order));
    }
}

/// The order, followed by rows that it doesn't have until there are `size` of them.
TableModel::RowOrder TableModel::padded(const RowOrder &order, qsizetype size) const
{
    auto longer = std::make_shared<std::vector<quint32>>();
    longer->reserve(static_cast<size_t>(size));
    if (order)
        *longer = *order;
    std::vector<bool> taken(static_cast<size_t>(m_rows));
    for (const quint32 row : *longer)
        taken[row] = true;
    for (quint32 row = 0; static_cast<qsizetype>(longer->size()) < size; ++row) {
        if (!taken[row])
            longer->push_back(row);
    }
    return longer;
}

/// Same number of rows: selections and the current cell stay on their rows.
void TableModel::rearrange(RowOrder order)
{
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<qsizetype> sources;
    for (const QModelIndex &index : before)
        sources.push_back(sourceRow(index.row()));
    m_order = std::move(order);
    constexpr qsizetype fewIndexes = 8; // looked for one by one
    std::vector<qint32> places;
    if (before.size() > fewIndexes && m_order) {
        places.assign(static_cast<size_t>(m_rows), -1);
        for (size_t i = 0; i < m_order->size(); ++i)
            places[(*m_order)[i]] = static_cast<qint32>(i);
    }
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const qsizetype source = sources[static_cast<size_t>(i)];
        const int row = places.empty() ? rowOfSource(source) : places[static_cast<size_t>(source)];
        after.append(row < 0 ? QModelIndex() : index(row, before[i].column()));
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

qsizetype TableModel::sourceRow(int row) const
{
    return m_order ? static_cast<qsizetype>((*m_order)[static_cast<size_t>(row)]) : row;
}

int TableModel::rowOfSource(qsizetype sourceRow) const
{
    if (!m_order)
        return sourceRow < m_rows ? static_cast<int>(sourceRow) : -1;
    const auto found = std::ranges::find(*m_order, static_cast<quint32>(sourceRow));
    return found == m_order->end() ? -1 : static_cast<int>(found - m_order->begin());
}

CellView TableModel::cell(int row, int column) const
{
    return m_store->cell(sourceRow(row), column, m_scratch);
}

QString TableModel::exactText(int row, int column) const
{
    return stringFromWtf8(cell(row, column).text);
}

TableModel::Look TableModel::look(int row, int column) const
{
    return lookOf(cell(row, column));
}

int TableModel::shownRows() const
{
    return static_cast<int>(m_order ? static_cast<qsizetype>(m_order->size()) : m_rows);
}

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : shownRows();
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QVariant TableModel::displayText(const CellView &cell) const
{
    switch (lookOf(cell)) {
    case Look::Null:
        return tr("null");
    case Look::Empty:
        return tr("empty");
    case Look::Spaces:
        return QString(std::min<qsizetype>(stringFromWtf8(cell.text).size(), longestDisplay), u'␣');
    default:
        return oneLine(cell.text);
    }
}

QVariant TableModel::accessibleText(const CellView &cell, int column) const
{
    const QString name = m_store->columnName(column);
    switch (lookOf(cell)) {
    case Look::Null:
        return tr("%1: no value").arg(name);
    case Look::Empty:
        return tr("%1: empty text").arg(name);
    case Look::Spaces:
        return tr("%1: %n blank(s) only", nullptr, static_cast<int>(stringFromWtf8(cell.text).size())).arg(name);
    default:
        return QStringLiteral("%1: %2").arg(name, oneLine(cell.text));
    }
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == SourceRowRole)
        return static_cast<qint64>(sourceRow(index.row()));
    if (role != Qt::DisplayRole && role != LookRole && role != ExactTextRole && role != Qt::TextAlignmentRole &&
        role != Qt::AccessibleTextRole)
        return {};
    const CellView view = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return displayText(view);
    case LookRole:
        return static_cast<int>(lookOf(view));
    case ExactTextRole:
        return view.kind == CellKind::Null ? QString() : stringFromWtf8(view.text);
    case Qt::AccessibleTextRole:
        return accessibleText(view, index.column());
    default:
        break;
    }
    const bool right = view.kind == CellKind::Number ||
                       (view.kind == CellKind::Null && m_store->content(index.column()) == ColumnContent::Numbers);
    return QVariant::fromValue(Qt::Alignment(right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Horizontal ? m_columns : shownRows()))
        return {};
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(QString::number(sourceRow(section) + 1)) : QVariant();
    const bool numbers = m_store->content(section) == ColumnContent::Numbers;
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(wtf8FromString(m_store->columnName(section)));
    case ExactTextRole:
        return m_store->columnName(section);
    case ContentRole:
        return static_cast<int>(m_store->content(section));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(numbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace rowdesk
