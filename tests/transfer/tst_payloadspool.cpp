#include "support/failingcalls.h"
#include "transfer/journalsamples.h"
#include "transfer/payloadspool.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <fcntl.h>
#include <future>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace rowdesk;
using namespace rowdesk::test;

/// The bytes of an upload as they are kept to be sent.
class TestPayloadSpool : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_place = std::make_unique<JournalPlace>(); }
    void spoolIsCheckedBeforeSending();
    void rowsOfAPayload();
    void brokenPayloadsEnd();
    void faultsOfTheDiskAreSaid();
    void interruptedWritesGoOn();
    void withoutALockNothingIsKept();
    void linksAreNotFollowed();
    void folderThatIsGoneIsSaid();
    void fileThatIsRemovedMeanwhileIsMadeAgain();

private:
    std::unique_ptr<JournalPlace> m_place;
};

void TestPayloadSpool::spoolIsCheckedBeforeSending()
{
    const auto journal = m_place->open();
    const QString path = journal->spoolPath(QStringLiteral("a"));
    PayloadSpool spool;
    QVERIFY(!spool.open(path));
    const auto first = spool.add("{\"data\":[1]}");
    const auto second = spool.add("{\"data\":[2]}");
    QVERIFY(first && second && !spool.sync());
    QCOMPARE(readPayload(path, *second).value(), QByteArray("{\"data\":[2]}"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(second->offset + 9) && file.write("3") == 1);
    file.close();
    QVERIFY(readPayload(path, *first));
    QVERIFY(readPayload(path, *second).error().kind == ErrorKind::Local);
    JournalBatch nowhere = *first;
    nowhere.offset = -1;
    QVERIFY(readPayload(path, nowhere).error().kind == ErrorKind::Local);
    QVERIFY(QFile::remove(path));
    QVERIFY(!readPayload(path, *first));
}

void TestPayloadSpool::rowsOfAPayload()
{
    const QByteArray members = R"({"data":[{"a":1,"b":"x,\"]}\\"},{"a":null,"b":{"c":[1,2]}},{"a":-1.5e3,"b":true}]})";
    const auto rows = payloadRows(Dialect::RowShape::Members, members);
    QCOMPARE(rows.size(), size_t(3));
    QCOMPARE(rows[0].values.size(), size_t(2));
    QCOMPARE(rows[0].values[1].toByteArray(), QByteArray(R"("x,\"]}\\")"));
    QCOMPARE(rows[1].values[1].toByteArray(), QByteArray(R"({"c":[1,2]})"));
    QCOMPARE(rows[2].values[0].toByteArray(), QByteArray("-1.5e3"));
    QCOMPARE(payloadOf(rows, {0, 1, 2}), members);
    QCOMPARE(payloadOf(rows, {2}), QByteArray(R"({"data":[{"a":-1.5e3,"b":true}]})"));
    const QByteArray cells = R"({"data":[[{"column":"a:,","value":1},{"column":"b","value":"]"}]]})";
    const auto cellRows = payloadRows(Dialect::RowShape::Cells, cells);
    QCOMPARE(cellRows.size(), size_t(1));
    QCOMPARE(cellRows[0].values.size(), size_t(2));
    QCOMPARE(cellRows[0].values[0].toByteArray(), QByteArray("1"));
    QCOMPARE(cellRows[0].values[1].toByteArray(), QByteArray(R"("]")"));
    QCOMPARE(payloadOf(cellRows, {0}), cells);
}

/// What never comes out of a spool, since its digest is checked, is not read beyond its end either.
void TestPayloadSpool::brokenPayloadsEnd()
{
    const auto rows = [](const char *payload) { return payloadRows(Dialect::RowShape::Members, payload); };
    QCOMPARE(rows(R"({"data":[]})").size(), size_t(0));
    QCOMPARE(rows(R"({"data":[,]})").size(), size_t(0));
    QCOMPARE(rows(R"({"data":[1]})").size(), size_t(1));
    const auto cut = rows(R"({"data":[{"a":1},{"a":"2)");
    QCOMPARE(cut.size(), size_t(2));
    QCOMPARE(cut[0].values[0].toByteArray(), QByteArray("1"));
}

