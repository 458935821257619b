#include "gui/mainwindow.h"
#include "gui/uploadsstage.h"
#include "gui/uploadundo.h"
#include "models/workspace.h"

#include <QRegularExpression>

using namespace rowdesk;
using namespace rowdesk::test;

/// The question before the window is closed while uploads run.
class TestLeaveQuestion : public QObject
{
    Q_OBJECT

    struct Desk : UploadsStage
    {
        Workspace workspace{&client, QStringLiteral("demo")};
        MainWindow window;

        Desk()
        {
            window.setWorkspace(&workspace);
            window.show();
        }
        ~Desk() { window.setWorkspace(nullptr); }
        QMessageBox *question() const { return window.findChild<QMessageBox *>(); }
        void accept() const
        {
            for (QAbstractButton *button : question()->buttons()) {
                if (question()->buttonRole(button) == QMessageBox::AcceptRole)
                    return button->click();
            }
            qFatal("the question has no such answer");
        }
        void removeAccount() const
        {
            for (QAction *action : window.findChildren<QAction *>()) {
                if (action->text() == QLatin1String("demo") && !action->isCheckable())
                    return action->trigger();
            }
            qFatal("the account can't be removed");
        }
        QPushButton *uploadButton(const QString &text) const
        {
            for (QPushButton *button : window.uploadsPage()->findChildren<QPushButton *>()) {
                if (button->text() == text)
                    return button;
            }
            return nullptr;
        }
    };

    /// A table with the marks of an upload, of which a call takes one row.
    struct MarkedDesk : Desk
    {
        QByteArrayList marks;
        int answered = 0; ///< deletions that are answered; the next one hangs

