#include "files/xlsxfixture.h"
#include "gui/importoverlapbar.h"
#include "gui/importstage.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace rowdesk;
using namespace rowdesk::test;

/// What the Import dialog shows, and what its parts do.
class TestImportDialog : public QObject, private ImportStage
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void theMarkStandsWithTheOtherContent()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.dialog->resize(1000, 690);
        QVERIFY(!s.part<QCheckBox>("mark")->isVisible());
        s.dialog->openFile(write(QStringLiteral("mark.csv"), "a,b\n1,2\n"));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QTRY_VERIFY(s.part<QCheckBox>("mark")->isVisible());
        const auto left = [&s](const char *name) { return s.part<QWidget>(name)->mapTo(s.dialog.get(), QPoint()).x(); };
        QTRY_COMPARE(left("mark"), left("mapping"));
        QVERIFY(s.part<QWidget>("sendTitle")->isVisible());
        QVERIFY(!s.reason->isVisible()); // no empty line
    }

    void whatCanNotBeUndoneIsSaidWhereItIsSent()
    {
        Stage s(QStringLiteral("1"));
        QVERIFY(s.isActive());
        s.dialog->openFile(write(QStringLiteral("unmarked.csv"), "species,seen\nOwl,3\n"));
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        auto *note = s.part<QLabel>("noMark");
        QVERIFY(note->isVisible() && s.part<QWidget>("sendTitle")->isVisible());
        QCOMPARE(note->text(), QStringLiteral("This upload can't be undone by Rowdesk: the table has no column "
                                              "rowdesk_upload."));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY(s.part<QCheckBox>("mark")->isVisible());
        QVERIFY(!note->isVisible());
    }

    /// What is said of the same file leads to where its rows are left out.
    void theSameFileLeadsToTheRowsThatAreThere()
    {
        Stage s(QStringLiteral("1"));
        QVERIFY(s.isActive());
        s.dialog->setEarlier([](const QByteArray &, const QString &id) {
            return id.isEmpty() ? QString() : QStringLiteral("This file was already uploaded.");
        });
        auto *find = s.part<QPushButton>("findEarlier");
        QVERIFY(!find->isVisible());
        s.dialog->openFile(write(QStringLiteral("again.csv"), "species,seen\nOwl,3\n"));
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QVERIFY(s.part<QLabel>("earlier")->isVisible() && find->isVisible());
        QSignalSpy wanted(s.dialog.get(), &ImportDialog::tableWanted);
        find->setFocus();
        QTest::keyClick(find, Qt::Key_Space);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(s.dialog->session()->overlapKey(), birds.schema->names());
        QVERIFY(!find->isVisible());
        const auto *bar = s.part<ImportOverlapBar>("overlap");
        QVERIFY(bar->isAncestorOf(QApplication::focusWidget()));
        QVERIFY(s.part<QLabel>("earlier")->isVisible());
        s.dialog->session()->setOverlapKey({});
        QVERIFY(find->isVisible());
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY(!find->isVisible());
    }

    void aProblemFarDownIsShownInItsRow()
    {
        Stage s;
        QVERIFY(s.isActive());
        QByteArray content("name,size\n");
        for (int i = 0; i < 1000; ++i)
            content += "x," + QByteArray(i == 900 ? "many" : QByteArray::number(i)) + "\n";
        s.dialog->openFile(write(QStringLiteral("far.csv"), content));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY(s.dialog->session()->check());
        auto *tabs = s.part<QTabWidget>("tabs");
        tabs->setCurrentWidget(s.part<QWidget>("problemsTab"));
        s.part<QPushButton>("showRow")->click();
        QTRY_COMPARE(tabs->currentWidget()->objectName(), QStringLiteral("previewTab"));
        const QModelIndex shown = s.preview->currentIndex();
        QCOMPARE(shown.data().toString(), QStringLiteral("⚠ many"));
        QVERIFY(s.preview->columnWidth(1) >= s.preview->sizeHintForIndex(shown).width());
        QCOMPARE(s.preview->model()->headerData(shown.row(), Qt::Vertical).toLongLong(), 902);
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Rows from line 802"));
        s.part<QPushButton>("firstRows")->click();
        QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("First 200 rows"));
        QVERIFY(!s.part<QPushButton>("firstRows")->isVisible());
    }

    void aDoubleClickOnAValueEditsItAndOnItsLineShowsItsRow()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.dialog->openFile(write(QStringLiteral("twice.csv"), "n\n" + QByteArray("5\n").repeated(97) + "O5\nO5\n"));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY(s.dialog->session()->check());
        auto *tabs = s.part<QTabWidget>("tabs");
        tabs->setCurrentWidget(s.part<QWidget>("problemsTab"));
        auto *cells = s.part<QTableView>("problems");
        const auto twice = [cells](int section) {
            const QPoint place = cells->visualRect(cells->model()->index(1, section)).center();
            QTest::mouseClick(cells->viewport(), Qt::LeftButton, {}, place);
            QTest::mouseDClick(cells->viewport(), Qt::LeftButton, {}, place);
        };
        twice(ProblemModel::ValueSection);
        QVERIFY(cells->viewport()->findChild<QLineEdit *>());
        QCOMPARE(tabs->currentWidget()->objectName(), QStringLiteral("problemsTab"));
        QTest::keyClick(cells->viewport()->findChild<QLineEdit *>(), Qt::Key_Escape);
        twice(ProblemModel::LineSection);
        QTRY_COMPARE(tabs->currentWidget()->objectName(), QStringLiteral("previewTab"));
    }

    void wordsForNoValueAreCountedWhereTheyBecomeEmpty()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.dialog->openFile(
            write(QStringLiteral("na.csv"), "a,n\n" + QByteArray("x,5\n").repeated(97) + "x,n/a\nx,N/A\nx,\nn/a,6\n"));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY(s.dialog->session()->check());
        const auto problems = [&s](int row) {
            return s.mapping->model()->index(row, MappingModel::ProblemsSection).data().toString();
        };
        QCOMPARE(problems(0), QStringLiteral("none"));
        QCOMPARE(problems(1), QStringLiteral("2 read as empty"));
        QCOMPARE(s.part<QLabel>("checkSentence")->text(),
                 QStringLiteral("101 rows · every value fits · 2 cells are read as empty (words like n/a)"));
    }

    void uploadIsEnabledOnlyWhenEverythingIsKnown()
    {
        Stage s;
        QVERIFY(s.isActive());
        QVERIFY(!s.upload->isEnabled());
        QCOMPARE(s.reason->text(), QStringLiteral("Choose a file."));
        QVERIFY(!s.mapping->isVisible()); // the page grows
        QTest::keyClicks(s.path, write(QStringLiteral("typed.csv"), "species,seen\nOwl,3\nCrow,5\n"));
        QTest::keyClick(s.path, Qt::Key_Return);
        QVERIFY(s.dialog->isVisible()); // Enter in the path opens the file, it doesn't press Upload
        QTRY_VERIFY(s.mapping->isVisible());
        QVERIFY(!s.upload->isEnabled());
        QTest::keyClick(s.part<QRadioButton>("create"), Qt::Key_Space);
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QCOMPARE(s.upload->text(), QStringLiteral("&Upload 2 rows to new table typed"));
        QVERIFY(s.reason->text().isEmpty());
        QCOMPARE(s.part<QLabel>("promise")->text(), QStringLiteral("Nothing has been sent yet."));
    }

    void aPreselectedDatasetIsAppendedTo()
    {
        Stage s(QStringLiteral("1"));
        s.dialog->openFile(write(QStringLiteral("more.csv"), "Species,note\nOwl,x\n"));
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QCOMPARE(s.upload->text(), QStringLiteral("&Upload 1 row to Bird && <b>strikes</b>"));
        const QString leftOut = s.part<QLabel>("leftOut")->text();
        QVERIFY(leftOut.contains(QStringLiteral("note")));
        QVERIFY(leftOut.contains(QStringLiteral("seen")));
        QSignalSpy accepted(s.dialog.get(), &QDialog::accepted);
        QTest::mouseClick(s.upload, Qt::LeftButton);
        QTRY_COMPARE(accepted.count(), 1);
        QCOMPARE(s.dialog->plan().datasetId, QStringLiteral("1"));
        QCOMPARE(s.dialog->plan().rowsExpected, 1);
    }

    void theRuleOfAColumnIsChangedFromItsMenu()
    {
        Stage s;
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(write(QStringLiteral("rule.csv"), "n;t\n1,5;x\n2,5;y\n"));
        QTRY_VERIFY(s.upload->isEnabled());
        s.mapping->setCurrentIndex(s.mapping->model()->index(0, 0));
        for (QToolButton *button : s.dialog->findChildren<QToolButton *>()) {
            if (!button->isVisible() || button->text() != QStringLiteral("Decimal comma"))
                continue;
            button->menu()->actions().first()->trigger(); // decimal point
        }
        QTRY_VERIFY(s.part<QRadioButton>("leaveOut")->isVisible());
        QVERIFY(!s.upload->isEnabled());
    }

    void aQuestionIsAnsweredInPlace()
    {
        Stage s;
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(write(QStringLiteral("dates.csv"), "day\n03/04/2025\n05/06/2025\n"));
        QTRY_VERIFY(s.reason->text().contains(QStringLiteral("day")));
        QRadioButton *answer = nullptr;
        for (QRadioButton *button : s.dialog->findChildren<QRadioButton *>()) {
            if (button->text() == QStringLiteral("03/04/2025 → 3 April 2025"))
                answer = button;
        }
        QVERIFY(answer);
        answer->click();
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QCOMPARE(s.mapping->model()->index(0, MappingModel::ReadingSection).data().toString(),
                 QStringLiteral("03/04/2025 → 3 April 2025"));
    }

    void badCellsNeedADecision()
    {
        QByteArray bytes("n\n");
        for (int i = 0; i < 50; ++i)
            bytes += "5\n";
        Stage s;
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(write(QStringLiteral("bad.csv"), bytes + "abc\n"));
        QTRY_VERIFY(s.part<QRadioButton>("leaveOut")->isVisible());
        QVERIFY(!s.part<QRadioButton>("leaveOut")->isChecked());
        QVERIFY(!s.part<QRadioButton>("sendEmpty")->isChecked());
        QVERIFY(!s.upload->isEnabled());
        s.part<QRadioButton>("leaveOut")->click();
        QVERIFY(s.upload->isEnabled());
        QCOMPARE(s.upload->text(), QStringLiteral("&Upload 50 rows to new table bad"));
        s.part<QRadioButton>("sendEmpty")->click();
        QCOMPARE(s.upload->text(), QStringLiteral("&Upload 51 rows to new table bad"));
        QVERIFY(!s.part<QRadioButton>("leaveOut")->isChecked());
    }

    void rowsThatAreThereAreLookedFor()
    {
        Stage s(QStringLiteral("1"));
        QSignalSpy wanted(s.dialog.get(), &ImportDialog::tableWanted);
        QSignalSpy unwanted(s.dialog.get(), &ImportDialog::tableUnwanted);
        s.dialog->openFile(write(QStringLiteral("again.csv"), "species,seen\nOwl,3\nOwl,3\n"));
        QTRY_VERIFY(s.upload->isEnabled());
        for (QToolButton *button : s.dialog->findChildren<QToolButton *>()) {
            if (button->isVisible() && button->text().startsWith(QStringLiteral("Rows already there")))
                button->menu()->actions().last()->trigger(); // by the last column
        }
        QTRY_COMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("1"));
        QVERIFY(!s.upload->isEnabled());
        QVERIFY(s.part<QLabel>("checkSentence")->text().contains(QStringLiteral("reading the rows of the table")));
        s.dialog->reject();
        QCOMPARE(unwanted.count(), 1);
    }

    void typingANameOutlivesTheBackgroundWork()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(write(QStringLiteral("edit.csv"), "a,b\n1,2\n"));
        QTRY_VERIFY(s.upload->isEnabled());
        const QModelIndex cell = s.mapping->model()->index(0, MappingModel::TargetSection);
        s.mapping->setCurrentIndex(cell);
        s.mapping->edit(cell);
        auto *editor = s.mapping->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("first"));
        // A check that ends now must not take away what is being typed.
        s.dialog->session()->setPolicy(Misfits::LeaveOut);
        s.dialog->session()->mapping()->setProblemCounts({1, 0});
        s.dialog->session()->mapping()->setReadings({QStringLiteral("x"), QStringLiteral("y")});
        QCOMPARE(editor->text(), QStringLiteral("first"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(s.dialog->session()->mapping()->target().columns[0].name, QStringLiteral("first"));
    }

    void closingWhileInspectingDoesNoHarm()
    {
        QByteArray bytes("a,b\n");
        for (int i = 0; i < 200'000; ++i)
            bytes += QByteArray::number(i) + ",x\n";
        const QString path = write(QStringLiteral("big.csv"), bytes);
        for (int wait : {0, 5, 30, 80}) {
            Stage s;
            s.part<QRadioButton>("create")->click();
            s.dialog->openFile(path);
            QTest::qWait(wait);
            s.dialog->reject();
            s.dialog.reset();
        }
    }

    void foreignTextIsNeverMarkup()
    {
        Stage s(QStringLiteral("1"));
        s.dialog->openFile(write(QStringLiteral("<b>x.csv"), "<img src=x>,b&c\n<i>1</i>,2\n"));
        QTRY_VERIFY(s.mapping->isVisible());
        for (const QLabel *label : s.dialog->findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->objectName()));
    }

    void fitsASmallScreen()
    {
        Stage s;
        s.dialog->openFile(write(QStringLiteral("wide.csv"), QByteArray("a,").repeated(300) + "z\n"));
        QTRY_VERIFY(s.mapping->isVisible());
        QVERIFY2(s.dialog->minimumSizeHint().width() <= 1024 && s.dialog->minimumSizeHint().height() <= 700,
                 qPrintable(QStringLiteral("%1 × %2")
                                .arg(s.dialog->minimumSizeHint().width())
                                .arg(s.dialog->minimumSizeHint().height())));
    }
};

QTEST_MAIN(TestImportDialog)
#include "tst_importdialog.moc"
