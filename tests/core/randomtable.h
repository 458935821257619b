#pragma once

#include "core/columnstore.h"
#include "core/literals.h"
#include "core/numberorder.h"
#include "core/sortkeys.h"

#include <QRandomGenerator>

#include <string>
#include <vector>

namespace rowdesk::test {

/// A cell of a table that is kept as plainly as it can be, to hold the operations against.
struct Cell
{
    CellKind kind = CellKind::Null;
    std::string text;
};

using Column = std::vector<Cell>;

/// A table whose rows are spread over chunks of random sizes.
inline ColumnStore storeOf(const std::vector<Column> &columns, QRandomGenerator &random)
{
    ColumnStore store;
    ChunkBuilder builder;
    const size_t rows = columns.front().size();
    size_t end = 0;
    for (size_t row = 0; row < rows; ++row) {
        builder.beginRow();
        for (size_t c = 0; c < columns.size(); ++c) {
            const int index = builder.column(QStringLiteral("c%1").arg(c));
            if (columns[c][row].kind != CellKind::Null)
                builder.add(index, {columns[c][row].kind, columns[c][row].text});
        }
        if (row == end || row + 1 == rows) {
            store.append(builder.seal());
            end = row + static_cast<size_t>(random.bounded(1, 200));
        }
    }
    return store;
}

/// Columns of every form and mixture.
inline Column randomColumn(QRandomGenerator &random, size_t rows, int kind)
{
    static const std::vector<std::string> words{"apple",
                                                "Apple",
                                                "APPLE",
                                                "banana",
                                                "b",
                                                "",
                                                " ",
                                                "äpfel",
                                                "Äpfel",
                                                "zebra",
                                                "apples and oranges of a long kind",
                                                "apples and oranges of a long king",
                                                "42"};
    static const std::vector<std::string> odd{"1e400",
                                              "-1e400",
                                              "1e2",
                                              "-0",
                                              "0.000000000000000000001",
                                              "9007199254740993",
                                              "9007199254740992.5",
                                              "123456789012345678901234567890"};
    Column column(rows);
    for (Cell &cell : column) {
        const int pick = kind == 6 ? random.bounded(6) : kind;
        if (random.bounded(10) == 0)
            continue;
        switch (pick) {
        case 0:
            cell = {CellKind::Number, std::to_string(random.bounded(-50, 50))};
            break;
        case 1: {
            const int value = random.bounded(1000);
            cell = {CellKind::Number, std::to_string(random.bounded(-9, 9)) + '.' + std::to_string(value)};
            break;
        }
        case 2:
            cell = {CellKind::Text, words[random.bounded(static_cast<quint32>(words.size()))]};
            break;
        case 3:
            cell = {CellKind::Text, "text number " + std::to_string(random.bounded(1000000))};
            break;
        case 4: {
            std::string day;
            formatMoment(random.bounded(20000), {}, day);
            cell = {CellKind::Text, day};
            break;
        }
        case 5:
            cell = random.bounded(2) ? Cell{CellKind::Bool, random.bounded(2) ? "true" : "false"}
                                     : Cell{CellKind::Number, odd[random.bounded(static_cast<quint32>(odd.size()))]};
            break;
        default:
            break;
        }
    }
    return column;
}

inline int groupOf(CellKind kind)
{
    return kind == CellKind::Bool ? 0 : kind == CellKind::Number ? 1 : kind == CellKind::Text ? 2 : 3;
}

inline int compareCells(const Cell &a, const Cell &b)
{
    if (groupOf(a.kind) != groupOf(b.kind))
        return groupOf(a.kind) - groupOf(b.kind);
    if (a.kind == CellKind::Number) {
        const auto order = compareNumberTexts(a.text, b.text);
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    return a.kind == CellKind::Bool ? a.text.compare(b.text) : compareTexts(a.text, b.text);
}

} // namespace rowdesk::test
