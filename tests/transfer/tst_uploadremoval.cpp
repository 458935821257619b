#include "core/columnstore.h"
#include "transfer/uploadremoval.h"
#include "transfer/uploadtally.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;

namespace {

using Table = QVector<QPair<QString, int>>; ///< mark, n

/// A table in memory that can be made to misbehave.
class MemoryTarget final : public UploadTarget
{
public:
    Table rows;
    int mostValues = 500;
    int calls = 0;
    int loseAnswerOf = 0;  ///< the call with this number is carried out and not answered
    bool takesAll = false; ///< removes every row, whatever was asked
    bool takesNothing = false;
    bool readable = true;

    QString address() const override { return QStringLiteral("memory://"); }
    Dialect::RowShape rowShape() const override { return Dialect::RowShape::Members; }
    Call<QString> create(const DataService::NewTable &) override { return Call<QString>::finished(ApiError{}); }
    Call<QVector<DatasetInfo>> list(const QString &) override
    {
        return Call<QVector<DatasetInfo>>::finished(ApiError{});
    }
    Call<DataService::Appended> append(const QString &, const QByteArray &, qint64, ApiClient::Gate) override
    {
        return Call<DataService::Appended>::finished(ApiError{});
    }
    int mostRemovalValues() const override { return mostValues; }
    Call<std::optional<qint64>> removeRows(const QString &, const QString &column,
                                           const QVector<QByteArray> &values) override
    {
        ++calls;
        if (column != markerColumn || values.isEmpty() || values.size() > mostValues)
            qFatal("a call that may not be made");
        rows.removeIf([&](const auto &row) {
            return takesAll || (!takesNothing && values.contains('"' + row.first.toUtf8() + '"'));
        });
        if (calls == loseAnswerOf)
            return Call<std::optional<qint64>>::finished(
                ApiError{ErrorKind::OutcomeUnknown, 0, {}, QStringLiteral("No answer came."), {}, {}});
        return Call<std::optional<qint64>>::finished(std::optional<qint64>());
    }
    Call<TableSnapshot> read(const QString &) override
    {
        if (!readable)
            return Call<TableSnapshot>::finished(ApiError{ErrorKind::Network, 0, {}, QStringLiteral("Gone."), {}, {}});
        ColumnStore store;
        RowBatch batch(2);
        for (const auto &[mark, n] : rows) {
            batch.beginRow(1);
            batch.addCell(mark.isNull() ? CellKind::Null : CellKind::Text, mark.toStdString());
            batch.addCell(CellKind::Number, std::to_string(n));
        }
        store.append(chunkFromBatch({QString(markerColumn), QStringLiteral("n")}, batch));
        store.setComplete();
        return Call<TableSnapshot>::finished(store.snapshot());
    }
};

} // namespace

/// Rows of one upload go, all others stay, whatever the service does.
class TestUploadRemoval : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void removesItsRowsAlone_data();
    void removesItsRowsAlone();
    void nothingGoesBeforeItIsAsked();
    void stoppedWhileItCountsItDoesNotAsk();
    void aLostAnswerIsClearedUpByReading();
    void stopsAServiceThatTakesMore();
    void saysWhenNothingWasTaken();
    void unreadableTableIsSaid();
    void refuses_data();
    void refuses();
    void cancelStopsAfterTheAnswer();

private:
    /// An upload of `rows` rows, which the table has, between others.
    JournalJob uploaded(int rows, Evidence evidence = Evidence::Marker);
    void runToEnd(UploadRemoval &removal);
    UploadTools tools() const { return {m_target, m_journal}; }
    qint64 others() const
    {
        return std::count_if(m_target->rows.begin(), m_target->rows.end(),
                             [](const auto &row) { return !row.first.startsWith(QLatin1String("11111111-")); });
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<MemoryTarget> m_target;
    std::shared_ptr<UploadJournal> m_journal;
};

void TestUploadRemoval::init()
{
    m_journal.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_target = std::make_shared<MemoryTarget>();
    m_journal = *UploadJournal::open(m_dir->path());
}

