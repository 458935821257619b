#include "cli/programs.h"
#include "support/longtest.h"

#include <QRandomGenerator>
#include <QSet>

#include <algorithm>
#include <csignal>

using namespace rowdesk::test;

/// The real program is killed at random moments while it uploads to the real sandbox, and continued until it is done.
/// The table is the truth: every row once. ROWDESK_KILLS (20) sets how often.
class TestCliKills : public QObject, public LongTest
{
    Q_OBJECT

private slots:
    void noRowIsLostOrDoubled_data();
    void noRowIsLostOrDoubled();
    void lostAnswerIsFoundOut_data();
    void lostAnswerIsFoundOut();
    void personDecides_data();
    void personDecides();
    void givesUp();

private:
    QString write(int rows);
    qint64 create(const Cli &cli, bool marker);
    QStringList appendArguments(qint64 id, const QString &file, const QString &mode) const;
    /// The values of the column n, in no order.
    static QList<int> values(const Cli &cli, qint64 id);
    static QJsonObject firstUnfinished(const Cli &cli);
    /// The last upload to the table, over or not; empty when the journal has none.
    static QJsonObject lastUploadTo(const Cli &cli, qint64 id);
    /// Lets a run go on for a random time and kills it. False when it ended before.
    bool killLater(QProcess &process, int longest);
    /// Strikes one append with a lost answer and gives the upload's id.
    QString loseAnswer(const Sandbox &sandbox, const Cli &cli, qint64 id, const QString &file, bool applied);

    QTemporaryDir m_dir;
    QRandomGenerator m_random{20240229};
    int m_tables = 0;
};

QString TestCliKills::write(int rows)
{
    QByteArray csv = "n,text\n";
    for (int i = 1; i <= rows; ++i)
        csv += QByteArray::number(i) + ",row " + QByteArray::number(i) + '\n';
    QFile file(m_dir.filePath(QStringLiteral("rows%1.csv").arg(rows)));
    if (!file.open(QIODevice::WriteOnly) || file.write(csv) != csv.size())
        qFatal("the test's file can't be written");
    return file.fileName();
}

qint64 TestCliKills::create(const Cli &cli, bool marker)
{
    QStringList arguments{QStringLiteral("data"),     QStringLiteral("create"),
                          QStringLiteral("--name"),   QStringLiteral("killed %1").arg(++m_tables),
                          QStringLiteral("--column"), QStringLiteral("n:number"),
                          QStringLiteral("--column"), QStringLiteral("text:text")};
    if (marker)
        arguments << QStringLiteral("--column") << QStringLiteral("rowdesk_upload:text");
    return cli.run(arguments).json()[QStringLiteral("id")].toInteger(-1);
}

QStringList TestCliKills::appendArguments(qint64 id, const QString &file, const QString &mode) const
{
    QStringList arguments{QStringLiteral("data"),     QStringLiteral("append"), QString::number(id), file,
                          QStringLiteral("--settle"), QStringLiteral("1")};
    if (mode == QLatin1String("marker"))
        arguments << QStringLiteral("--marker");
    else if (mode == QLatin1String("key"))
        arguments << QStringLiteral("--key") << QStringLiteral("n");
    return arguments;
}

QList<int> TestCliKills::values(const Cli &cli, qint64 id)
{
    QList<int> values;
    for (const QByteArray &line :
         cli.run(qPrintable(QStringLiteral("data get %1 --format csv").arg(id))).out.split('\n'))
        values << line.left(line.indexOf(',')).toInt();
    values.removeAll(0); // the header and the end
    return values;
}

QJsonObject TestCliKills::firstUnfinished(const Cli &cli)
{
    const Ran listed = cli.run("upload list");
    return QJsonDocument::fromJson(listed.out).array().first().toObject();
}

QJsonObject TestCliKills::lastUploadTo(const Cli &cli, qint64 id)
{
    for (const QJsonValue &upload : QJsonDocument::fromJson(cli.run("upload list --all").out).array()) {
        if (upload[QStringLiteral("id")].toInteger() == id)
            return upload.toObject();
    }
    return {};
}

bool TestCliKills::killLater(QProcess &process, int longest)
{
    const int wait = int(m_random.bounded(longest));
    if (process.waitForFinished(wait))
        return false;
    ::kill(pid_t(process.processId()), SIGKILL);
    process.waitForFinished();
    return true;
}

void TestCliKills::noRowIsLostOrDoubled_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<int>("share"); // of the kills, in percent
    QTest::newRow("marker") << QStringLiteral("marker") << 60;
    QTest::newRow("key") << QStringLiteral("key") << 20;
    QTest::newRow("content") << QStringLiteral("content") << 20;
}

