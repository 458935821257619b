#include "core/keycandidates.h"

#include "core/diffcolumns.h"
#include "core/rowjoin.h"

#include <algorithm>
#include <atomic>

namespace rowdesk {
namespace {

constexpr size_t mostCandidates = 12;
constexpr size_t mostPaired = 8; ///< columns that pairs are made of

/// Counts of one side, written by several threads.
struct Counts
{
    std::atomic<qint64> distinct{0};
    std::atomic<qint64> repeatedRows{0};

    void add(size_t rows)
    {
        if (rows > 0)
            ++distinct;
        if (rows > 1)
            repeatedRows += static_cast<qint64>(rows);
    }
};

/// The counts of two lists of hashes. `filled` rows are those whose key is not blank.
std::optional<KeyCandidate> measure(const QStringList &columns, const RowHashes &a, const RowHashes &b,
                                    CancelFlag cancelled)
{
    Counts countsA;
    Counts countsB;
    std::atomic<qint64> inBoth = 0;
    const bool done = joinRows(
        {&a.hashes, &a.filled, 1}, {&b.hashes, &b.filled, 1}, {}, LonePairs::Taken,
        [&](RowList inA, RowList inB) {
            countsA.add(inA.size());
            countsB.add(inB.size());
            if (!inA.empty() && !inB.empty())
                ++inBoth;
        },
        cancelled);
    if (!done)
        return std::nullopt;
    const auto evidence = [](const RowHashes &hashes, const Counts &counts) {
        return KeyEvidence{static_cast<qint64>(hashes.hashes.size()), counts.distinct, counts.repeatedRows,
                           std::ranges::count(hashes.filled, std::uint8_t{0})};
    };
    return KeyCandidate{columns, evidence(a, countsA), evidence(b, countsB), inBoth};
}

bool isBetter(const KeyCandidate &x, const KeyCandidate &y)
{
    if (x.isUnique() != y.isUnique())
        return x.isUnique();
    const auto share = [](const KeyCandidate &key) { return std::min(key.a.share(), key.b.share()); };
    if (x.isUnique())
        return x.overlap() > y.overlap();
    return share(x) != share(y) ? share(x) > share(y) : x.overlap() > y.overlap();
}

RuledColumn ruled(const DiffTable &a, const DiffTable &b, const DiffTable &side, const QString &name)
{
    DiffColumn column;
    column.name = name;
    column.asText = isOtherKind(a.rows.content(a.rows.columnIndex(name)), b.rows.content(b.rows.columnIndex(name)));
    return {side.rows.columnIndex(name), ruleFor(column, {}, true)};
}

/// Columns that can't be part of a key: without a value, or with one value alone.
bool isUseful(const KeyCandidate &key)
{
    return key.a.distinct > 1 || key.b.distinct > 1 || (key.a.rows <= 1 && key.b.rows <= 1);
}

} // namespace

std::optional<KeyCandidate> measureKey(const DiffTable &a, const DiffTable &b, const QStringList &columns,
                                       CancelFlag cancelled)
{
    std::vector<RuledColumn> inA;
    std::vector<RuledColumn> inB;
    for (const QString &name : columns) {
        if (a.rows.columnIndex(name) < 0 || b.rows.columnIndex(name) < 0)
            return std::nullopt;
        inA.push_back(ruled(a, b, a, name));
        inB.push_back(ruled(a, b, b, name));
    }
    if (columns.isEmpty())
        return std::nullopt;
    return measure(columns, hashRows(a.rows, inA, cancelled), hashRows(b.rows, inB, cancelled), cancelled);
}

std::optional<std::vector<KeyCandidate>> findKeyCandidates(const DiffTable &a, const DiffTable &b,
                                                           const QStringList &known, CancelFlag cancelled)
{
    std::vector<KeyCandidate> found;
    const auto add = [&](const QStringList &columns) {
        const std::optional<KeyCandidate> key = measureKey(a, b, columns, cancelled);
        if (key && isUseful(*key))
            found.push_back(*key);
        return !isCancelled(cancelled);
    };
    for (const QString &name : b.rows.columnNames()) {
        if (a.rows.columnIndex(name) >= 0 && !add({name}))
            return std::nullopt;
    }
    std::ranges::stable_sort(found, isBetter);
    if (found.size() > 1 && !found.front().isUnique()) {
        // Columns with more different values first: the likelier parts of a key.
        std::vector<KeyCandidate> parts(found.begin(), found.begin() + std::min(found.size(), mostPaired));
        std::ranges::stable_sort(parts, std::greater(), [](const KeyCandidate &key) { return key.b.distinct; });
        for (size_t second = 1; second < parts.size(); ++second) {
            for (size_t first = 0; first < second; ++first) {
                const QString one = parts[first].columns.first();
                const QString other = parts[second].columns.first();
                const bool inOrder = b.rows.columnIndex(one) < b.rows.columnIndex(other);
                if (!add(inOrder ? QStringList{one, other} : QStringList{other, one}))
                    return std::nullopt;
            }
        }
        std::ranges::stable_sort(found, isBetter);
    }
    if (const auto told = std::ranges::find(found, known, &KeyCandidate::columns); told != found.end()) {
        if (told->isUnique())
            std::rotate(found.begin(), told, told + 1);
    } else if (const std::optional<KeyCandidate> key = measureKey(a, b, known, cancelled); key && key->isUnique()) {
        found.insert(found.begin(), *key);
    }
    if (isCancelled(cancelled))
        return std::nullopt;
    found.resize(std::min(found.size(), mostCandidates));
    return found;
}

} // namespace rowdesk
