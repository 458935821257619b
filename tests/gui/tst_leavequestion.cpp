#include "gui/mainwindow.h"
#include "gui/uploadsstage.h"
#include "models/workspace.h"

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
        QVERIFY2(text.endsWith(QStringLiteral("It can be continued at the next start.")), qPrintable(text));
        QCOMPARE(s.question()->defaultButton()->text(), QStringLiteral("Go on uploading"));
        QVERIFY(s.question()->defaultButton()->icon().isNull());
        // The second answer comes meanwhile.
        QTRY_VERIFY(s.question()->text().contains(QStringLiteral("1,000 rows are in the table, 200 not yet.")));
        s.question()->defaultButton()->click();
        QVERIFY(s.window.isVisible());
        QTRY_VERIFY(!s.question());

        s.window.close();
        for (QAbstractButton *button : s.question()->buttons()) {
            if (s.question()->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
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
        QVERIFY(text.endsWith(QStringLiteral("What was begun can be continued at the next start.")));
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
