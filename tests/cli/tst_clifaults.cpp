#include "cli/programs.h"

#include <QDir>
#include <QFileInfo>

#include <csignal>

using namespace rowdesk::test;

/// What the program says and ends with when the service fails at a certain call.
class TestCliFaults : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void appendFaults_data();
    void appendFaults();
    void lostAnswerWithoutATableToLookAt_data();
    void lostAnswerWithoutATableToLookAt();
    void goesOnWhenTheServiceIsBack();
    void withoutItsJournalItCanNotBeContinued();
    void stopsInOrder_data();
    void stopsInOrder();
    void badRowIsNamed_data();
    void badRowIsNamed();
    void firstCallRefusedIsAPlainNo();
    void tableIsNamedWhenItsRowsAreRefused();
    void lostCreationIsFoundOut();
    void readingStopsHalfWay_data();
    void readingStopsHalfWay();
    void wrongTypesAreRead();

private:
    /// A table with `rows` rows n = 1, 2, …
    void makeTable(int rows);
    QString file(int rows);
    Ran append(int rows, const QStringList &more = {});
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

Ran TestCliFaults::append(int rows, const QStringList &more)
{
    return m_cli->run(QStringList{QStringLiteral("data"), QStringLiteral("append"), QString::number(m_id), file(rows),
                                  QStringLiteral("--settle"), QStringLiteral("1")} +
                      more);
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
    // The second of three calls with 500, 500 and 234 rows is struck; whatever became of it is found out.
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("classic");
    QTest::addColumn<int>("calls");
    for (const bool classic : {true, false}) {
        const auto row = [classic](const char *name, const char *fault, int calls) {
            QTest::addRow("%s %s", name, classic ? "classic" : "versioned") << QByteArray(fault) << classic << calls;
        };
        row("dropped after storing", R"("drop":"after")", 3);
        row("dropped before storing", R"("drop":"before")", 4);
        row("500", R"("status":500)", 4);
        row("500 but stored", R"("status":500,"carried_out":true)", 3);
        row("503", R"("status":503,"retry_after":1)", 4);
        row("503 but stored", R"("status":503,"retry_after":1,"carried_out":true)", 3);
        row("429", R"("status":429,"retry_after":1)", 4);
        row("429 but stored", R"("status":429,"retry_after":1,"carried_out":true)", 3);
        row("401", R"("status":401,"error":{"code":"Unauthorized","description":"expired"})", 4);
        row("401 but stored",
            R"("status":401,"carried_out":true,"error":{"code":"Unauthorized","description":"expired"})", 3);
        row("refused once", R"("status":400,"error":{"code":"InvalidData","description":"no"})", 5);
        row("refused but stored", R"("status":400,"carried_out":true,"error":{"code":"V","description":"no"})", 3);
        row("no such table but stored", R"("status":404,"carried_out":true,"error":{"code":"N","description":"no"})",
            3);
        row("a web page", R"("body":"<html>sign in</html>","carried_out":true)", 3);
    }
    QTest::newRow("fewer told") << QByteArray(R"("inserted_minus":100)") << false << 3;
    QTest::newRow("answer cut") << QByteArray(R"("cut":20)") << false << 3;
    QTest::newRow("answer malformed") << QByteArray(R"("malformed":true)") << false << 3;
}

void TestCliFaults::appendFaults()
{
    QFETCH(QByteArray, fault);
    QFETCH(bool, classic);
    QFETCH(int, calls);
    m_cli->set("ROWDESK_API_VERSION", classic ? QStringLiteral("classic") : QStringLiteral("2022.01"));
    const QByteArray path = classic ? "/row" : "/insert";
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":")" + path + R"(","at":2,)" + fault + "}]}");
    const Ran ran = append(1234);
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(count(ran, "rows_confirmed"), 1234);
    QCOMPARE(count(ran, "rows_unknown"), 0);
    QCOMPARE(m_sandbox->calls(path.constData()).first, calls);
    QCOMPARE(rowsInTable(), 1234);
}

void TestCliFaults::lostAnswerWithoutATableToLookAt_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("inTable");
    QTest::newRow("stored") << QByteArray(R"("drop":"after")") << 1000;
    QTest::newRow("not stored") << QByteArray(R"("drop":"before")") << 500;
    QTest::newRow("500") << QByteArray(R"("status":500)") << 500;
    QTest::newRow("429 but stored") << QByteArray(R"("status":429,"retry_after":1,"carried_out":true)") << 1000;
}

/// What can't be found out is said, and nothing is sent on top of it.
void TestCliFaults::lostAnswerWithoutATableToLookAt()
{
    QFETCH(QByteArray, fault);
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":"/row","at":2,)" + fault +
                         R"(},{"verb":"GET","path":"?page","times":0,"status":500}]})");
    const Ran ran = append(1234, {QStringLiteral("--wait"), QStringLiteral("0")});
    QVERIFY2(ran.code == 3, ran.err.constData());
    QCOMPARE(count(ran, "rows_confirmed"), 500);
    QCOMPARE(count(ran, "rows_unknown"), 500);
    QCOMPARE(ran.json()[QStringLiteral("complete")], QJsonValue(false));
    QVERIFY2(ran.err.contains("500 rows are in the table"), ran.err.constData());
    QVERIFY2(ran.err.contains("looks at the table; when that tells which of these rows are there, it goes on and sends "
                              "those that are not, else nothing."),
             ran.err.constData());
    QCOMPARE(m_sandbox->calls("/row").first, 2);
    QTEST(static_cast<int>(rowsInTable()), "inTable");
}

