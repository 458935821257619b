#include "sandbox/demodata.h"

#include "sandbox/jsonreader.h"
#include "sandbox/jsonstring.h"
#include "sandbox/readings.h"
#include "sandbox/rowcodec.h"

#include <QCoreApplication>
#include <QFile>

// A static library's resources are linked only when someone asks for them by name, outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(sandbox);
}

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("DemoData", text);
}

using enum ColumnType;

Result<qint64> addDataset(
    DatasetStore &store, const QString &name, const QString &description, const Schema &schema,
    void (*adjust)(Dataset &) = [](Dataset &) {})
{
    Dataset dataset;
    dataset.name = name;
    dataset.description = description;
    dataset.schema = schema;
    adjust(dataset);
    return store.create(dataset);
}

/// Rows of one of the two sample files. They hold no quotes, so a comma always separates.
QVector<Cells> csvRows(const QString &file, const Schema &schema)
{
    QFile source(u":/sandbox/"_s + file);
    const bool opened = source.open(QIODevice::ReadOnly);
    Q_ASSERT(opened); // built into the program
    Q_UNUSED(opened)
    source.readLine();
    QVector<Cells> rows;
    while (!source.atEnd()) {
        const QList<QByteArray> fields = source.readLine().trimmed().split(',');
        Cells cells;
        for (int i = 0; i < schema.columns.size(); ++i) {
            const ColumnType type = schema.columns.at(i).type;
            const QByteArray &field = fields.at(i);
            cells += i > 0 ? "\n" : "";
            if (field.isEmpty())
                cells += "null";
            else if (type == Number)
                cells += field;
            else
                appendJsonString(cells, {field.constData(), static_cast<size_t>(field.size())});
        }
        rows.append(cells);
    }
    return rows;
}

/// Rows written as JSON in this file.
QVector<Cells> jsonRows(const Schema &schema, const char *json)
{
    const JsonDocument document{QByteArray(json)};
    const Result<QVector<Cells>> rows = readRows(schema, document.root(), RowShape::Object);
    Q_ASSERT(rows);
    return *rows;
}

Result<Done> addBirdStrikes(DatasetStore &store)
{
    const Schema schema{{{u"Airport Name"_s, Text},
                         {u"Aircraft Make Model"_s, Text},
                         {u"Effect Amount of damage"_s, Dropdown},
                         {u"Flight Date"_s, Date},
                         {u"Aircraft Airline Operator"_s, Text},
                         {u"Origin State"_s, Text},
                         {u"Phase of flight"_s, Dropdown},
                         {u"Wildlife Size"_s, Dropdown},
                         {u"Wildlife Species"_s, Text},
                         {u"Time of day"_s, Dropdown},
                         {u"Cost Other"_s, Number},
                         {u"Cost Repair"_s, Number},
                         {u"Cost Total $"_s, Number},
                         {u"Speed IAS in knots"_s, Number}}};
    const Result<qint64> id =
        addDataset(store, birdStrikesName, tr("Collisions of aircraft with birds, US FAA. Data History is off."),
                   schema, [](Dataset &dataset) { dataset.history = false; });
    return id ? store.append(*id, csvRows(u"birdstrikes.csv"_s, schema), {}) : Result<Done>(id.error());
}

/// Replaces one column's fragment in a row.
Cells withCell(const Cells &cells, int column, const QByteArray &fragment)
{
    QList<QByteArray> row = splitCells(cells);
    row[column] = fragment;
    return row.join('\n');
}

Cells warmer(const Cells &cells, int column)
{
    return withCell(cells, column, QByteArray::number(splitCells(cells).at(column).toDouble() + 10, 'f', 1));
}

/// Four versions with known differences: the table in resources/sandbox/README.md, and its test.
Result<Done> addWeather(DatasetStore &store)
{
    enum { Place, Day, Precipitation, WarmestOfDay, ColdestOfDay, Wind, Word };
    const Schema schema{{{u"location"_s, Dropdown},
                         {u"date"_s, Date},
                         {u"precipitation"_s, Number},
                         {u"temp_max"_s, Number},
                         {u"temp_min"_s, Number},
                         {u"wind"_s, Number},
                         {u"weather"_s, Dropdown}}};
    const Result<qint64> id = addDataset(store, weatherName, tr("Daily weather of Seattle and New York, US NOAA."),
                                         schema, [](Dataset &dataset) {
                                             dataset.uniqueKey = {u"location"_s, u"date"_s};
                                             dataset.refreshable = true;
                                         });
    if (!id)
        return id.error();
    const QVector<Cells> rows = csvRows(u"weather.csv"_s, schema);
    constexpr int firstLoad = 2700;

    DatasetStore::Change first{{}, {}, {}, rows.mid(0, firstLoad), u"2016-01-04T06:00:00.000Z"_s};
    DatasetStore::Change second{{}, {}, {}, rows.mid(firstLoad), u"2016-01-11T06:00:00.000Z"_s};
    for (int position = 10; position < 15; ++position)
        second.replaced.insert(position, withCell(rows.at(position), Precipitation, "null"));
    DatasetStore::Change third{{}, {1000, 1500, 2000}, {}, {}, u"2016-01-18T06:00:00.000Z"_s};
    DatasetStore::Change fourth{{}, {}, {}, {}, u"2016-01-25T06:00:00.000Z"_s};
    for (int position = 200; position < 320; position += 10) {
        third.replaced.insert(position, warmer(rows.at(position), WarmestOfDay));
        fourth.replaced.insert(position, rows.at(position));
    }
    for (const qint64 position : std::as_const(third.removed))
        fourth.inserted.insert(position, rows.at(position));
    fourth.replaced.insert(rows.size() - 1, withCell(rows.last(), Wind, "6.5"));

    const std::pair<DatasetStore::Change, QString> steps[] = {
        {first, tr("First load")},
        {second, tr("The remaining days; five precipitation values withdrawn")},
        {third, tr("Twelve maximum temperatures changed; three days removed")},
        {fourth, tr("The changes of version 3 taken back; one wind value corrected")},
    };
    for (const auto &[change, comment] : steps) {
        if (const Result<Done> done = store.apply(*id, change, comment); !done)
            return done;
    }
    return Done{};
}

