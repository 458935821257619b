#include "transfer/uploadwaitstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// What a job makes of "not carried out" and of refusals, in virtual time, and what is in the table then.
class TestUploadDenials : public QObject, protected UploadWaitStage
{
    Q_OBJECT
private slots:
    void init() { setUp(); }

    void findsRowsThatWereDenied_data();
    void findsRowsThatWereDenied();
    void deniedRowsAreFoundByTheNextRunToo();
    void othersRowsAreNotTakenForDeniedOnes();
    void lastDenialIsNotBelievedEither_data();
    void lastDenialIsNotBelievedEither();
    void denialThatCannotBeCheckedIsUnknown_data();
    void denialThatCannotBeCheckedIsUnknown();
    void cancelChecksADenialFirst();
    void rowsOthersRemovedHideNothing();
    void badRowsAreFound();
    void everyRowRefusedStopsSoon();
    void refusalThatIsNotAboutRows();
};

void TestUploadDenials::findsRowsThatWereDenied_data()
{
    QTest::addColumn<int>("evidence");
    QTest::addColumn<bool>("decides");
    QTest::newRow("marker") << int(Evidence::Marker) << true;
    QTest::newRow("key") << int(Evidence::Key) << true;
    QTest::newRow("content") << int(Evidence::Content) << true;
    QTest::newRow("count") << int(Evidence::Count) << false;
    QTest::newRow("nothing") << int(Evidence::None) << false;
}

/// 429, and the rows are there: sending them again would double them.
void TestUploadDenials::findsRowsThatWereDenied()
{
    QFETCH(int, evidence);
    QFETCH(bool, decides);
    m_service->script = {Fate::Stored, Fate::AskedToWaitStored};
    const Receipt receipt = run(plan(Evidence(evidence)));
    QCOMPARE(receipt.complete, decides);
    QCOMPARE(m_undecided, !decides);
    QCOMPARE(receipt.rowsUnknown, decides ? 0 : 500);
    QCOMPARE(int(m_service->rows.size()), decides ? rows : 1000);
    QCOMPARE(m_service->appends, decides ? 3 : 2);
    QVERIFY(!decides || wrong().isEmpty());
    const JournalJob job = m_journal->jobs()->constFirst();
    const auto question = questionOf(job, *m_journal->batches(job.id), *m_journal->looks(job.id));
    QCOMPARE(question.has_value(), !decides);
    if (!question)
        return;
    // It says what happened: an answer came.
    QVERIFY2(question->text.contains(QStringLiteral("answered that it did not carry that out")),
             qPrintable(question->text));
    QVERIFY2(question->text.contains(Evidence(evidence) == Evidence::None ? QStringLiteral("nothing in it tells")
                                                                          : QStringLiteral("others may change it")),
             qPrintable(question->text));
}

void TestUploadDenials::deniedRowsAreFoundByTheNextRunToo()
{
    m_service->script = {Fate::AskedToWaitStored};
    auto job = std::make_unique<UploadJob>(tools(), plan());
    const QString id = job->receipt().job;
    UploadJob *running = job.get();
    connect(running, &UploadJob::progressed, this,
            [this, running] { m_service->dead = running->waiting().has_value(); });
    (void)run(std::move(job)); // ends while it waits
    m_service->dead = false;
    const Receipt receipt = run(std::make_unique<UploadJob>(tools(), *m_journal->job(id)));
    QVERIFY(receipt.complete);
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_service->appends, 3);
}

void TestUploadDenials::othersRowsAreNotTakenForDeniedOnes()
{
    m_service->script = {Fate::Stored, Fate::AskedToWait};
    auto job = std::make_unique<UploadJob>(tools(), plan());
    UploadJob *running = job.get();
    connect(running, &UploadJob::progressed, this, [this, running] {
        if (running->waiting() && m_service->rows.size() == 500) {
            for (int i = 0; i < 700; ++i)
                m_service->rows.push_back({-1 - i, QStringLiteral("other"), {}, 0});
        }
    });
    const Receipt receipt = run(std::move(job));
    QVERIFY(receipt.complete);
    QVERIFY(!receipt.isSound()); // the table has more than was sent, and that is said
    QCOMPARE(receipt.countDifference(), std::optional<qint64>(700));
    QCOMPARE(int(m_service->rows.size()), rows + 700);
}

void TestUploadDenials::lastDenialIsNotBelievedEither_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("denials");
    QTest::addColumn<int>("fate");
    QTest::addColumn<int>("last");
    QTest::addColumn<int>("evidence");
    for (const auto &[name, evidence] : {std::pair("content", Evidence::Content), std::pair("marker", Evidence::Marker),
                                         std::pair("nothing", Evidence::None)}) {
        QTest::addRow("second 401, %s", name)
            << 1 << 1 << int(Fate::RefusedCredentials) << int(Fate::RefusedStored) << int(evidence);
        QTest::addRow("eleventh 429, %s", name)
            << 1 << 10 << int(Fate::AskedToWait) << int(Fate::AskedToWaitStored) << int(evidence);
    }
}

/// The denial after which the job gives up, and the rows are there: they are not reported as not sent.
void TestUploadDenials::lastDenialIsNotBelievedEither()
{
    QFETCH(int, denials);
    QFETCH(int, fate);
    QFETCH(int, last);
    QFETCH(int, evidence);
    m_service->script = {Fate::Stored};
    m_service->script.insert(m_service->script.end(), size_t(denials), Fate(fate));
    m_service->script.push_back(Fate(last));
    auto job = std::make_unique<UploadJob>(tools(), plan(Evidence(evidence)));
    const QString id = job->receipt().job;
    const Receipt receipt = run(std::move(job));
    const bool tells = evidence != int(Evidence::None);
    QVERIFY(!receipt.complete && receipt.error);
    QCOMPARE(receipt.error->kind, tells ? error(Fate(last)) : ErrorKind::OutcomeUnknown);
    QCOMPARE(receipt.rowsConfirmed, tells ? 1000 : 500);
    QCOMPARE(receipt.rowsUnknown, tells ? 0 : 500);
    QCOMPARE(int(m_service->rows.size()), 1000);
    if (!tells)
        return;
    const Receipt whole = run(std::make_unique<UploadJob>(tools(), *m_journal->job(id)));
    QVERIFY(whole.complete);
    QVERIFY(wrong().isEmpty());
}

