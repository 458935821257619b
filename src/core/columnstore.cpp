#include "core/columnstore.h"

namespace rowdesk {

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
    for (const Segment &segment : piece.chunk->segments)
        m_bytes += segment.bytes();
    m_table.m_rows += piece.chunk->rows;
    m_table.m_pieces.push_back(std::move(piece));
    return added;
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
