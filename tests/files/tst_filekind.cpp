#include "files/filefixture.h"
#include "files/filekind.h"

#include <QTest>

#include <sys/stat.h>

using namespace rowdesk;
using namespace rowdesk::test;

class TestFileKind : public QObject
{
    Q_OBJECT
    FileFixture m_files;

private slots:
    void recognisedByContent_data()
    {
        using enum FileKind;
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const QByteArray &content, FileKind kind) {
            QTest::newRow(name) << content << static_cast<int>(kind);
        };
        row("text", "a,b\n1,2\n", Text);
        row("empty", "", Empty);
        row("only a mark", "\xef\xbb\xbf", Empty);
        row("PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Pdf);
        row("gzip", QByteArray("\x1f\x8b\x08\x00\x00", 5), Gzip);
        row("zip", QByteArray("PK\x03\x04\x14\x00 readme.txt", 16), Zip);
        row("xlsx", QByteArray("PK\x03\x04\x14\x00 [Content_Types].xml xl/workbook.xml", 41), Xlsx);
        row("ods", QByteArray("PK\x03\x04\x14\x00 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 62), Ods);
        row("HTML", "\n <!DOCTYPE html><html>", Html);
        row("HTML table", "<table><tr><td>1", Html);
        row("Excel 2003 XML",
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", SpreadsheetXml);
        row("JSON", "[{\"a\":1}]", Json);
        row("PNG", "\x89PNG\r\n\x1a\n", Image);
        row("Parquet", "PAR1\x15\x04", Parquet);
        row("SQLite", QByteArray("SQLite format 3\0", 16), Sqlite);
        row("31 xls", ole(u"Workbook"), Xls);
        row("31 T11 encrypted xlsx", ole(u"EncryptedPackage"), EncryptedXlsx);
        row("doc", ole(u"WordDocument"), OldOffice);
        row("an angle bracket in a cell", "<b>,x\n1,2\n", Text);
    }
    void recognisedByContent()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, kind);
        const QString path = m_files.write(content, QStringLiteral("named.csv"));
        const auto facts = lookAtFile(path);
        QVERIFY(facts);
        QCOMPARE(static_cast<int>(facts->kind), kind);
        QCOMPARE(facts->size, content.size());
        const auto refusal = refusalOf(facts->kind, path);
        const bool usable = facts->kind == FileKind::Text || facts->kind == FileKind::Xlsx;
        QCOMPARE(refusal.has_value(), !usable);
        if (refusal) {
            QVERIFY(refusal->message.contains(QStringLiteral("named.csv")));
            QVERIFY(!refusal->hint.isEmpty());
        }
    }

    /// Bad input 28.
    void thingsThatAreNoFilesAreRefusedWithoutHanging()
    {
        const QString fifo = m_files.path(QStringLiteral("pipe"));
        QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
        const QString loop = m_files.path(QStringLiteral("loop"));
        QVERIFY(QFile::link(loop, loop));
        const auto code = [](const QString &path) {
            const auto facts = lookAtFile(path);
            return facts ? QStringLiteral("read") : facts.error().code;
        };
        QCOMPARE(code(fifo), QStringLiteral("file.device"));
        QCOMPARE(code(QStringLiteral("/dev/zero")), QStringLiteral("file.device"));
        QCOMPARE(code(QStringLiteral("/proc/self/status")), QStringLiteral("file.device"));
        QCOMPARE(code(loop), QStringLiteral("file.link"));
        QCOMPARE(code(QDir::tempPath()), QStringLiteral("file.directory"));
        QCOMPARE(code(m_files.path(QStringLiteral("nothing"))), QStringLiteral("file.missing"));
    }

    /// Bad input 28.
    void aFileWithoutPermissionSaysSo()
    {
        const QString path = m_files.write("a\n", QStringLiteral("secret.csv"));
        QVERIFY(QFile::setPermissions(path, {}));
        if (QFileInfo(path).isReadable())
            QSKIP("this user may read everything");
        QCOMPARE(lookAtFile(path).error().code, QStringLiteral("file.permission"));
    }

private:
    /// The least of an old Office container: its header and a directory that names one stream.
    static QByteArray ole(QStringView stream)
    {
        QByteArray bytes("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        bytes.resize(1024);
        bytes.fill('\0', 1024).replace(0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        bytes[30] = 9;
        bytes.replace(512, stream.size() * 2,
                      QByteArray(reinterpret_cast<const char *>(stream.utf16()), stream.size() * 2));
        return bytes;
    }
};

QTEST_GUILESS_MAIN(TestFileKind)
#include "tst_filekind.moc"