JournalJob TestUploadRemoval::uploaded(int rows, Evidence evidence)
{
    JournalJob job;
    job.id = QStringLiteral("11111111-2222-3333-4444-555555555555");
    job.service = job.account = m_target->address();
    job.datasetId = QStringLiteral("5");
    job.columns.columns = {{QStringLiteral("n"), ColumnType::Number}};
    job.sourceName = QStringLiteral("rows.csv");
    job.evidence = evidence;
    job.rowsPlanned = rows;
    if (const auto added = m_journal->addJob(job, {}); !added)
        qFatal("%s", qPrintable(added.error().text()));
    m_target->rows.append({QString(), 1});
    for (int i = 1; i <= rows; ++i) {
        m_target->rows.append({QStringLiteral("11111111-1-%1").arg(i), i});
        m_target->rows.append({QStringLiteral("22222222-1-%1").arg(i), i});
    }
    // Nearly ours.
    for (const char *text :
         {"11111111-", "11111111-1", "11111111-1-", "11111111-a-1", "111111112-1-1", "x11111111-1-1"})
        m_target->rows.append({QString::fromLatin1(text), 0});
    return job;
}

void TestUploadRemoval::runToEnd(UploadRemoval &removal)
{
    QSignalSpy counted(&removal, &UploadRemoval::counted);
    QSignalSpy ended(&removal, &UploadRemoval::ended);
    removal.count();
    QTRY_VERIFY(!counted.isEmpty() || !ended.isEmpty());
    removal.remove();
    QTRY_COMPARE(ended.size(), 1);
}

void TestUploadRemoval::removesItsRowsAlone_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("mostValues");
    QTest::addColumn<int>("calls");
    QTest::newRow("one") << 1 << 500 << 1;
    QTest::newRow("two") << 2 << 500 << 2;
    QTest::newRow("501 in two calls") << 501 << 500 << 2;
    QTest::newRow("502 in three") << 502 << 500 << 3;
    QTest::newRow("one a call") << 7 << 1 << 7;
}

void TestUploadRemoval::removesItsRowsAlone()
{
    QFETCH(int, rows);
    QFETCH(int, mostValues);
    m_target->mostValues = mostValues;
    UploadRemoval removal(tools(), uploaded(rows));
    const qint64 before = m_target->rows.size();
    runToEnd(removal);
    const RemovalReport &report = removal.report();
    QVERIFY2(!report.error, report.error ? qPrintable(report.error->text()) : "");
    QVERIFY(report.isChecked);
    QCOMPARE(report.found, rows);
    QCOMPARE(report.removed, rows);
    QCOMPARE(report.left, 0);
    QTEST(m_target->calls, "calls");
    QCOMPARE(report.calls, m_target->calls);
    QCOMPARE(m_target->rows.size(), before - rows);
    const JournalJob kept = *m_journal->job(removal.job().id);
    QVERIFY(kept.removal == JournalJob::Removal::Done);
    QCOMPARE(kept.rowsRemoved, rows);
    QVERIFY(!whyNotRemovable(kept).isEmpty());
}

void TestUploadRemoval::nothingGoesBeforeItIsAsked()
{
    UploadRemoval removal(tools(), uploaded(3));
    QSignalSpy counted(&removal, &UploadRemoval::counted);
    QSignalSpy ended(&removal, &UploadRemoval::ended);
    removal.count();
    QTRY_COMPARE(counted.size(), 1);
    QCOMPARE(removal.report().found, 3);
    QTest::qWait(20);
    QCOMPARE(m_target->calls, 0);
    removal.cancel();
    QCOMPARE(ended.size(), 1);
    QVERIFY(m_journal->job(removal.job().id)->removal == JournalJob::Removal::None);
}

void TestUploadRemoval::stoppedWhileItCountsItDoesNotAsk()
{
    UploadRemoval removal(tools(), uploaded(3));
    QSignalSpy counted(&removal, &UploadRemoval::counted);
    QSignalSpy ended(&removal, &UploadRemoval::ended);
    removal.count();
    removal.cancel();
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(counted.size(), 0);
    QCOMPARE(removal.report().error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_target->calls, 0);
    QVERIFY(m_journal->job(removal.job().id)->removal == JournalJob::Removal::None);
}

void TestUploadRemoval::aLostAnswerIsClearedUpByReading()
{
    m_target->loseAnswerOf = 2;
    UploadRemoval removal(tools(), uploaded(600));
    runToEnd(removal);
    QCOMPARE(removal.report().error->kind, ErrorKind::OutcomeUnknown);
    QVERIFY(removal.report().isChecked);
    QCOMPARE(removal.report().removed, 501); // the call was carried out, and that was seen
    QCOMPARE(removal.report().left, 99);
    // Again: the rest.
    UploadRemoval again(tools(), *m_journal->job(removal.job().id));
    runToEnd(again);
    QVERIFY(!again.report().error);
    QCOMPARE(again.report().removed, 99);
    QCOMPARE(m_journal->job(removal.job().id)->rowsRemoved, 600);
}

