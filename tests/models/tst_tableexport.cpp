#include "models/tableexport.h"

#include "files/fileinspector.h"
#include "files/valueconverter.h"
#include "models/tablequery.h"
#include "tableofrows.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using test::none;
using test::number;
using test::text;

namespace {

using Scope = TableExport::Scope;

const QStringList names{QStringLiteral("id"), QStringLiteral("day"), QStringLiteral("note")};

/// A table that grows, what is asked of it, and an export.
struct Stage : test::GrowingTable
{
    TableQuery query{&model};
    std::unique_ptr<TableExport> what;
    std::unique_ptr<QSignalSpy> finished;

    Stage()
    {
        grow(names, {{number("1"), text("2025-04-03"), text("=1+1")},
                     {number("2.50"), text("2025-04-04T10:00:00"), none()},
                     {number("-3"), text("2025-04-05"), text("")}});
        begin();
    }
    void begin(const QItemSelection &selection = {}, const std::optional<Schema> &schema = {})
    {
        what = std::make_unique<TableExport>(&model, &query, selection, schema);
        finished = std::make_unique<QSignalSpy>(what.get(), &TableExport::finished);
        QObject::connect(what.get(), &TableExport::finished, what.get(),
                         [this](const Result<Exported> &result) { last = result; });
    }
    std::optional<Result<Exported>> last;
    Result<Exported> result() const { return *last; }
};

} // namespace