void TestUploadDenials::denialThatCannotBeCheckedIsUnknown_data()
{
    QTest::addColumn<bool>("counts");
    QTest::addColumn<bool>("stored");
    for (const bool counts : {true, false}) {
        QTest::addRow("%s, stored", counts ? "no answer to the count either" : "no count") << counts << true;
        QTest::addRow("%s, not stored", counts ? "no answer to the count either" : "no count") << counts << false;
    }
}

void TestUploadDenials::denialThatCannotBeCheckedIsUnknown()
{
    QFETCH(bool, counts);
    QFETCH(bool, stored);
    m_service->script = {Fate::Stored, Fate::RefusedCredentials,
                         stored ? Fate::RefusedStored : Fate::RefusedCredentials};
    UploadTools with = tools();
    with.countsTable = counts;
    auto job = std::make_unique<UploadJob>(with, plan());
    const QString id = job->receipt().job;
    UploadJob *running = job.get();
    connect(running, &UploadJob::progressed, this,
            [this, running] { m_service->refusesReads = running->receipt().rowsConfirmed > 0; });
    const Receipt receipt = run(std::move(job));
    QCOMPARE(receipt.error->kind, ErrorKind::Credentials);
    QCOMPARE(receipt.rowsConfirmed, 500);
    QCOMPARE(receipt.rowsUnknown, 500);
    m_service->refusesReads = false;
    if (!counts)
        return; // what the table had before is not known: only a person can tell
    // Signed in again: one look tells.
    const qint64 from = m_clock->now();
    const Receipt whole = run(std::make_unique<UploadJob>(tools(), *m_journal->job(id)));
    QVERIFY(whole.complete);
    QVERIFY(wrong().isEmpty());
    QVERIFY(m_clock->now() - from < 10'000);
}

void TestUploadDenials::cancelChecksADenialFirst()
{
    m_service->script = {Fate::Stored, Fate::AskedToWaitStored};
    const Receipt receipt = cancelWhileItWaits();
    QCOMPARE(receipt.error->kind, ErrorKind::Cancelled);
    QCOMPARE(receipt.rowsConfirmed, 500);
    QCOMPARE(receipt.rowsUnknown, 500);
}

/// Fewer rows than there should be: the count says nothing about those that were denied.
void TestUploadDenials::rowsOthersRemovedHideNothing()
{
    for (int i = 0; i < 700; ++i)
        m_service->rows.push_back({-1 - i, QStringLiteral("other"), {}, 0});
    m_service->script = {Fate::Stored, Fate::AskedToWaitStored};
    auto job = std::make_unique<UploadJob>(tools(), plan());
    UploadJob *running = job.get();
    connect(running, &UploadJob::progressed, this, [this, running] {
        if (running->waiting())
            std::erase_if(m_service->rows, [](const auto &row) { return row.n < 0; });
    });
    const Receipt receipt = run(std::move(job));
    QCOMPARE(receipt.rowsUnknown, 500);
    QVERIFY(m_undecided);
    QCOMPARE(int(m_service->rows.size()), 1000); // not sent again
}

void TestUploadDenials::badRowsAreFound()
{
    m_service->badRows = {501, 777, 1500};
    const Receipt receipt = run(plan(Evidence::Marker));
    QVERIFY(!receipt.complete);
    QCOMPARE(receipt.error->kind, ErrorKind::Rejected);
    QVERIFY2(receipt.error->message.startsWith(QStringLiteral("3 rows were refused. row 501: struck row 777:")),
             qPrintable(receipt.error->message));
    QCOMPARE(receipt.rowsConfirmed, rows - 3);
    QCOMPARE(receipt.rowsUnknown, 0);
    QCOMPARE(wrong(), (QMap<int, int>{{501, 0}, {777, 0}, {1500, 0}}));
    QVERIFY(m_service->appends < 3 * 20);
    // Mended on the service's side: the next run sends only these.
    m_service->badRows.clear();
    const int before = m_service->appends;
    const Receipt later = run(std::make_unique<UploadJob>(tools(), *m_journal->job(receipt.job)));
    QVERIFY(later.isSound());
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_service->appends - before, 3);
}

void TestUploadDenials::everyRowRefusedStopsSoon()
{
    for (int n = 1; n <= rows; ++n)
        m_service->badRows.insert(n);
    const Receipt receipt = run(plan());
    QCOMPARE(receipt.error->kind, ErrorKind::Rejected);
    QVERIFY(m_service->rows.empty());
    QVERIFY2(m_service->appends <= 16, qPrintable(QString::number(m_service->appends)));
    QCOMPARE(receipt.rowsUnknown, 0);
}

/// All of the rows go in when they are sent in parts: then it was the call, and nothing is reported.
void TestUploadDenials::refusalThatIsNotAboutRows()
{
    m_service->script = {Fate::Stored, Fate::Rejected};
    const Receipt receipt = run(plan());
    QVERIFY(receipt.isSound());
    QVERIFY(wrong().isEmpty());
    QCOMPARE(m_service->appends, 5);
}

QTEST_GUILESS_MAIN(TestUploadDenials)
#include "tst_uploaddenials.moc"
