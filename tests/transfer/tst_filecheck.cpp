#include "transfer/filecheck.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;

namespace {

/// Two columns: a number with decimal comma, and text.
QVector<std::optional<ColumnRule>> rules()
{
    ColumnRule number;
    number.type = ColumnType::Number;
    number.marks = {',', '.'};
    return {number, ColumnRule{}};
}

} // namespace

class TestFileCheck : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString write(const QByteArray &bytes) const
    {
        QFile file(m_dir.filePath(QStringLiteral("t.csv")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("can't write the test's file");
        return file.fileName();
    }
    static FileFormat format()
    {
        FileFormat format;
        format.csv.delimiter = ';';
        return format;
    }
    RuledSource source(const QByteArray &bytes, Misfits misfits) const
    {
        Result<std::unique_ptr<RowSource>> rows = openFile(write(bytes), format());
        return RuledSource(std::move(rows).value(), rules(), misfits);
    }

    const QByteArray m_bytes = "n;t\n1.234,5;007\nabc;x\n;y\n2;\"\"\nzz;last\n";

private slots:
    void findsEveryCellThatDoesNotFit()
    {
        const Result<FileCheck> check = checkFile(write(m_bytes), format(), rules());
        QVERIFY(check);
        QCOMPARE(check->rows, 5);
        QCOMPARE(check->badRows, 2);
        QCOMPARE(check->badCells, 2);
        QCOMPARE(check->badCellsOf, (QVector<qint64>{2, 0}));
        QCOMPARE(check->problems[0].line, 3);
        QCOMPARE(check->problems[1].value, QStringLiteral("zz"));
        QVERIFY(!check->problems[0].reason.isEmpty());
    }

    void countsAllAndKeepsTheFirst()
    {
        const QByteArray bytes = "n;t\n" + QByteArray("x;y\n").repeated(FileCheck::mostProblems + 500);
        const Result<FileCheck> check = checkFile(write(bytes), format(), rules());
        QCOMPARE(check->badCells, FileCheck::mostProblems + 500);
        QCOMPARE(check->problems.size(), FileCheck::mostProblems);
    }

    void canBeCancelled()
    {
        FileWork work;
        work.cancel = true;
        const Result<FileCheck> check = checkFile(write(m_bytes), format(), rules(), &work);
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
        Result<std::unique_ptr<RowSource>> rows = openFile(write(m_bytes), format());
        RuledSource source(std::move(rows).value(), {std::nullopt, ColumnRule{}}, Misfits::Stop);
        RowBatch batch(2);
        QCOMPARE(*source.read(batch, 100), 5);
        QCOMPARE(batch.cell(1, 0).kind, CellKind::Null);
    }

    void writesTheProblemsToAFile()
    {
        const QString to = m_dir.filePath(QStringLiteral("problems.csv"));
        const Result<qint64> written = writeProblems(write(m_bytes), format(), rules(), to);
        QVERIFY(written);
        QCOMPARE(*written, 2);
        QFile file(to);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains("3,n,abc,") && text.contains("6,n,zz,"), text.constData());
        QVERIFY(!writeProblems(write(m_bytes), format(), rules(), QStringLiteral("/nowhere/p.csv")));
    }
};

QTEST_GUILESS_MAIN(TestFileCheck)
#include "tst_filecheck.moc"
