#include "api/codec.h"

#include <QTest>

using namespace rowdesk;

Q_DECLARE_METATYPE(rowdesk::Dialect::RowShape)

namespace {

const Dialect &classic()
{
    return Dialect::of({});
}
const Dialect &versioned()
{
    return Dialect::of(QStringLiteral("2025.3"));
}

Schema schemaOf(const QStringList &names)
{
    Schema schema;
    for (const QString &name : names)
        schema.columns.append({name, ColumnType::Text});
    return schema;
}

} // namespace

class TestCodec : public QObject
{
    Q_OBJECT
private slots:
    void listsInEveryWrapping_data();
    void listsInEveryWrapping();
    void readsDatasetMembers();
    void brokenEntriesLeaveTheOthers();
    void seesFurtherPages_data();
    void seesFurtherPages();
    void noListIsAnError();
    void readsVersions();
    void readsCreatedId_data();
    void readsCreatedId();
    void readsInserted_data();
    void readsInserted();
    void guessesTypes();
    void writesNewTable();
    void writesRows_data();
    void writesRows();
    void writesPartOfABatch();
    void refusesLoneSurrogates();
};

void TestCodec::listsInEveryWrapping_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("classic") << QByteArray(R"({"data":[{"rec_id":7,"name":"A"}]})");
    QTest::newRow("versioned") << QByteArray(R"({"success":true,"result":[{"id":7,"name":"A"}],"pagination":{}})");
    QTest::newRow("bare") << QByteArray(R"([{"ID":"7","name":"A"}])");
    QTest::newRow("twice wrapped") << QByteArray(R"({"success":true,"result":{"data":[{"id":"7","name":"A"}]}})");
}

void TestCodec::listsInEveryWrapping()
{
    QFETCH(QByteArray, body);
    const auto page = decodeDatasets(body, 1);
    QVERIFY(page);
    QCOMPARE(page->entries.size(), 1);
    QCOMPARE(page->entries[0].id, QStringLiteral("7"));
    QCOMPARE(page->entries[0].name, QStringLiteral("A"));
    QVERIFY(page->entries[0].other.isEmpty());
    QVERIFY(!page->more);
}

void TestCodec::readsDatasetMembers()
{
    const auto page = decodeDatasets(
        R"({"data":[{"rec_id":9007199254740993,"name":123,"description":null,"rows":"42","history":true,"versions":"3",
            "modified":"2025-01-02T03:04:05Z","owner":{"id":1},"size":0.10,
            "columns":[{"name":"a","data_type":"NUMBER"},{"name":"b","type":"rec_id"},{"name":"c","data_type":"blob"}]}]})",
        1);
    QVERIFY(page);
    const DatasetInfo &info = page->entries.at(0);
    QCOMPARE(info.id, QStringLiteral("9007199254740993"));
    QCOMPARE(info.name, QStringLiteral("123"));
    QCOMPARE(info.rows, std::optional<qint64>(42));
    QCOMPARE(info.history, std::optional(true));
    QCOMPARE(info.versions, std::optional(3));
    QCOMPARE(info.changed, QStringLiteral("2025-01-02T03:04:05Z"));
    QVERIFY(info.schema);
    QCOMPARE(info.schema->columns[0], (ColumnSpec{QStringLiteral("a"), ColumnType::Number}));
    QCOMPARE(info.schema->columns[1], (ColumnSpec{QStringLiteral("b"), ColumnType::Id}));
    QCOMPARE(info.schema->columns[2], (ColumnSpec{QStringLiteral("c"), ColumnType::Text}));
    QCOMPARE(info.other.keys(),
             QStringList({QStringLiteral("description"), QStringLiteral("owner"), QStringLiteral("size")}));
    QCOMPARE(info.other[QStringLiteral("size")].toString(), QStringLiteral("0.10"));
}

void TestCodec::brokenEntriesLeaveTheOthers()
{
    const auto page = decodeDatasets(R"([{"id":1,"name":"A"},"text",{"name":"no id"},null,{"id":2}])", 3);
    QVERIFY(page);
    QCOMPARE(page->entries.size(), 2);
    QCOMPARE(page->entries[1].id, QStringLiteral("2"));
    QCOMPARE(page->notes.size(), 3);
    QVERIFY(page->notes[0].contains(QStringLiteral("Entry 2 of page 3")));
}

void TestCodec::seesFurtherPages_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("more");
    QTest::newRow("classic more") << QByteArray(R"(,"has_more_data":true)") << true;
    QTest::newRow("classic end") << QByteArray(R"(,"has_more_data":false)") << false;
    QTest::newRow("as text") << QByteArray(R"(,"has_more_data":"true")") << true;
    QTest::newRow("has_more_results") << QByteArray(R"(,"pagination":{"has_more_results":true})") << true;
    QTest::newRow("last page number") << QByteArray(R"(,"pagination":{"current_page":2,"last_page":3})") << true;
    QTest::newRow("last page reached") << QByteArray(R"(,"pagination":{"current_page":2,"last_page":2})") << false;
    QTest::newRow("last page as bool") << QByteArray(R"(,"pagination":{"last_page":false})") << true;
    QTest::newRow("counts") << QByteArray(R"(,"pagination":{"result_total_count":41,"page_size":20})") << true;
    QTest::newRow("counts end") << QByteArray(R"(,"pagination":{"result_total_count":40,"page_size":20})") << false;
    QTest::newRow("nothing said") << QByteArray() << false;
}

