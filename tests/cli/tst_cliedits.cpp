#include "cli/uploadstage.h"

using namespace rowdesk::test;

/// Changes of rows that are in a table, through the real program: undo, update, delete, refresh.
class TestCliEdits : public QObject, protected UploadStage
{
    Q_OBJECT
private slots:
    void undoTakesTheRowsOut_data();
    void undoTakesTheRowsOut();
    void undoWithoutMarksIsRefused();
    void changesRowsOnlyWhenToldTo_data();
    void changesRowsOnlyWhenToldTo();
    void lostAnswerOfADeleteIsClearedUp();
    void refreshes();
};

void TestCliEdits::undoTakesTheRowsOut_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("classic") << QStringLiteral("classic");
    QTest::newRow("versioned") << QStringLiteral("2022.01");
}

void TestCliEdits::undoTakesTheRowsOut()
{
    QFETCH(QString, version);
    Sandbox sandbox;
    Cli cli(sandbox.url());
    cli.set("ROWDESK_API_VERSION", version);
    const QString file = write("marked.csv", "n\n1\n2\n3\n4\n5\n6\n7\n");
    const Ran sent = cli.run({QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"),
                              QStringLiteral("Marked"), QStringLiteral("--marker"), file});
    QVERIFY2(sent.code == 0, sent.err.constData());
    const qint64 id = sent.json()[QStringLiteral("id")].toInteger();
    QVERIFY(sent.json()[QStringLiteral("checked_row_by_row")].toBool());
    const QStringList append{QStringLiteral("data"), QStringLiteral("append"), QString::number(id), file};
    const Ran marked = cli.run(append + QStringList{QStringLiteral("--marker")});
    QVERIFY2(marked.code == 0, marked.err.constData());
    const QString job = marked.json()[QStringLiteral("job")].toString();
    const QStringList undo{QStringLiteral("upload"), QStringLiteral("undo"), job};
    const Ran counted = cli.run(undo);
    QCOMPARE(counted.code, 1);
    QCOMPARE(counted.json()[QStringLiteral("rows_found")].toInt(), 7);
    QVERIFY(counted.err.contains("Nothing was deleted"));
    // One row first; the classic API then takes the others one by one.
    const QByteArray effort = version == QLatin1String("classic")
                                  ? QByteArray("That takes 7 requests, about 1 s at ten requests a second.")
                                  : QByteArray("That takes 2 requests.");
    QVERIFY2(counted.err.contains(effort), counted.err.constData());
    QCOMPARE(rowsOf(cli, id), 14);
    const Ran undone = cli.run(undo + QStringList{QStringLiteral("--yes")});
    QVERIFY2(undone.code == 0, undone.err.constData());
    QCOMPARE(undone.json()[QStringLiteral("rows_removed")].toInt(), 7);
    QCOMPARE(rowsOf(cli, id), 7); // those of the first upload
    QCOMPARE(
        cli.run({QStringLiteral("upload"), QStringLiteral("show"), job}).json()[QStringLiteral("rows_removed")].toInt(),
        7);
    QCOMPARE(cli.run(undo).code, 2);                   // nothing is left to do
    QVERIFY(cli.run(append).err.contains("(7 rows)")); // what was undone is no earlier upload
}

void TestCliEdits::undoWithoutMarksIsRefused()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const Ran sent = cli.run({QStringLiteral("data"), QStringLiteral("send"), QStringLiteral("--name"),
                              QStringLiteral("T"), write("plain.csv", "n\n1\n")});
    const Ran refused = cli.run({QStringLiteral("upload"), QStringLiteral("undo"),
                                 sent.json()[QStringLiteral("job")].toString(), QStringLiteral("--yes")});
    QVERIFY(refused.code != 0);
    QVERIFY(refused.isOneSentence());
    QVERIFY(refused.err.contains("carry no mark"));
}

void TestCliEdits::changesRowsOnlyWhenToldTo_data()
{
    undoTakesTheRowsOut_data();
}

