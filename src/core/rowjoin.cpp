#include "core/rowjoin.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <utility>

namespace rowdesk {
namespace {

struct Entry
{
    std::uint64_t hash;
    std::uint32_t row;
};

/// The rows of one side, spread over 2^bits parts by the upper bits of their hash, ascending within a part.
class Spread
{
public:
    Spread(const JoinSide &side, int bits) : m_bits(bits), m_side(side)
    {
        const size_t parts = size_t{1} << bits;
        const size_t rows = side.hashes->size();
        std::vector<std::vector<std::uint32_t>> places(workerCount(), std::vector<std::uint32_t>(parts, 0));
        parallelRanges(rows, grain, [&](size_t begin, size_t end, unsigned worker) {
            for (size_t row = begin; row < end; ++row) {
                if (takes(row))
                    ++places[worker][partOf((*side.hashes)[row])];
            }
        });
        m_begins.resize(parts + 1);
        std::uint32_t place = 0;
        for (size_t part = 0; part < parts; ++part) {
            m_begins[part] = place;
            for (std::vector<std::uint32_t> &counts : places)
                place += std::exchange(counts[part], place);
        }
        m_begins[parts] = place;
        m_hashes = std::make_unique_for_overwrite<std::uint64_t[]>(place);
        m_rows = std::make_unique_for_overwrite<std::uint32_t[]>(place);
        parallelRanges(rows, grain, [&](size_t begin, size_t end, unsigned worker) {
            for (size_t row = begin; row < end; ++row) {
                if (!takes(row))
                    continue;
                const std::uint32_t to = places[worker][partOf((*side.hashes)[row])]++;
                m_hashes[to] = (*side.hashes)[row];
                m_rows[to] = static_cast<std::uint32_t>(row);
            }
        });
    }

    void sortedPart(size_t part, std::vector<Entry> &out) const
    {
        out.clear();
        for (std::uint32_t i = m_begins[part]; i < m_begins[part + 1]; ++i)
            out.push_back({m_hashes[i], m_rows[i]});
        std::ranges::sort(
            out, [](const Entry &x, const Entry &y) { return x.hash != y.hash ? x.hash < y.hash : x.row < y.row; });
    }

private:
    static constexpr size_t grain = 16'384;

    bool takes(size_t row) const { return (*m_side.states)[row] == m_side.value; }
    size_t partOf(std::uint64_t hash) const { return m_bits == 0 ? 0 : static_cast<size_t>(hash >> (64 - m_bits)); }

    int m_bits;
    const JoinSide &m_side;
    std::vector<std::uint32_t> m_begins;
    std::unique_ptr<std::uint64_t[]> m_hashes;
    std::unique_ptr<std::uint32_t[]> m_rows;
};

/// Walks the runs of one hash through both sides of a part.
class PartJoin
{
public:
    PartJoin(SameRows same, LonePairs lonePairs, const std::function<void(RowList, RowList)> &take)
        : m_same(std::move(same)), m_lonePairs(lonePairs), m_take(take)
    {
    }

    void join(const Spread &a, const Spread &b, size_t part)
    {
        a.sortedPart(part, m_a);
        b.sortedPart(part, m_b);
        size_t i = 0;
        size_t j = 0;
        while (i < m_a.size() || j < m_b.size()) {
            const std::uint64_t hash =
                j == m_b.size() || (i < m_a.size() && m_a[i].hash < m_b[j].hash) ? m_a[i].hash : m_b[j].hash;
            m_openA.clear();
            m_openB.clear();
            for (; i < m_a.size() && m_a[i].hash == hash; ++i)
                m_openA.push_back(m_a[i].row);
            for (; j < m_b.size() && m_b[j].hash == hash; ++j)
                m_openB.push_back(m_b[j].row);
            splitRun();
        }
    }

private:
    /// The rows of one hash are nearly always one class.
    void splitRun()
    {
        while (!m_openA.empty() || !m_openB.empty()) {
            const bool pair = m_openA.size() == 1 && m_openB.size() == 1 && m_lonePairs == LonePairs::Taken;
            if (!m_same || pair || m_openA.size() + m_openB.size() == 1) {
                m_take(m_openA, m_openB);
                return;
            }
            const bool ofA = !m_openA.empty();
            const std::uint32_t first = ofA ? m_openA.front() : m_openB.front();
            takeEqual(m_openA, true, m_classA, ofA, first);
            takeEqual(m_openB, false, m_classB, ofA, first);
            m_take(m_classA, m_classB);
        }
    }

    void takeEqual(std::vector<std::uint32_t> &open, bool openIsA, std::vector<std::uint32_t> &equal, bool firstIsA,
                   std::uint32_t first)
    {
        equal.clear();
        std::erase_if(open, [&](std::uint32_t row) {
            const bool isFirst = openIsA == firstIsA && row == first;
            if (!isFirst && !m_same(firstIsA, first, openIsA, row))
                return false;
            equal.push_back(row);
            return true;
        });
    }

    SameRows m_same;
    LonePairs m_lonePairs;
    const std::function<void(RowList, RowList)> &m_take;
    std::vector<Entry> m_a;
    std::vector<Entry> m_b;
    std::vector<std::uint32_t> m_openA;
    std::vector<std::uint32_t> m_openB;
    std::vector<std::uint32_t> m_classA;
    std::vector<std::uint32_t> m_classB;
};

} // namespace

bool joinRows(const JoinSide &a, const JoinSide &b, const MakeSameRows &makeSame, LonePairs lonePairs,
              const std::function<void(RowList, RowList)> &take, CancelFlag cancelled)
{
    constexpr size_t rowsAPart = 1024;
    const size_t parts = std::bit_ceil((a.hashes->size() + b.hashes->size()) / rowsAPart + 1);
    const int bits = std::min(std::countr_zero(parts), 12);
    const Spread spreadA(a, bits);
    if (isCancelled(cancelled))
        return false;
    const Spread spreadB(b, bits);
    parallelRanges(size_t{1} << bits, 1, [&](size_t begin, size_t end, unsigned) {
        PartJoin join(makeSame ? makeSame() : SameRows(), lonePairs, take);
        for (size_t part = begin; part < end && !isCancelled(cancelled); ++part)
            join.join(spreadA, spreadB, part);
    });
    return !isCancelled(cancelled);
}

} // namespace rowdesk
