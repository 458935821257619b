#include "gui/uploadspage.h"

#include "models/uploadlistmodel.h"
#include "support/fakenetworkaccessmanager.h"
#include "transfer/uploadqueue.h"

#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

namespace {

/// A number of rows with one column, made up as they are asked for.
class CountedSource : public RowSource
{
public:
    explicit CountedSource(qint64 rows) : m_rows(rows) {}
    QStringList columnNames() const override { return {QStringLiteral("n")}; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override
    {
        qsizetype given = 0;
        for (; given < limit && m_given < m_rows; ++given) {
            batch.beginRow(++m_given + 1);
            batch.addCell(CellKind::Text, std::to_string(m_given));
        }
        return given;
    }

private:
    qint64 m_rows;
    qint64 m_given = 0;
};

UploadPlan plan(qint64 rows, const QString &table)
{
    UploadPlan plan;
    plan.source = std::make_shared<CountedSource>(rows);
    plan.sourceName = QStringLiteral("numbers.csv");
    plan.target = {{{QStringLiteral("n"), ColumnType::Number}}};
    plan.sourceColumn = {0};
    plan.newTable = {table, {}, plan.target};
    plan.rowsExpected = rows;
    return plan;
}

} // namespace

class TestUploadsPage : public QObject
{
    Q_OBJECT

    /// A page on a queue on a service that says what the test wants.
    struct Stage
    {
        QTemporaryDir dir;
        bool dirSet = qputenv("ROWDESK_DATA_DIR", dir.path().toUtf8());
        FakeNetworkAccessManager network;
        ApiClient client{&network, QUrl(QStringLiteral("http://127.0.0.1:1/"))};
        std::unique_ptr<UploadQueue> queue = std::make_unique<UploadQueue>(DataService(&client));
        UploadsPage page{queue.get()};
        FakeAnswer onRows = FakeAnswer::json("{}");
        std::optional<FakeAnswer> onReading; ///< to every GET
        int rows = 0;                        ///< of the table, as the list tells

        Stage()
        {
            network.respond = [this](const FakeRequest &request) {
                if (request.verb == "GET" && onReading)
                    return *onReading;
                if (request.verb == "GET" && request.url.path() == QLatin1String("/data"))
                    return FakeAnswer::json(R"([{"id":7,"name":"Numbers","rows":)" + QByteArray::number(rows) + "}]");
                if (request.url.path().endsWith(QLatin1String("/row")))
                    rows += int(request.body.count("\"n\""));
                return request.url.path().endsWith(QLatin1String("/row")) ? onRows : FakeAnswer::json(R"({"id":"7"})");
            };
            page.resize(900, 500);
            page.show();
        }
        bool shows(const QString &text) const
        {
            const auto labels = page.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
        }
        QPushButton *button(const QString &text) const
        {
            for (QPushButton *button : page.findChildren<QPushButton *>()) {
                if (button->isVisible() && button->text() == text)
                    return button;
            }
            return nullptr;
        }
        /// The question that is being asked; null when none is.
        QMessageBox *box() const { return page.findChild<QMessageBox *>(); }
        void answer(QMessageBox::ButtonRole role) const
        {
            for (QAbstractButton *button : box()->buttons()) {
                if (box()->buttonRole(button) == role)
                    return button->click();
            }
            qFatal("the question has no such answer");
        }
        void cancel() const
        {
            QTest::mouseClick(button(QStringLiteral("Cancel")), Qt::LeftButton);
            answer(QMessageBox::AcceptRole);
        }
    };