constexpr const char *codeRows = R"json([
{"code":"00501","account_id":1234567890123456789,"name":"Holtsville","note":null,"price":0.10},
{"code":"00544","account_id":9007199254740993,"name":"Zoë Müller","note":"","price":12345678901234567890.123456789},
{"code":"01001","account_id":9223372036854775807,"name":"Emoji 👩‍🚀🇫🇷","note":"=1+2","price":-0.5},
{"code":"01002","account_id":18446744073709551615,"name":"日本語","note":"@SUM(A1)","price":1e3},
{"code":"02134","account_id":7,"name":"العربية","note":"+49 30 1234","price":0.30000000000000004},
{"code":"0010","account_id":8,"name":" spaces around ","note":"-2","price":100},
{"code":"10","account_id":9,"name":"quote \" and \\ and, comma","note":"line one\nline two","price":null},
{"code":"1E5","account_id":10,"name":"TRUE","note":"1/2","price":0},
{"code":"NULL","account_id":11,"name":"null","note":"N/A","price":-0}
])json";

Result<Done> addCodes(DatasetStore &store)
{
    const Schema schema{
        {{u"code"_s, Text}, {u"account_id"_s, Id}, {u"name"_s, Text}, {u"note"_s, Text}, {u"price"_s, Number}}};
    const Result<qint64> id = addDataset(
        store, codesName, tr("Codes with leading zeros, long ids, null and empty text, text that looks like formulas."),
        schema, [](Dataset &dataset) { dataset.uniqueKey = {u"code"_s}; });
    return id ? store.append(*id, jsonRows(schema, codeRows), tr("First load")) : Result<Done>(id.error());
}

constexpr const char *problemRows = R"json([
{"order":"A-1001","ordered":"2024-02-28","amount":"19.90","paid":"yes","country":"DE"},
{"order":"A-1002","ordered":"28.02.2024","amount":"1.234,50","paid":"no","country":"de"},
{"order":"A-1002","ordered":"2024-02-29","amount":"12,5","paid":"YES","country":"Germany"},
{"order":"A-1003","ordered":"2023-02-29","amount":"abc","paid":"maybe","country":null},
{"order":"A-1004 ","ordered":"","amount":"-","paid":"","country":"FR"},
{"order":null,"ordered":"2024-13-01","amount":"1e999","paid":"1","country":"F\u0000R"},
{"order":"A-1006","ordered":"02/03/2024","amount":"€ 7.00","paid":"0","country":"GB "}
])json";

Result<Done> addProblems(DatasetStore &store)
{
    const Schema schema{
        {{u"order"_s, Text}, {u"ordered"_s, Text}, {u"amount"_s, Text}, {u"paid"_s, Text}, {u"country"_s, Text}}};
    const Result<qint64> id = addDataset(
        store, problemsName, tr("Orders that need attention: every value is text, and some are odd."), schema);
    return id ? store.append(*id, jsonRows(schema, problemRows), tr("First load")) : Result<Done>(id.error());
}

Result<Done> addReadings(DatasetStore &store)
{
    const Result<qint64> id =
        addDataset(store, readingsName, tr("A million computed rows of sensor readings. They can't be changed."),
                   readings::schema(), [](Dataset &dataset) {
                       dataset.generator = u"readings"_s;
                       dataset.history = false;
                       dataset.uniqueKey = {u"reading_id"_s};
                       dataset.rows = readings::rowCount;
                   });
    return id ? Result<Done>(Done{}) : Result<Done>(id.error());
}

} // namespace

Result<Done> fillWithDemoData(Services &services)
{
    initResources();
    DatasetStore &store = services.datasets;
    const Result<QVector<Dataset>> present = store.list();
    if (!present)
        return present.error();
    if (!present->isEmpty())
        return Done{};
    for (const auto add : {addBirdStrikes, addWeather, addCodes, addReadings, addProblems}) {
        if (const Result<Done> done = add(store); !done)
            return done;
    }
    return Done{};
}

} // namespace rowdesk::sandbox
