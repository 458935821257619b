#include "core/columnstore.h"

namespace rowdesk {
namespace {

ColumnContent contentOf(CellKind kind)
{
    switch (kind) {
    case CellKind::Null:
        return ColumnContent::Nothing;
    case CellKind::Text:
        return ColumnContent::Text;
    case CellKind::Number:
        return ColumnContent::Numbers;
    case CellKind::Bool:
        return ColumnContent::Bools;
    case CellKind::Json:
        return ColumnContent::Mixed;
    }
    return ColumnContent::Mixed;
}

bool isText(ColumnContent content)
{
    return content == ColumnContent::Days || content == ColumnContent::Moments || content == ColumnContent::Text;
}

/// What a column holds that held `a` and now gets `b` too.
ColumnContent together(ColumnContent a, ColumnContent b)
{
    if (a == b || b == ColumnContent::Nothing)
        return a;
    if (a == ColumnContent::Nothing)
        return b;
    if (!isText(a) || !isText(b))
        return ColumnContent::Mixed;
    return a == ColumnContent::Text || b == ColumnContent::Text ? ColumnContent::Text : ColumnContent::Moments;
}

ColumnContent contentOf(const Segment &segment)
{
    switch (segment.form()) {
    case Segment::Form::Nulls:
        return ColumnContent::Nothing;
    case Segment::Form::Numbers:
        return ColumnContent::Numbers;
    case Segment::Form::Bools:
        return ColumnContent::Bools;
    case Segment::Form::Moments:
        return segment.momentStyle().separator ? ColumnContent::Moments : ColumnContent::Days;
    case Segment::Form::Words:
    case Segment::Form::Texts:
        return ColumnContent::Text;
    case Segment::Form::Mixed:
        break;
    }
    ColumnContent content = ColumnContent::Nothing;
    for (size_t row = 0; row < segment.size() && content != ColumnContent::Mixed; ++row)
        content = together(content, contentOf(segment.kind(row)));
    return content;
}

} // namespace

void ColumnStore::text(qsizetype row, int column, std::string &out) const
{
    const CellView view = m_table.cell(row, column, out);
    if (view.text.data() != out.data() || view.text.size() != out.size())
        out.assign(view.text);
}

bool ColumnStore::addColumns(const QStringList &names)
{
    const qsizetype before = m_table.m_names.size();
    for (const QString &name : names) {
        if (m_table.m_indexes.contains(name))
            continue;
        m_table.m_indexes.insert(name, static_cast<int>(m_table.m_names.size()));
        m_table.m_names.append(name);
        m_table.m_contents.push_back(ColumnContent::Nothing);
    }
    return m_table.m_names.size() > before;
}

bool ColumnStore::append(std::shared_ptr<const Chunk> chunk)
{
    const bool added = addColumns(*chunk->names);
    if (chunk->rows == 0)
        return added;
    TableSnapshot::Piece piece{m_table.m_rows, std::move(chunk), {}};
    const std::vector<TableSnapshot::Piece> &pieces = m_table.m_pieces;
    if (!pieces.empty() && pieces.back().chunk->names == piece.chunk->names) {
        piece.columns = pieces.back().columns;
    } else {
        auto columns = std::make_shared<std::vector<int>>(static_cast<size_t>(columnCount()), -1);
        for (int i = 0; i < piece.chunk->names->size(); ++i)
            (*columns)[static_cast<size_t>(columnIndex(piece.chunk->names->at(i)))] = i;
        piece.columns = std::move(columns);
    }
    noteContents(piece);
    m_table.m_rows += piece.chunk->rows;
    m_table.m_pieces.push_back(std::move(piece));
    return added;
}

void ColumnStore::noteContents(const TableSnapshot::Piece &piece)
{
    for (int column = 0; column < columnCount(); ++column) {
        const Segment *segment = piece.segment(column);
        if (!segment)
            continue;
        m_bytes += segment->bytes();
        ColumnContent &content = m_table.m_contents[static_cast<size_t>(column)];
        if (content != ColumnContent::Mixed)
            content = together(content, contentOf(*segment));
    }
}

void ColumnStore::setLoading()
{
    m_state = State::Loading;
    m_error.reset();
}

void ColumnStore::setComplete()
{
    m_state = State::Complete;
    m_error.reset();
}

void ColumnStore::setStopped(ApiError error)
{
    m_state = State::Stopped;
    m_error = std::move(error);
}

} // namespace rowdesk
