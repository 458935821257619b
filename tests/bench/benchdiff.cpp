#include "bench/figures.h"
#include "core/columnstore.h"
#include "core/keycandidates.h"
#include "core/tablediff.h"

#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

/// Compares two tables of a million rows and ten columns by a whole-number key: benchdiff [ROWS]. B lacks every 1,000th
/// row of A, has as many new ones, and every 100th row has another amount.
using namespace rowdesk;

namespace {

struct Table
{
    ColumnStore store;

    /// The rows of these numbers; `edited` ones have another amount.
    Table(const std::vector<std::int64_t> &numbers, bool edited)
    {
        const QStringList names{QStringLiteral("id"),     QStringLiteral("day"),   QStringLiteral("at"),
                                QStringLiteral("city"),   QStringLiteral("shop"),  QStringLiteral("amount"),
                                QStringLiteral("pieces"), QStringLiteral("share"), QStringLiteral("paid"),
                                QStringLiteral("note")};
        constexpr size_t rowsAChunk = 10'000;
        for (size_t first = 0; first < numbers.size(); first += rowsAChunk) {
            RowBatch batch(static_cast<int>(names.size()));
            for (size_t i = first; i < std::min(first + rowsAChunk, numbers.size()); ++i)
                addRow(batch, numbers[i], edited);
            store.append(chunkFromBatch(names, batch));
        }
        store.setComplete();
    }

private:
    static void addRow(RowBatch &batch, std::int64_t n, bool edited)
    {
        char buffer[64];
        const auto add = [&](CellKind kind, const char *format, auto... values) {
            const int length = std::snprintf(buffer, sizeof buffer, format, values...);
            batch.addCell(kind, std::string_view(buffer, static_cast<size_t>(length)));
        };
        const long long row = n;
        batch.beginRow(n);
        add(CellKind::Number, "%lld", 1'000'000'000 + row);
        add(CellKind::Text, "2026-%02lld-%02lld", 1 + row / 28 % 12, 1 + row % 28);
        add(CellKind::Text, "2026-01-%02lldT%02lld:%02lld:%02lld", 1 + row % 28, row % 24, row % 60, row / 7 % 60);
        add(CellKind::Text, "City %lld", row % 200);
        add(CellKind::Text, "Shop %lld", row * 7919 % 5000);
        add(CellKind::Number, "%lld.%02lld", row % 100'000, (edited && row % 100 == 0 ? row + 1 : row) % 100);
        add(CellKind::Number, "%lld", row * 31 % 1000);
        add(CellKind::Number, "0.%06lld", row * 104'729 % 1'000'000);
        batch.addCell(CellKind::Bool, row % 3 ? "true" : "false");
        add(CellKind::Text, "Note number %lld of this table", row);
    }
};

void report(const char *what, const Table &a, const Table &b, const DiffOptions &options)
{
    std::vector<double> seconds;
    std::vector<double> processorSeconds; ///< of all threads: what is left of the figure on a busy machine
    const double before = bench::memoryMegabytes("VmRSS");
    const DiffTable left = DiffTable::of(QStringLiteral("A"), a.store);
    const DiffTable right = DiffTable::of(QStringLiteral("B"), b.store);
    TableDiff diff;
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer clock;
        clock.start();
        const std::clock_t processor = std::clock();
        diff = *compareTables(left, right, options);
        processorSeconds.push_back(static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC);
        seconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e9);
    }
    std::ranges::sort(seconds);
    std::ranges::sort(processorSeconds);
    std::printf("{\"what\":\"%s\",\"seconds_best\":%.3f,\"seconds_median\":%.3f,\"processor_seconds_best\":%.3f,"
                "\"added\":%zu,\"removed\":%zu,"
                "\"changed\":%zu,\"unchanged\":%lld,\"tables_mb\":%.1f,\"result_mb\":%.1f,\"peak_more_mb\":%.1f}\n",
                what, seconds[0], seconds[2], processorSeconds[0], diff.added.size(), diff.removed.size(),
                diff.changed.size(), static_cast<long long>(diff.unchanged),
                static_cast<double>(a.store.bytes() + b.store.bytes()) / 1e6, static_cast<double>(diff.bytes()) / 1e6,
                bench::memoryMegabytes("VmHWM") - before);
}

/// How long a comparison goes on after it was given up, the worst of several moments.
void reportCancel(const Table &a, const Table &b, const DiffOptions &options)
{
    const DiffTable left = DiffTable::of(QStringLiteral("A"), a.store);
    const DiffTable right = DiffTable::of(QStringLiteral("B"), b.store);
    double worst = 0;
    for (int afterMs = 5; afterMs < 150; afterMs += 5) {
        std::atomic_bool cancelled = false;
        std::atomic<std::int64_t> ended = 0;
        QElapsedTimer clock;
        clock.start();
        std::jthread work([&] {
            const auto result = compareTables(left, right, options, &cancelled);
            ended = result ? 0 : clock.nsecsElapsed();
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(afterMs));
        const std::int64_t asked = clock.nsecsElapsed();
        cancelled = true;
        work.join();
        worst = std::max(worst, static_cast<double>(ended - asked) / 1e9);
    }
    std::printf("{\"what\":\"cancel\",\"seconds\":%.4f}\n", worst);
}

} // namespace

int main(int argc, char **argv)
{
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    std::vector<std::int64_t> all(static_cast<size_t>(rows));
    std::iota(all.begin(), all.end(), 0);
    const Table a(all, false);
    std::erase_if(all, [](std::int64_t row) { return row % 1000 == 999; });
    for (std::int64_t i = 0; i < rows / 1000; ++i)
        all.push_back(rows + i);
    DiffOptions options;
    {
        const Table b(all, true);
        options.key = {QStringLiteral("id")};
        report("by key, same order", a, b, options);
        options.key = {QStringLiteral("note")};
        report("by text key, same order", a, b, options);
        options.key.clear();
        report("whole rows, same order", a, b, options);
        QElapsedTimer clock;
        clock.start();
        const auto candidates = findKeyCandidates(DiffTable::of({}, a.store), DiffTable::of({}, b.store), {}, nullptr);
        std::printf("{\"what\":\"key candidates\",\"seconds\":%.3f,\"first\":\"%s\"}\n",
                    static_cast<double>(clock.nsecsElapsed()) / 1e9,
                    candidates->empty() ? "" : qPrintable(candidates->front().columns.join(QLatin1Char(','))));
    }
    std::shuffle(all.begin(), all.end(), std::mt19937_64(1));
    const Table shuffled(all, true);
    options.key = {QStringLiteral("id")};
    report("by key, shuffled", a, shuffled, options);
    reportCancel(a, shuffled, options);
}
