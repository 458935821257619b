#include "core/diffsamples.h"
#include "files/diffreport.h"
#include "files/fileinspector.h"
#include "files/tablefile.h"

#include <QFile>
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

    DiffReport report() const { return {a, b, options, diff, QDateTime(QDate(2026, 1, 31), QTime(9, 5))}; }
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
                             "changed,1,1,1,<b>v</b>,<script>alert(1)</script>,\"a \"\"quoted\"\", text\"\r\n"
                             "removed,2,,2,<b>v</b>,\"'=1+1\",\r\n"
                             "added,,3,4,<b>v</b>,,\"'-cmd\"\r\n"
                             "added,,3,4,w,,-4\r\n"
                             "added,,4,5,,,\r\n"));
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
    QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().count('\n') == 6);
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
