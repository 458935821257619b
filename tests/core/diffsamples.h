#pragma once

#include "core/tablediff.h"

#include <QRandomGenerator>

#include <algorithm>
#include <string>
#include <vector>

/// Small tables for the tests of the comparison.
namespace rowdesk::diffsamples {

struct Cell
{
    CellKind kind = CellKind::Null;
    std::string text{};

    bool operator==(const Cell &) const = default;
};
using Row = std::vector<Cell>;

inline Cell number(const std::string &literal)
{
    return {CellKind::Number, literal};
}
inline Cell number(int value)
{
    return number(std::to_string(value));
}
inline Cell text(const std::string &value)
{
    return {CellKind::Text, value};
}
inline Cell none()
{
    return {};
}

struct Table
{
    QStringList names;
    std::vector<Row> rows;

    /// The same table with its columns in another order.
    Table reordered(const std::vector<int> &order) const
    {
        Table result;
        for (const int column : order)
            result.names.append(names[column]);
        for (const Row &row : rows) {
            Row moved;
            for (const int column : order)
                moved.push_back(row[static_cast<size_t>(column)]);
            result.rows.push_back(moved);
        }
        return result;
    }
};

/// The table in a store, its rows in chunks of at most `chunk` rows.
inline DiffTable stored(const Table &table, size_t chunk = 7)
{
    ColumnStore store;
    for (size_t first = 0; first == 0 || first < table.rows.size(); first += chunk) {
        RowBatch batch(static_cast<int>(table.names.size()));
        for (size_t row = first; row < std::min(first + chunk, table.rows.size()); ++row) {
            batch.beginRow(0);
            for (const Cell &cell : table.rows[row])
                batch.addCell(cell.kind, cell.text);
        }
        store.append(chunkFromBatch(table.names, batch));
    }
    store.setComplete();
    return DiffTable::of(QStringLiteral("table"), store);
}

template<typename T>
void shuffle(std::vector<T> &list, QRandomGenerator &random)
{
    for (size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[static_cast<size_t>(random.bounded(static_cast<int>(i)))]);
}

} // namespace rowdesk::diffsamples