/// Each call in turn: what was kept before it is still there, and nothing is said to be kept that is not.
void TestPayloadSpool::faultsOfTheDiskAreSaid()
{
    const auto journal = m_place->open();
    int at = 0;
    for (bool struck = true; struck;) {
        const QString path = journal->spoolPath(QString::number(++at));
        FailingCall fault("disk", m_place->folder(), at);
        PayloadSpool spool;
        std::optional<ApiError> error = spool.open(path);
        QVector<JournalBatch> kept;
        for (int i = 0; i < 2 && !error; ++i) {
            const Result<JournalBatch> added = spool.add("{\"data\":[1]}");
            if (added)
                kept.append(*added);
            else
                error = added.error();
        }
        if (!error)
            error = spool.sync();
        struck = fault.end();
        QCOMPARE(error.has_value(), struck);
        if (error) {
            QCOMPARE(error->kind, ErrorKind::Local);
            QVERIFY2(error->message.contains(path + QStringLiteral(": No space left")), qPrintable(error->message));
        }
        for (const JournalBatch &batch : kept)
            QVERIFY(readPayload(path, batch));
    }
    QCOMPARE(at, 6); // open, two writes, two syncs, and nothing more
}

void TestPayloadSpool::interruptedWritesGoOn()
{
    const auto journal = m_place->open();
    const QString path = journal->spoolPath(QStringLiteral("a"));
    PayloadSpool spool;
    QVERIFY(!spool.open(path));
    FailingCall interrupted("disk", m_place->folder(), 1, "EINTR");
    const auto added = spool.add("{\"data\":[1]}");
    QVERIFY(interrupted.end());
    QVERIFY(added);
    QCOMPARE(readPayload(path, *added).value(), QByteArray("{\"data\":[1]}"));
}

void TestPayloadSpool::withoutALockNothingIsKept()
{
    const auto journal = m_place->open();
    for (const int at : {1, 2}) {
        FailingCall fault("handle", m_place->folder(), at, "EIO");
        PayloadSpool spool;
        const std::optional<ApiError> error = spool.open(journal->spoolPath(QStringLiteral("a")));
        QVERIFY(fault.end());
        QVERIFY(error && error->kind == ErrorKind::Local);
    }
}

void TestPayloadSpool::linksAreNotFollowed()
{
    const auto journal = m_place->open();
    const QString target = m_place->folder() + QStringLiteral("/elsewhere");
    QVERIFY(QFile::link(target, journal->spoolPath(QStringLiteral("a"))));
    PayloadSpool spool;
    QVERIFY(spool.open(journal->spoolPath(QStringLiteral("a"))));
    QVERIFY(!QFile::exists(target));
}

/// The bytes are on the disk, and there is no name by which they could be found.
void TestPayloadSpool::folderThatIsGoneIsSaid()
{
    const auto journal = m_place->open();
    PayloadSpool spool;
    QVERIFY(!spool.open(journal->spoolPath(QStringLiteral("a"))));
    QVERIFY(spool.add("{\"data\":[1]}"));
    QVERIFY(QDir(m_place->folder()).rename(QStringLiteral("spool"), QStringLiteral("away")));
    const std::optional<ApiError> error = spool.sync();
    QVERIFY(error && error->kind == ErrorKind::Local);
}

/// As when the lock was held by a program that was taking the file away as a leftover.
void TestPayloadSpool::fileThatIsRemovedMeanwhileIsMadeAgain()
{
    const auto journal = m_place->open();
    const QString path = journal->spoolPath(QStringLiteral("a"));
    const QByteArray name = QFile::encodeName(path);
    const int other = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    QVERIFY(other >= 0 && ::flock(other, LOCK_EX) == 0);
    PayloadSpool spool;
    auto opening = std::async(std::launch::async, [&spool, &path] { return spool.open(path); });
    struct stat facts = {};
    const bool isThere = ::fstat(other, &facts) == 0;
    const bool isWaitedFor = QTest::qWaitFor([number = ':' + QByteArray::number(quint64(facts.st_ino)) + ' '] {
        QFile locks(QStringLiteral("/proc/locks"));
        const QList<QByteArray> lines =
            locks.open(QIODevice::ReadOnly) ? locks.readAll().split('\n') : QList<QByteArray>();
        return std::any_of(lines.begin(), lines.end(), [&number](const QByteArray &line) {
            return line.contains("-> FLOCK") && line.contains(number);
        });
    });
    const bool isGone = ::unlink(name.constData()) == 0;
    ::close(other);
    QVERIFY(!opening.get());
    QVERIFY(isThere && isWaitedFor && isGone);
    const auto added = spool.add("{\"data\":[1]}");
    QVERIFY(added && readPayload(path, *added));
}

QTEST_GUILESS_MAIN(TestPayloadSpool)
#include "tst_payloadspool.moc"
