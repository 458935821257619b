#include "core/chunk.h"

namespace rowdesk {

ChunkBuilder::ChunkBuilder() : m_names(std::make_shared<const QStringList>()) {}

int ChunkBuilder::column(const QString &name)
{
    if (const auto known = m_indexes.constFind(name); known != m_indexes.constEnd())
        return *known;
    QStringList names = *m_names;
    names.append(name);
    // Chunks hold the old list; copying a list of implicitly shared strings happens once a new column.
    m_names = std::make_shared<const QStringList>(std::move(names));
    m_indexes.insert(name, static_cast<int>(m_cells.size()));
    m_cells.emplace_back();
    return static_cast<int>(m_cells.size()) - 1;
}

int ChunkBuilder::nextFreeColumn(const QString &name)
{
    for (int number = 2;; ++number) {
        const int index = column(QStringLiteral("%1 (%2)").arg(name).arg(number));
        if (!isSet(index))
            return index;
    }
}

std::shared_ptr<const Chunk> ChunkBuilder::seal()
{
    auto chunk = std::make_shared<Chunk>();
    chunk->names = m_names;
    chunk->rows = m_rows;
    chunk->segments.reserve(m_cells.size());
    for (std::vector<CellView> &cells : m_cells) {
        cells.resize(static_cast<size_t>(m_rows));
        chunk->segments.push_back(Segment::encode(cells));
        cells.clear();
    }
    m_rows = 0;
    m_sealedColumns = columnCount();
    return chunk;
}

void ChunkBuilder::discard()
{
    m_rows = 0;
    m_cells.resize(static_cast<size_t>(m_sealedColumns));
    for (std::vector<CellView> &cells : m_cells)
        cells.clear();
    if (columnCount() > m_sealedColumns) {
        for (qsizetype i = m_sealedColumns; i < m_names->size(); ++i)
            m_indexes.remove(m_names->at(i));
        m_names = std::make_shared<const QStringList>(m_names->mid(0, m_sealedColumns));
    }
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
