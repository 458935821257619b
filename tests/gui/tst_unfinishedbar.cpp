#include "gui/mainwindow.h"
#include "gui/navigation.h"
#include "gui/unfinishedbar.h"
#include "gui/uploadsstage.h"
#include "models/workspace.h"

#include <QListWidget>

using namespace rowdesk;
using namespace rowdesk::test;

/// What the window says at its start about uploads that an earlier run left.
class TestUnfinishedBar : public QObject
{
    Q_OBJECT

    /// What the side bar tells screen readers of its page Uploads.
    static QString uploadsPlace(const MainWindow &window)
    {
        const auto *pages = window.navigation()->findChild<QListWidget *>();
        return pages->item(Navigation::UploadsPlace)->data(Qt::AccessibleTextRole).toString();
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void theStartNamesWhatIsNotFinished()
    {
        UploadsStage s;
        dieInTheMiddle(s);
        QCOMPARE(s.page.watchCount(), 1);
        const int sent = s.network.count("POST", QStringLiteral("/row"));
        Workspace workspace(&s.client, QStringLiteral("demo"));
        MainWindow window;
        auto *bar = window.findChild<UnfinishedBar *>();
        QVERIFY(bar->isHidden());
        window.setWorkspace(&workspace);
        window.show();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->sentence(), QStringLiteral("1 upload is not finished: numbers.csv → Numbers. "
                                                 "Nothing is sent until you continue it."));
        QCOMPARE(uploadsPlace(window), QStringLiteral("Uploads, 1 to watch"));
        QVERIFY(!window.uploadsPage()->isVisible());

        bar->findChild<QPushButton *>()->click();
        QVERIFY(window.uploadsPage()->isVisible());
        QVERIFY(bar->isHidden());
        QCOMPARE(uploadsPlace(window), QStringLiteral("Uploads, 1 to watch"));
        window.showDatasets();
        QVERIFY(bar->isHidden()); // it was seen
        QCOMPARE(s.network.count("POST", QStringLiteral("/row")), sent);

        window.setWorkspace(nullptr);
        QCOMPARE(uploadsPlace(window), QStringLiteral("Uploads"));
    }

    void severalAreCounted()
    {
        UploadsStage s;
        dieInTheMiddle(s);
        s.onRows = FakeAnswer::hanging();
        const int before = s.network.count("POST", QStringLiteral("/row"));
        s.queue->add(plan(600, QStringLiteral("More")));
        QTRY_COMPARE(s.network.count("POST", QStringLiteral("/row")), before + 1);
        s.queue.reset();
        s.queue = std::make_unique<UploadQueue>(DataService(&s.client));
        s.page.setQueue(s.queue.get());
        QCOMPARE(s.page.watchCount(), 2);
        QVERIFY2(s.page.unfinishedSentence().startsWith(QStringLiteral("2 uploads are not finished: numbers.csv → ")),
                 qPrintable(s.page.unfinishedSentence()));
        QVERIFY(s.page.unfinishedSentence().endsWith(QStringLiteral(" and 1 other.")));
    }

    void nothingUnfinishedSaysNothing()
    {
        UploadsStage s;
        Workspace workspace(&s.client, QStringLiteral("demo"));
        MainWindow window;
        window.setWorkspace(&workspace);
        window.show();
        QVERIFY(window.findChild<UnfinishedBar *>()->isHidden());
        QCOMPARE(window.uploadsPage()->watchCount(), 0);
        workspace.uploads()->add(plan(3, QStringLiteral("Numbers")));
        QCOMPARE(uploadsPlace(window), QStringLiteral("Uploads, 1 to watch"));
        QTRY_COMPARE(uploadsPlace(window), QStringLiteral("Uploads"));
        QVERIFY(window.findChild<UnfinishedBar *>()->isHidden());
        window.setWorkspace(nullptr);
    }
};

QTEST_MAIN(TestUnfinishedBar)
#include "tst_unfinishedbar.moc"
