#include "core/duplicates.h"

#include "core/rowhash.h"

#include <algorithm>
#include <numeric>

namespace rowdesk {
namespace {

std::vector<RuledColumn> exactly(const std::vector<int> &columns)
{
    std::vector<RuledColumn> ruled;
    for (const int column : columns)
        ruled.push_back({column, {}});
    return ruled;
}

/// Compares rows in the key's columns.
class KeyReader
{
public:
    KeyReader(const TableSnapshot &table, const std::vector<int> &columns)
    {
        for (const int column : columns) {
            m_left.emplace_back(table, column);
            m_right.emplace_back(table, column);
        }
    }

    bool isSame(quint32 a, quint32 b)
    {
        for (size_t i = 0; i < m_left.size(); ++i) {
            const auto [segmentA, rowA] = m_left[i].at(a);
            const auto [segmentB, rowB] = m_right[i].at(b);
            if (valueOf(segmentA, rowA, m_rule, m_scratchA) != valueOf(segmentB, rowB, m_rule, m_scratchB))
                return false;
        }
        return true;
    }

private:
    CellRule m_rule;
    std::vector<ColumnCursor> m_left;
    std::vector<ColumnCursor> m_right;
    std::string m_scratchA;
    std::string m_scratchB;
};

/// Takes rows with equal hashes apart into groups of rows that are the same.
class Grouping
{
public:
    Grouping(const TableSnapshot &table, const std::vector<int> &columns, Duplicates &result)
        : m_reader(table, columns), m_result(result)
    {
    }

    void add(std::span<const quint32> sameHash)
    {
        if (sameHash.size() == 1) {
            ++m_result.keys;
            return;
        }
        std::vector<DuplicateGroup> groups;
        for (const quint32 row : sameHash) {
            // Nearly always there is one group: two keys with one hash are rare.
            const auto known = std::ranges::find_if(
                groups, [&](const DuplicateGroup &group) { return m_reader.isSame(group.rows.front(), row); });
            if (known == groups.end())
                groups.push_back({{row}});
            else
                known->rows.push_back(row);
        }
        m_result.keys += static_cast<qint64>(groups.size());
        for (DuplicateGroup &group : groups)
            keep(std::move(group));
    }

private:
    void keep(DuplicateGroup group)
    {
        if (group.rows.size() < 2)
            return;
        ++m_result.groups;
        m_result.repeated += static_cast<qint64>(group.rows.size());
        m_result.largest.push_back(std::move(group));
    }

    KeyReader m_reader;
    Duplicates &m_result;
};

bool isLarger(const DuplicateGroup &a, const DuplicateGroup &b)
{
    return a.rows.size() != b.rows.size() ? a.rows.size() > b.rows.size() : a.rows.front() < b.rows.front();
}

} // namespace

std::optional<Duplicates> findDuplicates(const TableSnapshot &table, const std::vector<int> &columns,
                                         const std::vector<quint32> *rows, size_t limit, CancelFlag cancelled)
{
    const RowHashes hashed = hashRows(table, exactly(columns), cancelled);
    std::vector<quint32> order;
    if (rows) {
        order = *rows;
    } else {
        order.resize(hashed.hashes.size());
        std::iota(order.begin(), order.end(), 0u);
    }
    Duplicates result;
    result.rows = static_cast<qint64>(order.size());
    result.blank = static_cast<qint64>(std::erase_if(order, [&](quint32 row) { return hashed.filled[row] == 0; }));
    std::ranges::sort(order, [&](quint32 a, quint32 b) {
        return hashed.hashes[a] != hashed.hashes[b] ? hashed.hashes[a] < hashed.hashes[b] : a < b;
    });
    Grouping grouping(table, columns, result);
    for (size_t first = 0; first < order.size() && !isCancelled(cancelled);) {
        size_t end = first + 1;
        while (end < order.size() && hashed.hashes[order[end]] == hashed.hashes[order[first]])
            ++end;
        grouping.add(std::span(order).subspan(first, end - first));
        first = end;
    }
    if (isCancelled(cancelled))
        return std::nullopt;
    std::vector<DuplicateGroup> &largest = result.largest;
    const size_t given = std::min(limit, largest.size());
    std::ranges::partial_sort(largest, largest.begin() + static_cast<std::ptrdiff_t>(given), isLarger);
    largest.resize(given);
    return result;
}

} // namespace rowdesk
