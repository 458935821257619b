#pragma once

#include "core/segment.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <vector>

namespace rowdesk {

/// Sealed rows: a page that was read, or a batch of a file. Immutable, so any thread may read it.
struct Chunk
{
    /// The chunk's own columns. Chunks of the same builder share the list while no column is added.
    std::shared_ptr<const QStringList> names;
    std::vector<Segment> segments; ///< one a name, all of size rows
    qsizetype rows = 0;
};

/// Collects the cells of one chunk after another. Used in one thread at a time; the chunks it makes are free.
///
/// Keeps views only: the texts given to add() must stay where they are until seal().
class ChunkBuilder
{
public:
    ChunkBuilder() : m_sealedNames(std::make_shared<const QStringList>()) {}

    int columnCount() const { return static_cast<int>(m_names.size()); }
    const QString &columnName(int column) const { return m_names.at(column); }
    /// The column of this name; added when it is new (rows before it are null there).
    int column(const QString &name);
    /// The column that takes a second value of the same name in one row: "name (2)", "name (3)", … -1 after 100 of
    /// them.
    int nextFreeColumn(const QString &name);

    void beginRow() { ++m_rows; }
    qsizetype rowCount() const { return m_rows; }
    /// True when the row begun last has a value in this column.
    bool isSet(int column) const { return m_cells[static_cast<size_t>(column)].size() == static_cast<size_t>(m_rows); }
    /// Gives the row begun last its value in a column where it has none. Columns that are never given are null.
    void add(int column, CellView cell)
    {
        std::vector<CellView> &cells = m_cells[static_cast<size_t>(column)];
        if (cells.size() + 1 != static_cast<size_t>(m_rows))
            cells.resize(static_cast<size_t>(m_rows - 1));
        cells.push_back(cell);
    }

    /// The rows since the last seal as a chunk; the columns are kept for the next one.
    std::shared_ptr<const Chunk> seal();
    /// Forgets the rows and columns since the last seal.
    void discard();

private:
    QStringList m_names;
    std::shared_ptr<const QStringList> m_sealedNames; ///< what the last chunk got
    QHash<QString, int> m_indexes;
    std::vector<std::vector<CellView>> m_cells;
    qsizetype m_rows = 0;
};

/// The rows of a batch as a chunk, under these names (one a column of the batch).
std::shared_ptr<const Chunk> chunkFromBatch(const QStringList &names, const RowBatch &batch);

} // namespace rowdesk