/// The service is gone for some seconds, in the middle of it.
void TestCliFaults::goesOnWhenTheServiceIsBack()
{
    m_sandbox->setFaults(R"({"latency_ms":100})");
    QProcess process;
    m_cli->start(process, {QStringLiteral("data"), QStringLiteral("append"), QString::number(m_id), file(10'000),
                           QStringLiteral("--settle"), QStringLiteral("1")});
    QTRY_VERIFY_WITH_TIMEOUT(m_sandbox->calls("/").second > 5, 60'000);
    m_sandbox->kill();
    QVERIFY(!process.waitForFinished(3000));
    m_sandbox->startAgain();
    const Ran ran = Cli::end(process);
    QVERIFY2(ran.code == 0, ran.err.constData());
    QVERIFY2(ran.err.contains("then it goes on by itself"), ran.err.constData());
    QCOMPARE(count(ran, "rows_confirmed"), 10'000);
    QCOMPARE(rowsInTable(), 10'000);
}

/// Nobody is told to continue what nobody knows any more.
void TestCliFaults::withoutItsJournalItCanNotBeContinued()
{
    m_sandbox->setFaults(R"({"latency_ms":100})");
    QProcess process;
    m_cli->start(process, {QStringLiteral("data"), QStringLiteral("append"), QString::number(m_id), file(10'000)});
    QTRY_VERIFY_WITH_TIMEOUT(m_sandbox->calls("/").second > 2, 60'000);
    QVERIFY(QDir(m_cli->dataFolder() + QStringLiteral("/uploads")).removeRecursively());
    const Ran ran = Cli::end(process);
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("this upload can't be continued"), ran.err.constData());
    QVERIFY2(ran.err.contains("leave out the rows that are already there"), ran.err.constData());
    QVERIFY2(!ran.err.contains("upload resume"), ran.err.constData());
}

void TestCliFaults::stopsInOrder_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("TERM") << SIGTERM;
    QTest::newRow("the terminal is closed") << SIGHUP;
}

void TestCliFaults::stopsInOrder()
{
    QFETCH(int, signal);
    m_sandbox->setFaults(R"({"latency_ms":100})");
    QProcess process;
    m_cli->start(process, {QStringLiteral("data"), QStringLiteral("append"), QString::number(m_id), file(10'000)});
    QTRY_VERIFY_WITH_TIMEOUT(m_sandbox->calls("/").second > 2, 60'000);
    ::kill(pid_t(process.processId()), signal);
    const Ran ran = Cli::end(process);
    QCOMPARE(ran.code, 3);
    QVERIFY2(ran.err.contains("Stopped by a signal"), ran.err.constData());
    QCOMPARE(count(ran, "rows_unknown"), 0);
    QCOMPARE(count(ran, "rows_confirmed"), rowsInTable());
}

void TestCliFaults::badRowIsNamed_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QByteArray>("list"); // without columns
    QTest::newRow("classic") << QStringLiteral("classic")
                             << QByteArray(R"({\"data\":[{\"rec_id\":ID,\"name\":\"B\"}]})");
    // Refuses in HTTP 200 with a code that may mean anything: the table is looked at before each further call.
    QTest::newRow("versioned") << QStringLiteral("2022.01")
                               << QByteArray(R"({\"success\":true,\"result\":[{\"id\":ID,\"name\":\"B\"}]})");
}

/// One of the file's rows is none for the service: it is named, the others go in.
void TestCliFaults::badRowIsNamed()
{
    QFETCH(QString, version);
    QFETCH(QByteArray, list);
    QFile file(m_dir.filePath(QStringLiteral("bad.csv")));
    QByteArray csv = "n,d\n";
    for (int i = 1; i <= 700; ++i)
        csv += QByteArray::number(i) + (i == 600 ? ",2024-02-30\n" : ",2024-02-29\n");
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size());
    file.close();
    const QByteArray id = QByteArray::number(m_cli->run("data create --name B --column n:number --column d:date")
                                                 .json()[QStringLiteral("id")]
                                                 .toInteger(-1));
    // The client does not learn the table's types, so that it is for the service to find the day that is none.
    m_cli->set("ROWDESK_API_VERSION", version);
    m_sandbox->setFaults(R"({"rules":[{"verb":"GET","path":")" +
                         QByteArray(version == QLatin1String("classic") ? "/data" : "/table") + R"(","body":")" +
                         list.replace("ID", id) + R"("}]})");
    const Ran ran =
        m_cli->run({QStringLiteral("data"), QStringLiteral("append"), QString::fromLatin1(id), file.fileName()});
    QVERIFY2(ran.code == 3, ran.err.constData());
    QCOMPARE(count(ran, "rows_confirmed"), 699);
    QCOMPARE(count(ran, "rows_unknown"), 0);
    QVERIFY2(ran.err.contains("1 row was refused. row 600:"), ran.err.constData());
    QVERIFY(m_sandbox->calls(version == QLatin1String("classic") ? "/row" : "/insert").first <= 2 + 2 * 9);
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
        R"({"rules":[{"verb":"POST","path":"/row","times":0,"status":400,"error":{"code":"X","description":"no"}}]})");
    const Ran ran = m_cli->run(
        {QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"), QStringLiteral("New"), file(10)});
    QCOMPARE(ran.code, 3);
    QCOMPARE(count(ran, "id"), m_id + 1);
    QCOMPARE(count(ran, "rows_confirmed"), 0);
}

void TestCliFaults::lostCreationIsFoundOut()
{
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":"/data","drop":"after"}]})");
    const Ran ran = m_cli->run(
        {QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"), QStringLiteral("New"), file(10)});
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(count(ran, "id"), m_id + 1);
    QCOMPARE(count(ran, "rows_confirmed"), 10);
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