class TestTableExport : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString path(const QString &name) const { return m_dir.filePath(name); }

    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void allRowsAsTheyAre()
    {
        Stage s;
        s.store->setComplete();
        QCOMPARE(s.what->scopes(), QVector<Scope>{Scope::All});
        QCOMPARE(s.what->scopeText(Scope::All), QStringLiteral("All 3 rows"));
        s.what->start(Scope::All, ExportOptions::forPrograms(), path(QStringLiteral("all.csv")));
        QTRY_COMPARE(s.finished->count(), 1);
        QVERIFY(s.result());
        QCOMPARE(s.result()->rows, 3);
        QCOMPARE(s.result()->guardedCells, 1);
        QCOMPARE(
            read(path(QStringLiteral("all.csv"))),
            QByteArray("id,day,note\r\n1,2025-04-03,\"'=1+1\"\r\n2.50,2025-04-04T10:00:00,\r\n-3,2025-04-05,\"\"\r\n"));
    }

    void asExcelHasItHere()
    {
        Stage s;
        s.store->setComplete();
        s.begin({}, Schema{{{QStringLiteral("day"), ColumnType::DateTime}}});
        ExportOptions options = ExportOptions::forExcel(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(options.dates, DateForm::DayDots);
        options.csv.formulaGuard = false;
        options.csv.nullText = "NULL";
        s.what->start(Scope::All, options, path(QStringLiteral("de.csv")));
        QTRY_COMPARE(s.finished->count(), 1);
        QCOMPARE(read(path(QStringLiteral("de.csv"))),
                 QByteArray("\xef\xbb\xbfid;day;note\r\n1;\"03.04.2025\";=1+1\r\n2,50;04.04.2025 10:00:00;NULL\r\n"
                            "-3;\"05.04.2025\";\"\"\r\n"));
        QCOMPARE(ExportOptions::forExcel(QLocale(QLocale::English, QLocale::UnitedStates)).dates,
                 DateForm::MonthSlashes);
        QCOMPARE(ExportOptions::forExcel(QLocale(QLocale::French, QLocale::France)).dates, DateForm::DaySlashes);
    }

    void allMeansAll()
    {
        Stage s;
        QCOMPARE(s.what->scopes(), (QVector<Scope>{Scope::All, Scope::Loaded}));
        const QString file = path(QStringLiteral("later.csv"));
        s.what->start(Scope::All, ExportOptions::forPrograms(), file);
        QCOMPARE(s.what->state(), TableExport::State::Waiting);
        s.grow(names, {{number("4"), none(), none()}});
        s.what->tableChanged();
        QCOMPARE(s.what->state(), TableExport::State::Waiting);
        QVERIFY(!QFile::exists(file));
        s.store->setComplete();
        s.what->tableChanged();
        QTRY_COMPARE(s.finished->count(), 1);
        QCOMPARE(s.result()->rows, 4);
    }

    void anIncompleteTableIsRefused()
    {
        Stage s;
        const QString file = path(QStringLiteral("stopped.csv"));
        QSignalSpy wanted(s.what.get(), &TableExport::readingWanted);
        s.store->setStopped({ErrorKind::Server, 500, {}, QStringLiteral("Page 7 did not come."), {}, {}});
        s.what->start(Scope::All, ExportOptions::forPrograms(), file);
        QCOMPARE(wanted.count(), 1); // tried once more; here nobody did
        QTRY_COMPARE(s.finished->count(), 1);
        QVERIFY(!s.result());
        QVERIFY2(s.result().error().message.contains(QStringLiteral("Page 7")), qPrintable(s.result().error().message));
        QVERIFY(!QFile::exists(file));
        // What is there may be had, under its name.
        QVERIFY(s.what->scopeText(Scope::Loaded).contains(QStringLiteral("3 rows, not the whole table")));
        s.what->start(Scope::Loaded, ExportOptions::forPrograms(), file);
        QTRY_COMPARE(s.finished->count(), 2);
        QVERIFY(QFile::exists(file));
    }

    void theFilteredAndSortedRows()
    {
        Stage s;
        s.store->setComplete();
        QVERIFY(s.query.addFilter({0, Filter::Op::Less, {QStringLiteral("2.6")}, false}));
        s.query.setSort(0, true, false);
        QTRY_VERIFY(s.query.isCaughtUp() && s.model.rowCount() == 2 + 1);
        s.query.clearFilters();
        QVERIFY(s.query.addFilter({0, Filter::Op::Greater, {QStringLiteral("0")}, false}));
        QTRY_VERIFY(s.query.isCaughtUp() && s.model.rowCount() == 2);
        s.begin();
        QCOMPARE(s.what->scopes().first(), Scope::Shown);
        QCOMPARE(s.what->scopeText(Scope::Shown), QStringLiteral("The rows that meet the filters: 2 of 3 rows"));
        s.what->start(Scope::Shown, ExportOptions::forPrograms(), path(QStringLiteral("some.csv")));
        QTRY_COMPARE(s.finished->count(), 1);
        QVERIFY(read(path(QStringLiteral("some.csv"))).startsWith("id,day,note\r\n2.50,"));
        QCOMPARE(s.result()->rows, 2);
    }

    void theSelection()
    {
        Stage s;
        s.begin(QItemSelection(s.model.index(1, 0), s.model.index(2, 1)));
        QVERIFY(s.what->scopes().contains(Scope::Selected));
        QCOMPARE(s.what->scopeText(Scope::Selected), QStringLiteral("The selection: 2 rows, 2 columns"));
        s.what->start(Scope::Selected, ExportOptions::forPrograms(), path(QStringLiteral("sel.csv")));
        QTRY_COMPARE(s.finished->count(), 1);
        QCOMPARE(read(path(QStringLiteral("sel.csv"))),
                 QByteArray("id,day\r\n2.50,2025-04-04T10:00:00\r\n-3,2025-04-05\r\n"));
    }

    void cancelLeavesWhatWasThere()
    {
        Stage s;
        std::vector<std::vector<test::SampleCell>> many(100'000, {number("7"), text("2025-01-01"), text("x")});
        s.grow(names, many);
        s.store->setComplete();
        const QString file = path(QStringLiteral("kept.csv"));
        QFile before(file);
        QVERIFY(before.open(QIODevice::WriteOnly) && before.write("before") == 6);
        before.close();
        const auto left = QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden);
        s.what->start(Scope::All, ExportOptions::forPrograms(), file);
        s.what->cancel();
        QTRY_COMPARE(s.finished->count(), 1);
        QCOMPARE(s.result().error().kind, ErrorKind::Cancelled);
        QVERIFY(QThreadPool::globalInstance()->waitForDone(60'000));
        QCOMPARE(read(file), QByteArray("before"));
        QCOMPARE(QDir(m_dir.path()).entryList(QDir::Files | QDir::Hidden), left);
        QCOMPARE(s.finished->count(), 1);
    }

    void ourOwnExportComesBackUnchanged_data()
    {
        QTest::addColumn<ExportOptions>("options");
        QTest::newRow("programs") << ExportOptions::forPrograms();
        QTest::newRow("german excel") << ExportOptions::forExcel(QLocale(QLocale::German, QLocale::Germany));
        QTest::newRow("american excel") << ExportOptions::forExcel(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    /// Types are found again, and each value is the one that was written.
    void ourOwnExportComesBackUnchanged()
    {
        QFETCH(ExportOptions, options);
        options.csv.formulaGuard = false;
        Stage s;
        std::vector<std::vector<test::SampleCell>> rows;
        for (int i = 0; i < 28; ++i) {
            const std::string day = (i < 9 ? "0" : "") + std::to_string(i + 1);
            rows.push_back({number(std::to_string(i) + ".5"), text("2025-01-" + day),
                            i % 3 == 0   ? text("0" + std::to_string(i))
                            : i % 3 == 1 ? none()
                                         : text("a;b,\"c\"\n")});
        }
        test::GrowingTable table;
        table.grow(names, rows);
        table.store->setComplete();
        TableQuery query(&table.model);
        TableExport what(&table.model, &query, {}, std::nullopt);
        QSignalSpy finished(&what, &TableExport::finished);
        const QString file = path(QStringLiteral("round.csv"));
        what.start(Scope::All, options, file);
        QTRY_COMPARE(finished.count(), 1);
        const Result<FileFormat> format = detectFormat(file);
        QVERIFY(format);
        const Result<FileInspection> seen = inspectFile(file, *format);
        QVERIFY(seen && !seen->damage);
        QCOMPARE(seen->rows, 28);
        const auto source = openFile(file, *format);
        QVERIFY(source);
        RowBatch batch(3);
        QCOMPARE(*(*source)->read(batch, 100), 28);
        std::string value;
        for (int column = 0; column < 3; ++column) {
            QCOMPARE(seen->columns[column].question, ColumnQuestion::None);
            const ValueConverter converter(seen->columns[column].rule);
            for (size_t row = 0; row < rows.size(); ++row) {
                const auto converted = converter.convert(batch.cell(qsizetype(row), column), value);
                QCOMPARE(converted.problem, ValueProblem::None);
                QCOMPARE(converted.kind == CellKind::Null, rows[row][size_t(column)].kind == CellKind::Null);
                QCOMPARE(value, rows[row][size_t(column)].text);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTableExport)
#include "tst_tableexport.moc"
