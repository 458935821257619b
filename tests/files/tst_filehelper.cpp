#include "files/helperprocess.h"
#include "files/xlsxdetector.h"
#include "files/xlsxfixture.h"
#include "files/xlsxtable.h"

#include <QTest>

#include <cerrno>
#include <sys/wait.h>

using namespace rowdesk;
using namespace rowdesk::test;

class TestFileHelper : public QObject
{
    Q_OBJECT

    static QByteArray bigSheet(int rows)
    {
        QByteArray xml;
        for (int row = 1; row <= rows; ++row) {
            const QByteArray number = QByteArray::number(row);
            xml += "<row r=\"" + number + "\"><c r=\"A" + number + "\"><v>" + number + "</v></c><c r=\"B" + number +
                   "\" t=\"inlineStr\"><is><t>text " + number + "</t></is></c></row>";
        }
        return XlsxFixture::sheet(xml);
    }
    static XlsxFormat plainFormat()
    {
        XlsxFormat format;
        format.hasHeader = false;
        format.columnCount = 2;
        return format;
    }
    static bool noChildIsLeft() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

private slots:
    void cleanup() { QVERIFY(noChildIsLeft()); }

    void theHelperGivesWhatTheReaderGives()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = bigSheet(20000);
        const QString path = book.write();
        auto here = XlsxReader::open(path, plainFormat());
        auto there = XlsxTable::open(path, plainFormat());
        QVERIFY(here && there);
        RowBatch expected(2);
        RowBatch got(2);
        QCOMPARE(*(*here)->read(expected, 100000), 20000);
        QCOMPARE(*(*there)->read(got, 7), 7);
        QCOMPARE(*(*there)->read(got, 100000), 20000 - 7);
        QCOMPARE(shown(got), shown(expected));
        QCOMPARE(got.sourceLine(19999), 20000);
        QCOMPARE(*(*there)->read(got, 1), 0);
        QCOMPARE((*there)->counts().rows, 20000);
        QCOMPARE((*there)->columnNames(), (*here)->columnNames());
    }

    void faultsComeAfterTheRowsBeforeThem()
    {
        XlsxFixture book;
        QByteArray sheet = bigSheet(5000);
        book.parts["xl/worksheets/sheet1.xml"] = sheet.left(sheet.size() - 40);
        auto table = XlsxTable::open(book.write(), plainFormat());
        QVERIFY(table);
        RowBatch batch(2);
        QVERIFY(*(*table)->read(batch, 100000) > 4000);
        const auto end = (*table)->read(batch, 1);
        QVERIFY(!end);
        QCOMPARE(end.error().code, QStringLiteral("xlsx.xml"));
    }

    void whoeverStopsEarlyLeavesNoProcess()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = bigSheet(50000);
        auto table = XlsxTable::open(book.write(), plainFormat());
        RowBatch batch(2);
        QCOMPARE(*(*table)->read(batch, 1), 1);
    }

    /// Bad input 58: whatever ends the helper, the program lives and says what could not be read.
    void aHelperThatStopsIsAnErrorAndNoMore()
    {
        auto helper = HelperProcess::start({FrameKind::End, {}}); // a question that it ends at
        QVERIFY(helper);
        const auto answer = (*helper)->next();
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, QStringLiteral("helper.died"));
        QVERIFY(answer.error().message.contains(QStringLiteral("could not be read")));
    }

    void containersThatLieAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("code");
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = bigSheet(2000);
        QFile file(book.write());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray good = file.readAll();
        const qsizetype directory = good.indexOf("PK\x01\x02");
        const qsizetype sheetEntry = good.indexOf("xl/worksheets/sheet1.xml", directory) - 46;
        QVERIFY(directory > 0 && sheetEntry > 0);
        QTest::newRow("whole") << good << QByteArray();
        QTest::newRow("30 no zip") << QByteArray("PK\x03\x04 nothing") << QByteArray("zip.damaged");
        QTest::newRow("30 cut") << good.left(good.size() / 2) << QByteArray("zip.damaged");
        QByteArray size = good;
        size.replace(sheetEntry + 24, 4, QByteArray("\xf0\xff\xff\xff", 4));
        QTest::newRow("32 size of 4 GB") << size << QByteArray("zip.damaged");
        QByteArray checksum = good;
        checksum[sheetEntry + 16] = static_cast<char>(checksum[sheetEntry + 16] ^ 1);
        QTest::newRow("33 checksum in the directory") << checksum << QByteArray("zip.damaged");
        QByteArray name = good;
        name.replace("xl/worksheets/sheet1.xml", "XL/WORKSHEETS/SHEET1.XML"); // the relationship has small letters
        QTest::newRow("names in another case") << name << QByteArray();
    }
    void containersThatLieAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, code);
        XlsxFixture book;
        auto table = XlsxTable::open(book.writeBytes(bytes), plainFormat());
        if (!table) {
            QCOMPARE(table.error().code.toLatin1(), code);
            return;
        }
        RowBatch batch(2);
        auto got = (*table)->read(batch, 100000);
        if (got && !code.isEmpty())
            got = (*table)->read(batch, 1);
        QCOMPARE(got ? QByteArray() : got.error().code.toLatin1(), code);
    }

    /// Bad input 36.
    void bombsAreRefusedAtSight()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/sheet1.xml"] = XlsxFixture::sheet(QByteArray(100 << 20, ' '));
        QCOMPARE(XlsxTable::open(book.write(), plainFormat()).error().code, QStringLiteral("zip.limit"));
    }

    /// Bad input 35.
    void entryNamesNeverBecomePaths()
    {
        XlsxFixture book;
        book.parts["../../outside.txt"] = "x";
        book.parts["/absolute.txt"] = "x";
        book.parts["C:\\windows.txt"] = "x";
        const QString path = book.write();
        QVERIFY(readXlsxOutline(path));
        const QDir folder = QFileInfo(path).dir();
        QCOMPARE(folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{QStringLiteral("book.xlsx")});
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("../../outside.txt"))));
    }

    /// Bad input 34.
    void duplicateEntriesAreRefused()
    {
        XlsxFixture book;
        book.parts["xl/worksheets/Sheet1.xml"] = XlsxFixture::sheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>");
        QCOMPARE(XlsxTable::open(book.write(), plainFormat()).error().code, QStringLiteral("zip.duplicate"));
    }
};

QTEST_GUILESS_MAIN(TestFileHelper)
#include "tst_filehelper.moc"