void TestCliKills::noRowIsLostOrDoubled()
{
    QFETCH(QString, mode);
    QFETCH(int, share);
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("ROWDESK_KILLS", &given);
    const int wanted = std::max(1, (given ? asked : 20) * share / 100);
    constexpr int rows = 12'000;
    constexpr int longest = 1200; // msec
    const QString file = write(rows);
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    int kills = 0;
    int uploads = 0;
    while (kills < wanted) {
        const qint64 id = create(cli, mode == QLatin1String("marker"));
        QVERIFY(id > 0);
        QStringList arguments = appendArguments(id, file, mode);
        for (int runs = 0;; ++runs) {
            QVERIFY(runs < 200);
            QProcess process;
            cli.start(process, arguments);
            QVERIFY(process.waitForStarted());
            if (kills < wanted && killLater(process, longest)) {
                ++kills;
            } else {
                const Ran ran = Cli::end(process);
                QVERIFY2(ran.code == 0, ran.err.constData());
                QCOMPARE(ran.json()[QStringLiteral("rows_confirmed")].toInt(), rows);
                break;
            }
            const QJsonObject left = lastUploadTo(cli, id);
            // Killed before the journal had it: nothing was sent, so it is begun anew.
            if (left.isEmpty()) {
                QVERIFY(values(cli, id).isEmpty());
                continue;
            }
            if (left[QStringLiteral("complete")].toBool() && left[QStringLiteral("state")] == QLatin1String("done"))
                break; // killed between its last step and its end
            QCOMPARE(left[QStringLiteral("state")].toString(), QStringLiteral("cut_off"));
            arguments = {QStringLiteral("upload"), QStringLiteral("resume"), left[QStringLiteral("job")].toString()};
        }
        const QList<int> found = values(cli, id);
        const QSet<int> distinct(found.begin(), found.end());
        QCOMPARE(found.size() - distinct.size(), 0);    // doubled
        QCOMPARE(qsizetype(rows) - distinct.size(), 0); // lost
        QVERIFY(firstUnfinished(cli).isEmpty());
        ++uploads;
    }
    qInfo("%d kills over %d uploads of %d rows: 0 lost, 0 doubled", kills, uploads, rows);
}

QString TestCliKills::loseAnswer(const Sandbox &sandbox, const Cli &cli, qint64 id, const QString &file, bool applied)
{
    const QByteArray drop = applied ? "after" : "before";
    const QByteArray number = QByteArray::number(id);
    // Nor can the table be read, or the answer would be found out at once.
    sandbox.setFaults(R"({"rules":[{"verb":"POST","path":"data/)" + number + R"(/","at":2,"drop":")" + drop +
                      R"("},{"verb":"GET","path":"/)" + number + R"(?page","times":0,"status":500}]})");
    const Ran ran = cli.run(appendArguments(id, file, {}) << QStringLiteral("--wait") << QStringLiteral("0"));
    sandbox.setFaults("{}");
    const bool asExpected = ran.code == 3 && ran.json()[QStringLiteral("rows_confirmed")].toInt() == 500 &&
                            ran.json()[QStringLiteral("rows_unknown")].toInt() == 500;
    return asExpected ? ran.json()[QStringLiteral("job")].toString() : QString();
}

void TestCliKills::lostAnswerIsFoundOut_data()
{
    QTest::addColumn<bool>("applied");
    QTest::newRow("stored") << true;
    QTest::newRow("not stored") << false;
}

/// The file is gone by then: what is sent comes from the spool.
void TestCliKills::lostAnswerIsFoundOut()
{
    QFETCH(bool, applied);
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, false);
    const QString file = write(1234);
    const QString job = loseAnswer(sandbox, cli, id, file, applied);
    QVERIFY(!job.isEmpty());
    QVERIFY(QFile::remove(file));
    QCOMPARE(firstUnfinished(cli)[QStringLiteral("state")].toString(), QStringLiteral("paused"));
    const Ran resumed = cli.run({QStringLiteral("upload"), QStringLiteral("resume"), job});
    QVERIFY2(resumed.code == 0, resumed.err.constData());
    QCOMPARE(resumed.json()[QStringLiteral("rows_confirmed")].toInt(), 1234);
    QList<int> found = values(cli, id);
    std::sort(found.begin(), found.end());
    QCOMPARE(found.size(), 1234);
    for (int i = 0; i < found.size(); ++i)
        QCOMPARE(found[i], i + 1);
    const Ran again = cli.run({QStringLiteral("upload"), QStringLiteral("resume"), job});
    QVERIFY(again.code == 1 && again.isOneSentence());
    const Ran shown = cli.run({QStringLiteral("upload"), QStringLiteral("show"), job});
    QCOMPARE(shown.json()[QStringLiteral("state")].toString(), QStringLiteral("done"));
    const QJsonObject states = shown.json()[QStringLiteral("rows_by_state")].toObject();
    QCOMPARE(states[QStringLiteral("CONFIRMED_RB")].toInt(), applied ? 500 : 0);
}

