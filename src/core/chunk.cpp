#include "core/chunk.h"

namespace rowdesk {

int ChunkBuilder::column(const QString &name)
{
    if (const auto known = m_indexes.constFind(name); known != m_indexes.constEnd())
        return *known;
    m_indexes.insert(name, columnCount());
    m_names.append(name);
    m_cells.emplace_back();
    return columnCount() - 1;
}

int ChunkBuilder::nextFreeColumn(const QString &name)
{
    for (int number = 2; number <= 100; ++number) {
        const int index = column(QStringLiteral("%1 (%2)").arg(name).arg(number));
        if (!isSet(index))
            return index;
    }
    return -1;
}

std::shared_ptr<const Chunk> ChunkBuilder::seal()
{
    if (m_sealedNames->size() != m_names.size())
        m_sealedNames = std::make_shared<const QStringList>(m_names);
    auto chunk = std::make_shared<Chunk>();
    chunk->names = m_sealedNames;
    chunk->rows = m_rows;
    chunk->segments.reserve(m_cells.size());
    for (std::vector<CellView> &cells : m_cells) {
        cells.resize(static_cast<size_t>(m_rows));
        chunk->segments.push_back(Segment::encode(cells));
        cells.clear();
    }
    m_rows = 0;
    return chunk;
}

void ChunkBuilder::discard()
{
    m_rows = 0;
    while (m_names.size() > m_sealedNames->size()) {
        m_indexes.remove(m_names.takeLast());
        m_cells.pop_back();
    }
    for (std::vector<CellView> &cells : m_cells)
        cells.clear();
}

std::shared_ptr<const Chunk> chunkFromBatch(const QStringList &names, const RowBatch &batch)
{
    auto chunk = std::make_shared<Chunk>();
    chunk->names = std::make_shared<const QStringList>(names);
    chunk->rows = batch.rowCount();
    std::vector<CellView> cells(static_cast<size_t>(batch.rowCount()));
    for (int column = 0; column < batch.columnCount(); ++column) {
        for (qsizetype row = 0; row < batch.rowCount(); ++row)
            cells[static_cast<size_t>(row)] = batch.cell(row, column);
        chunk->segments.push_back(Segment::encode(cells));
    }
    return chunk;
}

} // namespace rowdesk
