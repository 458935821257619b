#include "cli/programs.h"
#include "support/longtest.h"

#include <QSet>

using namespace rowdesk::test;

/// An upload of five calls in which one thing goes wrong: once for every write to the disk and every step of the
/// network that a whole upload takes, counted first. The program is killed there, or the call fails. Then the upload is
/// continued until it is done. The table is the truth: every row once.
///
/// Takes about thirty points of each kind; with ROWDESK_TORTURE=n every n-th, from ROWDESK_TORTURE_FROM (1) on: 3 from
/// 1, 2 and 3 are all of them.
class TestCliTorture : public QObject, public LongTest
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("The faults come from a preloaded library, and the address sanitizer allows none in front of its own.");
#endif
    }
    void init();
    void onePointAtATime_data();
    void onePointAtATime();

private:
    struct Fault
    {
        QString kind;
        QString how;
        int at = 0;
    };

    qint64 create();
    Ran run(const QStringList &arguments, const Fault &fault);
    QStringList values(qint64 id) const;
    QJsonObject lastUploadTo(qint64 id) const;
    /// How many points there are in an upload that nothing happens to.
    int count(const QString &kind);
    void strike(const Fault &fault);

    static constexpr int rows = 2300;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Cli> m_cli;
    QString m_file;
    int m_tables = 0;
    int m_stopped = 0; ///< uploads that the fault ended
    int m_locked = 0;  ///< of them, those that said that the journal is locked
};

