#include "core/tablediff.h"

#include "core/changedcells.h"
#include "core/diffcolumns.h"
#include "core/lookalikes.h"
#include "core/rowjoin.h"

#include <QCoreApplication>

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TableDiff", text);
}

ApiError cancelledError()
{
    return {ErrorKind::Cancelled, 0, {}, tr("The comparison was stopped."), {}, {}};
}

std::optional<ApiError> refusal(const DiffTable &table)
{
    if (!table.incomplete.isEmpty()) {
        return ApiError{ErrorKind::Rejected,
                        0,
                        {},
                        tr("%1 can't be compared: %2").arg(table.name, table.incomplete),
                        tr("Nothing was compared. Read all of its rows first."),
                        {}};
    }
    if (table.rows.rowCount() >= std::numeric_limits<int>::max())
        return ApiError{ErrorKind::Rejected, 0, {}, tr("%1 has too many rows to compare.").arg(table.name), {}, {}};
    return std::nullopt;
}

enum RowState : std::uint8_t {
    Open,   ///< its key is still to be looked for
    Paired, ///< it is a row of the other table, too
    Single, ///< its key is in this table alone
    Unkeyed ///< its key is blank or repeated
};

/// Holds whole rows of the two tables, or of one of them, against each other.
class RowPairs
{
public:
    RowPairs(const DiffTable &a, const std::vector<RuledColumn> &columnsA, const DiffTable &b,
             const std::vector<RuledColumn> &columnsB)
    {
        for (size_t i = 0; i < columnsA.size(); ++i) {
            const int inA = columnsA[i].column;
            const int inB = columnsB[i].column;
            m_across.emplace_back(a, inA, b, inB, columnsA[i].rule);
            m_withinA.emplace_back(a, inA, a, inA, columnsA[i].rule);
            m_withinB.emplace_back(b, inB, b, inB, columnsB[i].rule);
        }
    }

    bool isSame(bool xIsOfA, quint32 x, bool yIsOfA, quint32 y)
    {
        if (xIsOfA && !yIsOfA)
            return isSame(m_across, x, y);
        return xIsOfA == yIsOfA ? isSame(xIsOfA ? m_withinA : m_withinB, x, y) : isSame(m_across, y, x);
    }

private:
    static bool isSame(std::vector<CellPairs> &columns, quint32 x, quint32 y)
    {
        return std::ranges::all_of(columns, [x, y](CellPairs &column) { return column.isSame(x, y); });
    }

    std::vector<CellPairs> m_across;
    std::vector<CellPairs> m_withinA;
    std::vector<CellPairs> m_withinB;
};

/// Finds which rows of the two tables are the same ones.
class RowMatcher
{
public:
    RowMatcher(const DiffTable &a, const DiffTable &b, const DiffOptions &options, CancelFlag cancelled,
               TableDiff &diff)
        : m_a(a)
        , m_b(b)
        , m_options(options)
        , m_cancelled(cancelled)
        , m_diff(diff)
        , m_statesA(static_cast<size_t>(a.rows.rowCount()), Open)
        , m_statesB(static_cast<size_t>(b.rows.rowCount()), Open)
        , partners(m_statesB.size(), noRow)
    {
    }

    bool matchByKey()
    {
        const Columns key(*this, [](const DiffColumn &column) { return column.role == DiffColumn::Role::Key; });
        if (!pairKeys(key, LonePairs::Taken))
            return false;
        if (!isExact(key) && !arePairsSame(key)) {
            forgetPairs();
            if (!pairKeys(key, LonePairs::Asked))
                return false;
        }
        return !(m_diff.keysA.any() || m_diff.keysB.any()) || pairEqualRows(Unkeyed);
    }

    /// Pairs whole rows of this state as often as both tables have them.
    bool pairEqualRows(RowState state)
    {
        const auto takes = [](const DiffColumn &column) {
            return column.isCompared() || column.role == DiffColumn::Role::Key;
        };
        const Columns columns(*this, takes);
        if (columns.a.empty())
            return true;
        const RowHashes hashesA = hashRows(m_a.rows, columns.a, m_cancelled);
        const RowHashes hashesB = hashRows(m_b.rows, columns.b, m_cancelled);
        const auto pairAll = [this](RowList inA, RowList inB) {
            for (size_t i = 0; i < std::min(inA.size(), inB.size()); ++i)
                pair(inA[i], inB[i]);
        };
        // Rows without a usable key are few, and others are paired already: there each pair is asked about.
        const LonePairs lonePairs = state == Open ? LonePairs::Taken : LonePairs::Asked;
        if (!join(hashesA, hashesB, columns, state, lonePairs, pairAll))
            return false;
        if (state != Open || arePairsSame(columns))
            return !isCancelled(m_cancelled);
        forgetPairs();
        return join(hashesA, hashesB, columns, state, LonePairs::Asked, pairAll);
    }

