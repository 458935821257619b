#include "transfer/planspooler.h"

#include "support/failingcalls.h"
#include "transfer/journalsamples.h"
#include "transfer/listsource.h"
#include "transfer/ruledsource.h"

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// Two columns of values that are sent as they are, bytes and all.
class ByteSource : public RowSource
{
public:
    explicit ByteSource(std::vector<std::string> texts) : m_texts(std::move(texts)) {}
    QStringList columnNames() const override { return {QStringLiteral("n"), QStringLiteral("text")}; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override
    {
        qsizetype given = 0;
        for (; given < limit && m_next < m_texts.size(); ++given, ++m_next) {
            batch.beginRow(qint64(m_next) + 2);
            batch.addCell(CellKind::Number, "1");
            batch.addCell(CellKind::Text, m_texts[m_next]);
        }
        return given;
    }

private:
    std::vector<std::string> m_texts;
    size_t m_next = 0;
};

/// Rows that are values already.
UploadPlan converted(std::vector<std::string> texts)
{
    UploadPlan plan = planFor(std::make_shared<ByteSource>(std::move(texts)));
    plan.sourceIsConverted = true;
    return plan;
}

UploadPlan keyed(const std::shared_ptr<ListSource> &source)
{
    UploadPlan plan = planFor(source);
    plan.evidence = Evidence::Key;
    plan.keyColumns = {QStringLiteral("n")};
    return plan;
}

constexpr Dialect::RowShape shape = Dialect::RowShape::Members;

} // namespace

/// A file's rows on their way into the spool.
class TestPlanSpooler : public QObject
{
    Q_OBJECT
private slots:
    void init() { m_place = std::make_unique<JournalPlace>(); }
    void usualRules();
    void rulesOfAPerson();
    void valuesAreSentAsTheyAre();
    void halfACharacterIsSaid();
    void theFirstMisfitOfARowIsSaid();
    void bytesThatAreNoTextAreSaid();
    void longRowsAreSplit();
    void doubledKeysAreSaid_data();
    void doubledKeysAreSaid();
    void faultsOfTheDiskAreSaid();
    void fixesOfOneKindAlone();
    void faultsOfTheFileAreHandedOn();

private:
    Result<SpooledRows> spool(const UploadPlan &plan, const QString &name = QStringLiteral("a"))
    {
        PayloadSpool file;
        std::atomic<qint64> rows = 0;
        const std::atomic_bool cancelled = false;
        return spoolPlan(plan, shape, QStringLiteral("job"), m_place->open()->spoolPath(name), file, rows, cancelled);
    }

    std::unique_ptr<JournalPlace> m_place;
};

void TestPlanSpooler::usualRules()
{
    for (const ColumnType type : allColumnTypes) {
        const ColumnRule rule = defaultRule(type);
        QCOMPARE(rule.type, type);
        QCOMPARE(rule.trim, type != ColumnType::Text && type != ColumnType::Dropdown && type != ColumnType::Id);
        QCOMPARE(rule.refusesPercentSign, type == ColumnType::Number);
    }
}

void TestPlanSpooler::rulesOfAPerson()
{
    UploadPlan plan = planFor(ListSource::numbered(1));
    plan.rules = {defaultRule(ColumnType::Text), defaultRule(ColumnType::Text)};
    const BatchMaker::Step step = BatchMaker(plan, shape).next();
    QCOMPARE(step.pieces.at(0).body, QByteArray(R"({"data":[{"n":"1","text":"row 1"}]})"));
}

void TestPlanSpooler::valuesAreSentAsTheyAre()
{
    const BatchMaker::Step step = BatchMaker(converted({" 007 "}), shape).next();
    QCOMPARE(step.pieces.at(0).body, QByteArray(R"({"data":[{"n":1,"text":" 007 "}]})"));
}

void TestPlanSpooler::halfACharacterIsSaid()
{
    const BatchMaker::Step step = BatchMaker(converted({"fine", "half \xED\xA0\x80"}), shape).next();
    QVERIFY(step.pieces.empty());
    QVERIFY(step.error && step.error->kind == ErrorKind::File);
    QVERIFY2(step.error->text().contains(QStringLiteral("Line 3, column text")), qPrintable(step.error->text()));
    QVERIFY2(step.error->text().contains(QStringLiteral("half a character")), qPrintable(step.error->text()));
}

void TestPlanSpooler::theFirstMisfitOfARowIsSaid()
{
    auto source = ListSource::numbered(2);
    source->rows[1] = {QStringLiteral("abc"), QStringLiteral("def")};
    UploadPlan plan = planFor(source);
    plan.target.columns[1].type = ColumnType::Number;
    source->rows[0][1] = QStringLiteral("1");
    const BatchMaker::Step step = BatchMaker(plan, shape).next();
    QVERIFY(step.error);
    QVERIFY2(step.error->text().contains(QStringLiteral("Line 3, column n: \"abc\"")), qPrintable(step.error->text()));
}

