#include "core/diffsamples.h"
#include "files/diffreport.h"
#include "files/fileinspector.h"
#include "files/tablefile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

namespace {

/// Two tables with one changed, one removed and one added row, and texts that want to be more than text.
struct Sample
{
    DiffTable a;
    DiffTable b;
    DiffOptions options;
    TableDiff diff;

    DiffReport report() const { return {a, b, options, diff, QDateTime(QDate(2026, 1, 31), QTime(9, 5), Qt::UTC)}; }
};

Sample sample()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("<b>v</b>"), QStringLiteral("w")};
    Sample made;
    made.a = stored({names,
                     {{number(1), text("<script>alert(1)</script>"), number("1.50")},
                      {number(2), text("=1+1"), none()},
                      {number(3), text("same"), number(3)}}});
    made.b = stored({names,
                     {{number(1), text("a \"quoted\", text"), number("1.5")},
                      {number(3), text("same"), number(3)},
                      {number(4), text("-cmd"), number(-4)},
                      {number(5), none(), none()}}});
    made.a.name = QStringLiteral("Sales & <old>");
    made.b.name = QStringLiteral("Sales & <new>");
    made.options.key = {QStringLiteral("id")};
    made.diff = *compareTables(made.a, made.b, made.options);
    return made;
}

/// What a writer gave to its sink.
template<typename Write>
QByteArray written(const Write &write)
{
    std::string all;
    const Result<Done> done = write([&all](std::string &text) -> Result<Done> {
        all += text;
        text.clear();
        return Done{};
    });
    return done ? QByteArray::fromStdString(all) : QByteArray("failed");
}

} // namespace

class TstDiffReport : public QObject
{
    Q_OBJECT
private slots:
    void csvHasALineForEachCell();
    void csvIsATable();
    void allStateHowItWasCompared();
    void htmlEscapesEverything();
    void htmlSaysWhatItLeavesOut();
    void workbookHasTheRows();
    void workbookTextsAreReadBackAsTheyWere();
    void failedWritesEndTheReport();
    void savedWholeOrNotAtAll();
    void stopped();
    void reconciles();
};

/// A stopped export leaves no file, whatever its kind.
void TstDiffReport::stopped()
{
    const Sample made = sample();
    QTemporaryDir folder;
    const std::atomic_bool cancelled = true;
    for (const char *ending : {"html", "csv", "json", "xlsx"}) {
        const QString path = folder.filePath(QStringLiteral("report.") + QLatin1String(ending));
        const Result<Done> saved = saveDiffAs(made.report(), path, &cancelled);
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::Cancelled);
    }
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TstDiffReport::csvHasALineForEachCell()
{
    const Sample made = sample();
    const QByteArray csv = written([&](const TextSink &sink) { return writeDiffCsv(made.report(), sink); });
    QCOMPARE(csv, QByteArray("change,row_old,row_new,id,column,old,new\r\n"
                             "about,,,,table,Sales & <old>,Sales & <new>\r\n"
                             "about,,,,rows,3,4\r\n"
                             "about,,,,added,,2\r\n"
                             "about,,,,removed,,1\r\n"
                             "about,,,,changed,,1\r\n"
                             "about,,,,unchanged,,1\r\n"
                             "about,,,,cells_changed,,1\r\n"
                             "about,,,,key,,id\r\n"
                             "about,,,,trim,,false\r\n"
                             "about,,,,ignore_case,,false\r\n"
                             "about,,,,null_is_empty,,false\r\n"
                             "about,,,,dates_only,,false\r\n"
                             "about,,,,as_written,,false\r\n"
                             "about,,,,compared_at,,2026-01-31T09:05:00Z\r\n"
                             "changed,1,1,1,<b>v</b>,<script>alert(1)</script>,\"a \"\"quoted\"\", text\"\r\n"
                             "removed,2,,2,<b>v</b>,\"'=1+1\",\r\n"
                             "added,,3,4,<b>v</b>,,\"'-cmd\"\r\n"
                             "added,,3,4,w,,-4\r\n"
                             "added,,4,5,,,\r\n"));
}

/// What is said of the comparison does not keep the file from being read as a table.
void TstDiffReport::csvIsATable()
{
    Sample made = sample();
    made.options.key = {};
    made.a.name = QStringLiteral("=HYPERLINK(\"x\"), \nand more");
    made.diff = *compareTables(made.a, made.b, made.options);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.csv"));
    QVERIFY(saveDiffAs(made.report(), path));
    const Result<TableFile> read = readTableFile(path);
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    const TableSnapshot rows = read->store->snapshot();
    QCOMPARE(rows.columnNames().join(QLatin1Char(' ')), QStringLiteral("change row_old row_new column old new"));
    std::string scratch;
    QCOMPARE(rows.cell(0, 0, scratch).text, std::string_view("about"));
    QCOMPARE(rows.cell(0, 4, scratch).text, std::string_view("'=HYPERLINK(\"x\"), \nand more"));
    // Without a key that is said by the word and no column.
    qsizetype row = 0;
    while (row < rows.rowCount() && rows.cell(row, 3, scratch).text != "key")
        ++row;
    QVERIFY(row < rows.rowCount());
    QCOMPARE(rows.cell(row, 5, scratch).kind, CellKind::Null);
}

