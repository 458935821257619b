#include "core/tablesort.h"

#include "core/numberorder.h"
#include "core/sortkeys.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace rowdesk {
namespace {

struct Entry
{
    std::uint64_t key;
    quint32 row;
};

/// One stable pass of a radix sort by the byte at `shift`.
void radixPass(const std::vector<Entry> &in, std::vector<Entry> &out, int shift, std::array<size_t, 256> counts)
{
    size_t at = 0;
    for (size_t &count : counts)
        at += std::exchange(count, at);
    for (const Entry &entry : in)
        out[counts[entry.key >> shift & 0xFF]++] = entry;
}

/// Sorts by key, stable. Bytes in which all keys agree cost nothing.
void radixSort(std::vector<Entry> &entries, CancelFlag cancelled)
{
    std::array<std::array<size_t, 256>, 8> counts{};
    for (const Entry &entry : entries) {
        for (size_t byte = 0; byte < 8; ++byte)
            ++counts[byte][entry.key >> (byte * 8) & 0xFF];
    }
    std::vector<Entry> other(entries.size());
    for (size_t byte = 0; byte < 8 && !isCancelled(cancelled); ++byte) {
        if (std::ranges::count(counts[byte], size_t{0}) == 255)
            continue;
        radixPass(entries, other, static_cast<int>(byte * 8), counts[byte]);
        entries.swap(other);
    }
}

/// A cell whose key is the same as that of its neighbours, with what is needed to tell them apart.
struct TextEntry
{
    std::uint64_t key; ///< the next eight bytes of the folded text
    std::string_view folded;
    std::string_view text;
    quint32 row;
    quint32 position; ///< before sorting, for stability
};

class TieBreaker
{
public:
    TieBreaker(const TableSnapshot &table, SortKey key, std::uint8_t group, CancelFlag cancelled)
        : m_table(table), m_key(key), m_isNumbers(group == 1), m_cancelled(cancelled)
    {
    }

    /// Sorts entries of equal key within [begin, end) of `entries`, runs that begin there.
    void sortRuns(std::vector<Entry> &entries, size_t begin, size_t end)
    {
        while (begin > 0 && begin < end && entries[begin].key == entries[begin - 1].key)
            ++begin;
        for (size_t first = begin; first < end && !isCancelled(m_cancelled);) {
            size_t last = first + 1;
            while (last < entries.size() && entries[last].key == entries[first].key)
                ++last;
            if (last - first > 1)
                sortRun(entries.data() + first, last - first);
            first = last;
        }
    }

private:
    void sortRun(Entry *run, size_t count)
    {
        // Texts are made once, into one arena; views into the table stay as they are.
        m_arena.clear();
        m_texts.clear();
        m_texts.reserve(count);
        for (size_t i = 0; i < count; ++i)
            m_texts.push_back(entryOf(run[i].row, static_cast<quint32>(i)));
        if (m_isNumbers)
            std::ranges::sort(m_texts, [this](const TextEntry &a, const TextEntry &b) {
                const auto order = a.text == b.text ? std::strong_ordering::equal : compareNumberTexts(a.text, b.text);
                if (order != 0)
                    return (order < 0) != m_key.descending;
                return a.position < b.position;
            });
        else
            sortTexts(m_texts.data(), m_texts.size(), 8);
        for (size_t i = 0; i < count; ++i)
            run[i].row = m_texts[i].row;
    }

    TextEntry entryOf(quint32 row, quint32 position)
    {
        const CellView cell = m_table.cell(row, m_key.column, m_scratch);
        const std::string_view text = cell.text.data() == m_scratch.data() ? keep(cell.text) : cell.text;
        if (m_isNumbers)
            return {0, {}, text, row, position};
        const std::string_view folded = foldedForSort(text, m_folded);
        return {0, folded.data() == m_folded.data() ? keep(folded) : folded, text, row, position};
    }

    std::string_view keep(std::string_view text)
    {
        constexpr size_t blockSize = 1 << 20;
        if (m_arena.empty() || m_arena.back().capacity() - m_arena.back().size() < text.size()) {
            m_arena.emplace_back();
            m_arena.back().reserve(std::max(blockSize, text.size()));
        }
        std::string &block = m_arena.back();
        const size_t at = block.size();
        block.append(text);
        return std::string_view(block).substr(at, text.size());
    }

