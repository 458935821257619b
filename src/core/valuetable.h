#pragma once

#include "core/rowbatch.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace rowdesk {

/// Counts of different 64-bit values or texts, by open addressing; the texts must stay where they are.
template<typename Key>
class ValueTable
{
public:
    struct Entry
    {
        Key key{};
        std::uint64_t hash = 0; ///< 0: the place is free
        std::int64_t count = 0;
    };

    ValueTable() : m_entries(1024) {}

    void add(const Key &key, std::int64_t times = 1)
    {
        const std::uint64_t hash = hashOf(key) | 1;
        Entry *entry = find(key, hash);
        entry->count += times;
        if (entry->hash != 0)
            return;
        entry->key = key;
        entry->hash = hash;
        if (++m_size * 2 > m_entries.size())
            grow();
    }

    size_t size() const { return m_size; }
    /// Calls f with every entry in use.
    template<typename F>
    void forEach(const F &f) const
    {
        for (const Entry &entry : m_entries) {
            if (entry.hash != 0)
                f(entry);
        }
    }

private:
    static std::uint64_t mixed(std::uint64_t x)
    {
        x = (x ^ (x >> 32)) * 0x9E3779B97F4A7C15ULL;
        return x ^ (x >> 29);
    }
    static std::uint64_t hashOf(std::int64_t key) { return mixed(static_cast<std::uint64_t>(key)); }
    static std::uint64_t hashOf(std::string_view key) { return mixed(std::hash<std::string_view>()(key)); }
    static std::uint64_t hashOf(const CellView &key)
    {
        return hashOf(key.text) + static_cast<std::uint64_t>(key.kind) * 0x9E3779B97F4A7C15ULL;
    }
    static bool isSame(std::int64_t a, std::int64_t b) { return a == b; }
    static bool isSame(const CellView &a, const CellView &b) { return a.kind == b.kind && a.text == b.text; }

    Entry *find(const Key &key, std::uint64_t hash)
    {
        const size_t mask = m_entries.size() - 1;
        size_t at = (hash >> 1) & mask;
        while (m_entries[at].hash != 0 && !(m_entries[at].hash == hash && isSame(m_entries[at].key, key)))
            at = (at + 1) & mask;
        return &m_entries[at];
    }

    void grow()
    {
        std::vector<Entry> old(m_entries.size() * 2);
        old.swap(m_entries);
        const size_t mask = m_entries.size() - 1;
        for (const Entry &entry : old) {
            if (entry.hash == 0)
                continue;
            size_t at = (entry.hash >> 1) & mask;
            while (m_entries[at].hash != 0)
                at = (at + 1) & mask;
            m_entries[at] = entry;
        }
    }

    std::vector<Entry> m_entries;
    size_t m_size = 0;
};

} // namespace rowdesk
