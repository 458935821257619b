#include "files/csvdetector.h"
#include "files/textencoder.h"
#include "files/valueconverter.h"
#include "files/writetable.h"

#include <QRandomGenerator>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

/// CSV as it is written, and as it comes back.
class TestCsvWriter : public QObject
{
    Q_OBJECT
    FileFixture m_files;

private slots:
    void csvIsWrittenByTheBook()
    {
        const Schema schema = schemaOf({ColumnType::Text, ColumnType::Number, ColumnType::Checkbox});
        const RowBatch batch = batchOf(3, {{CellKind::Text, "a,b"},
                                           {CellKind::Number, "-0.02"},
                                           {CellKind::Bool, "true"},
                                           {CellKind::Text, ""},
                                           {CellKind::Null, ""},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, "say \"hi\"\n"},
                                           {CellKind::Number, "1e5"},
                                           {CellKind::Bool, "false"},
                                           {CellKind::Text, "007"},
                                           {CellKind::Number, "12345678901234567890"},
                                           {CellKind::Null, ""}});
        const QString path = m_files.path(QStringLiteral("out.csv"));
        QVERIFY(writeAll(openCsvWriter(path, schema, csvForPrograms()), batch));
        QCOMPARE(contentOf(path), "column 1,column 2,column 3\r\n\"a,b\",-0.02,true\r\n\"\",,\r\n\"say "
                                  "\"\"hi\"\"\n\",1e5,false\r\n\"007\",12345678901234567890,\r\n");
    }

    void excelGetsTheMarksOfItsLocale()
    {
        const RowBatch batch = batchOf(2, {{CellKind::Text, "\xc3\xa9"}, {CellKind::Number, "1.5"}});
        const QString path = m_files.path(QStringLiteral("out.csv"));
        QVERIFY(writeAll(openCsvWriter(path, schemaOf({ColumnType::Text, ColumnType::Number}),
                                       csvForExcel(QLocale(QLocale::German))),
                         batch));
        QCOMPARE(contentOf(path), "\xef\xbb\xbf"
                                  "column 1;column 2\r\n\xc3\xa9;1,5\r\n");
        QVERIFY(writeAll(openCsvWriter(path, schemaOf({ColumnType::Text, ColumnType::Number}),
                                       csvForExcel(QLocale(QLocale::English))),
                         batch));
        QCOMPARE(contentOf(path), "\xef\xbb\xbf"
                                  "column 1,column 2\r\n\xc3\xa9,1.5\r\n");
    }

    void otherEncodingsComeBackAsTheyWere_data()
    {
        QTest::addColumn<TextEncoding>("encoding");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("UTF-16") << TextEncoding::Utf16Le << QByteArray("Zażółć 😀 \u0081")
                                << QByteArray("\xff\xfe"
                                              "c\0",
                                              4);
        QTest::newRow("Windows-1252") << TextEncoding::Windows1252 << QByteArray("Müller – 5 € “Ÿ”\u00a0ÿ")
                                      << QByteArray("colum");
        QTest::newRow("UTF-8") << TextEncoding::Utf8 << QByteArray("Zażółć 😀") << QByteArray("colum");
    }
    void otherEncodingsComeBackAsTheyWere()
    {
        QFETCH(TextEncoding, encoding);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, start);
        RowBatch batch(2);
        for (int i = 0; i < 100; ++i) {
            batch.beginRow(0);
            batch.addCell(CellKind::Text, {text.constData(), static_cast<size_t>(text.size())});
            batch.addCell(CellKind::Number, "1.5");
        }
        CsvExport options = csvForPrograms();
        options.encoding = encoding;
        const QString path = m_files.path(QStringLiteral("out.csv"));
        const Schema schema = schemaOf({ColumnType::Text, ColumnType::Number});
        QVERIFY(writeAll(openCsvWriter(path, schema, options), batch));
        QVERIFY(contentOf(path).startsWith(start));
        FileFormat format;
        format.csv.encoding = encoding == TextEncoding::Utf16Le       ? "UTF-16LE"
                              : encoding == TextEncoding::Windows1252 ? "WINDOWS-1252"
                                                                      : "UTF-8";
        const RowBatch back = readBack(path, format);
        QCOMPARE(back.rowCount(), 100);
        QCOMPARE(QByteArray(back.cell(99, 0).text.data(), static_cast<qsizetype>(back.cell(99, 0).text.size())), text);
    }

    void everyCharacterOfWindows1252IsItsOwnByte()
    {
        for (int byte = 0x20; byte < 0x100; ++byte) {
            const char one = static_cast<char>(byte);
            const QByteArray file("a\n" + QByteArray(1, one) + "x\n");
            FileFormat format;
            format.csv.encoding = "WINDOWS-1252";
            format.csv.quote = 0;
            format.csv.delimiter = csvNoDelimiter;
            const RowBatch read = readBack(m_files.write(file), format);
            if (byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D)
                continue; // they mean nothing
            QCOMPARE(read.rowCount(), 1);
            TextEncoder encoder(TextEncoding::Windows1252);
            std::string text(read.cell(0, 0).text);
            encoder.check(text, 1, {});
            QVERIFY2(encoder.isComplete(), QByteArray::number(byte, 16).constData());
            encoder.encode(text);
            QCOMPARE(QByteArray(text.data(), 1), QByteArray(1, one));
        }
    }

    void charactersThatCannotBeWrittenAreListedAndNothingIsThere()
    {
        CsvExport options = csvForPrograms();
        options.encoding = TextEncoding::Windows1252;
        const QString path = m_files.path(QStringLiteral("refused.csv"));
        auto writer = openCsvWriter(path, schemaOf({ColumnType::Text, ColumnType::Text}), options);
        QVERIFY(writer);
        QVERIFY((*writer)->write(batchOf(2, {{CellKind::Text, "plain"}, {CellKind::Text, "ł and ł"}})));
        QVERIFY((*writer)->write(batchOf(2, {{CellKind::Text, "Ω"}, {CellKind::Text, "\u0081"}})));
        const auto finished = (*writer)->finish();
        QVERIFY(!finished);
        QCOMPARE(finished.error().code.toUtf8(), "csv.unencodable");
        const QString said = finished.error().text();
        QVERIFY2(said.contains(QStringLiteral("“ł” (U+0142) 2 times, first in row 1, column “column 2”")),
                 qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("“Ω” (U+03A9) once, in row 2, column “column 1”")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("U+0081 once")), qPrintable(said));
        writer.value().reset();
        QVERIFY(!QFile::exists(path));
        // So are those of a name.
        auto named = openCsvWriter(path, Schema{{{QStringLiteral("Größe ≥ 1"), ColumnType::Text}}}, options);
        QVERIFY(named);
        QVERIFY(!(*named)->finish());
    }

    void formulasAreGuardedAndNumbersAreNot_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        const auto row = [](const char *text, const char *written) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(written);
        };
        row("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"");
        row("@SUM(1)", "\"'@SUM(1)\"");
        row("+1+1", "\"'+1+1\"");
        row("-2+3", "\"'-2+3\"");
        row("-x", "\"'-x\"");
        row("\t=1", "\"'\t=1\"");
        row("\r=1", "\"'\r=1\"");
        row("＝1", "\"'＝1\"");
        row("-0.02", "\"-0.02\"");
        row("plain", "plain");
        row("a=b", "a=b");
    }
    void formulasAreGuardedAndNumbersAreNot()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        const RowBatch batch = batchOf(1, {{CellKind::Text, text.toStdString()}});
        const QString path = m_files.path(QStringLiteral("out.csv"));
        QVERIFY(writeAll(openCsvWriter(path, schemaOf({ColumnType::Text}), {}), batch));
        QCOMPARE(contentOf(path), "column 1\r\n" + written + "\r\n");
        CsvExport bare;
        bare.formulaGuard = false;
        QVERIFY(writeAll(openCsvWriter(path, schemaOf({ColumnType::Text}), bare), batch));
        QVERIFY(!contentOf(path).contains("\"'"));
    }

    /// Whatever a table holds, our own CSV gives it back, cell for cell.
    void csvComesBackUnchanged()
    {
        const std::vector<std::string> pieces{"a", "\"", ",", ";", "\n",  "\r",   "\r\n", " ", "\t", "é",
                                              "😀", "=",  "-", "0", "1.5", "NULL", "'",    "",  "\\", "2025-04-03"};
        QRandomGenerator random(20250403);
        const auto text = [&] {
            std::string all;
            for (int i = random.bounded(5); i >= 0; --i)
                all += pieces[random.bounded(static_cast<quint32>(pieces.size()))];
            return all;
        };
        CsvExport options;
        options.formulaGuard = false;
        for (int round = 0; round < 400; ++round) {
            const int columns = 1 + random.bounded(4);
            std::vector<Cell> cells;
            for (int i = random.bounded(12) * columns; i > 0; --i)
                cells.push_back(random.bounded(4) == 0 ? Cell{CellKind::Null, {}} : Cell{CellKind::Text, text()});
            const RowBatch batch = batchOf(columns, cells);
            options.carriageReturns = random.bounded(2) == 0;
            options.delimiter = ",;\t|"[random.bounded(4)];
            const QString path = m_files.path(QStringLiteral("round.csv"));
            QVERIFY(writeAll(openCsvWriter(path, schemaOf(QVector<ColumnType>(columns, ColumnType::Text)), options),
                             batch));
            FileFormat format;
            format.csv.delimiter = options.delimiter;
            format.csv.blankLines = columns == 1 ? BlankLines::Row : BlankLines::Skip;
            QCOMPARE(shown(readBack(path, format)), shown(batch));
        }
    }

    /// The same through detection and inference: nothing to map, nothing changed.
    void csvNeedsNoHelpToComeBack()
    {
        const QVector<ColumnType> types{ColumnType::Id,   ColumnType::Text,     ColumnType::Number,
                                        ColumnType::Date, ColumnType::DateTime, ColumnType::Checkbox};
        std::vector<Cell> cells;
        QRandomGenerator random(7);
        for (int row = 0; row < 500; ++row) {
            cells.push_back({CellKind::Text, std::to_string(100000 + row)});
            cells.push_back(row % 7 == 0    ? Cell{CellKind::Null, {}}
                            : row % 11 == 0 ? Cell{CellKind::Text, {}}
                                            : Cell{CellKind::Text, "name, \"" + std::to_string(row) + "\" é"});
            cells.push_back(row % 5 == 0 ? Cell{CellKind::Null, {}}
                                         : Cell{CellKind::Number, std::to_string(random.bounded(100000)) + ".50"});
            cells.push_back({CellKind::Text, "2025-04-" + std::to_string(10 + row % 20)});
            cells.push_back({CellKind::Text, "2025-04-03T10:00:" + std::to_string(10 + row % 50)});
            cells.push_back({CellKind::Bool, row % 2 ? "true" : "false"});
        }
        const RowBatch batch = batchOf(6, cells);
        const QString path = m_files.path(QStringLiteral("own.csv"));
        QVERIFY(writeAll(openCsvWriter(path, schemaOf(types), {}), batch));
        const auto format = detectFormat(path);
        QVERIFY(format);
        const auto inspection = inspectFile(path, *format);
        QCOMPARE(inspection->rows, 500);
        QVERIFY(inspection->isReadable());
        const RowBatch back = readBack(path, *format);
        std::string out;
        for (int column = 0; column < 6; ++column) {
            const ColumnRule &rule = inspection->columns[column].rule;
            QCOMPARE(rule.type, types[column] == ColumnType::Id ? ColumnType::Text : types[column]);
            const ValueConverter converter(rule);
            for (qsizetype row = 0; row < 500; ++row) {
                const auto converted = converter.convert(back.cell(row, column), out);
                QCOMPARE(converted.problem, ValueProblem::None);
                QCOMPARE(converted.kind, batch.cell(row, column).kind);
                QCOMPARE(std::string_view(out), batch.cell(row, column).text);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCsvWriter)
#include "tst_csvwriter.moc"
