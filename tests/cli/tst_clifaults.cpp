#include "cli/programs.h"

#include <QFileInfo>

using namespace rowdesk::test;

/// What the program says and ends with when the service fails at a certain call.
class TestCliFaults : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void appendFaults_data();
    void appendFaults();
    void waitsWhenAskedTo();
    void firstCallRefusedIsAPlainNo();
    void tableIsNamedWhenItsRowsAreRefused();
    void lostCreationIsHalfWay();
    void readingStopsHalfWay_data();
    void readingStopsHalfWay();
    void wrongTypesAreRead();

private:
    /// A table with `rows` rows n = 1, 2, …
    void makeTable(int rows);
    QString file(int rows);
    Ran append(int rows);
    qint64 count(const Ran &ran, const char *name) { return ran.json()[QLatin1String(name)].toInteger(-1); }
    qint64 rowsInTable();

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Cli> m_cli;
    QTemporaryDir m_dir;
    qint64 m_id = 0;
};

void TestCliFaults::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_cli = std::make_unique<Cli>(m_sandbox->url());
    m_id = m_cli->run("data create --name T --column n:number").json()[QStringLiteral("id")].toInteger(-1);
    QVERIFY(m_id > 0);
}

QString TestCliFaults::file(int rows)
{
    QFile file(m_dir.filePath(QStringLiteral("rows.csv")));
    QByteArray csv = "n\n";
    for (int i = 1; i <= rows; ++i)
        csv += QByteArray::number(i) + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("the test's file can't be written");
    return file.fileName();
}

Ran TestCliFaults::append(int rows)
{
    return m_cli->run({QStringLiteral("data"), QStringLiteral("append"), QString::number(m_id), file(rows)});
}

void TestCliFaults::makeTable(int rows)
{
    QCOMPARE(append(rows).code, 0);
}

qint64 TestCliFaults::rowsInTable()
{
    m_sandbox->setFaults("{}");
    return count(m_cli->run(qPrintable(QStringLiteral("data get %1 --stats").arg(m_id))), "rows");
}

void TestCliFaults::appendFaults_data()
{
    // The second of three calls with 500, 500 and 234 rows is struck.
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("classic");
    QTest::addColumn<int>("confirmed");
    QTest::addColumn<int>("unknown");
    QTest::addColumn<int>("inTable");
    for (const bool classic : {true, false}) {
        const auto row = [classic](const char *name, const char *fault, int confirmed, int unknown, int inTable) {
            QTest::addRow("%s %s", name, classic ? "classic" : "versioned")
                << QByteArray(fault) << classic << confirmed << unknown << inTable;
        };
        row("dropped after storing", R"("drop":"after")", 500, 500, 1000);
        row("dropped before storing", R"("drop":"before")", 500, 500, 500);
        row("500", R"("status":500)", 500, 500, 500);
        row("500 but stored", R"("status":500,"carried_out":true)", 500, 500, 1000);
        row("refused", R"("status":400,"error":{"code":"InvalidData","description":"no"})", 500, 0, 500);
        row("a web page", R"("body":"<html>sign in</html>","carried_out":true)", 500, 500, 1000);
    }
    QTest::newRow("fewer told") << QByteArray(R"("inserted_minus":100)") << false << 900 << 100 << 1000;
    QTest::newRow("answer cut") << QByteArray(R"("cut":20)") << false << 500 << 500 << 1000;
    QTest::newRow("answer malformed") << QByteArray(R"("malformed":true)") << false << 500 << 500 << 1000;
}

void TestCliFaults::appendFaults()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, classic);
    QFETCH(int, confirmed);
    QFETCH(int, unknown);
    m_cli->set("ROWDESK_API_VERSION", classic ? QStringLiteral("classic") : QStringLiteral("2022.01"));
    const QByteArray path = classic ? "/row" : "/insert";
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":")" + path + R"(","at":2,)" + fault + "}]}");
    const Ran ran = append(1234);
    QVERIFY2(ran.code == 3, ran.err.constData());
    QCOMPARE(count(ran, "rows_confirmed"), confirmed);
    QCOMPARE(count(ran, "rows_unknown"), unknown);
    QCOMPARE(ran.json()[QStringLiteral("complete")], QJsonValue(false));
    QVERIFY2(ran.err.count('\n') == 1, ran.err.constData());
    QVERIFY2(ran.err.contains(QByteArray::number(confirmed) + " rows are in the table"), ran.err.constData());
    QCOMPARE(m_sandbox->calls(path.constData()).first, 2);
    QTEST(static_cast<int>(rowsInTable()), "inTable");
}

