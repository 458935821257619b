#include "cli/programs.h"

using namespace rowdesk::test;

/// What the program says on stderr while an upload waits: for what, how long, and that nothing is to be done.
class TestCliWaits : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void saysWhatItWaitsFor_data();
    void saysWhatItWaitsFor();
    void quietSaysNothing_data();
    void quietSaysNothing();
    void resumeSaysItToo();

private:
    void strike(const QByteArray &fault) const
    {
        m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":"/row","at":2,)" + fault + "}]}");
    }
    Ran append(const QStringList &more = {}) const;

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Cli> m_cli;
    std::unique_ptr<QTemporaryDir> m_dir;
    qint64 m_id = 0;
};

void TestCliWaits::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_sandbox = std::make_unique<Sandbox>();
    m_cli = std::make_unique<Cli>(m_sandbox->url());
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    m_id = m_cli->run("data create --name T --column n:number").json()[QStringLiteral("id")].toInteger(-1);
    QVERIFY(m_id > 0);
}

/// 1,234 rows in three calls.
Ran TestCliWaits::append(const QStringList &more) const
{
    QFile file(m_dir->filePath(QStringLiteral("rows.csv")));
    QByteArray csv = "n\n";
    for (int i = 1; i <= 1234; ++i)
        csv += QByteArray::number(i) + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("the test's file can't be written");
    file.close();
    return m_cli->run(QStringList{QStringLiteral("data"), QStringLiteral("append"), QString::number(m_id),
                                  file.fileName(), QStringLiteral("--settle"), QStringLiteral("1")} +
                      more);
}

void TestCliWaits::saysWhatItWaitsFor_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<QStringList>("says");
    QTest::addColumn<QString>("told"); // of the receipt, beside what every one has
    const QString open =
        QStringLiteral("No answer tells whether 500 rows from row 501 on arrived. The table is read to "
                       "find out, which may take 1 s and longer");
    QTest::newRow("lost, but stored") << QByteArray(R"("drop":"after")")
                                      << QStringList{open, QStringLiteral("nothing needs to be done."),
                                                     QStringLiteral("500 of these 500 rows are in it.")}
                                      << QStringLiteral("rows_found_by_reading");
    QTest::newRow("lost") << QByteArray(R"("drop":"before")")
                          << QStringList{open, QStringLiteral("It is read again in 1 s; nothing needs to be done."),
                                         QStringLiteral(
                                             "0 of these 500 rows are in it, 500 are not and are sent again.")}
                          << QStringLiteral("rows_sent_again");
    QTest::newRow("429") << QByteArray(R"("status":429,"retry_after":1)")
                         << QStringList{QStringLiteral("Waiting 1 s, then it goes on by itself; nothing needs to be "
                                                       "done.")}
                         << QString();
    QTest::newRow("credentials") << QByteArray(
                                        R"("status":401,"error":{"code":"Unauthorized","description":"expired"})")
                                 << QStringList{QStringLiteral("New ones were obtained; it goes on by itself.")}
                                 << QString();
}

void TestCliWaits::saysWhatItWaitsFor()
{
    QFETCH(QByteArray, fault);
    QFETCH(QStringList, says);
    QFETCH(QString, told);
    strike(fault);
    const Ran ran = append();
    QVERIFY2(ran.code == 0, ran.err.constData());
    for (const QString &sentence : says)
        QVERIFY2(QString::fromUtf8(ran.err).contains(sentence), ran.err.constData());
    const QList<QByteArray> lines = ran.err.trimmed().split('\n');
    for (const QByteArray &line : lines)
        QVERIFY2(line.startsWith("rowdesk-cli: "), line.constData());
    QVERIFY2(lines.size() <= 4, ran.err.constData()); // no line is said twice
    QCOMPARE(ran.out.count('\n'), 1);                 // the receipt alone
    QCOMPARE(ran.json()[QStringLiteral("rows_confirmed")].toInt(), 1234);
    if (!told.isEmpty())
        QCOMPARE(ran.json()[told].toInt(), 500);
}

void TestCliWaits::quietSaysNothing_data()
{
    saysWhatItWaitsFor_data();
}

void TestCliWaits::quietSaysNothing()
{
    QFETCH(QByteArray, fault);
    strike(fault);
    const Ran ran = append({QStringLiteral("--quiet")});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.err.isEmpty(), ran.err.constData());
    QCOMPARE(ran.json()[QStringLiteral("rows_confirmed")].toInt(), 1234);
}

void TestCliWaits::resumeSaysItToo()
{
    m_sandbox->setFaults(R"({"rules":[{"verb":"POST","path":"/row","at":2,"drop":"before"},)"
                         R"({"verb":"GET","path":"?page","times":0,"status":500}]})");
    const Ran stopped = append({QStringLiteral("--wait"), QStringLiteral("0")});
    QCOMPARE(stopped.code, 3);
    QVERIFY2(!stopped.err.contains("The table was read"), stopped.err.constData()); // it could not be
    m_sandbox->setFaults("{}");
    const Ran ran = m_cli->run(
        {QStringLiteral("upload"), QStringLiteral("resume"), stopped.json()[QStringLiteral("job")].toString()});
    QVERIFY2(ran.code == 0, ran.err.constData());
    QVERIFY2(ran.err.contains("No answer tells whether 500 rows from row 501 on arrived."), ran.err.constData());
    QVERIFY2(ran.err.contains("are not and are sent again."), ran.err.constData());
    QCOMPARE(ran.json()[QStringLiteral("rows_confirmed")].toInt(), 1234);
}

QTEST_GUILESS_MAIN(TestCliWaits)
#include "tst_cliwaits.moc"
