#include "cli/programs.h"

using namespace rowdesk::test;

/// Uploads through the real program: receipts, refusals before anything is sent, and a server that dies.
class TestCliUploads : public QObject
{
    Q_OBJECT
private slots:
    void receiptOfACompleteUpload();
    void appendsByNameInAnyOrder();
    void appendKeepsTypedValuesExact();
    void refusesBeforeSending_data();
    void refusesBeforeSending();
    void emptyTableTakesTheFilesColumns();
    void interruptedUploadSaysWhatIsInTheTable();
    void killedServerLeavesATruthfulReceipt();

private:
    QString write(const char *name, const QByteArray &csv);
    qint64 create(const Cli &cli, const QStringList &columns);
    qint64 rowsOf(const Cli &cli, qint64 id);
    /// Starts an upload of many rows and waits until some of them are in the table.
    void startLargeUpload(QProcess &process, const Cli &cli, qint64 id);
    static bool holds(const QJsonObject &receipt);

    QTemporaryDir m_dir;
    static constexpr int largeRows = 60'000;
};

QString TestCliUploads::write(const char *name, const QByteArray &csv)
{
    QFile file(m_dir.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("the test's file can't be written");
    return file.fileName();
}

qint64 TestCliUploads::create(const Cli &cli, const QStringList &columns)
{
    static int count = 0;
    QStringList arguments{QStringLiteral("data"), QStringLiteral("create"), QStringLiteral("--name"),
                          QStringLiteral("table %1").arg(++count)};
    for (const QString &column : columns)
        arguments << QStringLiteral("--column") << column;
    return cli.run(arguments).json()[QStringLiteral("id")].toInteger(-1);
}

qint64 TestCliUploads::rowsOf(const Cli &cli, qint64 id)
{
    const Ran stats = cli.run(qPrintable(QStringLiteral("data get %1 --stats").arg(id)));
    return stats.code == 0 ? stats.json()[QStringLiteral("rows")].toInteger() : -1;
}

bool TestCliUploads::holds(const QJsonObject &receipt)
{
    const auto count = [&](const char *name) { return receipt[QLatin1String(name)].toInteger(-1); };
    return count("rows_confirmed") >= 0 && count("rows_confirmed") + count("rows_unknown") <= count("rows_sent") &&
           count("rows_sent") <= count("rows_read") && !receipt[QStringLiteral("job")].toString().isEmpty();
}

void TestCliUploads::receiptOfACompleteUpload()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const Ran sent = cli.run({QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"),
                              QStringLiteral("T"), dataFile("birdstrikes.csv")});
    QVERIFY2(sent.code == 0, sent.err.constData());
    const QJsonObject receipt = sent.json();
    QCOMPARE(receipt.keys().join(QLatin1Char(' ')),
             QStringLiteral("complete id job rows_confirmed rows_read rows_sent rows_skipped rows_unknown"));
    QVERIFY(holds(receipt));
    QCOMPARE(receipt[QStringLiteral("complete")], QJsonValue(true));
    QCOMPARE(receipt[QStringLiteral("rows_confirmed")].toInt(), 40);
    QCOMPARE(rowsOf(cli, receipt[QStringLiteral("id")].toInteger()), 40);
}

void TestCliUploads::appendsByNameInAnyOrder()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id =
        create(cli, {QStringLiteral("First Name:text"), QStringLiteral("age:number"), QStringLiteral("note:text")});
    const QString file = write("order.csv", "AGE,first_name\n7,Ann\n,\"\"\n");
    const Ran appended = cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), file});
    QVERIFY2(appended.code == 0, appended.err.constData());
    QVERIFY(appended.err.contains("note"));
    const Ran read = cli.run(qPrintable(QStringLiteral("data get %1 --format csv").arg(id)));
    QCOMPARE(read.out, QByteArray("First Name,age,note\nAnn,7,\n\"\",,\n"));
}

void TestCliUploads::appendKeepsTypedValuesExact()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number"), QStringLiteral("b:checkbox"), QStringLiteral("d:date"),
                                   QStringLiteral("t:datetime"), QStringLiteral("x:text")});
    const QByteArray csv = "n,b,d,t,x\n0.10,true,2024-02-29,2024-02-29T23:59:58Z,007\n"
                           "123456789012345678901234567890.10,false,1900-01-01,2024-02-29T00:00:00,+1\n,,,,\n";
    const Ran appended =
        cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), write("typed.csv", csv)});
    QVERIFY2(appended.code == 0, appended.err.constData());
    QCOMPARE(cli.run(qPrintable(QStringLiteral("data get %1 --format csv").arg(id))).out, csv);
    const QByteArray json = cli.run(qPrintable(QStringLiteral("data get %1").arg(id))).out;
    QVERIFY(json.contains(R"("n":0.10,"b":true,)"));
    QVERIFY(json.contains(R"("n":123456789012345678901234567890.10)"));
    QVERIFY(json.contains(R"("n":null,"b":null,"d":null,"t":null,"x":null)"));
}