/// Both inputs, the key, each option that was used, the counts and the time, whatever the format.
void TstDiffReport::allStateHowItWasCompared()
{
    const QStringList names{QStringLiteral("id"), QStringLiteral("place"), QStringLiteral("left, out"),
                            QStringLiteral("amount"), QStringLiteral("rate")};
    Sample made;
    made.a = stored({names, {{number(1), text("x"), text("u"), number("1.00"), number(100)}}});
    made.b = stored({names, {{number(1), text("x"), text("v"), number("1.001"), number(900)}}});
    made.a.name = QStringLiteral("Sales, version 3");
    made.b.name = QStringLiteral("Sales, current rows");
    made.options.key = {QStringLiteral("id"), QStringLiteral("place")};
    made.options.ignored = {QStringLiteral("left, out")};
    made.options.trim = made.options.ignoreCase = made.options.nullIsEmpty = made.options.datesOnly = true;
    made.options.tolerances = {{QStringLiteral("rate"), {std::nullopt, 0.05}},
                               {QStringLiteral("amount"), {Decimal{1, 2}, 0.005}}};
    made.diff = *compareTables(made.a, made.b, made.options);

    const QByteArray csv = written([&](const TextSink &sink) { return writeDiffCsv(made.report(), sink); });
    for (const char *line :
         {"table,\"Sales, version 3\",\"Sales, current rows\"", "rows,1,1", "added,,0", "removed,,0", "changed,,1",
          "unchanged,,0", "key,,id", "key,,place", "ignored,,\"left, out\"", "trim,,true", "ignore_case,,true",
          "null_is_empty,,true", "dates_only,,true", "as_written,,false", "tolerance,,amount=0.01; 0.5%",
          "tolerance,,rate=5%", "compared_at,,2026-01-31T09:05:00Z"})
        QVERIFY2(csv.contains(QByteArray("about,,,,,") + line + "\r\n"), line);

    const QByteArray json = written([&](const TextSink &sink) { return writeDiffJson(made.report(), sink); });
    const QJsonObject all = QJsonDocument::fromJson(json).object();
    QCOMPARE(all[QStringLiteral("a")].toString(), made.a.name);
    QCOMPARE(all[QStringLiteral("b")].toString(), made.b.name);
    QCOMPARE(all[QStringLiteral("key")].toArray(), QJsonArray::fromStringList(made.options.key));
    QCOMPARE(all[QStringLiteral("changed")].toInt(), 1);
    QCOMPARE(all[QStringLiteral("compared_at")].toString(), QStringLiteral("2026-01-31T09:05:00Z"));
    QCOMPARE(QJsonDocument(all[QStringLiteral("options")].toObject()).toJson(QJsonDocument::Compact),
             QByteArray(R"({"as_written":false,"dates_only":true,"ignore_case":true,"ignored":["left, out"],)"
                        R"("null_is_empty":true,"tolerance":{"amount":{"absolute":"0.01","relative":"0.5%"},)"
                        R"("rate":{"relative":"5%"}},"trim":true})"));

    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.xlsx"));
    QVERIFY(writeDiffXlsx(made.report(), path));
    const Result<TableFile> workbook = readTableFile(path);
    QVERIFY(workbook);
    std::string summary = workbook->store->snapshot().columnNames().join(QLatin1Char('|')).toStdString();
    std::string cell;
    for (qsizetype row = 0; row < workbook->store->rowCount(); ++row) {
        workbook->store->text(row, 0, cell);
        summary += '|' + cell;
    }
    const QByteArray html = written([&](const TextSink &sink) { return writeDiffHtml(made.report(), sink); });
    for (const QByteArray &told : {html, QByteArray::fromStdString(summary)}) {
        for (const char *words : {"Sales, version 3 \u2192 Sales, current rows", "1 \u2212 0 + 0 = 1",
                                  "matched by id, place.", "Not compared: left, out.",
                                  "blanks at both ends, upper and lower case, no value or empty text, the time of day.",
                                  "amount are the same when they differ by at most 0.01 or 0.5 %.",
                                  "rate are the same when they differ by at most 5 %.", "Compared on ", "2026"})
            QVERIFY2(told.contains(words), words);
        QVERIFY(told.indexOf("amount are") < told.indexOf("rate are"));
    }
}

