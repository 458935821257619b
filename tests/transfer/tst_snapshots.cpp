#include "core/diffsamples.h"
#include "files/tablefile.h"
#include "transfer/rowsfile.h"
#include "transfer/snapshotstore.h"
#include "transfer/tablereading.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

/// Tables that are kept on this computer.
class TstSnapshots : public QObject
{
    Q_OBJECT
private slots:
    void everyCellComesBack();
    void manyRows();
    void damageIsRefused();
    void laterFormatsAreRefused();
    void onlyTheOwnerMayRead();
    void listedAndDeleted();
    void stopped();
    void comparedAsAFile();
    void rowsFileGivesTheRowsBack();

private:
    static DiffTable allKinds()
    {
        return stored({{QStringLiteral("n"), QStringLiteral("été"), QStringLiteral("nothing")},
                       {{number("0.10"), text("a\nb\t\"c\""), none()},
                        {number("123456789012345678901234567890"), text(""), none()},
                        {none(), text("2026-01-31T10:00:00.1234567Z"), none()},
                        {Cell{CellKind::Bool, "true"}, text(std::string("x\0y", 3)), none()},
                        {Cell{CellKind::Json, "[1, {}]"}, text("\xF0\x9F\x98\x80"), none()},
                        {text("00123"), none(), none()}}},
                      2);
    }
    SnapshotInfo infoFor(const DiffTable &table) const
    {
        SnapshotInfo info;
        info.account = QStringLiteral("https://api.example.com/ client");
        info.datasetId = QStringLiteral("1014");
        info.datasetName = QStringLiteral("Weather / été");
        info.version = QStringLiteral("3");
        info.saved = QDateTime(QDate(2026, 1, 31), QTime(10, 20, 30), Qt::UTC);
        info.rows = table.rows.rowCount();
        info.path = SnapshotStore(m_folder.path()).newPath(info.account, info.datasetId, info.saved);
        return info;
    }
    static QByteArray bytesOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static bool write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    QTemporaryDir m_folder;
};

void TstSnapshots::everyCellComesBack()
{
    const DiffTable table = allKinds();
    const SnapshotInfo info = infoFor(table);
    QVERIFY(writeSnapshot(info, table.rows));
    QVERIFY(isSnapshotFile(info.path));
    const Result<SavedTable> saved = readSnapshot(info.path);
    QVERIFY2(saved, qPrintable(saved ? QString() : saved.error().text()));
    QCOMPARE(saved->info.datasetName, info.datasetName);
    QCOMPARE(saved->info.account, info.account);
    QCOMPARE(saved->info.version, info.version);
    QCOMPARE(saved->info.saved, info.saved);
    QCOMPARE(saved->info.rows, 6);
    const TableSnapshot rows = saved->store->snapshot();
    QCOMPARE(rows.columnNames(), table.rows.columnNames());
    QVERIFY(saved->store->isComplete());
    std::string scratchA;
    std::string scratchB;
    for (qsizetype row = 0; row < 6; ++row) {
        for (int column = 0; column < 3; ++column) {
            const CellView before = table.rows.cell(row, column, scratchA);
            const CellView after = rows.cell(row, column, scratchB);
            QVERIFY(before.kind == after.kind);
            QVERIFY(before.text == after.text);
        }
    }
    // No rows, and no columns either.
    for (const Table &empty : {Table{{QStringLiteral("a")}, {}}, Table{{}, {}}}) {
        const DiffTable none = stored(empty);
        const SnapshotInfo its = infoFor(none);
        QVERIFY(writeSnapshot(its, none.rows));
        const Result<SavedTable> again = readSnapshot(its.path);
        QVERIFY(again);
        QCOMPARE(again->store->snapshot().columnNames(), empty.names);
        QCOMPARE(again->store->rowCount(), 0);
    }
}

