// benchoperations [ROWS] [--json FILE]: times sort, filter, search, value counts and profile on SampleTable in memory.
// With --json it writes the same rows as one JSON object a line, for other tools, and does nothing else.
#include "api/jsonpage.h"
#include "bench/figures.h"
#include "bench/sampletable.h"
#include "core/columnprofile.h"
#include "core/columnstore.h"
#include "core/tablefilter.h"
#include "core/tablesearch.h"
#include "core/tablesort.h"

#include <QCoreApplication>

using namespace rowdesk;
using namespace rowdesk::bench;

namespace {

int writeJson(qint64 rows, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    std::string line;
    for (qint64 row = 0; row < rows; ++row) {
        line.clear();
        SampleTable::appendRow(line, row);
        line += '\n';
        file.write(line.data(), static_cast<qint64>(line.size()));
    }
    return 0;
}

ColumnStore load(qint64 rows)
{
    ColumnStore store;
    PageDecoder decoder;
    for (qint64 first = 0; first < rows; first += 1000) {
        const std::string page = SampleTable::page(first, std::min<qint64>(1000, rows - first), true);
        store.append(decoder.decode(QByteArray::fromStdString(page), static_cast<int>(first / 1000) + 1)->chunk);
    }
    return store;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const qint64 rows = arguments.value(1, QStringLiteral("1000000")).toLongLong();
    if (arguments.value(2) == QLatin1StringView("--json"))
        return writeJson(rows, arguments.value(3));
    const ColumnStore store = load(rows);
    const TableSnapshot table = store.snapshot();
    const auto column = [&table](const char *name) { return table.columnIndex(QString::fromLatin1(name)); };
    const auto sort = [&table](std::vector<SortKey> keys) {
        return quickest(3, [&] { sortRows(table, keys, allRows(table)); });
    };
    qint64 contains = 0;
    qint64 greater = 0;
    qint64 found = 0;
    const auto filter = [&table](Filter wanted, qint64 &count) {
        return quickest(5, [&] { count = static_cast<qint64>(filterRows(table, {&wanted, 1})->size()); });
    };
    using Op = Filter::Op;
    QJsonObject figures{{QStringLiteral("what"), QStringLiteral("rowdesk operations")}, {QStringLiteral("rows"), rows}};
    figures[QStringLiteral("sort_number_ms")] = sort({{column("price"), false}});
    figures[QStringLiteral("sort_text_ms")] = sort({{column("note"), false}});
    figures[QStringLiteral("sort_two_ms")] = sort({{column("country"), false}, {column("price"), true}});
    figures[QStringLiteral("contains_ms")] =
        filter({column("note"), Op::Contains, {QStringLiteral("harbor i")}, false}, contains);
    figures[QStringLiteral("contains_case_ms")] =
        filter({column("note"), Op::Contains, {QStringLiteral("harbor i")}, true}, contains);
    figures[QStringLiteral("greater_ms")] =
        filter({column("price"), Op::Greater, {QStringLiteral("4000")}, false}, greater);
    figures[QStringLiteral("search_ms")] = quickest(5, [&] {
        found = searchCells(table, nullptr, {QStringLiteral("harbor"), false, -1})->count();
    });
    qint64 digits = 0;
    figures[QStringLiteral("search_digits_ms")] = quickest(3, [&] {
        digits = searchCells(table, nullptr, {QStringLiteral("777"), false, -1})->count();
    });
    figures[QStringLiteral("counts_ms")] = quickest(3, [&] { countValues(table, column("customer"), nullptr, 100); });
    figures[QStringLiteral("profile_ms")] = quickest(3, [&] { profileTable(table, nullptr); });
    figures[QStringLiteral("contains_rows")] = contains;
    figures[QStringLiteral("greater_rows")] = greater;
    figures[QStringLiteral("search_cells")] = found;
    figures[QStringLiteral("search_digits_cells")] = digits;
    print(figures);
    return 0;
}