void TstDiffReport::htmlEscapesEverything()
{
    const Sample made = sample();
    const QByteArray html = written([&](const TextSink &sink) { return writeDiffHtml(made.report(), sink); });
    QVERIFY(!html.contains("<script") && !html.contains("<b>") && !html.contains("<old>"));
    QVERIFY(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    QVERIFY(html.contains("Sales &amp; &lt;old&gt; \u2192 Sales &amp; &lt;new&gt;"));
    QVERIFY(html.contains("3 \u2212 1 + 2 = 4"));
    QVERIFY(!html.contains("http://") && !html.contains("https://"));
    QVERIFY(html.endsWith("</html>\n"));
}

void TstDiffReport::htmlSaysWhatItLeavesOut()
{
    const Sample made = sample();
    const QByteArray html = written([&](const TextSink &sink) { return writeDiffHtml(made.report(), sink, 1); });
    QVERIFY(html.contains("The first 1 of 2."));
}

void TstDiffReport::workbookHasTheRows()
{
    const Sample made = sample();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.xlsx"));
    QVERIFY(writeDiffXlsx(made.report(), path));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("report.xlsx")});
    const Result<TableFile> read = readTableFile(path);
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    std::string all;
    std::string cell;
    for (qsizetype row = 0; row < read->store->rowCount(); ++row) {
        read->store->text(row, 0, cell);
        all += cell + '|';
    }
    QVERIFY2(all.find("Rows added|Rows removed|Rows changed|Rows the same|") != std::string::npos, all.c_str());

    FileFormat changes;
    changes.kind = FileKind::Xlsx;
    changes.xlsx.sheet = 1;
    changes.xlsx.columnCount = 4;
    const auto rows = openFile(path, changes);
    QVERIFY(rows);
    QCOMPARE((*rows)->columnNames().mid(1), made.b.rows.columnNames());
    RowBatch batch(4);
    QCOMPARE((*rows)->read(batch, 100).value(), 4);
    QCOMPARE(batch.cell(0, 2).text, std::string_view("<script>alert(1)</script> \u2192 a \"quoted\", text"));
    QCOMPARE(batch.cell(1, 2).text, std::string_view("=1+1"));
    QCOMPARE(batch.cell(2, 3).kind, CellKind::Number);
}

void TstDiffReport::workbookTextsAreReadBackAsTheyWere()
{
    const std::string codes = "_x0041_ and _x005F_x0041_";
    const std::string large(40'000, 'x');
    Sample made;
    const QStringList names{QStringLiteral("id"), QStringLiteral("v")};
    made.a = stored({names, {}});
    made.b = stored({names, {{number(1), text(codes)}, {number("1234567890123456.5"), text(large)}}});
    made.options.key = {QStringLiteral("id")};
    made.diff = *compareTables(made.a, made.b, made.options);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.xlsx"));
    QVERIFY(writeDiffXlsx(made.report(), path));
    FileFormat changes;
    changes.kind = FileKind::Xlsx;
    changes.xlsx.sheet = 1;
    changes.xlsx.columnCount = 3;
    const auto rows = openFile(path, changes);
    QVERIFY(rows);
    RowBatch batch(3);
    QCOMPARE((*rows)->read(batch, 10).value(), 2);
    QCOMPARE(batch.cell(0, 2).text, std::string_view(codes));
    QCOMPARE(batch.cell(1, 1).text, std::string_view("1234567890123456.5"));
    // A cell holds no more: that it was cut can be seen.
    QCOMPARE(batch.cell(1, 2).text, std::string_view(std::string(32'766, 'x') + "\u2026"));
}

void TstDiffReport::failedWritesEndTheReport()
{
    const Sample made = sample();
    const TextSink full = [](std::string &) -> Result<Done> {
        return ApiError{ErrorKind::File, 0, {}, QStringLiteral("The disk is full."), {}, {}};
    };
    QVERIFY(!writeDiffCsv(made.report(), full));
    QVERIFY(!writeDiffHtml(made.report(), full));
    QVERIFY(!writeDiffXlsx(made.report(), QStringLiteral("/nowhere/report.xlsx")));
}

void TstDiffReport::savedWholeOrNotAtAll()
{
    const Sample made = sample();
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("report.csv"));
    QVERIFY(saveDiff(made.report(), path, writeDiffCsv));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().count("\r\n") == 20);
    QVERIFY(!saveDiff(made.report(), folder.filePath(QStringLiteral("none/report.csv")), writeDiffCsv));
}

void TstDiffReport::reconciles()
{
    TableDiff diff;
    diff.rowsA = 34'112;
    diff.rowsB = 34'380;
    diff.added.resize(268);
    QCOMPARE(reconcilingLine(diff, QLocale(QLocale::English)), QStringLiteral("34,112 \u2212 0 + 268 = 34,380"));
}

QTEST_GUILESS_MAIN(TstDiffReport)
#include "tst_diffreport.moc"