void TestCliKills::personDecides_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addColumn<int>("rows");
    QTest::newRow("there") << QStringLiteral("there") << 1235;
    QTest::newRow("send") << QStringLiteral("send") << 1735;
    QTest::newRow("leave out") << QStringLiteral("leave-out") << 1235;
}

/// Someone else changes the table meanwhile, so that counting tells nothing: then nothing is sent without a decision.
void TestCliKills::personDecides()
{
    QFETCH(QString, choice);
    QFETCH(int, rows);
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, false);
    const QString job = loseAnswer(sandbox, cli, id, write(1234), true);
    QVERIFY(!job.isEmpty());
    sandbox.setFaults("{}");
    QFile other(m_dir.filePath(QStringLiteral("other.csv")));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("n,text\n5000,x\n") > 0);
    other.close();
    QCOMPARE(cli.run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), other.fileName()}).code,
             0);

    const Ran looked = cli.run({QStringLiteral("upload"), QStringLiteral("resume"), job});
    QCOMPARE(looked.code, 3);
    QCOMPARE(looked.json()[QStringLiteral("rows_unknown")].toInt(), 500);
    QVERIFY2(looked.err.contains("until someone decides"), looked.err.constData());
    QCOMPARE(values(cli, id).size(), 1001); // nothing was sent
    const QJsonObject shown = cli.run({QStringLiteral("upload"), QStringLiteral("show"), job}).json();
    QCOMPARE(shown[QStringLiteral("state")].toString(), QStringLiteral("needs_decision"));
    QVERIFY(shown[QStringLiteral("question")]
                .toString()
                .remove(QLatin1Char(','))
                .startsWith(QStringLiteral("We do not know whether 500 rows (501–1000 of rows1234.csv) arrived.")));

    QStringList arguments{QStringLiteral("upload"), QStringLiteral("resume"), job, QStringLiteral("--unknown"), choice};
    const QString saved = m_dir.filePath(QStringLiteral("left out.json"));
    if (choice == QLatin1String("leave-out"))
        arguments << QStringLiteral("--save-rows") << saved;
    const Ran decided = cli.run(arguments);
    // Every row is dealt with, but the table has the other one's row too: that is said.
    QVERIFY2(decided.code == 3 && decided.err.contains("more than it had and what was sent"), decided.err.constData());
    QCOMPARE(decided.json()[QStringLiteral("complete")], QJsonValue(true));
    QCOMPARE(values(cli, id).size(), rows);
    if (choice == QLatin1String("leave-out")) {
        QCOMPARE(QJsonDocument::fromJson(contents(saved)).array().size(), 500);
        QCOMPARE(decided.json()[QStringLiteral("rows_skipped")].toInt(), 500);
    }
}

void TestCliKills::givesUp()
{
    Sandbox sandbox;
    const Cli cli(sandbox.url());
    const qint64 id = create(cli, false);
    const QString job = loseAnswer(sandbox, cli, id, write(1234), true);
    QVERIFY(!job.isEmpty());
    const Ran cancelled = cli.run({QStringLiteral("upload"), QStringLiteral("cancel"), job});
    QCOMPARE(cancelled.code, 0);
    QCOMPARE(cancelled.json()[QStringLiteral("state")].toString(), QStringLiteral("abandoned"));
    QCOMPARE(cancelled.json()[QStringLiteral("rows_unknown")].toInt(), 500);
    QVERIFY(firstUnfinished(cli).isEmpty());
    QCOMPARE(cli.run({QStringLiteral("upload"), QStringLiteral("resume"), job}).code, 1);
    QCOMPARE(cli.run("upload resume nothing").code, 1);
    QCOMPARE(cli.run({QStringLiteral("upload"), QStringLiteral("resume"), job, QStringLiteral("--unknown"),
                      QStringLiteral("maybe")})
                 .code,
             2);
}

QTEST_GUILESS_MAIN(TestCliKills)
#include "tst_clikills.moc"