void TestUploadRemoval::stopsAServiceThatTakesMore()
{
    m_target->takesAll = true;
    UploadRemoval removal(tools(), uploaded(600));
    runToEnd(removal);
    QCOMPARE(m_target->calls, 1);
    QVERIFY(removal.report().error->message.contains(QStringLiteral("One row was to be removed")));
}

void TestUploadRemoval::saysWhenNothingWasTaken()
{
    m_target->takesNothing = true;
    UploadRemoval removal(tools(), uploaded(600));
    const qint64 before = m_target->rows.size();
    runToEnd(removal);
    QCOMPARE(m_target->calls, 1);
    QVERIFY(removal.report().error);
    QCOMPARE(removal.report().removed, 0);
    QCOMPARE(m_target->rows.size(), before);
}

void TestUploadRemoval::unreadableTableIsSaid()
{
    UploadRemoval removal(tools(), uploaded(1));
    connect(&removal, &UploadRemoval::progressed, this, [this] { m_target->readable = false; });
    runToEnd(removal);
    QVERIFY(removal.report().error);
    QVERIFY(!removal.report().isChecked);
    QVERIFY(m_journal->job(removal.job().id)->removal == JournalJob::Removal::Asked);
}

void TestUploadRemoval::refuses_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("no marks") << QStringLiteral("evidence");
    QTest::newRow("another account") << QStringLiteral("account");
    QTest::newRow("a mark twice") << QStringLiteral("twice");
    QTest::newRow("more than were sent") << QStringLiteral("more");
    QTest::newRow("none left") << QStringLiteral("none");
    QTest::newRow("no table") << QStringLiteral("table");
}

void TestUploadRemoval::refuses()
{
    QFETCH(QString, what);
    JournalJob job = uploaded(3, what == QLatin1String("evidence") ? Evidence::Content : Evidence::Marker);
    if (what == QLatin1String("account"))
        job.account = QStringLiteral("someone else");
    else if (what == QLatin1String("twice"))
        m_target->rows[1].first = QStringLiteral("11111111-1-2");
    else if (what == QLatin1String("more"))
        m_target->rows.append({QStringLiteral("11111111-1-4"), 4});
    else if (what == QLatin1String("none"))
        m_target->rows.clear();
    else if (what == QLatin1String("table"))
        job.datasetId.clear();
    UploadRemoval removal(tools(), job);
    const Table before = m_target->rows;
    runToEnd(removal);
    QVERIFY(removal.report().error);
    QVERIFY(!removal.report().error->message.isEmpty());
    QCOMPARE(m_target->calls, 0);
    QCOMPARE(m_target->rows, before);
    QVERIFY(m_journal->takeLease(job.service + QStringLiteral(" id 5"), QStringLiteral("another"))); // given back
}

void TestUploadRemoval::cancelStopsAfterTheAnswer()
{
    m_target->mostValues = 1;
    UploadRemoval removal(tools(), uploaded(50));
    connect(&removal, &UploadRemoval::progressed, this, [&] {
        if (m_target->calls == 3)
            removal.cancel();
    });
    runToEnd(removal);
    QCOMPARE(removal.report().error->kind, ErrorKind::Cancelled);
    QCOMPARE(removal.report().removed, m_target->calls);
    QCOMPARE(removal.report().left, 50 - m_target->calls);
    QVERIFY(m_target->calls <= 4);
    const JournalJob kept = *m_journal->job(removal.job().id);
    const Receipt receipt = receiptOf(kept, {}, false);
    QCOMPARE(receipt.rowsRemoved, m_target->calls);
    QVERIFY(receipt.removalOpen);
    // Undone again it goes on with what is left, and counts both.
    const int before = m_target->calls;
    UploadRemoval again(tools(), kept);
    runToEnd(again);
    QVERIFY(!again.report().error);
    QCOMPARE(again.report().found, 50 - before);
    QCOMPARE(again.report().calls, 50 - before);
    QCOMPARE(m_target->calls, 50);
    const JournalJob done = *m_journal->job(kept.id);
    QCOMPARE(done.rowsRemoved, 50);
    QVERIFY(done.removal == JournalJob::Removal::Done);
}

QTEST_GUILESS_MAIN(TestUploadRemoval)
#include "tst_uploadremoval.moc"
