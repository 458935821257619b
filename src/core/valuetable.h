#pragma once

#include "core/rowbatch.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace rowdesk {

/// How a ValueTable keeps a key. Entries with count 0 are free.
struct IntEntry
{
    using Key = std::int64_t;

    std::int64_t key = 0;
    std::uint32_t count = 0;

    static std::uint64_t hashOf(std::int64_t k)
    {
        auto x = static_cast<std::uint64_t>(k);
        x = (x ^ (x >> 32)) * 0x9E3779B97F4A7C15ULL;
        return x ^ (x >> 29);
    }
    std::uint64_t hash() const { return hashOf(key); }
    bool holds(std::int64_t other, std::uint64_t) const { return key == other; }
    void set(std::int64_t other, std::uint64_t) { key = other; }
};

/// Keys are views: the texts must stay where they are.
struct CellEntry
{
    using Key = CellView;

    std::uint64_t hashed = 0;
    const char *text = nullptr;
    std::uint32_t count = 0;
    std::uint32_t length : 29 = 0; ///< a page has at most 64 MB
    std::uint32_t kind : 3 = 0;

    static std::uint64_t hashOf(const CellView &cell)
    {
        return std::hash<std::string_view>()(cell.text) + static_cast<std::uint64_t>(cell.kind) * 0x9E3779B97F4A7C15ULL;
    }
    std::uint64_t hash() const { return hashed; }
    CellView cell() const { return {static_cast<CellKind>(kind), {text, length}}; }
    bool holds(const CellView &other, std::uint64_t itsHash) const
    {
        return hashed == itsHash && cell().kind == other.kind && cell().text == other.text;
    }
    void set(const CellView &other, std::uint64_t itsHash)
    {
        hashed = itsHash;
        text = other.text.data();
        length = static_cast<std::uint32_t>(other.text.size()) & 0x1FFF'FFFF;
        kind = static_cast<std::uint32_t>(other.kind) & 7;
    }
};

/// Counts of different values, by open addressing.
template<typename Entry>
class ValueTable
{
public:
    using Key = typename Entry::Key;

    ValueTable() : m_entries(1024) {}

    void add(const Key &key, std::uint32_t times = 1) { insert(key, Entry::hashOf(key), times); }

    /// Adds each key once. Quicker than one by one when the table is larger than the caches.
    void addAll(std::span<const Key> keys)
    {
        m_hashes.resize(keys.size());
        while ((m_size + keys.size()) * 2 > m_entries.size())
            grow();
        for (size_t i = 0; i < keys.size(); ++i) {
            m_hashes[i] = Entry::hashOf(keys[i]);
            __builtin_prefetch(&m_entries[m_hashes[i] & (m_entries.size() - 1)]);
        }
        for (size_t i = 0; i < keys.size(); ++i)
            insert(keys[i], m_hashes[i], 1);
    }

    size_t size() const { return m_size; }
    /// Calls f with every entry in use.
    template<typename F>
    void forEach(const F &f) const
    {
        for (const Entry &entry : m_entries) {
            if (entry.count != 0)
                f(entry);
        }
    }

private:
    void insert(const Key &key, std::uint64_t hash, std::uint32_t times)
    {
        const size_t mask = m_entries.size() - 1;
        size_t at = hash & mask;
        while (m_entries[at].count != 0 && !m_entries[at].holds(key, hash))
            at = (at + 1) & mask;
        Entry &entry = m_entries[at];
        const bool isNew = entry.count == 0;
        entry.count += times;
        if (!isNew)
            return;
        entry.set(key, hash);
        if (++m_size * 2 > m_entries.size())
            grow();
    }

    void grow()
    {
        std::vector<Entry> old(m_entries.size() * (m_entries.size() < 65'536 ? 8 : 2));
        old.swap(m_entries);
        const size_t mask = m_entries.size() - 1;
        for (const Entry &entry : old) {
            if (entry.count == 0)
                continue;
            size_t at = entry.hash() & mask;
            while (m_entries[at].count != 0)
                at = (at + 1) & mask;
            m_entries[at] = entry;
        }
    }

    std::vector<Entry> m_entries;
    std::vector<std::uint64_t> m_hashes;
    size_t m_size = 0;
};

} // namespace rowdesk
