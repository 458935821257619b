#pragma once

#include "models/tablemodel.h"

#include <initializer_list>
#include <vector>

namespace rowdesk::test {

/// A cell for a table: null, number, text …
struct SampleCell
{
    CellKind kind = CellKind::Null;
    std::string text;
};

inline SampleCell number(std::string text)
{
    return {CellKind::Number, std::move(text)};
}
inline SampleCell text(std::string characters)
{
    return {CellKind::Text, std::move(characters)};
}
inline SampleCell none()
{
    return {};
}

inline std::shared_ptr<const Chunk> chunkOf(const QStringList &names, const std::vector<std::vector<SampleCell>> &rows)
{
    ChunkBuilder builder;
    for (const QString &name : names)
        builder.column(name);
    for (const std::vector<SampleCell> &row : rows) {
        builder.beginRow();
        for (size_t column = 0; column < row.size(); ++column) {
            if (row[column].kind != CellKind::Null)
                builder.add(static_cast<int>(column), {row[column].kind, row[column].text});
        }
    }
    return builder.seal();
}

/// A model on a table that grows.
struct GrowingTable
{
    std::shared_ptr<ColumnStore> store = std::make_shared<ColumnStore>();
    TableModel model;

    GrowingTable() { model.setStore(store); }
    void grow(const QStringList &names, const std::vector<std::vector<SampleCell>> &rows)
    {
        const std::shared_ptr<const Chunk> chunk = chunkOf(names, rows);
        const qsizetype first = store->rowCount();
        if (store->append(chunk))
            model.columnsChanged();
        model.rowsAppended(first, chunk->rows);
    }
};

} // namespace rowdesk::test