void TstSnapshots::manyRows()
{
    Table table{{QStringLiteral("id"), QStringLiteral("text")}, {}};
    for (int i = 0; i < 40'000; ++i)
        table.rows.push_back(
            {number(i), text(i % 10'000 == 0 ? std::string(9 << 20, 'x') : "row " + std::to_string(i))});
    const DiffTable many = stored(table, 40'000);
    const SnapshotInfo info = infoFor(many);
    QVERIFY(writeSnapshot(info, many.rows));
    QVERIFY(readSnapshotInfo(info.path).bytes < 2'000'000);
    const Result<SavedTable> saved = readSnapshot(info.path);
    QVERIFY(saved);
    DiffOptions options;
    options.key = {QStringLiteral("id")};
    QVERIFY(compareTables(many, DiffTable::of(QStringLiteral("saved"), *saved->store), options)->isSame());
}

/// Any one changed bit, and any end that is missing, is found; what was read is never given.
void TstSnapshots::damageIsRefused()
{
    const DiffTable table = allKinds();
    const SnapshotInfo info = infoFor(table);
    QVERIFY(writeSnapshot(info, table.rows));
    const QByteArray whole = bytesOf(info.path);
    const QString path = m_folder.filePath(QStringLiteral("damaged.rowsnap"));
    for (qsizetype i = 0; i < whole.size(); ++i) {
        QByteArray damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ (1 << (i % 8)));
        QVERIFY(write(path, damaged));
        const Result<SavedTable> read = readSnapshot(path);
        QVERIFY2(!read, qPrintable(QString::number(i)));
        QVERIFY(read.error().text().contains(QStringLiteral("damaged.rowsnap")));
    }
    for (qsizetype size = 0; size < whole.size(); ++size) {
        QVERIFY(write(path, whole.left(size)));
        QVERIFY(!readSnapshot(path));
    }
    QVERIFY(write(path, whole + 'x'));
    QVERIFY(!readSnapshot(path));
    QVERIFY(!readSnapshot(m_folder.filePath(QStringLiteral("none.rowsnap"))));
    QVERIFY(write(path, "id,v\n1,2\n"));
    QVERIFY(!isSnapshotFile(path));
    QVERIFY(readSnapshotInfo(path).isDamaged());
}

void TstSnapshots::laterFormatsAreRefused()
{
    const DiffTable table = allKinds();
    const SnapshotInfo info = infoFor(table);
    QVERIFY(writeSnapshot(info, table.rows));
    QByteArray later = bytesOf(info.path);
    later[8] = 2;
    QVERIFY(write(info.path, later));
    QVERIFY(readSnapshot(info.path).error().text().contains(QStringLiteral("it has format 2, and this program knows")));
}

void TstSnapshots::onlyTheOwnerMayRead()
{
    const DiffTable table = allKinds();
    const SnapshotInfo info = infoFor(table);
    QVERIFY(writeSnapshot(info, table.rows));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(info.path) & others, QFile::Permissions());
    QCOMPARE(QFile::permissions(QFileInfo(info.path).path()) & (others | QFile::ExeOther), QFile::Permissions());
    QVERIFY(!bytesOf(info.path).contains("00123")); // compressed
}

void TstSnapshots::listedAndDeleted()
{
    QTemporaryDir folder;
    const SnapshotStore store(folder.path());
    const DiffTable table = allKinds();
    SnapshotInfo info = infoFor(table);
    const auto save = [&](const QString &account, const QString &id, int minute) {
        info.account = account;
        info.datasetId = id;
        info.saved = QDateTime(QDate(2026, 1, 31), QTime(10, minute), Qt::UTC);
        info.path = store.newPath(account, id, info.saved);
        return bool(writeSnapshot(info, table.rows));
    };
    const QString me = QStringLiteral("me");
    QVERIFY(save(me, QStringLiteral("1"), 1) && save(me, QStringLiteral("1"), 2) && save(me, QStringLiteral("1"), 2));
    QVERIFY(save(me, QStringLiteral("2"), 3) && save(QStringLiteral("other"), QStringLiteral("1"), 4));
    QVector<SnapshotInfo> list = store.list(me, QStringLiteral("1"));
    QCOMPARE(list.size(), 3);
    QCOMPARE(list[0].saved.time().minute(), 2);
    QCOMPARE(list[2].saved.time().minute(), 1);
    const QVector<SnapshotInfo> all = store.all();
    QCOMPARE(all.size(), 5);
    QCOMPARE(all[0].account, QStringLiteral("other"));
    QCOMPARE(all[1].datasetId, QStringLiteral("2"));
    QCOMPARE(SnapshotStore::nameOf(all[0]), QStringLiteral("20260131T100400-01"));
    QCOMPARE(SnapshotStore::nameOf(list[0]), QStringLiteral("20260131T100200-02"));
    QVERIFY(write(list[1].path, "ROWSNAP\nshort"));
    QVERIFY(store.list(me, QStringLiteral("1"))[1].isDamaged());
    QCOMPARE(store.list(me, QStringLiteral("1"))[1].datasetId, QStringLiteral("1"));
    QVERIFY(store.remove(list[1]));
    QCOMPARE(store.list(me, QStringLiteral("1")).size(), 2);
    SnapshotInfo elsewhere;
    elsewhere.path = m_folder.filePath(QStringLiteral("mine"));
    QVERIFY(write(elsewhere.path, "x"));
    QVERIFY(!store.remove(elsewhere) && QFile::exists(elsewhere.path));
}

void TstSnapshots::stopped()
{
    const DiffTable table = allKinds();
    const SnapshotInfo info = infoFor(table);
    std::atomic_bool cancelled = true;
    QVERIFY(writeSnapshot(info, table.rows, &cancelled).error().kind == ErrorKind::Cancelled);
    QVERIFY(!QFile::exists(info.path));
    QVERIFY(writeSnapshot(info, table.rows));
    QVERIFY(readSnapshot(info.path, &cancelled).error().kind == ErrorKind::Cancelled);
}

void TstSnapshots::comparedAsAFile()
{
    const DiffTable table = allKinds();
    const SnapshotInfo info = infoFor(table);
    QVERIFY(writeSnapshot(info, table.rows));
    TableOrigin origin;
    origin.file = info.path;
    origin.name = QStringLiteral("kept");
    std::optional<Result<WholeTable>> read;
    readWholeTable(nullptr, origin).then(this, [&read](Result<WholeTable> whole) { read = std::move(whole); });
    QTRY_VERIFY(read.has_value());
    QVERIFY(*read);
    QVERIFY(compareTables(table, (*read)->table, {})->isSame());
}

void TstSnapshots::rowsFileGivesTheRowsBack()
{
    const Table all{{QStringLiteral("id"), QStringLiteral("code"), QStringLiteral("note")},
                    {{number(1), text("001"), text("=1+1")},
                     {number(2), text("002"), none()},
                     {number(3), text("003"), text("")},
                     {number(4), text("004"), text("a\n\"b\",c")}}};
    const DiffTable table = stored(all);
    const QString path = m_folder.filePath(QStringLiteral("rows.csv"));
    QVERIFY(writeRowsFile(path, table.rows, {0, 2, 3}));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const Result<TableFile> back = readTableFile(path);
    QVERIFY(back);
    const Table wanted{all.names, {all.rows[0], all.rows[2], all.rows[3]}};
    DiffOptions options;
    options.asWritten = true;
    QVERIFY(compareTables(stored(wanted), DiffTable::of(QStringLiteral("back"), *back->store), options)->isSame());
}

QTEST_GUILESS_MAIN(TstSnapshots)
#include "tst_snapshots.moc"
