#include "cli/programs.h"

#include <QFileInfo>
#include <QRegularExpression>

using namespace rowdesk::test;

/// Reading and creating through the real program against the real sandbox server.
class TestCli : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();

    void helpIsThereAtEachLevel_data();
    void helpIsThereAtEachLevel();
    void versionIsTold();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void refusalIsOneSentence_data();
    void refusalIsOneSentence();
    void signsInInEachWay_data();
    void signsInInEachWay();
    void createsAndLists();
    void roundTripsExactly_data();
    void roundTripsExactly();
    void readsVersions();
    void statsInsteadOfRows();
    void fileAppearsWholeOrNotAtAll();
    void brokenPipeIsAnError();
    void showsTheAccount();

private:
    qint64 send(const Cli &cli, const QString &name, const QString &file);
    std::unique_ptr<Sandbox> m_sandbox;
};

void TestCli::initTestCase()
{
    m_sandbox = std::make_unique<Sandbox>();
    QVERIFY(m_sandbox->url().startsWith(QStringLiteral("http://127.0.0.1:")));
}

qint64 TestCli::send(const Cli &cli, const QString &name, const QString &file)
{
    const Ran sent = cli.run({QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"), name, file});
    return sent.code == 0 ? sent.json()[QStringLiteral("id")].toInteger() : -1;
}

void TestCli::helpIsThereAtEachLevel_data()
{
    QTest::addColumn<QByteArrayList>("says");
    QTest::newRow("--help") << QByteArrayList{"data get ID", "data send FILE", "ROWDESK_BASE_URL", "Exit codes"};
    QTest::newRow("data --help") << QByteArrayList{"append ID FILE", "history ID", "create"};
    QTest::newRow("data get --help") << QByteArrayList{"--format", "--output", "--stats", "--profile"};
    QTest::newRow("data list --help") << QByteArrayList{"--name"};
    QTest::newRow("data create --help") << QByteArrayList{"--column NAME:TYPE", "--description"};
    QTest::newRow("file --help") << QByteArrayList{"inspect FILE", "convert FILE -o OUT"};
    QTest::newRow("file convert --help") << QByteArrayList{"--sheet", "--date-order", "--decimal-mark", "--short-rows"};
    QTest::newRow("account --help") << QByteArrayList{"rowdesk-cli account", "--profile"};
    QTest::newRow("schedule --help") << QByteArrayList{"trigger ID", "list"};
    QTest::newRow("data version -h") << QByteArrayList{"ID VERSION"};
}

void TestCli::helpIsThereAtEachLevel()
{
    QFETCH(QByteArrayList, says);
    const Ran ran = Cli({}).run(QTest::currentDataTag());
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.err.isEmpty());
    QVERIFY(ran.out.startsWith("Usage: rowdesk-cli"));
    for (const QByteArray &words : says)
        QVERIFY2(ran.out.contains(words), words.constData());
}

void TestCli::versionIsTold()
{
    const Ran ran = Cli({}).run("--version");
    QCOMPARE(ran.code, 0);
    QVERIFY(QRegularExpression(QStringLiteral("^rowdesk-cli \\d+\\.\\d+\\.\\d+\n$"))
                .match(QString::fromUtf8(ran.out))
                .hasMatch());
}

void TestCli::wrongUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const QString &line) { QTest::newRow(qPrintable(line)) << line.split(QLatin1Char(' ')); };
    QTest::newRow("nothing") << QStringList();
    for (const char *line : {"nope",
                             "data",
                             "data nope",
                             "data get",
                             "data get 1 2",
                             "data get 1 --nope",
                             "data get 1 --format xml",
                             "data get 1 -o",
                             "data get 1 --stats -o x",
                             "data version 1",
                             "data history",
                             "data list 1",
                             "data create --name x",
                             "data create --column a:text",
                             "data create --name x --column a",
                             "data create --name x --column a:blob",
                             "data create --name x --column a:text --column A:text",
                             "data append 1",
                             "data send x",
                             "data list --profile nope",
                             "account 1",
                             "schedule",
                             "schedule trigger"})
        row(QString::fromLatin1(line));
}

void TestCli::wrongUsageIsTwo()
{
    QFETCH(QStringList, arguments);
    const Ran ran = Cli(m_sandbox->url()).run(arguments);
    QCOMPARE(ran.code, 2);
    QVERIFY2(ran.isOneSentence(), ran.err.constData());
}

