#include "files/csvreader.h"
#include "files/filefixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

struct Outcome
{
    QStringList names;
    QByteArray rows;
    QVector<qint64> lines;
    std::optional<CsvFault> fault;
    CsvCounts counts;
};

Outcome readAll(const QString &path, const CsvFormat &format, qsizetype limit = 1000)
{
    Outcome outcome;
    auto opened = CsvReader::open(path, format);
    if (!opened) {
        outcome.rows = "error " + opened.error().code.toLatin1();
        return outcome;
    }
    CsvReader &reader = **opened;
    outcome.names = reader.columnNames();
    RowBatch batch(reader.columnCount());
    while (true) {
        const auto got = reader.read(batch, limit);
        if (!got || *got == 0)
            break;
    }
    outcome.rows = shown(batch);
    for (qsizetype row = 0; row < batch.rowCount(); ++row)
        outcome.lines.append(batch.sourceLine(row));
    outcome.fault = reader.fault();
    outcome.counts = reader.counts();
    return outcome;
}

QByteArray utf16(const QString &text, bool bigEndian, bool mark)
{
    QByteArray bytes;
    const QString all = mark ? QChar(0xFEFF) + text : text;
    for (const QChar c : all) {
        const char high = static_cast<char>(c.unicode() >> 8);
        const char low = static_cast<char>(c.unicode() & 0xFF);
        bytes.append(bigEndian ? high : low).append(bigEndian ? low : high);
    }
    return bytes;
}

} // namespace

