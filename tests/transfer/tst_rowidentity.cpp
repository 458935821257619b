#include "transfer/rowidentity.h"

#include "core/columnstore.h"
#include "transfer/canonicalvalue.h"
#include "transfer/journalsamples.h"

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

QByteArray canonical(ColumnType type, const char *text)
{
    return canonicalValue(type, {CellKind::Text, text});
}

/// A table with the column "n" alone: 5 and no value.
TableSnapshot numbers()
{
    RowBatch rows(1);
    rows.beginRow(1);
    rows.addCell(CellKind::Number, "5.0");
    rows.beginRow(2);
    rows.addCell(CellKind::Null, {});
    ColumnStore store;
    store.append(chunkFromBatch({QStringLiteral("n")}, rows));
    store.setComplete();
    return store.snapshot();
}

/// Columns "n" and "\"t\"", told apart by "n".
JournalJob jobWith(Evidence evidence, const QStringList &keys = {QStringLiteral("n")})
{
    JournalJob job = sampleJob(QStringLiteral("j"));
    job.evidence = evidence;
    job.keyColumns = keys;
    return job;
}

} // namespace

/// How a row that was sent is known again in the table.
class TestRowIdentity : public QObject
{
    Q_OBJECT
private slots:
    void sameValues_data();
    void sameValues();
    void otherTextsStayAsTheyAre_data();
    void otherTextsStayAsTheyAre();
    void noValueIsNotEmptyText();
    void valuesThatWereSent();
    void columnsByWhichRowsAreTold();
    void aColumnThatTheTableLacks();
    void rowsThatAreCertainlyThere();
    void withoutTheSpoolNothingIsKnown();
};

void TestRowIdentity::sameValues_data()
{
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<QStringList>("texts");
    const auto row = [](const char *name, ColumnType type, const char *texts) {
        QTest::newRow(name) << type << QString::fromLatin1(texts).split(QLatin1Char('|'));
    };
    row("five", ColumnType::Number, "5|5.0|+5|05|5.|5e0|5E+0|0.5e1|500e-2|5.000");
    row("minus a hundred", ColumnType::Percentage, "-100|-1e2|-1.00E+2|-0100.0");
    row("nought", ColumnType::Id, "0|0.0|-0|.0|0e7|00");
    row("midnight", ColumnType::DateTime,
        "2024-02-29|2024-02-29T00:00:00|2024-02-29 00:00:00|2024-02-29T00:00:00Z|2024-02-29T00:00:00.000Z");
    row("half a second", ColumnType::DateTime, "2024-02-29T10:00:00.5|2024-02-29 10:00:00.500Z|2024-02-29T10:00:00.50");
    row("a day", ColumnType::Date, "2024-02-29|2024-02-29T00:00:00.0");
}

void TestRowIdentity::sameValues()
{
    QFETCH(ColumnType, type);
    QFETCH(QStringList, texts);
    for (const QString &text : texts) {
        QCOMPARE(canonical(type, text.toLatin1().constData()), canonical(type, texts[0].toLatin1().constData()));
        QVERIFY(type == ColumnType::Date || canonical(type, text.toLatin1().constData()) != canonical(type, "51"));
        // As text each is another.
        QCOMPARE(canonical(ColumnType::Text, text.toLatin1().constData()), '=' + text.toLatin1());
    }
}

void TestRowIdentity::otherTextsStayAsTheyAre_data()
{
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", ".", "-", "+", "abc", "1x", "1e", "1e+", "1ex", "1e1x", "1.2.3",
                             "1e99999999999999999999", "1e1000001", "1e-1000001", "5 "})
        QTest::addRow("number %s", text) << ColumnType::Number << QByteArray(text);
    for (const char *text : {"", "2024", "2024-02-30 x", "2024-02-29T10:00:00"})
        QTest::addRow("moment %s", text) << ColumnType::DateTime << QByteArray(text).replace(' ', 'T');
}

