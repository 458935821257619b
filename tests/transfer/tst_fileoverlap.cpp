#include "transfer/fileoverlap.h"

#include "core/columnstore.h"
#include "files/filefixture.h"
#include "transfer/ruledsource.h"

#include <QTest>

using namespace rowdesk;

namespace {

using Bits = std::vector<int>;

Schema target()
{
    return {{{QStringLiteral("id"), ColumnType::Number},
             {QStringLiteral("day"), ColumnType::Date},
             {QStringLiteral("name"), ColumnType::Text}}};
}

RowRules rules(Misfits misfits = Misfits::Stop)
{
    ColumnRule number;
    number.type = ColumnType::Number;
    ColumnRule date;
    date.type = ColumnType::Date;
    RowRules all;
    all.columns = {number, date, ColumnRule{}};
    all.misfits = misfits;
    return all;
}

/// What the service has: its numbers and days are not written as the file's are.
TableSnapshot table()
{
    RowBatch rows(3);
    const auto add = [&rows](const char *id, const char *day, const char *name) {
        rows.beginRow(1);
        rows.addCell(CellKind::Number, id);
        rows.addCell(CellKind::Text, day);
        name ? rows.addCell(CellKind::Text, name) : rows.addCell(CellKind::Null, {});
    };
    add("1.0", "2025-01-01T00:00:00", "a");
    add("2", "2025-01-02", "b");
    add("2", "2025-01-02", "b2");
    add("3", "2025-01-03", nullptr);
    ColumnStore store;
    store.append(
        chunkFromBatch({QStringLiteral("name of nothing"), QStringLiteral("x"), QStringLiteral("y")}, RowBatch(3)));
    store.append(chunkFromBatch(target().names(), rows));
    store.setComplete();
    return store.snapshot();
}

OverlapQuestion question(const QStringList &key, bool withTable = true)
{
    OverlapQuestion asked{target(), {0, 1, 2}, key, {}};
    if (withTable)
        asked.table = table();
    return asked;
}

const QStringList byId{QStringLiteral("id")};

} // namespace

class TestFileOverlap : public QObject
{
    Q_OBJECT

    test::FileFixture m_files;

    FileOverlap find(const QByteArray &rows, const OverlapQuestion &asked) const
    {
        return findOverlap(m_files.write("id,day,name\n" + rows), FileFormat(), rules(), asked).value();
    }

    static Bits bits(const FileOverlap &overlap) { return {overlap.rows.begin(), overlap.rows.end()}; }

private slots:
    void sameDifferentAndNew()
    {
        const FileOverlap found =
            find("1,2025-01-01,a\n2,2025-01-02,b2\n3,2025-01-03,\"\"\n4,2025-01-04,d\n", question(byId));
        QCOMPARE(found.tableRows, 4);
        QCOMPARE(found.same, 2);
        QCOMPARE(found.different, 1); // no value is not empty text
        QCOMPARE(found.newRows, 1);
        QCOMPARE(bits(found),
                 (Bits{FileOverlap::There, FileOverlap::There, FileOverlap::There | FileOverlap::Differs, 0}));
    }

    void aRowWithoutAKeyIsNew()
    {
        const FileOverlap found = find(",2025-01-01,a\n,2025-01-01,a\n", question(byId));
        QCOMPARE(found.newRows, 2);
        QCOMPARE(found.withoutKey, 2);
        QCOMPARE(found.repeats, 0);
    }

    void aKeyOfSeveralColumns()
    {
        const QStringList key{QStringLiteral("id"), QStringLiteral("name")};
        const FileOverlap found = find("2,2025-01-02,b\n2,2025-01-09,b2\n2,2025-01-02,c\n", question(key));
        QCOMPARE(found.same, 1);
        QCOMPARE(found.different, 1);
        QCOMPARE(found.newRows, 1);
    }

    void theWholeRow()
    {
        const FileOverlap found = find("1,2025-01-01,a\n1,2025-01-01,A\n", question(target().names()));
        QCOMPARE(found.same, 1);
        QCOMPARE(found.different, 0);
        QCOMPARE(found.newRows, 1);
    }

    void repeatsInsideTheFile()
    {
        const FileOverlap found =
            find("7,2025-01-01,a\n8,2025-01-01,a\n7.0,2025-01-02,b\n7,2025-01-02,c\n", question(byId, false));
        QCOMPARE(found.newRows, 2);
        QCOMPARE(found.repeats, 2);
        OverlapChoice firstOnly;
        firstOnly.sendRepeats = false;
        QCOMPARE(found.rowsLeftOut(firstOnly, Misfits::Stop), 2);
        QCOMPARE(found.rowsLeftOut(OverlapChoice(), Misfits::Stop), 0);
    }

    void aRowThatGoesAsAMisfitIsNotTheFirstOfItsKey()
    {
        const FileOverlap found = find("7,never,a\n7,2025-01-02,b\n7,2025-01-03,c\n", question(byId, false));
        OverlapChoice firstOnly;
        firstOnly.sendRepeats = false;
        // With the misfit left out the second row is the first of its key; with an empty cell the misfit is.
        QVERIFY(!found.leavesOut(0, firstOnly, Misfits::LeaveOut));
        QVERIFY(!found.leavesOut(1, firstOnly, Misfits::LeaveOut));
        QVERIFY(found.leavesOut(2, firstOnly, Misfits::LeaveOut));
        QCOMPARE(found.rowsLeftOut(firstOnly, Misfits::SendEmpty), 2);
        QVERIFY(!found.leavesOut(0, firstOnly, Misfits::SendEmpty));
    }

    void theUploadGetsWhatWasCounted()
    {
        const QByteArray rows =
            "1,2025-01-01,a\n3,2025-01-03,other\n9,never,x\n9,2025-01-09,y\n9,2025-01-10,z\n5,2025-01-05,e\n";
        const QString path = m_files.write("id,day,name\n" + rows);
        for (const Misfits misfits : {Misfits::LeaveOut, Misfits::SendEmpty}) {
            for (int bits = 0; bits < 8; ++bits) {
                RowRules all = rules(misfits);
                all.overlapChoice = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
                all.overlap = std::make_shared<const FileOverlap>(
                    findOverlap(path, FileFormat(), rules(), question(byId)).value());
                const qint64 expected =
                    6 - (misfits == Misfits::LeaveOut ? 1 : 0) - all.overlap->rowsLeftOut(all.overlapChoice, misfits);
                RuledSource source(openFile(path, FileFormat()).value(), all);
                RowBatch batch(3);
                QCOMPARE(*source.read(batch, 100), expected);
                QCOMPARE(source.rowsLeftOut(), 6 - expected);
            }
        }
    }

    void canBeCancelled()
    {
        FileWork work;
        work.cancel = true;
        const Result<FileOverlap> found =
            findOverlap(m_files.write("id,day,name\n1,2025-01-01,a\n"), FileFormat(), rules(), question(byId), &work);
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestFileOverlap)
#include "tst_fileoverlap.moc"
