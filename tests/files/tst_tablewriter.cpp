#include "files/csvdetector.h"
#include "files/filefixture.h"
#include "files/fileinspector.h"
#include "files/tablewriter.h"
#include "files/valueconverter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

Schema schemaOf(const QVector<ColumnType> &types)
{
    Schema schema;
    for (int i = 0; i < types.size(); ++i)
        schema.columns.append({QStringLiteral("column %1").arg(i + 1), types[i]});
    return schema;
}

struct Cell
{
    CellKind kind;
    std::string text;
};

RowBatch batchOf(int columns, const std::vector<Cell> &cells)
{
    RowBatch batch(columns);
    for (size_t i = 0; i < cells.size(); ++i) {
        if (i % static_cast<size_t>(columns) == 0)
            batch.beginRow(0);
        batch.addCell(cells[i].kind, cells[i].text);
    }
    return batch;
}

bool writeAll(Result<std::unique_ptr<TableWriter>> writer, const RowBatch &batch)
{
    return writer && (*writer)->write(batch) && (*writer)->finish();
}

RowBatch readBack(const QString &path, const FileFormat &format)
{
    auto source = openFile(path, format);
    if (!source)
        return RowBatch(0);
    RowBatch batch(static_cast<int>((*source)->columnNames().size()));
    while (true) {
        const auto got = (*source)->read(batch, 1000);
        if (!got || *got == 0)
            return batch;
    }
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

} // namespace