    /// Ends the program in the middle of the first batch and starts it again.
    static void dieInTheMiddle(Stage &s)
    {
        s.onRows = FakeAnswer::hanging();
        s.queue->add(plan(1200, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTRY_COMPARE(s.queue->entries().constFirst().receipt.rowsSent, 500);
        s.queue.reset();
        s.onRows = FakeAnswer::json("{}");
        s.queue = std::make_unique<UploadQueue>(DataService(&s.client));
        s.page.setQueue(s.queue.get());
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void anEmptyPageTeaches()
    {
        Stage s;
        QVERIFY(s.shows(QStringLiteral("No uploads yet")));
        QCOMPARE(s.page.openCount(), 0);
        // A focus that can't be seen would be a stop for nothing.
        for (const QScrollArea *area : s.page.findChildren<QScrollArea *>())
            QCOMPARE(area->focusPolicy(), Qt::NoFocus);
    }

    void aWholeUploadShowsItsReceipt()
    {
        Stage s;
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
        Stage s;
        UploadPlan some = plan(1200, QStringLiteral("Numbers"));
        some.rowsLeftOut = 3;
        s.queue->add(some);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed · 3 left out · table 0 → 1,200")));
    }

    void aLostAnswerIsSaidInWords()
    {
        Stage s;
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

    void pausedUploadWaitsForThePerson()
    {
        Stage s;
        s.onRows.delayMs = 50;
        s.queue->add(plan(1200, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("Pause")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("Paused")));
        QVERIFY(s.shows(QStringLiteral("500 rows (1–500) are in “Numbers”, 700 rows (501–1,200) were not sent. "
                                       "Nothing is sent until you continue.")));
        QVERIFY(!s.shows(QStringLiteral("Not finished")));
        QCOMPARE(s.page.openCount(), 0);
        QTest::mouseClick(s.button(QStringLiteral("Continue")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed")));
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 3);
    }

    void theReceiptIsShownWhereTheUploadIs()
    {
        Stage s;
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
        Stage s;
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
        Stage s;
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
    }

    void pressingTwiceDoesNotCancel()
    {
        Stage s;
        s.onRows.delayMs = 50;
        s.queue->add(plan(5000, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QApplication::setActiveWindow(&s.page);
        s.button(QStringLiteral("Pause"))->setFocus();
        QTRY_VERIFY(s.button(QStringLiteral("Pause"))->hasFocus());
        QTest::keyClick(s.button(QStringLiteral("Pause")), Qt::Key_Space);
        QTRY_VERIFY(s.button(QStringLiteral("Continue")));
        s.button(QStringLiteral("Continue"))->setFocus();
        QTest::keyClick(s.button(QStringLiteral("Continue")), Qt::Key_Space);
        QTRY_VERIFY(s.button(QStringLiteral("Pause")));
        QVERIFY(s.button(QStringLiteral("Pause"))->hasFocus());
        s.cancel();
        QTRY_VERIFY(s.shows(QStringLiteral("Cancelled by hand.")));
    }

    void cancelStopsAfterTheAnswerUnderWay()
    {
        Stage s;
        s.onRows.delayMs = 50;
        s.queue->add(plan(5000, QStringLiteral("Numbers")));
        QTRY_VERIFY(s.network.count("POST", QStringLiteral("/row")) > 0);
        s.cancel();
        QTRY_VERIFY(s.shows(QStringLiteral("stopping after this answer")));
        QVERIFY(!s.button(QStringLiteral("Cancel"))->isEnabled());
        QTRY_VERIFY(s.shows(
            QStringLiteral("Cancelled by hand. 500 rows (1–500) are in “Numbers”, 4,500 rows (501–5,000) were not "
                           "sent.")));
        QCOMPARE(s.page.openCount(), 0);
        QVERIFY(!s.shows(QStringLiteral("Not finished")));
    }

    void cancelAsksAndKeepingIsTheDefault()
    {
        Stage s;
        s.onRows.delayMs = 50;
        s.queue->add(plan(1200, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("Pause")), Qt::LeftButton);
        QTRY_VERIFY(s.button(QStringLiteral("Continue")));
        QTest::mouseClick(s.button(QStringLiteral("Cancel")), Qt::LeftButton);
        QVERIFY(s.box());
        QVERIFY2(s.box()->text().startsWith(QStringLiteral("500 rows (1–500) are in “Numbers”, 700 rows (501–1,200) "
                                                           "were not sent.")),
                 qPrintable(s.box()->text()));
        QCOMPARE(s.box()->defaultButton()->text(), QStringLiteral("Keep"));
        s.box()->defaultButton()->click();
        QTRY_VERIFY(!s.box());
        QTest::mouseClick(s.button(QStringLiteral("Continue")), Qt::LeftButton); // it is all there
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 2);
        QTest::mouseClick(s.button(QStringLiteral("Pause")), Qt::LeftButton);
        QTRY_VERIFY(s.button(QStringLiteral("Continue")));
        s.cancel();
        QTRY_VERIFY(s.shows(QStringLiteral("Cancelled by hand while it was paused. 1,000 rows (1–1,000) are in")));
        QVERIFY(!s.shows(QStringLiteral("Not finished")));
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QVERIFY(s.shows(QStringLiteral("not counted: the table is counted once every row is confirmed")));
        QVERIFY(s.shows(QStringLiteral("Cancelled by hand while it was paused.")));
        QVERIFY(s.shows(QStringLiteral("200 (1,001–1,200)")));
    }

    void theQuestionGoesWhenTheUploadIsOver()
    {
        Stage s;
        s.onRows.delayMs = 200;
        s.queue->add(plan(600, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("Cancel")), Qt::LeftButton);
        QVERIFY(s.box()->text().contains(QStringLiteral("It goes on until you choose.")));
        QTRY_VERIFY(s.shows(QStringLiteral("600 rows confirmed")));
        QTRY_VERIFY(!s.box());
        QVERIFY(s.shows(QStringLiteral("Complete")));
    }

    void aWaitingUploadIsCancelledAtOnce()
    {
        Stage s;
        s.onRows = FakeAnswer::hanging();
        s.queue->add(plan(600, QStringLiteral("Numbers")));
        const QString second = s.queue->add(plan(600, QStringLiteral("Numbers")));
        for (QPushButton *button : s.page.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QLatin1String("Cancel") &&
                button->mapTo(&s.page, QPoint()).y() < s.page.height() / 4) // the newest is on top
                button->click();
        }
        QVERIFY(!s.box());
        QCOMPARE(s.queue->entry(second)->state, UploadEntry::State::Ended);
    }

    void aNewUploadIsScrolledTo()
    {
        Stage s;
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
        Stage s;
        s.onRows = FakeAnswer::failure(QNetworkReply::RemoteHostClosedError);
        s.queue->add(plan(1, QStringLiteral("<b>x</b>\n&y")));
        QTRY_VERIFY(s.shows(QStringLiteral("<b>x</b>↵&y")));
        for (const QLabel *label : s.page.findChildren<QLabel *>())
            QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
    }

    void anUnfinishedUploadIsOfferedAndNothingIsSentBefore()
    {
        Stage s;
        dieInTheMiddle(s);
        QVERIFY(s.shows(QStringLiteral("Not finished: numbers.csv → Numbers")));
        QVERIFY(s.shows(QStringLiteral("We do not know whether 500 rows (1–500 of numbers.csv) arrived.")));
        QVERIFY(s.shows(QStringLiteral("these 500 rows will be in the table twice")));
        QVERIFY(s.button(QStringLiteral("Look at the table"))->isDefault());
        QVERIFY(!s.button(QStringLiteral("Continue")));
        QTest::qWait(50);
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("They are there - go on")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed")));
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 3); // the other 700 rows
        QVERIFY(!s.shows(QStringLiteral("Not finished")));
    }

    void lookingInVainSendsNothing()
    {
        Stage s;
        dieInTheMiddle(s);
        s.onReading = FakeAnswer::json("{}", 404);
        QTest::mouseClick(s.button(QStringLiteral("Look at the table")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("We do not know whether 500 rows")));
        QTRY_VERIFY(s.button(QStringLiteral("Look at the table"))); // nothing was seen
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
    }

    void withoutAJournalNothingIsSent()
    {
        Stage s;
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
        Stage s;
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
