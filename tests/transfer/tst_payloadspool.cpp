#include "transfer/journalsamples.h"
#include "transfer/payloadspool.h"

#include <QFile>

using namespace rowdesk;
using namespace rowdesk::test;

/// The bytes of an upload as they are kept to be sent.
class TestPayloadSpool : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_place = std::make_unique<JournalPlace>(); }
    void spoolIsCheckedBeforeSending();
    void rowsOfAPayload();

private:
    std::unique_ptr<JournalPlace> m_place;
};

void TestPayloadSpool::spoolIsCheckedBeforeSending()
{
    const auto journal = m_place->open();
    const QString path = journal->spoolPath(QStringLiteral("a"));
    PayloadSpool spool;
    QVERIFY(!spool.open(path));
    const auto first = spool.add("{\"data\":[1]}");
    const auto second = spool.add("{\"data\":[2]}");
    QVERIFY(first && second && !spool.sync());
    QCOMPARE(readPayload(path, *second).value(), QByteArray("{\"data\":[2]}"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(second->offset + 9) && file.write("3") == 1);
    file.close();
    QVERIFY(readPayload(path, *first));
    QVERIFY(readPayload(path, *second).error().kind == ErrorKind::Local);
    QVERIFY(QFile::remove(path));
    QVERIFY(!readPayload(path, *first));
}

void TestPayloadSpool::rowsOfAPayload()
{
    const QByteArray members = R"({"data":[{"a":1,"b":"x,\"]}\\"},{"a":null,"b":{"c":[1,2]}},{"a":-1.5e3,"b":true}]})";
    const auto rows = payloadRows(Dialect::RowShape::Members, members);
    QCOMPARE(rows.size(), size_t(3));
    QCOMPARE(rows[0].values.size(), size_t(2));
    QCOMPARE(rows[0].values[1].toByteArray(), QByteArray(R"("x,\"]}\\")"));
    QCOMPARE(rows[1].values[1].toByteArray(), QByteArray(R"({"c":[1,2]})"));
    QCOMPARE(rows[2].values[0].toByteArray(), QByteArray("-1.5e3"));
    QCOMPARE(payloadOf(rows, {0, 1, 2}), members);
    QCOMPARE(payloadOf(rows, {2}), QByteArray(R"({"data":[{"a":-1.5e3,"b":true}]})"));
    const QByteArray cells = R"({"data":[[{"column":"a:,","value":1},{"column":"b","value":"]"}]]})";
    const auto cellRows = payloadRows(Dialect::RowShape::Cells, cells);
    QCOMPARE(cellRows.size(), size_t(1));
    QCOMPARE(cellRows[0].values.size(), size_t(2));
    QCOMPARE(cellRows[0].values[0].toByteArray(), QByteArray("1"));
    QCOMPARE(cellRows[0].values[1].toByteArray(), QByteArray(R"("]")"));
    QCOMPARE(payloadOf(cellRows, {0}), cells);
}

QTEST_GUILESS_MAIN(TestPayloadSpool)
#include "tst_payloadspool.moc"