void TestCli::refusalIsOneSentence_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("says");
    const QByteArray list = "data list";
    QTest::newRow("wrong secret") << QByteArray("ROWDESK_CLIENT_SECRET") << QStringLiteral("wrong-s3cret") << list
                                  << QByteArray("secret");
    QTest::newRow("wrong id") << QByteArray("ROWDESK_CLIENT_ID") << QStringLiteral("nobody") << list
                              << QByteArray("client id");
    QTest::newRow("nothing listens") << QByteArray("ROWDESK_BASE_URL") << QStringLiteral("http://127.0.0.1:1/") << list
                                     << QByteArray("refused");
    QTest::newRow("no such name") << QByteArray("ROWDESK_BASE_URL") << QStringLiteral("https://no-such-host.invalid/")
                                  << list << QByteArray("not found");
    QTest::newRow("unprotected address") << QByteArray("ROWDESK_BASE_URL") << QStringLiteral("http://example.com/")
                                         << list << QByteArray("https");
    QTest::newRow("not an address") << QByteArray("ROWDESK_BASE_URL") << QStringLiteral("nonsense://") << list
                                    << QByteArray("address");
    QTest::newRow("no such dataset") << QByteArray("UNUSED") << QString() << QByteArray("data get 4711")
                                     << QByteArray("4711");
    QTest::newRow("no such version") << QByteArray("UNUSED") << QString() << QByteArray("data history 4711")
                                     << QByteArray("4711");
    QTest::newRow("no such file") << QByteArray("UNUSED") << QString()
                                  << QByteArray("data send --name x /nowhere/x.csv") << QByteArray("/nowhere/x.csv");
}

void TestCli::refusalIsOneSentence()
{
    QFETCH(QByteArray, variable);
    QFETCH(QString, value);
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, says);
    Cli cli(m_sandbox->url());
    cli.set(variable.constData(), value);
    const Ran ran = cli.run(arguments.constData());
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.isOneSentence(), ran.err.constData());
    QVERIFY2(ran.err.contains(says), ran.err.constData());
    QVERIFY(!ran.err.contains("demo-secret") && !ran.err.contains("wrong-s3cret"));
}

void TestCli::signsInInEachWay_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::newRow("client_credentials") << QStringList();
    QTest::newRow("basic") << QStringList{QStringLiteral("ROWDESK_USER=demo@example.com"),
                                          QStringLiteral("ROWDESK_PASSWORD=demo")};
    QTest::newRow("api_key") << QStringList{QStringLiteral("ROWDESK_API_KEY=demo-key"),
                                            QStringLiteral("ROWDESK_CLIENT_ID=")};
}

void TestCli::signsInInEachWay()
{
    QFETCH(QStringList, variables);
    for (const char *version : {"auto", "classic", "2021.08", "2022.01", "2025.3"}) {
        Cli cli(m_sandbox->url());
        cli.set("ROWDESK_AUTH", QString::fromLatin1(QTest::currentDataTag()));
        cli.set("ROWDESK_API_VERSION", QString::fromLatin1(version));
        for (const QString &variable : variables)
            cli.set(variable.section(QLatin1Char('='), 0, 0).toLatin1().constData(),
                    variable.section(QLatin1Char('='), 1));
        const Ran ran = cli.run("data list");
        QVERIFY2(ran.code == 0, ran.err.constData());
        QVERIFY(ran.json()[QStringLiteral("datasets")].isArray());
    }
}

void TestCli::createsAndLists()
{
    const Cli cli(m_sandbox->url());
    const Ran created =
        cli.run({QStringLiteral("data"), QStringLiteral("create"), QStringLiteral("--name"), QStringLiteral("Täble 1"),
                 QStringLiteral("--description"), QStringLiteral("for \"tests\""), QStringLiteral("--column"),
                 QStringLiteral("a:b:number"), QStringLiteral("--column"), QStringLiteral("when:DateTime")});
    QVERIFY2(created.code == 0, created.err.constData());
    QCOMPARE(created.json().keys(), QStringList{QStringLiteral("id")});
    const Ran listed =
        cli.run({QStringLiteral("data"), QStringLiteral("list"), QStringLiteral("--name"), QStringLiteral("Täble 1")});
    const QJsonArray datasets = listed.json()[QStringLiteral("datasets")].toArray();
    QCOMPARE(datasets.size(), 1);
    QCOMPARE(datasets[0][QStringLiteral("id")], created.json()[QStringLiteral("id")]);
    QCOMPARE(datasets[0][QStringLiteral("description")].toString(), QStringLiteral("for \"tests\""));
    const QJsonArray columns = datasets[0][QStringLiteral("columns")].toArray();
    QCOMPARE(columns[0][QStringLiteral("name")].toString(), QStringLiteral("a:b"));
    QCOMPARE(columns[1][QStringLiteral("data_type")].toString(), QStringLiteral("datetime"));
    const Ran again = cli.run({QStringLiteral("data"), QStringLiteral("create"), QStringLiteral("--name"),
                               QStringLiteral("Täble 1"), QStringLiteral("--column"), QStringLiteral("a:text")});
    QCOMPARE(again.code, 1);
    QVERIFY(again.isOneSentence());
}

void TestCli::roundTripsExactly_data()
{
    QTest::addColumn<QString>("version");
    for (const char *version : {"classic", "2025.3"})
        QTest::newRow(version) << QString::fromLatin1(version);
}

