#include "gui/uploadsstage.h"

using namespace rowdesk;
using namespace rowdesk::test;

/// Pause, Continue and Cancel on the page of uploads.
class TestUploadsCancel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void pausedUploadWaitsForThePerson()
    {
        UploadsStage s;
        s.onRows.delayMs = 50;
        s.queue->add(plan(1200, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("Pause")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("Paused")));
        QVERIFY(s.shows(QStringLiteral("500 rows (1–500) are in “Numbers”, 700 rows (501–1,200) were not sent. "
                                       "Nothing is sent until you continue.")));
        QVERIFY(!s.shows(QStringLiteral("Not finished")));
        QCOMPARE(s.page.openCount(), 0);
        QCOMPARE(s.page.watchCount(), 1);
        QTest::mouseClick(s.button(QStringLiteral("Continue")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("1,200 rows confirmed")));
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), 3);
    }

    void pressingTwiceDoesNotCancel()
    {
        UploadsStage s;
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
        UploadsStage s;
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
        UploadsStage s;
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
        QCOMPARE(s.box()->defaultButton()->text(), QStringLiteral("Keep paused"));
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
        UploadsStage s;
        s.onRows.delayMs = 200;
        s.queue->add(plan(600, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        QTest::mouseClick(s.button(QStringLiteral("Cancel")), Qt::LeftButton);
        QVERIFY(s.box()->text().startsWith(QStringLiteral("No row is confirmed yet.")));
        QCOMPARE(s.box()->defaultButton()->text(), QStringLiteral("Go on uploading"));
        QVERIFY(s.box()->defaultButton()->icon().isNull());
        QVERIFY(s.box()->text().contains(QStringLiteral("It goes on until you choose.")));
        QTRY_VERIFY(s.box()->text().startsWith(QStringLiteral("500 rows are in “Numbers”, 100 rows not yet.")));
        QTRY_VERIFY(s.shows(QStringLiteral("600 rows confirmed")));
        QTRY_VERIFY(!s.box());
        QVERIFY(s.shows(QStringLiteral("Complete")));
    }

    void aWaitingUploadIsCancelledAtOnce()
    {
        UploadsStage s;
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
};

QTEST_MAIN(TestUploadsCancel)
#include "tst_uploadscancel.moc"
