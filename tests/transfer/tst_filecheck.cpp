#include "transfer/filecheck.h"

#include "files/filefixture.h"
#include "transfer/ruledsource.h"

#include <QFile>
#include <QTest>

using namespace rowdesk;

namespace {

/// Two columns: a number with decimal comma, and text.
RowRules rules(Misfits misfits = Misfits::Stop)
{
    ColumnRule number;
    number.type = ColumnType::Number;
    number.marks = {',', '.'};
    RowRules rules;
    rules.columns = {number, ColumnRule{}};
    rules.misfits = misfits;
    return rules;
}

} // namespace

class TestFileCheck : public QObject
{
    Q_OBJECT

    test::FileFixture m_files;
    static FileFormat format()
    {
        FileFormat format;
        format.csv.delimiter = ';';
        return format;
    }
    RuledSource source(const QByteArray &bytes, Misfits misfits) const
    {
        Result<std::unique_ptr<RowSource>> rows = openFile(m_files.write(bytes), format());
        return RuledSource(std::move(rows).value(), rules(misfits));
    }

    const QByteArray m_bytes = "n;t\n1.234,5;007\nabc;x\n;y\n2;\"\"\nzz;last\n";

private slots:
    void findsEveryCellThatDoesNotFit()
    {
        const Result<FileCheck> check = checkFile(m_files.write(m_bytes), format(), rules());
        QVERIFY(check);
        QCOMPARE(check->rows, 5);
        QCOMPARE(check->badRows, 2);
        QCOMPARE(check->badCells, 2);
        QCOMPARE(check->badCellsOf, (QVector<qint64>{2, 0}));
        QCOMPARE(check->groups.size(), 1);
        QCOMPARE(check->groups[0].cells, 2);
        QCOMPARE(check->groups[0].reason, ValueProblem::NotANumber);
        QCOMPARE(check->groups[0].values.value("abc"), 1);
        QCOMPARE(check->problems()[0].line, 3);
        QCOMPARE(check->problems()[1].text, QByteArray("zz"));
    }

    void countsAllAndKeepsTheFirst()
    {
        const QByteArray bytes = "n;t\n" + QByteArray("x;y\n").repeated(FileCheck::mostProblems + 500);
        const Result<FileCheck> check = checkFile(m_files.write(bytes), format(), rules());
        QCOMPARE(check->badCells, FileCheck::mostProblems + 500);
        QCOMPARE(check->problems().size(), FileCheck::mostProblems);
    }

    void canBeCancelled()
    {
        FileWork work;
        work.cancel = true;
        const Result<FileCheck> check = checkFile(m_files.write(m_bytes), format(), rules(), &work);
        QVERIFY(!check);
        QCOMPARE(check.error().kind, ErrorKind::Cancelled);
    }

    void sendsWhatTheRulesSay()
    {
        RuledSource rows = source(m_bytes, Misfits::SendEmpty);
        RowBatch batch(2);
        QCOMPARE(*rows.read(batch, 100), 5);
        QCOMPARE(batch.cell(0, 0).text, "1234.5");
        QCOMPARE(batch.cell(0, 0).kind, CellKind::Number);
        QCOMPARE(batch.cell(0, 1).text, "007");
        QCOMPARE(batch.cell(1, 0).kind, CellKind::Null); // the misfit
        QCOMPARE(batch.cell(2, 0).kind, CellKind::Null); // nothing there
        QCOMPARE(batch.cell(3, 1).kind, CellKind::Text); // empty text is not "no value"
        QCOMPARE(batch.sourceLine(4), 6);
        QCOMPARE(*rows.read(batch, 100), 0);
    }

    void leavesRowsOutAndCountsThem()
    {
        RuledSource rows = source(m_bytes, Misfits::LeaveOut);
        RowBatch batch(2);
        QCOMPARE(*rows.read(batch, 2), 2); // goes on until the limit is reached
        QCOMPARE(*rows.read(batch, 2), 1);
        QCOMPARE(*rows.read(batch, 2), 0);
        QCOMPARE(rows.rowsLeftOut(), 2);
        QCOMPARE(batch.sourceLine(1), 4);
    }

    void stopsAtAMisfitWithItsPlace()
    {
        RuledSource rows = source(m_bytes, Misfits::Stop);
        RowBatch batch(2);
        const Result<qsizetype> read = rows.read(batch, 100);
        QVERIFY(!read);
        QVERIFY(read.error().message.contains(u'3'));
        QVERIFY(read.error().message.contains(QStringLiteral("abc")));
    }

    void aColumnWithoutARuleIsNotSent()
    {
        Result<std::unique_ptr<RowSource>> rows = openFile(m_files.write(m_bytes), format());
        RowRules some;
        some.columns = {std::nullopt, ColumnRule{}};
        RuledSource source(std::move(rows).value(), some);
        RowBatch batch(2);
        QCOMPARE(*source.read(batch, 100), 5);
        QCOMPARE(batch.cell(1, 0).kind, CellKind::Null);
    }

    void rowsWithProblemsComeBackAsAFile()
    {
        const QString to = m_files.path(QStringLiteral("problems.csv"));
        const Result<ProblemRows> written = writeProblemRows(m_files.write(m_bytes), format(), rules(), to);
        QVERIFY(written);
        QCOMPARE(written->rows, 2);
        QCOMPARE(written->cells, 2);
        const Result<FileFormat> found = detectFormat(to);
        QVERIFY(found);
        const Result<std::unique_ptr<RowSource>> rows = openFile(to, *found);
        QVERIFY(rows);
        QCOMPARE((*rows)->columnNames().first(2), (QStringList{QStringLiteral("n"), QStringLiteral("t")}));
        RowBatch batch(4);
        QCOMPARE(*(*rows)->read(batch, 10), 2);
        QCOMPARE(batch.cell(0, 0).text, "abc");
        QCOMPARE(batch.cell(0, 1).text, "x");
        QCOMPARE(batch.cell(0, 2).text, "3"); // its line in the file
        QVERIFY(batch.cell(0, 3).text.find("abc") != std::string_view::npos);
        QCOMPARE(batch.cell(1, 2).text, "6");
        QVERIFY(!writeProblemRows(m_files.write(m_bytes), format(), rules(), QStringLiteral("/nowhere/p.csv")));
    }

    void aFixIsReadInThePlaceOfTheCell()
    {
        RowRules fixed = rules();
        fixed.fixes.cells.insert({3, 0}, "7,5");
        fixed.fixes.alike.insert({0, "zz"}, QByteArray()); // no value
        const QString path = m_files.write(m_bytes + "zz;twice\n");
        const Result<FileCheck> check = checkFile(path, format(), fixed);
        QVERIFY(check);
        QCOMPARE(check->badCells, 0);
        Result<std::unique_ptr<RowSource>> rows = openFile(path, format());
        RuledSource source(std::move(rows).value(), fixed);
        RowBatch batch(2);
        QCOMPARE(*source.read(batch, 100), 6);
        QCOMPARE(batch.cell(1, 0).text, "7.5");
        QCOMPARE(batch.cell(4, 0).kind, CellKind::Null);
        QCOMPARE(batch.cell(5, 0).kind, CellKind::Null);
        QCOMPARE(batch.cell(5, 1).text, "twice");
        fixed.fixes.cells.insert({3, 0}, "also wrong");
        QCOMPARE(checkFile(path, format(), fixed)->badCells, 1);
    }
};

QTEST_GUILESS_MAIN(TestFileCheck)
#include "tst_filecheck.moc"