void TestCli::roundTripsExactly()
{
    QFETCH(QString, version);
    Cli cli(m_sandbox->url());
    cli.set("ROWDESK_API_VERSION", version);
    for (const char *name : {"birdstrikes.csv", "exact.csv"}) {
        const qint64 id = send(cli, QString::fromLatin1(name) + version, dataFile(name));
        QVERIFY(id > 0);
        const Ran read = cli.run(qPrintable(QStringLiteral("data get %1 --format csv").arg(id)));
        QVERIFY2(read.code == 0, read.err.constData());
        QCOMPARE(read.out, contents(dataFile(name)));
    }
}

void TestCli::readsVersions()
{
    const Cli cli(m_sandbox->url());
    const qint64 id = send(cli, QStringLiteral("versions"), dataFile("birdstrikes.csv"));
    const QStringList append{QStringLiteral("data"), QStringLiteral("append"), QString::number(id),
                             dataFile("birdstrikes.csv")};
    QCOMPARE(cli.run(append).code, 0);
    const Ran history = cli.run(qPrintable(QStringLiteral("data history %1").arg(id)));
    QVERIFY2(history.code == 0, history.err.constData());
    const QJsonArray versions = history.json()[QStringLiteral("versions")].toArray();
    QCOMPARE(versions.size(), 2);
    QCOMPARE(versions[0][QStringLiteral("rows")].toInt(), 80);
    QCOMPARE(versions[1][QStringLiteral("rows")].toInt(), 40);
    QVERIFY(!versions[0][QStringLiteral("created")].toString().isEmpty());
    const QString first = versions[1][QStringLiteral("version")].toVariant().toString();
    const Ran rows = cli.run(qPrintable(QStringLiteral("data version %1 %2 --format csv").arg(id).arg(first)));
    QCOMPARE(rows.out, contents(dataFile("birdstrikes.csv")));
    QCOMPARE(cli.run(qPrintable(QStringLiteral("data version %1 99").arg(id))).code, 1);
}

void TestCli::statsInsteadOfRows()
{
    const Cli cli(m_sandbox->url());
    const qint64 id = send(cli, QStringLiteral("stats"), dataFile("exact.csv"));
    const Ran stats = cli.run(qPrintable(QStringLiteral("data get %1 --stats").arg(id)));
    QCOMPARE(stats.code, 0);
    const QJsonObject json = stats.json();
    QCOMPARE(json.keys().join(QLatin1Char(' ')),
             QStringLiteral("bytes_received columns complete peak_rss_kb rows seconds"));
    QCOMPARE(json[QStringLiteral("rows")].toInt(), 6);
    QCOMPARE(json[QStringLiteral("columns")].toInt(), 5);
    QCOMPARE(json[QStringLiteral("complete")], QJsonValue(true));
    QVERIFY(json[QStringLiteral("bytes_received")].toInt() > 0);
}

void TestCli::fileAppearsWholeOrNotAtAll()
{
    const Cli cli(m_sandbox->url());
    const qint64 id = send(cli, QStringLiteral("files"), dataFile("exact.csv"));
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("out.json"));
    const Ran written =
        cli.run({QStringLiteral("data"), QStringLiteral("get"), QString::number(id), QStringLiteral("-o"), path});
    QCOMPARE(written.code, 0);
    QVERIFY(written.out.isEmpty());
    const QJsonArray rows = QJsonDocument::fromJson(contents(path)).array();
    QCOMPARE(rows.size(), 6);
    QVERIFY(contents(path).contains(R"("id":9223372036854775807)"));
    QVERIFY(contents(path).contains(R"("note":null)") || contents(path).contains(R"("day":null)"));
    const QString missing = dir.filePath(QStringLiteral("missing.csv"));
    QCOMPARE(
        cli.run({QStringLiteral("data"), QStringLiteral("get"), QStringLiteral("4711"), QStringLiteral("-o"), missing})
            .code,
        1);
    QVERIFY(!QFileInfo::exists(missing));
    QCOMPARE(
        cli.run({QStringLiteral("data"), QStringLiteral("get"), QString::number(id), QStringLiteral("-o"), dir.path()})
            .code,
        1);
}

void TestCli::brokenPipeIsAnError()
{
    const Cli cli(m_sandbox->url());
    const qint64 id = send(cli, QStringLiteral("pipe"), dataFile("birdstrikes.csv"));
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    cli.start(process, {QStringLiteral("data"), QStringLiteral("get"), QString::number(id)});
    const Ran ran = Cli::end(process);
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.isOneSentence());
}

void TestCli::showsTheAccount()
{
    const Cli cli(m_sandbox->url());
    const Ran account = cli.run("account");
    QVERIFY2(account.code == 0, account.err.constData());
    QCOMPARE(account.json()[QStringLiteral("name")].toString(), QStringLiteral("Local sandbox"));
    QVERIFY(account.json()[QStringLiteral("usage")].isObject());
    const Ran schedules = cli.run("schedule list");
    QVERIFY2(schedules.code == 0, schedules.err.constData());
    QVERIFY(schedules.json()[QStringLiteral("schedules")].isArray());
    QCOMPARE(cli.run("schedule trigger 4711").code, 1);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