/// What is no number or moment is only the same as itself.
void TestRowIdentity::otherTextsStayAsTheyAre()
{
    QFETCH(ColumnType, type);
    QFETCH(QByteArray, text);
    QCOMPARE(canonical(type, text.constData()), '=' + text);
}

void TestRowIdentity::noValueIsNotEmptyText()
{
    for (const ColumnType type : allColumnTypes) {
        QCOMPARE(canonicalValue(type, {}), QByteArray());
        QCOMPARE(canonical(type, ""), QByteArray("="));
        QCOMPARE(canonicalJson(type, "null"), QByteArray());
        QCOMPARE(canonicalJson(type, "\"\""), QByteArray("="));
    }
}

void TestRowIdentity::valuesThatWereSent()
{
    for (const char *json : {"true", "false", "{\"a\":1}", "[1,2]"})
        QCOMPARE(canonicalJson(ColumnType::Text, json), '=' + QByteArray(json));
    QCOMPARE(canonicalJson(ColumnType::Number, "5.0"), canonical(ColumnType::Number, "5"));
    QCOMPARE(canonicalJson(ColumnType::Number, "\"5.0\""), canonical(ColumnType::Number, "5"));
    QCOMPARE(canonicalJson(ColumnType::Text, "\"a\\\"\\u00e9\\n\""), canonical(ColumnType::Text, "a\"\xC3\xA9\n"));
}

void TestRowIdentity::columnsByWhichRowsAreTold()
{
    const TableSnapshot table = numbers();
    QVERIFY(RowIdentity(jobWith(Evidence::Key), table, false).isInTable());
    QVERIFY(!RowIdentity(jobWith(Evidence::Key, {}), table, false).isInTable()); // there are none
    QVERIFY(!RowIdentity(jobWith(Evidence::Key, {QStringLiteral("\"t\"")}), table, false).isInTable());
    QVERIFY(!RowIdentity(jobWith(Evidence::Marker), table, false).isInTable()); // no mark was sent
    QVERIFY(!RowIdentity(jobWith(Evidence::Key), table, true).isInTable());
}

/// It has no values there, so only rows that were sent without one can be these.
void TestRowIdentity::aColumnThatTheTableLacks()
{
    const TableSnapshot table = numbers();
    const RowIdentity whole(jobWith(Evidence::Key), table, true);
    std::string scratch;
    const QByteArray without = "{\"data\":[{\"n\":5,\"t\":null},{\"n\":null,\"t\":\"2024-02-29\"}]}";
    const auto sent = payloadRows(Dialect::RowShape::Members, without);
    QCOMPARE(whole.of(table, 0, scratch), whole.of(sent[0]));
    QVERIFY(whole.of(table, 1, scratch) != whole.of(sent[1]));
}

void TestRowIdentity::rowsThatAreCertainlyThere()
{
    LookQuestion question;
    for (const BatchState state : allBatchStates) {
        JournalBatch batch = oneRowBatch(question.batches.size() + 1);
        batch.rows = 10;
        batch.rowsConfirmed = state == BatchState::Superseded ? 4 : 0;
        batch.state = state;
        question.batches.append(batch);
        QCOMPARE(isLanded(state), state == BatchState::Confirmed || state == BatchState::ConfirmedByReading ||
                                      state == BatchState::AssumedLanded);
    }
    QCOMPARE(landedRows(question), 34);
    question.batch = std::find_if(question.batches.begin(), question.batches.end(),
                                  [](const JournalBatch &b) { return b.state == BatchState::Confirmed; }) -
                     question.batches.begin();
    QCOMPARE(landedRows(question), 24);
}

void TestRowIdentity::withoutTheSpoolNothingIsKnown()
{
    LookQuestion question;
    question.job = jobWith(Evidence::Key);
    question.spool = QStringLiteral("/no/such/spool");
    const RowIdentity identity(question.job, numbers(), false);
    const auto rows = identitiesOf(question, identity, oneRowBatch(1));
    QVERIFY(!rows);
    QCOMPARE(rows.error().kind, ErrorKind::Local);
}

QTEST_GUILESS_MAIN(TestRowIdentity)
#include "tst_rowidentity.moc"