void TestCliEdits::changesRowsOnlyWhenToldTo()
{
    QFETCH(QString, version);
    Sandbox sandbox;
    Cli cli(sandbox.url());
    cli.set("ROWDESK_API_VERSION", version);
    const qint64 id = create(cli, {QStringLiteral("a=b:number"), QStringLiteral("t:text")});
    const QString file = write("edit.csv", "a=b,t\n1.50,x\n1.5,y\n2,x\n");
    QCOMPARE(cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), file}).code, 0);
    const auto run = [&](const char *arguments) { return cli.run(qPrintable(QString::fromLatin1(arguments).arg(id))); };
    const Ran counted = run("data update %1 --where a=b=1.5 --set t=z");
    QCOMPARE(counted.code, 1);
    QCOMPARE(counted.json()[QStringLiteral("rows_found")].toInt(), 2);
    QVERIFY(counted.err.contains("Nothing was sent"));
    QCOMPARE(sandbox.calls("/update").first + sandbox.calls("/row").first,
             version == QLatin1String("classic") ? 1 : 0); // the append alone
    const Ran updated = run("data update %1 --where a=b=1.5 --set t=z --yes");
    QVERIFY2(updated.code == 0, updated.err.constData());
    QVERIFY(run("data get %1 --format csv").out.contains("2,x"));
    const Ran toDelete = run("data delete %1 --where t=x");
    QCOMPARE(toDelete.json()[QStringLiteral("rows_found")].toInt(), 1);
    QCOMPARE(toDelete.err,
             QByteArray("rowdesk-cli: Rows that match: 1. Deleted would be: 1. Nothing was sent; --yes does it.\n"));
    QCOMPARE(rowsOf(cli, id), 3);
    const Ran deleted = run("data delete %1 --where t=x --yes");
    QVERIFY2(deleted.code == 0, deleted.err.constData());
    QCOMPARE(deleted.json()[QStringLiteral("rows_deleted")].toInt(), 1);
    QCOMPARE(deleted.json()[QStringLiteral("rows_left")].toInt(), 0);
    QCOMPARE(rowsOf(cli, id), 2);
    QCOMPARE(run("data delete %1 --where t=x --yes").code, 1); // none is left
    for (const char *wrong :
         {"data delete %1 --yes", "data delete %1 --where nothing=1", "data delete %1 --where a=b=abc",
          "data update %1 --where t=x", "data update %1 --where t=x --set t --set t=y", "data refresh %1 sideways"})
        QCOMPARE(run(wrong).code, 2);
    QCOMPARE(rowsOf(cli, id), 2);
}

void TestCliEdits::lostAnswerOfADeleteIsClearedUp()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, {QStringLiteral("n:number")});
    QCOMPARE(
        cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), write("n.csv", "n\n1\n1\n2\n")})
            .code,
        0);
    sandbox.setFaults(R"({"rules":[{"verb":"DELETE","drop":"after"}]})");
    const Ran deleted = cli.run(qPrintable(QStringLiteral("data delete %1 --where n=1 --yes").arg(id)));
    QVERIFY2(deleted.code == 0, deleted.err.constData());
    QCOMPARE(deleted.json()[QStringLiteral("rows_left")].toInt(), 0);
    sandbox.setFaults(R"({"rules":[{"verb":"DELETE","drop":"before"}]})");
    const Ran lost = cli.run(qPrintable(QStringLiteral("data delete %1 --where n=2 --yes").arg(id)));
    QCOMPARE(lost.code, 3);
    QVERIFY(lost.err.contains("No answer came; 1 of these rows"));
    QCOMPARE(sandbox.calls("/row").first, 3); // nothing was repeated
}

void TestCliEdits::refreshes()
{
    Sandbox sandbox(true);
    const Cli cli(sandbox.url());
    const qint64 before = rowsOf(cli, 2);
    QCOMPARE(cli.run("data refresh 2 append").code, 0);
    QCOMPARE(rowsOf(cli, 2), before + 2);
}

QTEST_GUILESS_MAIN(TestCliEdits)
#include "tst_cliedits.moc"