void TestCliUploads::refusesBeforeSending_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QByteArray>("says");
    QByteArray late = "n\n";
    for (int i = 0; i < 2'000; ++i)
        late += "1\n";
    QTest::newRow("late misfit") << late + "abc\n" << QByteArray("Line 2002, column n");
    QTest::newRow("late open quote") << late + "\"1\n" << QByteArray("never closes");
    QTest::newRow("unknown column") << QByteArray("n,m\n1,2\n") << QByteArray("m");
    QTest::newRow("bad UTF-8") << QByteArray("n\n1\n\xff\xfe\xfa\n") << QByteArray();
    QTest::newRow("empty file") << QByteArray() << QByteArray();
}

void TestCliUploads::refusesBeforeSending()
{
    QFETCH(QByteArray, csv);
    QFETCH(QByteArray, says);
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number")});
    const Ran ran =
        cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), write("bad.csv", csv)});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.out.isEmpty() && ran.err.contains(says), ran.err.constData());
    QVERIFY2(ran.err.contains("Nothing was sent."), ran.err.constData());
    QCOMPARE(rowsOf(cli, id), 0);
}

void TestCliUploads::emptyTableTakesTheFilesColumns()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("a:text")});
    const Ran header = cli.run(qPrintable(QStringLiteral("data get %1 --format csv").arg(id)));
    QCOMPARE(header.code, 0);
    QCOMPARE(header.out, QByteArray("a\n"));
    QCOMPARE(cli.run(qPrintable(QStringLiteral("data get %1").arg(id))).out, QByteArray("[]\n"));
}

void TestCliUploads::startLargeUpload(QProcess &process, const Cli &cli, qint64 id)
{
    QByteArray csv = "n,text\n";
    for (int i = 1; i <= largeRows; ++i)
        csv += QByteArray::number(i) + ",row number " + QByteArray::number(i) + '\n';
    cli.start(process,
              {QStringLiteral("data"), QStringLiteral("append"), QString::number(id), write("large.csv", csv)});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(cli, id) > 0, 60'000);
}

void TestCliUploads::interruptedUploadSaysWhatIsInTheTable()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number"), QStringLiteral("text:text")});
    QProcess upload;
    startLargeUpload(upload, cli, id);
    upload.terminate();
    const Ran ran = Cli::end(upload);
    if (ran.code == 0)
        QSKIP("this machine sent every row before it could be interrupted");
    QCOMPARE(ran.code, 3);
    QVERIFY(holds(ran.json()));
    QCOMPARE(ran.json()[QStringLiteral("rows_unknown")].toInt(), 0);
    QCOMPARE(ran.json()[QStringLiteral("rows_confirmed")].toInteger(), rowsOf(cli, id));
}

void TestCliUploads::killedServerLeavesATruthfulReceipt()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number"), QStringLiteral("text:text")});
    QProcess upload;
    startLargeUpload(upload, cli, id);
    sandbox.kill();
    const Ran ran = Cli::end(upload);
    if (ran.code == 0)
        QSKIP("this machine sent every row before the server could be killed");
    QVERIFY2(ran.code == 3, ran.err.constData());
    const QJsonObject receipt = ran.json();
    QVERIFY(holds(receipt));
    QCOMPARE(receipt[QStringLiteral("complete")], QJsonValue(false));
    sandbox.start();
    const qint64 rows = rowsOf(Cli(sandbox.url()), id);
    const qint64 confirmed = receipt[QStringLiteral("rows_confirmed")].toInteger();
    QVERIFY(confirmed > 0);
    QVERIFY2(rows >= confirmed, qPrintable(QStringLiteral("%1 rows, %2 confirmed").arg(rows).arg(confirmed)));
    QVERIFY(rows <= confirmed + receipt[QStringLiteral("rows_unknown")].toInteger());
}

QTEST_GUILESS_MAIN(TestCliUploads)
#include "tst_cliuploads.moc"