        explicit MarkedDesk(int answeredDeletions) : answered(answeredDeletions)
        {
            network.respond = [this, others = network.respond](const FakeRequest &request) {
                if (request.verb == "GET" && request.url.path() == QLatin1String("/data/7"))
                    return FakeAnswer::json(table());
                if (request.verb == "DELETE")
                    return remove();
                if (request.url.path().endsWith(QLatin1String("/row"))) {
                    static const QRegularExpression mark(QStringLiteral("[0-9a-f]{8}-\\d+-\\d+"));
                    for (const QRegularExpressionMatch &match : mark.globalMatch(QString::fromUtf8(request.body)))
                        marks.append(match.captured().toUtf8());
                }
                return others(request);
            };
        }
        QByteArray table() const
        {
            QByteArrayList records;
            for (const QByteArray &mark : marks)
                records.append("{\"n\":1,\"rowdesk_upload\":\"" + mark + "\"}");
            return "{\"data\":[" + records.join(',') + "],\"has_more_data\":false}";
        }
        FakeAnswer remove()
        {
            if (answered-- <= 0)
                return FakeAnswer::hanging();
            marks.removeFirst();
            return FakeAnswer::json("{}");
        }
        /// Uploads rows with marks and has them taken out again, as far as calls are answered.
        void undo(int rowCount)
        {
            UploadPlan marked = plan(rowCount, QStringLiteral("Numbers"));
            marked.evidence = Evidence::Marker;
            workspace.uploads()->add(marked);
            QTRY_VERIFY(!workspace.uploads()->isBusy());
            QCOMPARE(marks.size(), rowCount);
            window.showUploads();
            uploadButton(QStringLiteral("Receipt"))->click();
            uploadButton(QStringLiteral("Undo upload…"))->click();
            QTRY_VERIFY(question());
            accept();
            QTRY_VERIFY(!question());
        }
    };

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void itNamesTheUploadAndItsRows()
    {
        Desk s;
        s.onRows.delayMs = 300;
        s.workspace.uploads()->add(plan(1200, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 2);
        s.onRows = FakeAnswer::hanging();
        s.window.close();
        QVERIFY(s.window.isVisible());
        QVERIFY(s.question());
        const QString text = s.question()->text();
        QVERIFY2(text.startsWith(QStringLiteral("numbers.csv → Numbers\n500 rows are in the table, 700 not yet.")),
                 qPrintable(text));
        QVERIFY2(text.endsWith(QStringLiteral("It can be continued at the next start, signed in as “demo” again.")),
                 qPrintable(text));
        QCOMPARE(s.question()->defaultButton()->text(), QStringLiteral("Go on uploading"));
        QVERIFY(s.question()->defaultButton()->icon().isNull());
        // The second answer comes meanwhile.
        QTRY_VERIFY(s.question()->text().contains(QStringLiteral("1,000 rows are in the table, 200 not yet.")));
        s.question()->defaultButton()->click();
        QVERIFY(s.window.isVisible());
        QTRY_VERIFY(!s.question());

        s.window.close();
        s.accept();
        QTRY_VERIFY(!s.window.isVisible());
    }

    void whatWaitsIsNotPromised()
    {
        Desk s;
        s.onRows = FakeAnswer::hanging();
        s.workspace.uploads()->add(plan(600, QStringLiteral("Numbers")));
        s.workspace.uploads()->add(plan(3, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        s.window.close();
        const QString text = s.question()->text();
        QVERIFY2(text.contains(QStringLiteral("0 rows are in the table, 600 not yet.")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("Nothing of it has been sent. It is not kept: import the file again.")));
        QVERIFY(text.endsWith(
            QStringLiteral("What was begun can be continued at the next start, signed in as “demo” again.")));
    }

    /// What was begun waits for the account, not for the program.
    void leavingTheAccountSaysWhereItGoesOn()
    {
        Desk s;
        s.onRows = FakeAnswer::hanging();
        s.workspace.uploads()->add(plan(600, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        s.window.setProfiles({QStringLiteral("demo")}, QStringLiteral("demo"));
        const auto says = [&s] {
            return s.question()->text().endsWith(
                QStringLiteral("It can be continued once you are signed in as “demo” again."));
        };
        s.window.actions().signOut->trigger();
        QVERIFY2(says(), qPrintable(s.question()->text()));
        s.question()->reject();
        QTRY_VERIFY(!s.question());
        s.removeAccount();
        QVERIFY2(says(), qPrintable(s.question()->text()));
        QVERIFY(s.question()->text().contains(QStringLiteral("0 rows are in the table, 600 not yet.")));
    }

    void quittingDuringAnUndoAsks()
    {
        MarkedDesk s(1);
        s.undo(3);
        QTRY_COMPARE(s.network.count("DELETE"), 2);
        s.window.close();
        QVERIFY(s.window.isVisible());
        QVERIFY(s.question());
        QCOMPARE(s.question()->windowTitle(), QStringLiteral("An undo is running"));
        const QString text = s.question()->text();
        QVERIFY2(text.startsWith(QStringLiteral("Undo of numbers.csv → Numbers\n1 of 3 rows is deleted from the table, "
                                                "2 not yet.\n\nWhen you leave, the undo stops: what is deleted stays "
                                                "deleted")),
                 qPrintable(text));
        QCOMPARE(s.question()->defaultButton()->text(), QStringLiteral("Go on undoing"));
        s.question()->defaultButton()->click();
        QTRY_VERIFY(!s.question());
        QVERIFY(s.window.isVisible());
        s.window.actions().signOut->trigger();
        QVERIFY(s.question());
        s.question()->reject();
        QTRY_VERIFY(!s.question());
        s.window.close();
        s.accept();
        QTRY_VERIFY(!s.window.isVisible());
    }

    void anUndoThatEndsIsNotAskedAbout()
    {
        MarkedDesk s(3);
        s.undo(3);
        bool asked = false;
        connect(s.window.uploadsPage()->undoing(), &UploadUndo::told, this, [&] {
            if (!std::exchange(asked, true)) {
                s.window.close();
                QVERIFY(s.question());
            }
        });
        QTRY_VERIFY(asked);
        QTRY_VERIFY(!s.question());
        QVERIFY(s.window.isVisible());
        QCOMPARE(s.marks.size(), 0);
        s.window.close();
        QVERIFY(!s.window.isVisible());
    }

    void theQuestionGoesWhenNothingRunsAnyMore()
    {
        Desk s;
        s.onRows.delayMs = 200;
        s.workspace.uploads()->add(plan(3, QStringLiteral("Numbers")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), 1);
        s.window.close();
        QVERIFY(s.question());
        QTRY_VERIFY(!s.question());
        QVERIFY(s.window.isVisible());
        s.window.close();
        QVERIFY(!s.window.isVisible());
    }
};

QTEST_MAIN(TestLeaveQuestion)
#include "tst_leavequestion.moc"