void TestCliFaults::waitsWhenAskedTo()
{
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":"/row","at":2,"status":429,"retry_after":1}]})");
    const Ran ran = append(1234);
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(count(ran, "rows_sent"), 1234);
    QCOMPARE(count(ran, "rows_confirmed"), 1234);
    QCOMPARE(m_sandbox->calls("/row"), std::pair(qsizetype(4), qsizetype(3)));
    QCOMPARE(rowsInTable(), 1234);
}

void TestCliFaults::firstCallRefusedIsAPlainNo()
{
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_sandbox->setFaults(
        R"({"rules":[{"verb":"POST","path":"/row","status":403,"error":{"code":"X","description":"no"}}]})");
    const Ran ran = append(10);
    QCOMPARE(ran.code, 1);
    QCOMPARE(count(ran, "rows_confirmed"), 0);
    QCOMPARE(count(ran, "rows_unknown"), 0);
}

void TestCliFaults::tableIsNamedWhenItsRowsAreRefused()
{
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_sandbox->setFaults(
        R"({"rules":[{"verb":"POST","path":"/row","status":400,"error":{"code":"X","description":"no"}}]})");
    const Ran ran = m_cli->run(
        {QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"), QStringLiteral("New"), file(10)});
    QCOMPARE(ran.code, 3);
    QCOMPARE(count(ran, "id"), m_id + 1);
    QCOMPARE(count(ran, "rows_confirmed"), 0);
}

void TestCliFaults::lostCreationIsHalfWay()
{
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":"/data","drop":"after"}]})");
    const Ran ran = m_cli->run(
        {QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"), QStringLiteral("New"), file(10)});
    QVERIFY2(ran.code == 3, ran.err.constData());
    QCOMPARE(ran.json()[QStringLiteral("id")].toString(), QString());
    QCOMPARE(count(ran, "rows_sent"), 0);
}

void TestCliFaults::readingStopsHalfWay_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("dropped") << QByteArray(R"("drop":"before")");
    QTest::newRow("cut") << QByteArray(R"("cut":40)");
    QTest::newRow("malformed") << QByteArray(R"("malformed":true)");
    QTest::newRow("forbidden") << QByteArray(R"("status":403)");
}

void TestCliFaults::readingStopsHalfWay()
{
    QFETCH(QByteArray, fault);
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    makeTable(300);
    const QString path = QStringLiteral("/data/%1?page=4").arg(m_id);
    m_sandbox->setFaults(R"({"page_size":50,"rules":[{"verb":"GET","path":")" + path.toUtf8() + R"(","times":0,)" +
                         fault + "}]}");
    const QString get = QStringLiteral("data get %1").arg(m_id);
    const Ran json = m_cli->run(qPrintable(get));
    QVERIFY2(json.code == 3, json.err.constData());
    QVERIFY2(json.err.contains("150 rows"), json.err.constData());
    QVERIFY(json.out.startsWith('[') && json.out.contains(R"({"n":150})") && !json.out.contains(']'));
    const Ran csv = m_cli->run(qPrintable(get + QStringLiteral(" --format csv")));
    QCOMPARE(csv.code, 3);
    QVERIFY(csv.out.isEmpty());
    const QString file = m_dir.filePath(QStringLiteral("out.csv"));
    for (const char *format : {"csv", "json"}) {
        const Ran toFile =
            m_cli->run(QStringList(get.split(QLatin1Char(' ')))
                       << QStringLiteral("--format") << QString::fromLatin1(format) << QStringLiteral("-o") << file);
        QCOMPARE(toFile.code, 3);
        QVERIFY(!QFileInfo::exists(file));
    }
    const Ran stats = m_cli->run(qPrintable(get + QStringLiteral(" --stats")));
    QCOMPARE(stats.code, 3);
    QCOMPARE(stats.json()[QStringLiteral("complete")], QJsonValue(false));
    QCOMPARE(count(stats, "rows"), 150);
}

void TestCliFaults::wrongTypesAreRead()
{
    makeTable(3);
    m_sandbox->setFaults(R"({"rules":[{"verb":"GET","times":0,"wrong_types":true}]})");
    const Ran listed = m_cli->run("data list");
    QVERIFY2(listed.code == 0, listed.err.constData());
    const QJsonValue dataset = listed.json()[QStringLiteral("datasets")][0];
    QCOMPARE(dataset[QStringLiteral("id")].toInteger(), m_id);
    QCOMPARE(dataset[QStringLiteral("rows")].toInteger(), 3);
}

QTEST_GUILESS_MAIN(TestCliFaults)
#include "tst_clifaults.moc"