/// Found at the beginning of rows that are too many for one call.
void TestPlanSpooler::bytesThatAreNoTextAreSaid()
{
    std::vector<std::string> texts(500, std::string(5000, 'x'));
    QCOMPARE(BatchMaker(converted(texts), shape).next().pieces.size(), size_t(4));
    for (const size_t bad : {size_t(0), texts.size() - 1}) {
        std::vector<std::string> broken = texts;
        broken[bad] = "\xff";
        const BatchMaker::Step step = BatchMaker(converted(broken), shape).next();
        QVERIFY(step.pieces.empty()); // nothing of the rows before it
        QVERIFY(step.error);
        QVERIFY2(step.error->message.contains(QStringLiteral("line %1, column text").arg(bad + 2)),
                 qPrintable(step.error->message));
    }
}

void TestPlanSpooler::longRowsAreSplit()
{
    const std::vector<std::string> texts(3, std::string(size_t(BatchMaker::largestBody), 'x'));
    const BatchMaker::Step step = BatchMaker(converted(texts), shape).next();
    QCOMPARE(step.pieces.size(), size_t(3)); // one row is never split
    for (size_t i = 0; i < step.pieces.size(); ++i) {
        QCOMPARE(step.pieces[i].rows, 1);
        QCOMPARE(step.pieces[i].firstRow, qint64(i) + 1);
    }
}

void TestPlanSpooler::doubledKeysAreSaid_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("failAt"); // row of the file that can't be read
    QTest::addColumn<int>("doubled");
    QTest::newRow("in the first call") << 10 << -1 << 9;
    QTest::newRow("in a later call") << 1200 << -1 << 700;
    QTest::newRow("in the last call") << 1200 << -1 << 1199;
    QTest::newRow("before a fault of the file") << 2000 << 1100 << 400;
}

/// Of two errors the one further up in the file.
void TestPlanSpooler::doubledKeysAreSaid()
{
    QFETCH(int, rows);
    QFETCH(int, failAt);
    QFETCH(int, doubled);
    auto source = ListSource::numbered(rows);
    source->failAt = failAt;
    source->rows[doubled][0] = QStringLiteral("3.0");
    const auto spooled = spool(keyed(source));
    QVERIFY(!spooled);
    QCOMPARE(spooled.error().kind, ErrorKind::File);
    QVERIFY2(spooled.error().message.startsWith(QStringLiteral("Row %1 has the same key").arg(doubled + 1)),
             qPrintable(spooled.error().message));
}

void TestPlanSpooler::faultsOfTheDiskAreSaid()
{
    const auto journal = m_place->open();
    int at = 0;
    for (bool struck = true; struck;) {
        const QString path = journal->spoolPath(QString::number(++at));
        FailingCall fault("disk", m_place->folder() + QStringLiteral("/spool"), at);
        PayloadSpool file;
        std::atomic<qint64> rows = 0;
        const std::atomic_bool cancelled = false;
        const auto spooled =
            spoolPlan(planFor(ListSource::numbered(1100)), shape, QStringLiteral("job"), path, file, rows, cancelled);
        struck = fault.end();
        QCOMPARE(bool(spooled), !struck);
        if (spooled)
            QCOMPARE(spooled->rows, 1100);
        else
            QVERIFY(spooled.error().kind == ErrorKind::Local && spooled.error().message.contains(path));
    }
    QCOMPARE(at, 7); // open, three calls' worth of rows, two syncs, and nothing more
}

void TestPlanSpooler::fixesOfOneKindAlone()
{
    for (const bool alike : {false, true}) {
        RowRules rules;
        rules.columns = {ColumnRule{}, ColumnRule{}};
        if (alike)
            rules.fixes.alike.insert({1, "row 2"}, "fixed");
        else
            rules.fixes.cells.insert({3, 1}, "fixed"); // the second row's line
        auto list = std::make_unique<ListSource>(QStringList{QStringLiteral("n"), QStringLiteral("text")});
        list->rows = ListSource::numbered(3)->rows;
        RuledSource source(std::move(list), rules);
        QCOMPARE(source.columnNames().size(), 2);
        RowBatch batch(2);
        QCOMPARE(*source.read(batch, 10), 3);
        QCOMPARE(batch.cell(0, 1).text, "row 1");
        QCOMPARE(batch.cell(1, 1).text, "fixed");
        QCOMPARE(batch.cell(2, 1).text, "row 3");
    }
}

void TestPlanSpooler::faultsOfTheFileAreHandedOn()
{
    RowRules rules;
    rules.columns = {ColumnRule{}, ColumnRule{}};
    auto list = std::make_unique<ListSource>(QStringList{QStringLiteral("n"), QStringLiteral("text")});
    list->rows = ListSource::numbered(3)->rows;
    list->failAt = 1;
    RuledSource source(std::move(list), rules);
    RowBatch batch(2);
    const auto read = source.read(batch, 10);
    QVERIFY(!read);
    QCOMPARE(read.error().message, QStringLiteral("Line 3 is broken."));
}

QTEST_GUILESS_MAIN(TestPlanSpooler)
#include "tst_planspooler.moc"