class TestCsvReader : public QObject
{
    Q_OBJECT
    FileFixture m_files;

private slots:
    void namesInSeveralRowsAreJoined_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("headerRows");
        QTest::addColumn<QString>("names");
        QTest::addColumn<QByteArray>("rows");
        const auto row = [](const char *name, const QByteArray &content, int headerRows, const char *names,
                            const char *rows) {
            QTest::newRow(name) << content << headerRows << QString::fromUtf8(names) << QByteArray(rows);
        };
        row("groups", "Region,Sales,,Cost,\n,Q1,Q2,Q1,Q2\nN,1,2,3,4\n", 2, "Region|Sales Q1|Sales Q2|Cost Q1|Cost Q2",
            "N|1|2|3|4");
        row("the same word", "id,Name\nID,full\n1,x\n", 2, "id|Name full", "1|x");
        row("three rows", "2024,,2025\nQ1,,Q1\na,b,a\n1,2,3\n", 3, "2024 Q1 a|2024 Q1 b|2025 Q1 a", "1|2|3");
        row("one row is as ever", "a,,c\n1,2,3\n", 1, "a|Column 2|c", "1|2|3");
        row("blank line between", "a,b\n\nx,y\n1,2\n", 2, "a x|b y", "1|2");
        row("shorter second row", "a,b\nx\n1,2\n", 2, "a x|b", "1|2");
        row("nothing but the header", "a,b\nx,y\n", 2, "a x|b y", "");
        row("less than the header", "a,b\n", 2, "a|b", "");
    }
    void namesInSeveralRowsAreJoined()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, headerRows);
        QFETCH(QString, names);
        QFETCH(QByteArray, rows);
        CsvFormat format;
        format.headerRows = headerRows;
        const Outcome outcome = readAll(m_files.write(content), format);
        QCOMPARE(outcome.names.join(u'|'), names);
        QCOMPARE(outcome.rows, rows);
        QVERIFY(!outcome.fault);
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("rows");
        QTest::addColumn<QByteArray>("lines");
        const auto row = [](const char *name, const QByteArray &content, const char *rows, const char *lines) {
            QTest::newRow(name) << content << QByteArray(rows) << QByteArray(lines);
        };
        row("plain", "a,b\n1,2\n3,4\n", "1|2/3|4", "2 3");
        row("no newline at the end", "a,b\n1,2\n3,4", "1|2/3|4", "2 3");
        row("CRLF", "a,b\r\n1,2\r\n3,4\r\n", "1|2/3|4", "2 3");
        row("CR", "a,b\r1,2\r3,4\r", "1|2/3|4", "2 3");
        row("CR without the last", "a,b\r1,2\r3,4", "1|2/3|4", "2 3");
        row("mixed", "a,b\r1,2\n3,4\r\n5,6", "1|2/3|4/5|6", "2 3 4");
        row("CR and CRLF kept inside quotes", "a,b\n\"x\ry\",\"x\r\ny\"\n1,2\n", "x\ry|x\r\ny/1|2", "2 5");
        row("byte order mark",
            "\xef\xbb\xbf"
            "a,b\n1,2\n",
            "1|2", "2");
        row("null and empty", "a,b,c\n1,,3\n1,\"\",3\n", "1|~|3/1||3", "2 3");
        row("doubled quotes", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", "say \"hi\"|\"", "2");
        row("delimiter in quotes", "a,b\n\"x,y\",z\n", "x,y|z", "2");
        row("quoted at the very end", "a,b\n1,\"z\"", "1|z", "2");
        row("empty quoted at the very end", "a,b\n1,\"\"", "1|", "2");
        row("delimiter at the very end", "a,b\n1,", "1|~", "2");
        row("blank lines", "a,b\n\n1,2\n\r\n\n3,4\n\n", "1|2/3|4", "3 6");
        row("quote inside unquoted is text", "a,b\nx\"y,1\n", "x\"y|1", "2");
        row("space before a quote is text", "a,b\nx, \"y\"\n", "x| \"y\"", "2");
        row("formulas unchanged", "a,b\n=1+1,@x\n-3,+4\n", "=1+1|@x/-3|+4", "2 3");
        row("bidi, emoji, noncharacter", "a,b\n\xe2\x80\xae,\xf0\x9f\x98\x80\xef\xbf\xbf\n",
            "\xe2\x80\xae|\xf0\x9f\x98\x80\xef\xbf\xbf", "2");
        row("only a header", "a,b\n", "", "");
    }
    void reads()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, rows);
        QFETCH(QByteArray, lines);
        const Outcome outcome = readAll(m_files.write(content), {});
        QCOMPARE(
            outcome.names,
            QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}).first(outcome.names.size()));
        QCOMPARE(outcome.rows, rows);
        QByteArrayList numbers;
        for (const qint64 line : outcome.lines)
            numbers.append(QByteArray::number(line));
        QCOMPARE(numbers.join(' '), lines);
        QVERIFY(!outcome.fault);
    }

    void faults_data()
    {
        using enum CsvFaultKind;
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("rowsBefore");
        QTest::addColumn<QVector<qint64>>("place"); // line, column, field, byte, opened line
        const auto row = [](const char *name, const QByteArray &content, CsvFaultKind kind, const char *before,
                            const QVector<qint64> &place) {
            QTest::newRow(name) << content << static_cast<int>(kind) << QByteArray(before) << place;
        };
        row("unterminated quote", "a,b\n1,2\n3,\"x\ny\n4,5\n", UnterminatedQuote, "1|2", {3, 3, 2, 10, 3});
        row("text after a quote", "a,b\n1,2\n\"x\"y,4\n", TextAfterQuote, "1|2", {3, 4, 1, 11, 3});
        row("quote that closes lines later", "a,b\n1,\"x\ny,\"z\",2\n", TextAfterQuote, "", {3, 4, 2, 12, 2});
        row("NUL", QByteArray("a,b\n1,2\n3,\0\n", 12), NulByte, "1|2", {3, 3, 2, 10, 0});
        row("bad UTF-8", "a,b\n1,2\n\xc3\xa9,\xff\xfe\xc3\x28\n", InvalidBytes, "1|2", {3, 3, 2, 11, 0});
        row("surrogate in UTF-8", "a,b\n1,\xed\xa0\x80\n", InvalidBytes, "", {2, 3, 2, 6, 0});
        row("overlong NUL", "a,b\n1,\xc0\x80\n", InvalidBytes, "", {2, 3, 2, 6, 0});
        row("cut within a character", "a,b\n1,2\n3,\xe2\x82", InvalidBytes, "1|2", {3, 3, 2, 10, 0});
        row("short row", "a,b\n1,2\n3\n4,5\n", ShortRow, "1|2", {3, 0, 0, 8, 0});
        row("long row", "a,b\n1,2\n\"3\"\"\",4,5\n", LongRow, "1|2", {3, 0, 0, 8, 0});
        row("field over the limit", "a,b\n1,2\n3," + QByteArray(csvLongestField + 1, 'x') + "\n", FieldTooLong, "1|2",
            {3, 3, 2, 10, 0});
        row("quoted field over the limit", "a,b\n1,2\n3,\"" + QByteArray(3 * csvLongestField, '\n'), FieldTooLong,
            "1|2", {3, 3, 2, 10, 3});
        row("row over the limit",
            "a,b\n1,2\n" + QByteArray(20, 'x') + QByteArray("," + QByteArray(1000000, 'y')).repeated(20), RowTooLong,
            "1|2", {3, 0, 0, 8, 0});
        row("columns over the limit", "a,b\n1,2\n" + QByteArray(16384, ',') + "\n", TooManyColumns, "1|2",
            {3, 16385, 16385, 8 + 16384, 0});
    }
    void faults()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, kind);
        QFETCH(QByteArray, rowsBefore);
        QFETCH(QVector<qint64>, place);
        const Outcome outcome = readAll(m_files.write(content), {});
        QVERIFY(outcome.fault);
        const CsvFault &fault = *outcome.fault;
        QCOMPARE(static_cast<int>(fault.kind), kind);
        QCOMPARE(outcome.rows, rowsBefore);
        QCOMPARE(QVector<qint64>({fault.line, fault.column, fault.field >= 1 && fault.column ? fault.field : 0,
                                  fault.byte, fault.openedLine}),
                 place);
        QVERIFY(fault.toError().message.contains(QString::number(place[0])));
        QVERIFY(!fault.toError().hint.isEmpty());
    }

    void quotesAreTextWhenThatIsTheFormat()
    {
        CsvFormat format;
        format.quote = 0;
        const Outcome outcome = readAll(m_files.write("a,b\n\"x,y\nz\",\"\n"), format);
        QCOMPARE(outcome.rows, "\"x|y/z\"|\"");
    }

    void raggedRowsAreCountedWhateverHappensToThem()
    {
        const QString path = m_files.write("a,b,c\n1,2,3\n1\n1,2,3,4\n1,2,3,\n\n4,5,6\n");
        CsvFormat format;
        format.shortRows = RaggedRows::FillNull;
        format.longRows = RaggedRows::Skip;
        const Outcome outcome = readAll(path, format);
        QCOMPARE(outcome.rows, "1|2|3/1|~|~/4|5|6");
        QCOMPARE(outcome.counts.rows, 3);
        QCOMPARE(outcome.counts.shortRows, 1);
        QCOMPARE(outcome.counts.shortLines(), QVector<qint64>{3});
        QCOMPARE(outcome.counts.longRows, 2);
        QCOMPARE(outcome.counts.longLines(), QVector<qint64>({4, 5}));
        QCOMPARE(outcome.counts.rowsLeftOut, 2);
        QCOMPARE(outcome.counts.blankLines, 1);

        format.longRows = RaggedRows::FillNull; // a trailing delimiter is harmless, a value is not
        const Outcome stopped = readAll(path, format);
        QCOMPARE(stopped.fault->kind, CsvFaultKind::LongRow);
        QCOMPARE(stopped.fault->line, 4);
        QCOMPARE(stopped.fault->found, 4);
        QCOMPARE(stopped.fault->expected, 3);
    }

    void aBlankLineIsARowOfASingleColumnWhenAskedFor()
    {
        CsvFormat format;
        format.blankLines = BlankLines::Row;
        QCOMPARE(readAll(m_files.write("a\n1\n\n\"\"\n"), format).rows, "1/~/");
    }

    void linesAboveAndRowsBelowAreLeftOutAndCounted()
    {
        CsvFormat format;
        format.skipLines = 2;
        format.skipRowsAtEnd = 1;
        const Outcome outcome = readAll(m_files.write("Report\nof May\na,b\n1,2\n3,4\nTotal,6\n"), format);
        QCOMPARE(outcome.names, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(outcome.rows, "1|2/3|4");
        QCOMPARE(outcome.lines, QVector<qint64>({4, 5}));
        QCOMPARE(outcome.counts.rowsAtEnd, 1);
    }

    void namesAreMadeUpOnlyWhereThereAreNone()
    {
        CsvFormat format;
        QCOMPARE(readAll(m_files.write("id, ,x\n1,2,3\n"), format).names,
                 QStringList({QStringLiteral("id"), QStringLiteral("Column 2"), QStringLiteral("x")}));
        format.hasHeader = false;
        const Outcome outcome = readAll(m_files.write("1,2\n3,4\n"), format);
        QCOMPARE(outcome.names, QStringList({QStringLiteral("Column 1"), QStringLiteral("Column 2")}));
        QCOMPARE(outcome.rows, "1|2/3|4");
    }

    void otherEncodings_data()
    {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("rows");
        const QString text = QStringLiteral("a,b\né,\"x\ny\"\n€,\U0001F600\n");
        const QByteArray rows = "\xc3\xa9|x\ny/\xe2\x82\xac|\xf0\x9f\x98\x80";
        QTest::newRow("UTF-16LE") << QByteArray("UTF-16LE") << utf16(text, false, false) << rows;
        QTest::newRow("UTF-16LE with mark") << QByteArray("UTF-16LE") << utf16(text, false, true) << rows;
        QTest::newRow("UTF-16BE") << QByteArray("UTF-16BE") << utf16(text, true, false) << rows;
        QTest::newRow("UTF-16BE with mark") << QByteArray("UTF-16BE") << utf16(text, true, true) << rows;
        QTest::newRow("Windows-1252") << QByteArray("WINDOWS-1252") << QByteArray("a,b\n\xe9,\x80\n")
                                      << QByteArray("\xc3\xa9|\xe2\x82\xac");
        QTest::newRow("Latin-1") << QByteArray("ISO-8859-1") << QByteArray("a,b\n\xe9,\xdf\n")
                                 << QByteArray("\xc3\xa9|\xc3\x9f");
    }
    void otherEncodings()
    {
        QFETCH(QByteArray, encoding);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, rows);
        CsvFormat format;
        format.encoding = encoding;
        const Outcome outcome = readAll(m_files.write(content), format);
        QCOMPARE(outcome.names, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(outcome.rows, rows);
        QVERIFY(!outcome.fault);
    }

    void faultsInOtherEncodingsNameTheByteOfTheFile()
    {
        CsvFormat format;
        format.encoding = "UTF-16LE";
        const QString text = QStringLiteral("a,b\né,2\n€,\"x\n");
        const Outcome outcome = readAll(m_files.write(utf16(text, false, true)), format);
        QCOMPARE(outcome.fault->kind, CsvFaultKind::UnterminatedQuote);
        QCOMPARE(outcome.fault->line, 3);
        QCOMPARE(outcome.fault->byte, 2 + 2 * 10);

        format.encoding = "WINDOWS-1252";
        const Outcome hole = readAll(m_files.write("a,b\n\xe9,\x81\n"), format);
        QCOMPARE(hole.fault->kind, CsvFaultKind::InvalidBytes);
        QCOMPARE(hole.fault->byte, 6);

        format.encoding = "NO-SUCH";
        QCOMPARE(readAll(m_files.write("a\n"), format).rows, "error file.encoding");
    }

    /// Every kind of border falls on every offset around the end of a block.
    void blockBorders_data()
    {
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<QByteArray>("rows");
        QTest::newRow("LF") << QByteArray("x,y\nz,w\n") << QByteArray("x|y/z|w");
        QTest::newRow("CRLF") << QByteArray("x,y\r\nz,w\r\n") << QByteArray("x|y/z|w");
        QTest::newRow("CR") << QByteArray("x,y\rz,w\r") << QByteArray("x|y/z|w");
        QTest::newRow("quotes") << QByteArray("\"x\"\"y\",\"\"\n\"\"\"\",\"a\r\nb\"\r\n")
                                << QByteArray("x\"y|/\"|a\r\nb");
        QTest::newRow("multibyte") << QByteArray("\xf0\x9f\x98\x80,\xe2\x82\xac\n\xc3\xa9,w")
                                   << QByteArray("\xf0\x9f\x98\x80|\xe2\x82\xac/\xc3\xa9|w");
        QTest::newRow("nothing at the end") << QByteArray("x,\n\"\",") << QByteArray("x|~/|~");
    }
    void blockBorders()
    {
        QFETCH(QByteArray, tail);
        QFETCH(QByteArray, rows);
        constexpr int block = 256 * 1024;
        for (int offset = block - 40; offset < block + 8; ++offset) {
            // A first data row that ends right before `offset`.
            const QByteArray head = "a,b\n";
            QByteArray content = head + QByteArray(1000, 'p') + ',';
            content += QByteArray(offset - 1 - content.size(), 'q') + '\n' + tail;
            const Outcome outcome = readAll(m_files.write(content), {});
            QVERIFY2(!outcome.fault, qPrintable(QString::number(offset)));
            QCOMPARE(outcome.counts.rows, 3);
            QVERIFY2(outcome.rows.endsWith("q/" + rows), qPrintable(QString::number(offset)));
        }
    }

    void faultsAtBlockBorders()
    {
        constexpr int block = 256 * 1024;
        for (int offset = block - 20; offset < block + 4; ++offset) {
            QByteArray content = "a,b\n1,";
            content += QByteArray(offset - 1 - content.size(), 'q') + '\n';
            const Outcome bad = readAll(m_files.write(content + "2,\xe2\x82"), {});
            QVERIFY(bad.fault);
            QCOMPARE(bad.fault->kind, CsvFaultKind::InvalidBytes);
            QCOMPARE(bad.fault->byte, offset + 2);
            const Outcome open = readAll(m_files.write(content + "2,\"x\n"), {});
            QCOMPARE(open.fault->kind, CsvFaultKind::UnterminatedQuote);
            QCOMPARE(open.fault->byte, offset + 2);
            QCOMPARE(open.fault->line, 3);
        }
    }

    void aLimitIsOnlyTheSizeOfAHelping()
    {
        QByteArray content = "a\n";
        for (int i = 0; i < 5000; ++i)
            content += QByteArray::number(i) + '\n';
        const QString path = m_files.write(content);
        const Outcome whole = readAll(path, {}, 1000000);
        QCOMPARE(whole.counts.rows, 5000);
        for (const int limit : {1, 7, 100, 4999, 5000, 5001})
            QCOMPARE(readAll(path, {}, limit).rows, whole.rows);
    }
};

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csvreader.moc"
