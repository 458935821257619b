#include "gui/uploadsstage.h"

#include <QRegularExpression>

using namespace rowdesk;
using namespace rowdesk::test;

/// An upload that is taken back on the page of uploads.
class TestUploadsPageUndo : public QObject
{
    Q_OBJECT

private:
    QStringList m_marks; ///< of the rows in the table

    /// A service that keeps the rows' marks, and takes its time with each deletion.
    void keepRows(UploadsStage &s)
    {
        s.network.respond = [this](const FakeRequest &request) {
            static const QRegularExpression mark(QStringLiteral("[0-9a-f]{8}-\\d+-\\d+"));
            const QString body = QString::fromUtf8(request.body);
            const bool isTable = request.url.path().contains(QLatin1String("/data/7"));
            if (request.verb == "GET" && !isTable)
                return FakeAnswer::json(R"([{"id":7,"name":"Numbers"}])");
            if (request.verb == "GET")
                return FakeAnswer::json(request.url.path().endsWith(QLatin1String("versions")) ? QByteArray("{}")
                                                                                               : page());
            FakeAnswer answer = FakeAnswer::json(R"({"id":"7"})");
            if (request.verb == "DELETE") {
                m_marks.removeOne(mark.match(body).captured());
                answer.delayMs = 20;
                return answer;
            }
            for (auto found = mark.globalMatch(body); request.complete && isTable && found.hasNext();)
                m_marks.append(found.next().captured());
            return answer;
        };
    }
    QByteArray page() const
    {
        QByteArrayList rows;
        for (const QString &mark : m_marks)
            rows.append("{\"n\":1,\"rowdesk_upload\":\"" + mark.toUtf8() + "\"}");
        return "{\"data\":[" + rows.join(',') + "],\"has_more_data\":false}";
    }

    /// An upload of so many rows is complete, and its undo has been agreed to.
    void beginUndo(UploadsStage &s, int rows)
    {
        m_marks.clear();
        keepRows(s);
        UploadPlan marked = plan(rows, QStringLiteral("Numbers"));
        marked.evidence = Evidence::Marker;
        s.queue->add(marked);
        QTRY_VERIFY(s.shows(QStringLiteral("Complete")));
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QTest::mouseClick(s.button(QStringLiteral("Undo upload…")), Qt::LeftButton);
        QTRY_VERIFY(s.box());
        QVERIFY(s.shows(QStringLiteral("Complete"))); // nothing is gone yet
        s.answer(QMessageBox::AcceptRole);
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void whileRowsAreDeletedItIsNotComplete()
    {
        UploadsStage s;
        beginUndo(s, 100);
        QTRY_VERIFY(s.shows(QStringLiteral("Being undone")));
        QVERIFY(!s.shows(QStringLiteral("Complete")));
        QTRY_VERIFY(s.shows(QStringLiteral("an undo was begun and not ended"))); // in the receipt
        QTRY_VERIFY(m_marks.size() < 95);
        QTest::mouseClick(s.button(QStringLiteral("Stop")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("Partly undone")));
        QVERIFY(!s.shows(QStringLiteral("Being undone")));
        QVERIFY(s.shows(QStringLiteral("The undo is not over: “Undo upload…” in the receipt goes on with it.")));
        QTRY_VERIFY(s.shows(QStringLiteral("partly undone, ")));
    }

    void isStoppedOnTheCardTooWithTheReceiptClosed()
    {
        UploadsStage s;
        beginUndo(s, 100);
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QTRY_VERIFY(s.shows(QStringLiteral("Being undone")));
        QPushButton *stop = s.button(QStringLiteral("Stop undo"));
        QVERIFY(stop);
        QVERIFY(!s.button(QStringLiteral("Stop"))); // the receipt is closed
        stop->setFocus();
        QTRY_VERIFY(m_marks.size() < 95);
        QTest::keyClick(stop, Qt::Key_Space);
        QTRY_VERIFY(s.shows(QStringLiteral("Partly undone")));
        QVERIFY(!s.button(QStringLiteral("Stop undo")));
        QVERIFY(m_marks.size() > 50);
        QCOMPARE(s.page.window()->focusWidget(), s.button(QStringLiteral("Receipt")));
    }

    void aSingleRowIsAskedAboutAsOne()
    {
        UploadsStage s;
        m_marks.clear();
        keepRows(s);
        UploadPlan marked = plan(1, QStringLiteral("Numbers"));
        marked.evidence = Evidence::Marker;
        s.queue->add(marked);
        QTRY_VERIFY(s.shows(QStringLiteral("Complete")));
        QTest::mouseClick(s.button(QStringLiteral("Receipt")), Qt::LeftButton);
        QTest::mouseClick(s.button(QStringLiteral("Undo upload…")), Qt::LeftButton);
        QTRY_VERIFY(s.box());
        QCOMPARE(s.box()->text(),
                 QStringLiteral("1 row of “Numbers” carries the mark of this upload. It is deleted from "
                                "the table; all other rows stay."));
        s.answer(QMessageBox::AcceptRole);
        QTRY_VERIFY(s.shows(QStringLiteral("1 row was deleted from “Numbers”, 0 of the upload are still there")));
    }

    void onceItIsOverTheReceiptSaysSo()
    {
        UploadsStage s;
        beginUndo(s, 3);
        s.button(QStringLiteral("Stop"))->setFocus();
        QTRY_VERIFY(s.shows(QStringLiteral("Undone")));
        QVERIFY(m_marks.isEmpty());
        QTRY_VERIFY(
            s.shows(QStringLiteral("undone, its rows were taken out of the table again; before that: complete")));
        QVERIFY(!s.button(QStringLiteral("Undo upload…")));
        QCOMPARE(s.page.window()->focusWidget(), s.button(QStringLiteral("Save receipt…")));
        QVERIFY(!s.button(QStringLiteral("Stop undo")));
    }
};

QTEST_MAIN(TestUploadsPageUndo)
#include "tst_uploadspageundo.moc"
