#include "cli/uploadstage.h"
#include "files/xlsxfixture.h"

#include <QCryptographicHash>

using namespace rowdesk::test;

/// Uploads through the real program: receipts, refusals before anything is sent, and a server that dies.
class TestCliUploads : public QObject, protected UploadStage
{
    Q_OBJECT
private slots:
    void receiptOfACompleteUpload();
    void receiptIsKeptAndReconciles();
    void sameFileIsSaidButNotRefused();
    void appendsByNameInAnyOrder();
    void appendKeepsTypedValuesExact();
    void appendSaysWhichSheetItTakes();
    void refusesBeforeSending_data();
    void refusesBeforeSending();
    void refusesSharesAmongNumbers();
    void emptyTableTakesTheFilesColumns();
    void interruptedUploadSaysWhatIsInTheTable();
    void killedServerLeavesATruthfulReceipt();

private:
    /// Starts an upload of many rows and waits until some of them are in the table.
    void startLargeUpload(QProcess &process, const Cli &cli, qint64 id);
    static bool holds(const QJsonObject &receipt);

    static constexpr int largeRows = 60'000;
};

bool TestCliUploads::holds(const QJsonObject &receipt)
{
    const auto count = [&](const char *name) { return receipt[QLatin1String(name)].toInteger(-1); };
    return count("rows_confirmed") >= 0 && count("rows_confirmed") + count("rows_unknown") <= count("rows_sent") &&
           count("rows_sent") <= count("rows_read") && !receipt[QStringLiteral("job")].toString().isEmpty();
}

void TestCliUploads::startLargeUpload(QProcess &process, const Cli &cli, qint64 id)
{
    QByteArray csv = "n,text\n";
    for (int i = 1; i <= largeRows; ++i)
        csv += QByteArray::number(i) + ",row number " + QByteArray::number(i) + '\n';
    cli.start(process, {QStringLiteral("data"), QStringLiteral("append"), QString::number(id), write("large.csv", csv),
                        QStringLiteral("--wait"), QStringLiteral("0")});
    QVERIFY(process.waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(rowsOf(cli, id) > 0, 60'000);
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
             QStringLiteral("begun checked_row_by_row complete ended file file_bytes file_sha256 id job reconciles "
                            "rows_after rows_before rows_confirmed rows_read rows_sent rows_skipped rows_unknown "
                            "target version_after version_before"));
    QVERIFY(holds(receipt));
    QCOMPARE(receipt[QStringLiteral("complete")], QJsonValue(true));
    QCOMPARE(receipt[QStringLiteral("rows_confirmed")].toInt(), 40);
    QCOMPARE(rowsOf(cli, receipt[QStringLiteral("id")].toInteger()), 40);
}

void TestCliUploads::receiptIsKeptAndReconciles()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number")});
    const QString file = write("three.csv", "n\n1\n2\n3\n");
    const QStringList append{QStringLiteral("data"), QStringLiteral("append"), QString::number(id), file};
    QCOMPARE(cli.run(append).code, 0);
    const Ran sent = cli.run(append);
    QCOMPARE(sent.code, 0);
    const QJsonObject shown =
        cli.run({QStringLiteral("upload"), QStringLiteral("show"), sent.json()[QStringLiteral("job")].toString()})
            .json();
    for (const QString &name : sent.json().keys())
        QVERIFY2(shown[name] == sent.json()[name], qPrintable(name));
    QCOMPARE(shown[QStringLiteral("rows_before")].toInt(), 3);
    QCOMPARE(shown[QStringLiteral("rows_after")].toInt(), 6);
    QCOMPARE(shown[QStringLiteral("reconciles")], QJsonValue(true));
    QCOMPARE(shown[QStringLiteral("file_bytes")].toInt(), 8);
    QCOMPARE(shown[QStringLiteral("file_sha256")].toString(),
             QString::fromLatin1(QCryptographicHash::hash("n\n1\n2\n3\n", QCryptographicHash::Sha256).toHex()));
    QVERIFY(!shown[QStringLiteral("target")].toString().isEmpty());
    QVERIFY(shown[QStringLiteral("version_after")] != shown[QStringLiteral("version_before")]);
}

void TestCliUploads::sameFileIsSaidButNotRefused()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number")});
    const QString file = write("same.csv", "n\n1\n");
    const QStringList append{QStringLiteral("data"), QStringLiteral("append"), QString::number(id), file};
    QVERIFY(!cli.run(append).err.contains("already uploaded"));
    const Ran again = cli.run(append);
    QVERIFY(again.err.contains("already uploaded") && again.err.contains("a second time"));
    QCOMPARE(again.code, 0);
    QCOMPARE(rowsOf(cli, id), 2);
    const Ran other = cli.run({QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"),
                               QStringLiteral("Other place"), file});
    QVERIFY(other.err.contains("uploaded before") && !other.err.contains("a second time"));
    QCOMPARE(other.code, 0);
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

void TestCliUploads::appendSaysWhichSheetItTakes()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    XlsxFixture book;
    book.makeTwoSheets();
    book.parts["xl/worksheets/sheet1.xml"] =
        XlsxFixture::sheet("<row><c t=\"inlineStr\"><is><t>n</t></is></c></row><row><c><v>1</v></c></row>");
    const Ran sent = cli.run({QStringLiteral("data"), QStringLiteral("append"),
                              QString::number(create(cli, {QStringLiteral("n:number")})), book.write()});
    QVERIFY2(sent.code == 0, sent.err.constData());
    QVERIFY2(sent.err.contains("Sheet 1 of 2 is read: “Data”."), sent.err.constData());
    QVERIFY2(sent.err.contains("--sheet"), sent.err.constData());
}

void TestCliUploads::refusesBeforeSending_data()
{
    QTest::addColumn<QByteArray>("csv");
    QTest::addColumn<QByteArray>("says");
    QByteArray late = "n\n";
    for (int i = 0; i < 2'000; ++i)
        late += "1\n";
    QTest::newRow("late misfit") << late + "abc\n" << QByteArray("Line 2002, column n");
    QTest::newRow("percent among numbers") << QByteArray("n\n60\n5\n7 %\n") << QByteArray("Line 4, column n");
    QTest::newRow("percent first") << QByteArray("n\n50%\n60\n70\n") << QByteArray("Line 2, column n");
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

/// Is 60 among 50 % a share of 60, or 60 %? Nobody knows.
void TestCliUploads::refusesSharesAmongNumbers()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:percentage")});
    const auto append = [&](const QByteArray &csv) {
        return cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), write("p.csv", csv)});
    };
    const Ran mixed = append("n\n50%\n60\n0.7\n");
    QVERIFY2(mixed.code == 1 && mixed.err.contains("Line 3, column n"), mixed.err.constData());
    QCOMPARE(rowsOf(cli, id), 0);
    QCOMPARE(append("n\n0.5\n0.7\n").code, 0);
    QCOMPARE(append("n\n50%\n70%\n").code, 0);
    QCOMPARE(rowsOf(cli, id), 4);
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