void TestCliTorture::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_sandbox = std::make_unique<Sandbox>();
    m_cli = std::make_unique<Cli>(m_sandbox->url());
    m_cli->set("ROWDESK_DATA_DIR", m_dir->filePath(QStringLiteral("data")));
    m_cli->set("ROWDESK_API_VERSION", QStringLiteral("classic"));
    QByteArray csv = "n,text\n";
    for (int i = 1; i <= rows; ++i)
        csv += QByteArray::number(i) + ",row " + QByteArray::number(i) + '\n';
    QFile file(m_dir->filePath(QStringLiteral("rows.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(csv) == csv.size());
    m_file = file.fileName();
}

qint64 TestCliTorture::create()
{
    return m_cli
        ->run({QStringLiteral("data"), QStringLiteral("create"), QStringLiteral("--name"),
               QStringLiteral("torture %1").arg(++m_tables), QStringLiteral("--column"), QStringLiteral("n:number"),
               QStringLiteral("--column"), QStringLiteral("text:text"), QStringLiteral("--column"),
               QStringLiteral("rowdesk_upload:text")})
        .json()[QStringLiteral("id")]
        .toInteger(-1);
}

Ran TestCliTorture::run(const QStringList &arguments, const Fault &fault)
{
    const std::pair<const char *, QString> settings[] = {{"LD_PRELOAD", QStringLiteral(FAILING_CALLS)},
                                                         {"FAIL_KIND", fault.kind},
                                                         {"FAIL_HOW", fault.how},
                                                         {"FAIL_AT", QString::number(fault.at)},
                                                         {"FAIL_FOLDER", m_dir->filePath(QStringLiteral("data"))},
                                                         {"FAIL_COUNT", m_dir->filePath(QStringLiteral("count"))}};
    for (const auto &[name, value] : settings)
        m_cli->set(name, value);
    const Ran ran = m_cli->run(arguments);
    for (const auto &[name, value] : settings)
        m_cli->set(name, {});
    return ran;
}

QStringList TestCliTorture::values(qint64 id) const
{
    QStringList values;
    const Ran read = m_cli->run(qPrintable(QStringLiteral("data get %1 --format csv").arg(id)));
    for (const QByteArray &line : read.out.split('\n').mid(1)) {
        if (!line.isEmpty())
            values << QString::fromUtf8(line.left(line.indexOf(',')));
    }
    return values;
}

QJsonObject TestCliTorture::lastUploadTo(qint64 id) const
{
    for (const QJsonValue &upload : QJsonDocument::fromJson(m_cli->run("upload list --all").out).array()) {
        if (upload[QStringLiteral("id")].toInteger() == id)
            return upload.toObject();
    }
    return {};
}

int TestCliTorture::count(const QString &kind)
{
    const qint64 id = create();
    const Ran ran = run({QStringLiteral("data"), QStringLiteral("append"), QString::number(id), m_file,
                         QStringLiteral("--marker"), QStringLiteral("--settle"), QStringLiteral("0")},
                        {kind, {}, 0});
    return ran.code == 0 ? contents(m_dir->filePath(QStringLiteral("count"))).trimmed().toInt() : -1;
}

void TestCliTorture::strike(const Fault &fault)
{
    const qint64 id = create();
    QVERIFY(id > 0);
    const QStringList append{QStringLiteral("data"),     QStringLiteral("append"),   QString::number(id), m_file,
                             QStringLiteral("--marker"), QStringLiteral("--settle"), QStringLiteral("0")};
    Ran ran = run(append, fault);
    m_stopped += ran.code != 0 ? 1 : 0;
    m_locked += ran.err.contains("Another program keeps the journal") ? 1 : 0;
    QVERIFY2(fault.kind != QLatin1String("lock") || !ran.err.contains("damaged"), ran.err.constData());
    for (int more = 0; ran.code != 0; ++more) {
        QVERIFY2(more < 5, ran.err.constData());
        const qsizetype there = values(id).size();
        const QJsonObject left = lastUploadTo(id);
        // What a program that was not killed said is so.
        if (ran.code > 0 && !ran.out.isEmpty()) {
            const QJsonObject receipt = ran.json();
            const qint64 confirmed = receipt[QStringLiteral("rows_confirmed")].toInteger();
            const qint64 unknown = receipt[QStringLiteral("rows_unknown")].toInteger();
            QVERIFY2(there >= confirmed && there <= confirmed + unknown, ran.out.constData());
        }
        if (left[QStringLiteral("complete")].toBool() && left[QStringLiteral("state")] == QLatin1String("done"))
            break;
        const bool isOver = left.isEmpty() || left[QStringLiteral("state")] == QLatin1String("abandoned");
        QVERIFY(!isOver || there == 0); // then nothing was sent, and it is begun anew
        ran = m_cli->run(isOver ? append
                                : QStringList{QStringLiteral("upload"), QStringLiteral("resume"),
                                              left[QStringLiteral("job")].toString()});
    }
    const QStringList found = values(id);
    QCOMPARE(QSet<QString>(found.begin(), found.end()).size(), rows); // none lost
    QCOMPARE(found.size(), rows);                                     // none doubled
}

void TestCliTorture::onePointAtATime_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("how");
    const auto row = [](const char *kind, const char *how) {
        QTest::addRow("%s %s", kind, how) << QString::fromLatin1(kind) << QString::fromLatin1(how);
    };
    row("disk", "kill");
    row("disk", "ENOSPC");
    row("disk", "EIO");
    row("net", "kill");
    row("net", "ECONNRESET");
    row("lock", "SQLITE_BUSY");
}

void TestCliTorture::onePointAtATime()
{
    QFETCH(QString, kind);
    QFETCH(QString, how);
    const int points = count(kind);
    QVERIFY(points > 20);
    bool given = false;
    const int chosen = qEnvironmentVariableIntValue("ROWDESK_TORTURE", &given);
    const int every = std::max(1, given ? chosen : points / 30);
    const int first = std::max(1, qEnvironmentVariableIntValue("ROWDESK_TORTURE_FROM"));
    int struck = 0;
    m_stopped = 0;
    m_locked = 0;
    for (int at = first; at <= points; at += every, ++struck) {
        strike({kind, how, at});
        if (QTest::currentTestFailed()) {
            qWarning("point %d of %d", at, points);
            return;
        }
    }
    // A connection that breaks does not: the upload finds out and goes on by itself.
    QVERIFY(m_stopped > 0 || how == QLatin1String("ECONNRESET"));
    QVERIFY(kind != QLatin1String("lock") || m_locked > 0); // it came to the program as what it is
    qInfo("%d of %d points from %d on, %d ended the upload: 0 lost, 0 doubled", struck, points, first, m_stopped);
}

QTEST_GUILESS_MAIN(TestCliTorture)
#include "tst_clitorture.moc"