void TestCodec::seesFurtherPages()
{
    QFETCH(QByteArray, rest);
    const auto page = decodeDatasets(R"({"result":[{"id":1}])" + rest + "}", 2);
    QVERIFY(page);
    QTEST(page->more, "more");
}

void TestCodec::noListIsAnError()
{
    for (const char *body : {R"({"success":true})", "12", R"({"data":"x"})", "<html>", ""}) {
        const auto page = decodeDatasets(body, 1);
        QVERIFY2(!page, body);
        QCOMPARE(page.error().kind, ErrorKind::BadAnswer);
        QVERIFY(!page.error().message.isEmpty());
    }
}

void TestCodec::readsVersions()
{
    const auto page = decodeVersions(
        R"({"versions":[{"version":2,"created":"2025-02-01T00:00:00Z","rows":10,"comment":"x","by":"me"},{"rows":1},"1"]})");
    QVERIFY(page);
    QCOMPARE(page->entries.size(), 2);
    QCOMPARE(page->entries[0].version, QStringLiteral("2"));
    QCOMPARE(page->entries[0].rows, std::optional<qint64>(10));
    QCOMPARE(page->entries[0].other.keys(), QStringList{QStringLiteral("by")});
    QCOMPARE(page->entries[1].version, QStringLiteral("1"));
    QCOMPARE(page->notes.size(), 1);
}

void TestCodec::readsCreatedId_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id"); // empty: unknown
    QTest::newRow("bare number") << QByteArray("12345") << QStringLiteral("12345");
    QTest::newRow("bare text") << QByteArray("\"12345\"") << QStringLiteral("12345");
    QTest::newRow("spaces") << QByteArray(" 12345\r\n") << QStringLiteral("12345");
    QTest::newRow("19 digits") << QByteArray("9223372036854775808") << QStringLiteral("9223372036854775808");
    QTest::newRow("envelope") << QByteArray(R"({"success":true,"result":{"id":5}})") << QStringLiteral("5");
    QTest::newRow("bare in envelope") << QByteArray(R"({"success":true,"result":"5"})") << QStringLiteral("5");
    QTest::newRow("rec_id") << QByteArray(R"({"rec_id":"5"})") << QStringLiteral("5");
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("html") << QByteArray("<html>") << QString();
    QTest::newRow("no id") << QByteArray(R"({"success":true})") << QString();
    QTest::newRow("null") << QByteArray("null") << QString();
}

void TestCodec::readsCreatedId()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    const Result<QString> created = decodeCreatedId(body);
    QCOMPARE(bool(created), !id.isEmpty());
    if (created)
        QCOMPARE(*created, id);
    else
        QCOMPARE(created.error().kind, ErrorKind::OutcomeUnknown);
}

void TestCodec::readsInserted_data()
{
    constexpr int untold = -1, unknown = -2;
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isClassic");
    QTest::addColumn<int>("count");
    QTest::newRow("classic text") << QByteArray("OK") << true << untold;
    QTest::newRow("classic number") << QByteArray("3") << true << untold;
    QTest::newRow("classic object") << QByteArray(R"({"rows_inserted":3})") << true << 3;
    QTest::newRow("classic empty") << QByteArray(" ") << true << unknown;
    QTest::newRow("classic html") << QByteArray("<html>OK</html>") << true << unknown;
    QTest::newRow("versioned") << QByteArray(R"({"success":true,"result":{"rows_inserted":3,"rows_found":0}})") << false
                               << 3;
    QTest::newRow("as text") << QByteArray(R"({"success":true,"result":{"rows_inserted":"3"}})") << false << 3;
    QTest::newRow("zero") << QByteArray(R"({"success":true,"result":{"rows_inserted":0}})") << false << 0;
    QTest::newRow("missing") << QByteArray(R"({"success":true,"result":{}})") << false << unknown;
    QTest::newRow("negative") << QByteArray(R"({"success":true,"result":{"rows_inserted":-1}})") << false << unknown;
    QTest::newRow("broken") << QByteArray(R"({"success":true,"result":{"rows_inserted":2.5}})") << false << unknown;
    QTest::newRow("doubled") << QByteArray(R"({"success":true,"result":{"rows_inserted":1,"rows_inserted":3}})")
                             << false << unknown;
    QTest::newRow("success twice") << QByteArray(R"({"success":false,"success":true,"result":{"rows_inserted":1}})")
                                   << false << unknown;
    QTest::newRow("text") << QByteArray("OK") << false << unknown;
    QTest::newRow("cut") << QByteArray(R"({"success":true,"result":{"rows_ins)") << false << unknown;
}

void TestCodec::readsInserted()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isClassic);
    QFETCH(int, count);
    const auto inserted = decodeInserted(body, isClassic ? classic() : versioned());
    if (count == -2) {
        QVERIFY(!inserted);
        QCOMPARE(inserted.error().kind, ErrorKind::OutcomeUnknown);
        return;
    }
    QVERIFY(inserted);
    QCOMPARE(inserted->value_or(-1), count);
}