    void listRows()
    {
        list(m_statesA, m_diff.removed, m_diff.unpairedA);
        list(m_statesB, m_diff.added, m_diff.unpairedB);
    }

private:
    struct Columns
    {
        template<typename Takes>
        Columns(const RowMatcher &m, const Takes &takes)
            : a(ruledColumns(m.m_diff.columns, m.m_options, true, takes))
            , b(ruledColumns(m.m_diff.columns, m.m_options, false, takes))
        {
        }
        std::vector<RuledColumn> a;
        std::vector<RuledColumn> b;
    };

    /// Rows with equal hashes have equal cells in these columns.
    bool isExact(const Columns &columns) const
    {
        return m_diff.byKey && columns.a.size() == 1 && isWholeNumbers(m_a.rows, columns.a.front()) &&
               isWholeNumbers(m_b.rows, columns.b.front());
    }

    template<typename Take>
    bool join(const RowHashes &hashesA, const RowHashes &hashesB, const Columns &columns, RowState state,
              LonePairs lonePairs, const Take &take) const
    {
        MakeSameRows makeSame;
        if (state != Open || !isExact(columns)) {
            makeSame = [this, &columns]() -> SameRows {
                auto rows = std::make_shared<RowPairs>(m_a, columns.a, m_b, columns.b);
                return [rows](bool xIsOfA, quint32 x, bool yIsOfA, quint32 y) {
                    return rows->isSame(xIsOfA, x, yIsOfA, y);
                };
            };
        }
        return joinRows({&hashesA.hashes, &m_statesA, state}, {&hashesB.hashes, &m_statesB, state}, makeSame, lonePairs,
                        take, m_cancelled);
    }

    /// Whether the paired rows are the same in these columns. They nearly always are: two rows with one hash that
    /// differ are found here, in the order of memory.
    bool arePairsSame(const Columns &columns) const
    {
        RowBits differs((partners.size() + 63) / 64, 0);
        ColumnPairs pairs(m_a, m_b, partners, m_cancelled);
        for (size_t i = 0; i < columns.a.size(); ++i) {
            if (pairs.compare(columns.a[i].column, columns.b[i].column, columns.a[i].rule, differs) != 0)
                return false;
        }
        return true;
    }

    void forgetPairs()
    {
        std::ranges::fill(m_statesA, Open);
        std::ranges::fill(m_statesB, Open);
        std::ranges::fill(partners, noRow);
    }

    bool pairKeys(const Columns &columns, LonePairs lonePairs)
    {
        const RowHashes hashesA = hashRows(m_a.rows, columns.a, m_cancelled);
        const RowHashes hashesB = hashRows(m_b.rows, columns.b, m_cancelled);
        m_diff.keysA.blankRows = setAside(hashesA.filled, m_statesA);
        m_diff.keysB.blankRows = setAside(hashesB.filled, m_statesB);
        std::atomic<qint64> keysA = 0, keysB = 0, rowsA = 0, rowsB = 0;
        const bool done = join(hashesA, hashesB, columns, Open, lonePairs, [&](RowList inA, RowList inB) {
            if (inA.size() <= 1 && inB.size() <= 1) {
                if (inA.empty())
                    m_statesB[inB.front()] = Single;
                else if (inB.empty())
                    m_statesA[inA.front()] = Single;
                else
                    pair(inA.front(), inB.front());
                return;
            }
            if (inA.size() > 1) {
                ++keysA;
                rowsA += static_cast<qint64>(inA.size());
            }
            if (inB.size() > 1) {
                ++keysB;
                rowsB += static_cast<qint64>(inB.size());
            }
            for (const quint32 row : inA)
                m_statesA[row] = Unkeyed;
            for (const quint32 row : inB)
                m_statesB[row] = Unkeyed;
        });
        m_diff.keysA.repeatedKeys = keysA;
        m_diff.keysA.repeatedRows = rowsA;
        m_diff.keysB.repeatedKeys = keysB;
        m_diff.keysB.repeatedRows = rowsB;
        return done;
    }

