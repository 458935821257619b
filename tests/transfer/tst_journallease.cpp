#include "transfer/journalsamples.h"

#include <QFile>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// When a process began, as the kernel has it: field 22 of proc(5), of which two stand before the name's end.
QString startOf(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    return stat.open(QIODevice::ReadOnly)
               ? QString::fromUtf8(stat.readAll()).section(QLatin1Char(')'), -1).split(QLatin1Char(' ')).value(20)
               : QString();
}

/// A program that does nothing but be there.
class OtherProgram
{
public:
    OtherProgram() : m_pid(::fork())
    {
        if (m_pid == 0) {
            ::pause();
            ::_exit(0);
        }
        m_started = startOf(m_pid);
    }
    ~OtherProgram()
    {
        die();
        bury();
    }
    Q_DISABLE_COPY_MOVE(OtherProgram)

    /// It stays in the list of processes until bury().
    void die() const
    {
        ::kill(m_pid, SIGKILL);
        siginfo_t facts = {};
        ::waitid(P_PID, id_t(m_pid), &facts, WEXITED | WNOWAIT);
    }
    void bury() const { ::waitpid(m_pid, nullptr, 0); }

    /// Makes it the holder of every lease.
    void takeLeases(const QString &folder) const
    {
        changeJournal(folder, {QStringLiteral("UPDATE lease SET pid=%1, started='%2'").arg(m_pid).arg(m_started)});
    }

private:
    pid_t m_pid;
    QString m_started;
};

const QString table = QStringLiteral("table");
const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");

} // namespace

/// Who may write to a table: one program, and one job of it.
class TestJournalLease : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_place = std::make_unique<JournalPlace>();
        m_mine = m_place->open();
    }
    void oneJobATable();
    void anotherProgramsTable();
    void leaseOfADeadProgramIsTaken_data();
    void leaseOfADeadProgramIsTaken();
    void leaseThatWasTakenIsNotGivenBack();

private:
    std::unique_ptr<JournalPlace> m_place;
    std::shared_ptr<UploadJournal> m_mine;
};

void TestJournalLease::oneJobATable()
{
    QVERIFY(m_mine->takeLease(table, a));
    QVERIFY(m_mine->takeLease(table, a));  // still mine
    QVERIFY(!m_mine->takeLease(table, b)); // not two jobs
    QVERIFY(m_mine->takeLease(QStringLiteral("other"), b));
    QVERIFY(!m_mine->isHeldElsewhere(a));
    m_mine->returnLease(a);
    QVERIFY(m_mine->takeLease(table, QStringLiteral("c")));
}

void TestJournalLease::anotherProgramsTable()
{
    const OtherProgram other;
    QVERIFY(m_mine->takeLease(table, a));
    other.takeLeases(m_place->folder());
    QVERIFY(m_mine->isHeldElsewhere(a));
    QVERIFY(m_mine->takeLease(table, a).error().message.contains(QStringLiteral("Another Rowdesk")));
    QVERIFY(m_mine->takeLease(table, b).error().message.contains(QStringLiteral("Another upload")));
    m_mine->returnLease(a); // not ours to give back
    QVERIFY(!m_mine->takeLease(table, b));
}

void TestJournalLease::leaseOfADeadProgramIsTaken_data()
{
    QTest::addColumn<bool>("buried");
    QTest::addColumn<QString>("damage");
    QTest::newRow("it is gone") << true << QString();
    QTest::newRow("nobody has asked after it yet") << false << QString();
    QTest::newRow("its number was given to someone else") << false << QStringLiteral("UPDATE lease SET started='1'");
    QTest::newRow("nobody knows when it began") << false << QStringLiteral("UPDATE lease SET started=''");
    QTest::newRow("before the computer was started again") << false << QStringLiteral("UPDATE lease SET boot_id='x'");
}

void TestJournalLease::leaseOfADeadProgramIsTaken()
{
    QFETCH(bool, buried);
    QFETCH(QString, damage);
    const OtherProgram other;
    QVERIFY(m_mine->takeLease(table, a));
    other.takeLeases(m_place->folder());
    QVERIFY(m_mine->isHeldElsewhere(a));
    if (damage.isEmpty())
        other.die();
    else
        changeJournal(m_place->folder(), {damage});
    if (buried)
        other.bury();
    QVERIFY(!m_mine->isHeldElsewhere(a));
    QVERIFY(m_mine->takeLease(table, b));
}

/// A program that was held for dead, with its clock and its number, comes back.
void TestJournalLease::leaseThatWasTakenIsNotGivenBack()
{
    QVERIFY(m_mine->takeLease(table, a));
    const OtherProgram other;
    other.takeLeases(m_place->folder());
    m_mine->returnLease(a);
    QVERIFY(m_mine->isHeldElsewhere(a));
}

QTEST_GUILESS_MAIN(TestJournalLease)
#include "tst_journallease.moc"
