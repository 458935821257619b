#include "cli/rowmatch.h"

#include "api/jsontext.h"
#include "cli/command.h"
#include "transfer/canonicalvalue.h"
#include "transfer/onworker.h"
#include "transfer/uploadtarget.h"

#include <algorithm>

namespace rowdesk::cli {
namespace {

/// The value as JSON of the column's type; empty when it is none.
QByteArray jsonOf(ColumnType type, const QString &value)
{
    const std::string text = value.toStdString();
    switch (type) {
    case ColumnType::Number:
    case ColumnType::Percentage:
        return isJsonNumber(text) ? QByteArray::fromStdString(text) : QByteArray();
    case ColumnType::Checkbox:
        return text == "true" || text == "false" ? QByteArray::fromStdString(text) : QByteArray();
    default:
        break;
    }
    QByteArray json;
    appendJsonString(json, text);
    return json;
}

} // namespace

/// The column's name ends at the first "=" before which a column stands: names may hold one too.
Result<RowMatch::Test> RowMatch::readTest(const Schema &table, const QString &text)
{
    for (qsizetype at = text.indexOf(QLatin1Char('=')); at >= 0; at = text.indexOf(QLatin1Char('='), at + 1)) {
        const int column = table.indexOf(text.left(at));
        if (column < 0)
            continue;
        const ColumnSpec &spec = table.columns[column];
        const QByteArray json = jsonOf(spec.type, text.mid(at + 1));
        if (json.isEmpty()) {
            return wrongUsage(tr("\"%1\" is no %2, which column %3 takes.")
                                  .arg(text.mid(at + 1), columnTypeName(spec.type), spec.name));
        }
        return Test{spec, json};
    }
    return wrongUsage(tr("\"%1\" is not COLUMN=VALUE with a column of the table. It has: %2.")
                          .arg(text, table.names().join(QStringLiteral(", "))));
}

Result<RowMatch> RowMatch::read(const Schema &table, const QStringList &where, const QStringList &set)
{
    RowMatch match;
    for (const QString &text : where) {
        const Result<Test> test = readTest(table, text);
        if (!test)
            return test.error();
        match.m_tests.append(*test);
    }
    QStringList named;
    for (const QString &text : set) {
        if (table.indexOf(text) >= 0) {
            match.m_values.append({text, "null"});
        } else {
            const Result<Test> value = readTest(table, text);
            if (!value)
                return value.error();
            match.m_values.append({value->column.name, value->json});
        }
        const QString &column = match.m_values.last().column;
        if (named.contains(column))
            return wrongUsage(tr("--set names column %1 twice.").arg(column));
        named << column;
    }
    return match;
}

RowFilter RowMatch::filter(bool firstOnly) const
{
    RowFilter filter;
    filter.firstOnly = firstOnly;
    for (const Test &test : m_tests)
        filter.conditions.append({test.column.name, {test.json}});
    return filter;
}

Call<qint64> RowMatch::count(ApiClient *client, const QString &datasetId) const
{
    return serviceTarget(DataService(client))
        ->read(datasetId)
        .chain<qint64>([tests = m_tests](const TableSnapshot &table) {
            return runOnWorker<qint64>([tests, table](const std::atomic_bool &) -> Result<qint64> {
                std::string scratch;
                const auto holds = [&](qsizetype row, const Test &test) {
                    const int column = table.columnIndex(test.column.name);
                    return column >= 0 && canonicalValue(test.column.type, table.cell(row, column, scratch)) ==
                                              canonicalJson(test.column.type, test.json);
                };
                qint64 found = 0;
                for (qsizetype row = 0; row < table.rowCount(); ++row) {
                    if (std::all_of(tests.begin(), tests.end(), [&](const Test &test) { return holds(row, test); }))
                        ++found;
                }
                return found;
            });
        });
}

} // namespace rowdesk::cli