void TestCodec::guessesTypes()
{
    const auto schema = guessSchema(
        R"({"data":[{"a":1,"b":"x","c":null,"d":true},{"a":2.5,"b":1,"c":null,"d":null,"e":"2020-01-01"}],"has_more_data":true})");
    QVERIFY(schema);
    QCOMPARE(schema->names().join(QLatin1Char(',')), QStringLiteral("a,b,c,d,e"));
    QCOMPARE(schema->columns[0].type, ColumnType::Number);
    QCOMPARE(schema->columns[1].type, ColumnType::Text);
    QCOMPARE(schema->columns[2].type, ColumnType::Text);
    QCOMPARE(schema->columns[3].type, ColumnType::Checkbox);
    const auto empty = guessSchema(R"({"data":[],"has_more_data":false})");
    QVERIFY(empty);
    QVERIFY(empty->columns.isEmpty());
}

void TestCodec::writesNewTable()
{
    Schema schema;
    schema.columns = {{QStringLiteral("a\"b"), ColumnType::Number}, {QStringLiteral("ä"), ColumnType::DateTime}};
    QCOMPARE(encodeNewTable(QStringLiteral("T\n1"), {}, schema),
             QByteArray(R"({"name":"T\n1","description":"","columns":[{"name":"a\"b","data_type":"number"},)"
                        R"({"name":"ä","data_type":"datetime"}]})"));
}

void TestCodec::writesRows_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("text") << CellKind::Text << QByteArray("x\"\n") << QByteArray(R"("x\"\n")");
    QTest::newRow("empty text") << CellKind::Text << QByteArray("") << QByteArray(R"("")");
    QTest::newRow("digits stay text") << CellKind::Text << QByteArray("007") << QByteArray(R"("007")");
    QTest::newRow("null") << CellKind::Null << QByteArray() << QByteArray("null");
    QTest::newRow("true") << CellKind::Bool << QByteArray("true") << QByteArray("true");
    QTest::newRow("number") << CellKind::Number << QByteArray("0.10") << QByteArray("0.10");
    QTest::newRow("19 digits") << CellKind::Number << QByteArray("9223372036854775807")
                               << QByteArray("9223372036854775807");
    QTest::newRow("exponent") << CellKind::Number << QByteArray("1e5") << QByteArray("1e5");
    QTest::newRow("plus") << CellKind::Number << QByteArray("+5") << QByteArray(R"("+5")");
    QTest::newRow("no zero") << CellKind::Number << QByteArray(".5") << QByteArray(R"(".5")");
    QTest::newRow("leading zero") << CellKind::Number << QByteArray("007") << QByteArray(R"("007")");
    QTest::newRow("not finite") << CellKind::Number << QByteArray("NaN") << QByteArray(R"("NaN")");
    QTest::newRow("json") << CellKind::Json << QByteArray(R"({"a":[1]})") << QByteArray(R"({"a":[1]})");
    QTest::newRow("emoji") << CellKind::Text << QByteArray("😀") << QByteArray("\"😀\"");
}

void TestCodec::writesRows()
{
    QFETCH(CellKind, kind);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, json);
    RowBatch batch(2);
    batch.beginRow(2);
    batch.addCell(kind, std::string_view(text.constData(), static_cast<size_t>(text.size())));
    batch.addCell(CellKind::Text, "z");
    const Schema schema = schemaOf({QStringLiteral("a"), QStringLiteral("b\"")});
    const auto cells = encodeRows(Dialect::RowShape::Cells, schema, batch, 0, 1);
    QVERIFY(cells);
    QCOMPARE(*cells, R"({"data":[[{"column":"a","value":)" + json + R"(},{"column":"b\"","value":"z"}]]})");
    const auto members = encodeRows(Dialect::RowShape::Members, schema, batch, 0, 1);
    QVERIFY(members);
    QCOMPARE(*members, R"({"data":[{"a":)" + json + R"(,"b\"":"z"}]})");
}

void TestCodec::writesPartOfABatch()
{
    RowBatch batch(1);
    for (const char *text : {"1", "2", "3", "4"}) {
        batch.beginRow(1);
        batch.addCell(CellKind::Number, text);
    }
    const auto body = encodeRows(Dialect::RowShape::Members, schemaOf({QStringLiteral("n")}), batch, 1, 2);
    QVERIFY(body);
    QCOMPARE(*body, QByteArray(R"({"data":[{"n":2},{"n":3}]})"));
}

void TestCodec::refusesLoneSurrogates()
{
    RowBatch batch(1);
    batch.beginRow(17);
    batch.addCell(CellKind::Text, "\xed\xa0\x80");
    const auto body = encodeRows(Dialect::RowShape::Members, schemaOf({QStringLiteral("n")}), batch, 0, 1);
    QVERIFY(!body);
    QCOMPARE(body.error().kind, ErrorKind::Usage);
    QVERIFY(body.error().message.contains(QStringLiteral("line 17, column n")));
}

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
