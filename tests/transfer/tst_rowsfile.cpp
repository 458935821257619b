#include "transfer/rowsfile.h"

#include "core/columnstore.h"
#include "support/failingcalls.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

TableSnapshot table(int rows)
{
    RowBatch batch(1);
    for (int i = 0; i < rows; ++i) {
        batch.beginRow(i + 1);
        batch.addCell(CellKind::Text, std::string(100, 'x'));
    }
    ColumnStore store;
    store.append(chunkFromBatch({QStringLiteral("text")}, batch));
    store.setComplete();
    return store.snapshot();
}

std::vector<quint32> all(int rows)
{
    std::vector<quint32> chosen(static_cast<size_t>(rows));
    std::iota(chosen.begin(), chosen.end(), 0U);
    return chosen;
}

} // namespace

/// Rows that are kept as a file until a person has looked at them.
class TestRowsFile : public QObject
{
    Q_OBJECT
private slots:
    void appearsAsAWholeOrNotAtAll();
    void whereItCantBeMade();
    void stopped();
    void newNames();

private:
    QTemporaryDir m_dir;
};

/// Each call of the disk in turn goes wrong.
void TestRowsFile::appearsAsAWholeOrNotAtAll()
{
    for (const int rows : {1, 10'000}) {
        const TableSnapshot rowsToWrite = table(rows);
        int at = 0;
        for (bool struck = true; struck;) {
            const QString path = m_dir.filePath(QStringLiteral("%1 rows %2.csv").arg(rows).arg(++at));
            FailingCall fault("disk", m_dir.path(), at);
            const Result<Done> written = writeRowsFile(path, rowsToWrite, all(rows));
            struck = fault.end();
            QCOMPARE(bool(written), QFile::exists(path));
            QVERIFY(written ? QFileInfo(path).size() > rows * 100 : written.error().kind == ErrorKind::File);
            QVERIFY(written || struck);
        }
        QVERIFY(at > 2);
    }
}

void TestRowsFile::whereItCantBeMade()
{
    QCOMPARE(writeRowsFile(QStringLiteral("/no/such/folder/rows.csv"), table(1), all(1)).error().kind, ErrorKind::File);
}

void TestRowsFile::stopped()
{
    const std::atomic_bool cancelled = true;
    const QString path = m_dir.filePath(QStringLiteral("stopped.csv"));
    QCOMPARE(writeRowsFile(path, table(1), all(1), &cancelled).error().kind, ErrorKind::Cancelled);
    QVERIFY(!QFile::exists(path));
}

/// None is written over another, and nobody else may look.
void TestRowsFile::newNames()
{
    const QByteArray before = qgetenv("ROWDESK_DATA_DIR");
    qputenv("ROWDESK_DATA_DIR", QFile::encodeName(m_dir.path()));
    QStringList names;
    for (int i = 0; i < 3; ++i) {
        QFile file(newStagedFile(QStringLiteral("Orders, put back")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::NewOnly));
        names << QFileInfo(file).fileName();
    }
    QCOMPARE(names, (QStringList{QStringLiteral("Orders, put back.csv"), QStringLiteral("Orders, put back (2).csv"),
                                 QStringLiteral("Orders, put back (3).csv")}));
    QCOMPARE(QFile::permissions(m_dir.filePath(QStringLiteral("staged"))) &
                 (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
    qputenv("ROWDESK_DATA_DIR", before);
}

QTEST_GUILESS_MAIN(TestRowsFile)
#include "tst_rowsfile.moc"
