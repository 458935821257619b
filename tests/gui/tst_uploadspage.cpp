#include "gui/uploadsstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// The page of uploads: what it lists, what it offers.
class TestUploadsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void anEmptyPageTeaches()
    {
        UploadsStage s;
        QVERIFY(s.shows(QStringLiteral("No uploads yet")));
        QCOMPARE(s.page.openCount(), 0);
        // A focus that can't be seen would be a stop for nothing.
        for (const QScrollArea *area : s.page.findChildren<QScrollArea *>())
            QCOMPARE(area->focusPolicy(), Qt::NoFocus);
    }

    void aWholeUploadShowsItsReceipt()
    {
        UploadsStage s;
        QSignalSpy count(&s.page, &UploadsPage::openCountChanged);
        QSignalSpy open(&s.page, &UploadsPage::openWanted);
        s.queue->add(plan(1200, QStringLiteral("Numbers")));
        QVERIFY(s.shows(QStringLiteral("numbers.csv → Numbers")));
        QCOMPARE(s.page.openCount(), 1);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed · 0 left out · table 0 → 1,200")));
        QVERIFY(s.shows(QStringLiteral("Complete")));
        QVERIFY(!s.button(QStringLiteral("Cancel")));
        QCOMPARE(count.count(), 2); // one came, none is left
        QTest::mouseClick(s.button(QStringLiteral("Open table")), Qt::LeftButton);
        QCOMPARE(open.value(0).value(0).toString(), QStringLiteral("7"));
    }

    void rowsLeftOutAreInTheReceipt()
    {
        UploadsStage s;
        UploadPlan some = plan(1200, QStringLiteral("Numbers"));
        some.rowsLeftOut = 3;
        s.queue->add(some);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed · 3 left out · table 0 → 1,200")));
    }

    void aLostAnswerIsSaidInWords()
    {
        UploadsStage s;
        s.onRows = FakeAnswer::failure(QNetworkReply::RemoteHostClosedError);
        UploadPlan blind = plan(1200, QStringLiteral("Numbers"));
        blind.evidence = Evidence::None; // else it would look at the table by itself
        s.queue->add(blind);
        QTRY_VERIFY(s.shows(QStringLiteral("We do not know whether 500 rows (1–500 of numbers.csv) arrived.")));
        QVERIFY(s.shows(QStringLiteral("the table was created; no row is known to be in it yet")));
        QVERIFY(s.shows(QStringLiteral("500 rows: 1–500 (sent, but no answer came back)")));
        QVERIFY(s.shows(QStringLiteral("700 rows: 501–1,200")));
        QVERIFY(s.shows(QStringLiteral("Nothing is sent until you choose.")));
        QVERIFY(s.button(QStringLiteral("Open table")));
        QCOMPARE(s.page.model()->rowCount(), 0); // one upload, one place
    }

    void theReceiptIsShownWhereTheUploadIs()
    {
        UploadsStage s;
        UploadPlan hashed = plan(3, QStringLiteral("Numbers"));
        hashed.file = {QStringLiteral("/numbers.csv"), 12, "abc0"};
        s.queue->add(hashed);
        QTRY_VERIFY(s.button(QStringLiteral("Receipt")));
        QVERIFY(!s.shows(QStringLiteral("abc0")));
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QVERIFY(s.shows(QStringLiteral("abc0")));
        QVERIFY(s.button(QStringLiteral("Save receipt…")));
        // Its rows carry no mark.
        QTest::mouseClick(s.button(QStringLiteral("Undo upload…")), Qt::LeftButton);
        QVERIFY(s.shows(QStringLiteral("This upload can't be undone. Its rows carry no mark")));
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QVERIFY(!s.shows(QStringLiteral("abc0")));
    }

    void uploadsOfEarlierRunsAreListed()
    {
        UploadsStage s;
        s.queue->add(plan(3, QStringLiteral("One")));
        QTRY_VERIFY(s.shows(QStringLiteral("3 rows confirmed")));
        s.queue->add(plan(4, QStringLiteral("Two")));
        QTRY_VERIFY(s.shows(QStringLiteral("4 rows confirmed")));
        s.queue.reset();
        QCOMPARE(s.page.model()->rowCount(), 0);
        s.queue = std::make_unique<UploadQueue>(DataService(&s.client));
        s.page.setQueue(s.queue.get());
        QCOMPARE(s.page.model()->rowCount(), 2);
        QVERIFY(s.shows(QStringLiteral("numbers.csv → One")));
        QCOMPARE(s.page.model()->entry(0).targetName, QStringLiteral("Two")); // newest first
        QCOMPARE(s.page.openCount(), 0);
    }

    void tabGoesFromTopToBottom()
    {
        UploadsStage s;
        s.queue->add(plan(3, QStringLiteral("One")));
        QTRY_VERIFY(s.shows(QStringLiteral("3 rows confirmed")));
        s.queue->add(plan(4, QStringLiteral("Two")));
        QTRY_VERIFY(s.shows(QStringLiteral("4 rows confirmed")));
        QVector<int> heights;
        QWidget *const first = s.button(QStringLiteral("Open table"));
        for (QWidget *at = s.page.nextInFocusChain(); at != &s.page; at = at->nextInFocusChain()) {
            if (qobject_cast<QPushButton *>(at) && at->isVisible())
                heights.append(at->mapTo(&s.page, QPoint()).y());
        }
        QVERIFY(first);
        QCOMPARE(heights.size(), 4); // two of each card
        QVERIFY(std::is_sorted(heights.begin(), heights.end()));
        // The receipt is below the buttons of its card.
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QStringList buttons;
        for (QWidget *at = s.page.nextInFocusChain(); at != &s.page; at = at->nextInFocusChain()) {
            if (const auto *button = qobject_cast<QPushButton *>(at); button && button->isVisible())
                buttons << button->text();
        }
        QCOMPARE(buttons.join(u'|'),
                 QStringLiteral("Open table|Receipt|Open table|Receipt|Save receipt…|Undo upload…"));
    }

    void tabComesToWhatIsUnfinishedFirst()
    {
        UploadsStage s;
        dieInTheMiddle(s);
        s.rows = 0;
        s.queue->add(plan(3, QStringLiteral("One")));
        QTRY_VERIFY(s.shows(QStringLiteral("3 rows confirmed")));
        QStringList buttons;
        for (QWidget *at = s.page.nextInFocusChain(); at != &s.page; at = at->nextInFocusChain()) {
            if (const auto *button = qobject_cast<QPushButton *>(at); button && button->isVisible())
                buttons << button->text();
        }
        QCOMPARE(buttons.constFirst(), QStringLiteral("Look at the table"));
        QCOMPARE(buttons.mid(buttons.size() - 3).join(u'|'), QStringLiteral("Give up|Open table|Receipt"));
    }

    void aNewUploadIsScrolledTo()
    {
        UploadsStage s;
        for (int i = 1; i <= 12; ++i) {
            s.rows = 0;
            s.queue->add(plan(3, QStringLiteral("Table %1").arg(i)));
            QTRY_COMPARE(s.page.openCount(), 0);
        }
        QScrollBar *bar = nullptr;
        for (QScrollArea *area : s.page.findChildren<QScrollArea *>()) {
            if (area->isVisible())
                bar = area->verticalScrollBar();
        }
        QVERIFY(bar);
        QTRY_VERIFY(bar->maximum() > 100);
        bar->setValue(bar->maximum());
        QTest::qWait(10);
        QCOMPARE(bar->value(), bar->maximum()); // nothing but a new one moves it
        s.rows = 0;
        s.queue->add(plan(3, QStringLiteral("Newest")));
        QTRY_VERIFY(bar->value() < 20);
        QTRY_COMPARE(s.page.openCount(), 0);
        // Nor does the end of an upload.
        s.rows = 0;
        s.onRows.delayMs = 100;
        s.queue->add(plan(3, QStringLiteral("Slow")));
        QTRY_VERIFY(s.network.count("POST", QStringLiteral("/row")) == 14);
        bar->setValue(bar->maximum());
        QTRY_COMPARE(s.page.openCount(), 0);
        QVERIFY(bar->value() > bar->maximum() - 100);
    }

    void foreignNamesAreNeverMarkup()
    {
        UploadsStage s;
        s.onRows = FakeAnswer::failure(QNetworkReply::RemoteHostClosedError);
        s.queue->add(plan(1, QStringLiteral("<b>x</b>\n&y")));
        QTRY_VERIFY(s.shows(QStringLiteral("<b>x</b>↵&y")));
        for (const QLabel *label : s.page.findChildren<QLabel *>())
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    }

    void anUnfinishedUploadIsOfferedAndNothingIsSentBefore()
    {
        UploadsStage s;
        dieInTheMiddle(s);
        QVERIFY(s.shows(QStringLiteral("Not finished: numbers.csv → Numbers")));
        QVERIFY(s.shows(QStringLiteral("We do not know whether 500 rows (1–500 of numbers.csv) arrived.")));
        QVERIFY(s.shows(QStringLiteral("these 500 rows will be in the table twice")));
        QVERIFY(s.button(QStringLiteral("Look at the table"))->isDefault());
        QVERIFY(!s.button(QStringLiteral("Continue")));
        QVERIFY(s.shows(QStringLiteral(
            "Nothing is sent until you choose. “Look at the table” reads the table first. When that tells which of "
            "these rows are there, the upload goes on by itself and sends those that are not in the table: at most "
            "1,200 rows. When it does not tell, nothing is sent. Each of the next three answers goes on with the "
            "700 rows that were not sent.")));
        QTest::qWait(50);
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("They are there - go on")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed")));
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 3); // the other 700 rows
        QVERIFY(!s.shows(QStringLiteral("Not finished")));
    }

    void lookingInVainSendsNothing()
    {
        UploadsStage s;
        dieInTheMiddle(s);
        s.onReading = FakeAnswer::json("{}", 404);
        QTest::mouseClick(s.button(QStringLiteral("Look at the table")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("We do not know whether 500 rows")));
        QTRY_VERIFY(s.button(QStringLiteral("Look at the table"))); // nothing was seen
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
    }

    void withoutAJournalNothingIsSent()
    {
        UploadsStage s;
        QFile journal(s.dir.filePath(QStringLiteral("uploads/journal.db")));
        s.queue.reset();
        QVERIFY(journal.open(QIODevice::WriteOnly) && journal.write(QByteArray(5000, 'x')) > 0);
        journal.close();
        s.queue = std::make_unique<UploadQueue>(DataService(&s.client));
        s.page.setQueue(s.queue.get());
        QVERIFY(s.shows(QStringLiteral("can't be used")));
        s.queue->add(plan(10, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.page.openCount(), 0);
        QVERIFY(s.network.requests().empty());
    }

    void anotherQueueStartsAfresh()
    {
        UploadsStage s;
        s.onRows = FakeAnswer::hanging();
        s.queue->add(plan(10, QStringLiteral("Numbers")));
        QCOMPARE(s.page.openCount(), 1);
        s.queue.reset(); // signed out
        QCOMPARE(s.page.openCount(), 0);
        QVERIFY(s.shows(QStringLiteral("No uploads yet")));
        UploadQueue next{DataService(&s.client)};
        s.page.setQueue(&next);
        next.add(plan(10, QStringLiteral("Other")));
        QVERIFY(s.shows(QStringLiteral("numbers.csv → Other")));
        s.page.setQueue(nullptr);
        QCOMPARE(s.page.model()->rowCount(), 0);
    }
};

QTEST_MAIN(TestUploadsPage)
#include "tst_uploadspage.moc"