class TestTableWriter : public QObject
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

    void jsonIsValidAndExact()
    {
        const RowBatch batch = batchOf(3, {{CellKind::Text, "a\"\\\n\x01é"},
                                           {CellKind::Number, "12345678901234567890"},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, ""},
                                           {CellKind::Number, "0.10"},
                                           {CellKind::Bool, "true"}});
        const QString path = m_files.path(QStringLiteral("out.json"));
        QVERIFY(writeAll(openJsonWriter(path, schemaOf({ColumnType::Text, ColumnType::Number, ColumnType::Checkbox})),
                         batch));
        const QByteArray content = contentOf(path);
        const QJsonArray rows = QJsonDocument::fromJson(content).array();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].toObject().value(QStringLiteral("column 1")).toString(), QStringLiteral("a\"\\\n\u0001é"));
        QVERIFY(rows[0].toObject().value(QStringLiteral("column 3")).isNull());
        QCOMPARE(rows[1].toObject().value(QStringLiteral("column 3")).toBool(), true);
        QVERIFY(content.contains("12345678901234567890") && content.contains("0.10"));
        QVERIFY(writeAll(openJsonWriter(path, schemaOf({ColumnType::Text})), RowBatch(1)));
        QCOMPARE(QJsonDocument::fromJson(contentOf(path)).array().size(), 0);
    }

    void workbooksComeBackUnchanged()
    {
        const QVector<ColumnType> types{ColumnType::Text,     ColumnType::Number,   ColumnType::Date,
                                        ColumnType::DateTime, ColumnType::Checkbox, ColumnType::Percentage,
                                        ColumnType::Id};
        const RowBatch batch = batchOf(7, {{CellKind::Text, "=1+1 <b>&"},
                                           {CellKind::Number, "1.5"},
                                           {CellKind::Text, "2025-04-03"},
                                           {CellKind::Text, "2025-04-03T09:05:07"},
                                           {CellKind::Bool, "true"},
                                           {CellKind::Number, "0.125"},
                                           {CellKind::Number, "42"},
                                           {CellKind::Text, "00123"},
                                           {CellKind::Number, "1234567890123456789"},
                                           {CellKind::Text, "1899-12-31"},
                                           {CellKind::Text, "2025-04-03T09:05:07Z"},
                                           {CellKind::Bool, "false"},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, "E10"},
                                           {CellKind::Text, " x\ny\t_x0041_ é😀"},
                                           {CellKind::Number, "-0.02"},
                                           {CellKind::Null, ""},
                                           {CellKind::Text, "2025-04-03T09:05:07.250"},
                                           {CellKind::Null, ""},
                                           {CellKind::Number, "1"},
                                           {CellKind::Null, ""}});
        const QString path = m_files.path(QStringLiteral("out.xlsx"));
        QVERIFY(writeAll(openXlsxWriter(path, schemaOf(types)), batch));
        const auto format = detectFormat(path);
        QVERIFY2(format, format ? "" : qPrintable(format.error().text()));
        QCOMPARE(shown(readBack(path, *format)), shown(batch));
        QVERIFY(!contentOf(path).contains("<f>"));
        const auto inspection = inspectFile(path, *format);
        QCOMPARE(inspection->columns[2].name, QStringLiteral("column 3"));
        QCOMPARE(inspection->columns[5].rule.type, ColumnType::Percentage);
        QVERIFY(inspection->isReadable());
    }

    void nothingIsLeftOfAFileThatWasNotFinished()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("out"));
        const RowBatch batch = batchOf(1, {{CellKind::Text, "x"}});
        const Schema schema = schemaOf({ColumnType::Text});
        QVERIFY(writeAll(openCsvWriter(path, schema, {}), batch));
        const QByteArray before = contentOf(path);
        const auto abandon = [&](Result<std::unique_ptr<TableWriter>> writer) {
            return writer && (*writer)->write(batch);
        };
        QVERIFY(abandon(openCsvWriter(path, schema, {})));
        QVERIFY(abandon(openJsonWriter(path, schema)));
        QVERIFY(abandon(openXlsxWriter(path, schema)));
        QCOMPARE(contentOf(path), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                 QStringList{QStringLiteral("out")});
    }

    void whatCannotBeWrittenSaysSo()
    {
        const Schema schema = schemaOf({ColumnType::Text});
        const QString nowhere = m_files.path(QStringLiteral("no/such/folder/out"));
        QCOMPARE(openCsvWriter(nowhere, schema, {}).error().code, QStringLiteral("file.write"));
        QCOMPARE(openJsonWriter(nowhere, schema).error().code, QStringLiteral("file.write"));
        QCOMPARE(openXlsxWriter(nowhere, schema).error().code, QStringLiteral("file.write"));
        auto writer = openXlsxWriter(m_files.path(QStringLiteral("long.xlsx")), schema);
        QVERIFY(!(*writer)->write(batchOf(1, {{CellKind::Text, std::string(40000, 'x')}})));
        QVERIFY(!(*writer)->finish());
        QVERIFY(!QFile::exists(m_files.path(QStringLiteral("long.xlsx"))));
    }

    void fileNames_data()
    {
        QTest::addColumn<QString>("dataset");
        QTest::addColumn<QString>("file");
        const auto row = [](const QString &dataset, const QString &file) {
            QTest::addRow("%s", qPrintable(dataset.left(30))) << dataset << file;
        };
        row(QStringLiteral("Sales 2025"), QStringLiteral("Sales 2025.csv"));
        row(QStringLiteral("../../etc/passwd"), QStringLiteral("_.._etc_passwd.csv"));
        row(QStringLiteral("C:\\temp\\x"), QStringLiteral("C__temp_x.csv"));
        row(QStringLiteral("a\nb\tc"), QStringLiteral("a_b_c.csv"));
        row(QStringLiteral("gpj\u202Eexe"), QStringLiteral("gpj_exe.csv"));
        row(QStringLiteral("zero\u200Bwidth"), QStringLiteral("zero_width.csv"));
        row(QStringLiteral("CON"), QStringLiteral("_CON.csv"));
        row(QStringLiteral("com1.x"), QStringLiteral("_com1.x.csv"));
        row(QStringLiteral("com10"), QStringLiteral("com10.csv"));
        row(QString(), QStringLiteral("table.csv"));
        row(QStringLiteral("..."), QStringLiteral("table.csv"));
        row(QStringLiteral(".hidden"), QStringLiteral("hidden.csv"));
        row(QStringLiteral("-rf"), QStringLiteral("rf.csv"));
        row(QStringLiteral("name. "), QStringLiteral("name.csv"));
        row(QStringLiteral("a*b?\"<>|"), QStringLiteral("a_b_____.csv"));
        row(QStringLiteral("Größe €"), QStringLiteral("Größe €.csv"));
        row(QString(300, u'x'), QString(196, u'x') + QStringLiteral(".csv"));
        row(QString(100, u'é'), QString(98, u'é') + QStringLiteral(".csv"));
        row(QStringLiteral("😀").repeated(60), QStringLiteral("😀").repeated(49) + QStringLiteral(".csv"));
    }
    void fileNames()
    {
        QFETCH(QString, dataset);
        QFETCH(QString, file);
        QCOMPARE(exportFileName(dataset, QStringLiteral("csv")), file);
        QVERIFY(exportFileName(dataset, QStringLiteral("csv")).toUtf8().size() <= 200);
    }
};

QTEST_GUILESS_MAIN(TestTableWriter)
#include "tst_tablewriter.moc"