    /// Texts that agree in their first `depth` folded bytes: by the next eight, then those that agree again.
    void sortTexts(TextEntry *first, size_t count, size_t depth)
    {
        bool more = false;
        for (size_t i = 0; i < count; ++i) {
            std::uint64_t key = 0;
            const std::string_view rest = first[i].folded.substr(std::min(depth, first[i].folded.size()));
            for (size_t b = 0; b < 8; ++b)
                key = key << 8 | (b < rest.size() ? static_cast<unsigned char>(rest[b]) : 0);
            first[i].key = m_key.descending ? ~key : key;
            more = more || rest.size() > 8;
        }
        constexpr size_t deepest = 256; // beyond it a comparison as a whole is as good
        if (!more || depth > deepest)
            return std::sort(first, first + count, [this](const TextEntry &a, const TextEntry &b) {
                return a.key != b.key ? a.key < b.key : isBefore(a, b);
            });
        std::sort(first, first + count, [](const TextEntry &a, const TextEntry &b) { return a.key < b.key; });
        for (size_t begin = 0; begin < count && !isCancelled(m_cancelled);) {
            size_t end = begin + 1;
            while (end < count && first[end].key == first[begin].key)
                ++end;
            if (end - begin > 1 && end - begin < 32)
                std::sort(first + begin, first + end,
                          [this](const TextEntry &a, const TextEntry &b) { return isBefore(a, b); });
            else if (end - begin > 1)
                sortTexts(first + begin, end - begin, depth + 8);
            begin = end;
        }
    }

    bool isBefore(const TextEntry &a, const TextEntry &b) const
    {
        int order = a.folded.compare(b.folded);
        if (order == 0)
            order = a.text.compare(b.text);
        if (order != 0)
            return (order < 0) != m_key.descending;
        return a.position < b.position;
    }

    const TableSnapshot &m_table;
    const SortKey m_key;
    const bool m_isNumbers;
    const CancelFlag m_cancelled;
    std::vector<TextEntry> m_texts;
    std::vector<std::string> m_arena;
    std::string m_scratch;
    std::string m_folded;
};

void sortGroup(const TableSnapshot &table, SortKey key, std::uint8_t group, bool coarse, std::vector<Entry> &entries,
               CancelFlag cancelled)
{
    if (key.descending) {
        for (Entry &entry : entries)
            entry.key = ~entry.key;
    }
    radixSort(entries, cancelled);
    if (!coarse || group == 0)
        return;
    parallelRanges(entries.size(), 4096, [&](size_t begin, size_t end, unsigned) {
        TieBreaker(table, key, group, cancelled).sortRuns(entries, begin, end);
    });
}

/// One stable sort by one column.
void sortByColumn(const TableSnapshot &table, SortKey key, std::vector<quint32> &rows, CancelFlag cancelled)
{
    const SortKeys keys = makeSortKeys(table, key.column, cancelled);
    std::array<std::vector<Entry>, SortKeys::nullGroup + 1> groups;
    if (keys.groups.empty())
        groups[keys.group].reserve(rows.size());
    for (const quint32 row : rows)
        groups[keys.groupOf(row)].push_back({keys.keys[row], row});
    auto out = rows.begin();
    for (std::uint8_t i = 0; i <= SortKeys::nullGroup; ++i) {
        const bool isNulls = i == SortKeys::nullGroup;
        const auto group = static_cast<std::uint8_t>(key.descending && !isNulls ? SortKeys::nullGroup - 1 - i : i);
        if (!isNulls)
            sortGroup(table, key, group, keys.coarse, groups[group], cancelled);
        for (const Entry &entry : groups[group])
            *out++ = entry.row;
    }
}

} // namespace

std::vector<quint32> allRows(const TableSnapshot &table)
{
    std::vector<quint32> rows(static_cast<size_t>(table.rowCount()));
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
}

std::optional<std::vector<quint32>> sortRows(const TableSnapshot &table, std::span<const SortKey> keys,
                                             std::vector<quint32> rows, CancelFlag cancelled)
{
    // Stable sorts by the last key first leave the rows in the order of all keys.
    for (auto key = keys.rbegin(); key != keys.rend() && !isCancelled(cancelled); ++key)
        sortByColumn(table, *key, rows, cancelled);
    if (isCancelled(cancelled))
        return std::nullopt;
    return rows;
}

} // namespace rowdesk