    static qint64 setAside(const std::vector<std::uint8_t> &filled, std::vector<std::uint8_t> &states)
    {
        qint64 blank = 0;
        for (size_t row = 0; row < filled.size(); ++row) {
            if (filled[row])
                continue;
            states[row] = Unkeyed;
            ++blank;
        }
        return blank;
    }

    void pair(quint32 a, quint32 b)
    {
        m_statesA[a] = Paired;
        m_statesB[b] = Paired;
        partners[b] = a;
    }

    static void list(const std::vector<std::uint8_t> &states, std::vector<quint32> &alone,
                     std::vector<quint32> &unpaired)
    {
        for (size_t row = 0; row < states.size(); ++row) {
            if (states[row] == Paired)
                continue;
            alone.push_back(static_cast<quint32>(row));
            if (states[row] == Unkeyed)
                unpaired.push_back(static_cast<quint32>(row));
        }
    }

    const DiffTable &m_a;
    const DiffTable &m_b;
    const DiffOptions &m_options;
    CancelFlag m_cancelled;
    TableDiff &m_diff;
    std::vector<std::uint8_t> m_statesA;
    std::vector<std::uint8_t> m_statesB;

public:
    std::vector<quint32> partners; ///< for each row of B its row in A, or noRow
};

} // namespace

DiffTable DiffTable::of(const QString &name, const ColumnStore &store)
{
    DiffTable table{name, store.snapshot(), {}};
    if (store.state() == ColumnStore::State::Loading)
        table.incomplete = tr("its rows are still being read (%1 so far).").arg(store.rowCount());
    else if (store.state() == ColumnStore::State::Stopped)
        table.incomplete = tr("reading stopped after %1 rows. %2").arg(store.rowCount()).arg(store.error()->text());
    return table;
}

bool TableDiff::isSame() const
{
    return added.empty() && removed.empty() && changed.empty() &&
           std::ranges::all_of(columns, [](const DiffColumn &column) {
               return !column.retyped && column.role != DiffColumn::Role::Added &&
                      column.role != DiffColumn::Role::Removed;
           });
}

size_t TableDiff::bytes() const
{
    return (added.capacity() + removed.capacity() + unpairedA.capacity() + unpairedB.capacity()) * sizeof(quint32) +
           changed.capacity() * sizeof(Pair) + changedBits.capacity() * sizeof(std::uint64_t);
}

Result<TableDiff> compareTables(const DiffTable &a, const DiffTable &b, const DiffOptions &options,
                                CancelFlag cancelled)
{
    for (const DiffTable *table : {&a, &b}) {
        if (const std::optional<ApiError> error = refusal(*table))
            return *error;
    }
    Result<std::vector<DiffColumn>> columns = matchColumns(a, b, options);
    if (!columns)
        return columns.error();
    TableDiff diff;
    diff.rowsA = a.rows.rowCount();
    diff.rowsB = b.rows.rowCount();
    diff.byKey = !options.key.isEmpty();
    diff.columns = std::move(columns).value();
    RowMatcher matcher(a, b, options, cancelled, diff);
    // With a table that tells no columns there is no key column either, and no row to pair.
    const bool hasBoth = a.rows.columnCount() > 0 && b.rows.columnCount() > 0;
    const bool matched = !hasBoth || (diff.byKey ? matcher.matchByKey() : matcher.pairEqualRows(Open));
    if (!matched)
        return cancelledError();
    matcher.listRows();
    if (diff.byKey) {
        if (!compareCells(a, b, options, matcher.partners, diff, cancelled))
            return cancelledError();
        diff.renames = findRenames(a, b, options, matcher.partners, diff, cancelled);
        if (hasBoth)
            diff.lookAlikes = countLookAlikes(a, b, diff, cancelled);
        if (isCancelled(cancelled))
            return cancelledError();
    } else {
        diff.unchanged = diff.rowsA - static_cast<qint64>(diff.removed.size());
    }
    return diff;
}

} // namespace rowdesk
