#include "files/xlsxfixture.h"
#include "gui/importstage.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

using namespace rowdesk;
using namespace rowdesk::test;

/// How the Import dialog says and changes the way a file is laid out: encoding, names, sheets.
class TestImportLayout : public QObject, private ImportStage
{
    Q_OBJECT

    /// Opens the menu of the button whose text begins so, and takes the choice whose text begins so.
    static void chooseSetting(const Stage &s, const QString &button, const QString &choice)
    {
        for (const QToolButton *part : s.dialog->findChildren<QToolButton *>()) {
            if (!part->menu() || !part->text().startsWith(button))
                continue;
            for (QAction *action : part->menu()->actions()) {
                if (action->isCheckable() && action->text().startsWith(choice))
                    return action->trigger();
            }
        }
        QFAIL(qPrintable(button + u' ' + choice));
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void namesThatRepeatAreSaidBeforeThereIsATarget()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.dialog->openFile(write(QStringLiteral("same.csv"), "id,name,ID\n1,x,2\n"));
        QTRY_VERIFY(s.part<QLabel>("fileNotes")
                        ->text()
                        .contains(QStringLiteral(
                            "Columns 1 and 3 have the same name “ID”. In a new table each needs a name of its own.")));
    }

    void whatExcelWritesInGermanyIsReadWithoutAWarning()
    {
        Stage s;
        QVERIFY(s.isActive());
        QByteArray content("Datum;Ort;Betrag\r\n");
        for (int i = 0; i < 40; ++i)
            content += QByteArray::number(i % 18 + 10) + ".02.2024;M\xfcnchen;" + QByteArray::number(i) + ",5\r\n";
        s.dialog->openFile(write(QStringLiteral("german.csv"), content));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QStringList texts;
        for (const QToolButton *button : s.part<QWidget>("settings")->findChildren<QToolButton *>()) {
            texts.append(button->text());
            if (button->text() == QStringLiteral("WINDOWS-1252"))
                QVERIFY(button->accessibleDescription().contains(QStringLiteral("Windows-1252 is what spreadsheet")));
        }
        QVERIFY2(texts.contains(QStringLiteral("WINDOWS-1252")), qPrintable(texts.join(u'|')));
        QVERIFY2(texts.filter(QStringLiteral("⚠")).isEmpty(), qPrintable(texts.join(u'|')));
        QCOMPARE(s.dialog->session()->mapping()->target().columns[0].type, ColumnType::Date);
        QCOMPARE(s.dialog->session()->mapping()->target().columns[2].type, ColumnType::Number);
    }

    void aSettingIsChangedFromItsMenu()
    {
        Stage s;
        s.dialog->openFile(write(QStringLiteral("set.csv"), "a;b\n1;2\n3;4\n"));
        QTRY_COMPARE(s.preview->model()->rowCount(), 2);
        for (QToolButton *button : s.dialog->findChildren<QToolButton *>()) {
            if (!button->menu() || !button->text().startsWith(QStringLiteral("First row")))
                continue;
            for (QAction *action : button->menu()->actions()) {
                if (action->isCheckable() && !action->isChecked())
                    action->trigger();
            }
        }
        QTRY_COMPARE(s.preview->model()->rowCount(), 3);
    }

    void namesInTwoRowsAreJoinedByTheChoiceThatIsNamed()
    {
        Stage s;
        s.dialog->openFile(
            write(QStringLiteral("two.csv"), "Region,Sales,Sales\nname,EUR,USD\nNorth,1,2\nSouth,3,4\n"));
        const QString choice = QStringLiteral("First 2 rows have the names together");
        const auto *notes = s.part<QLabel>("fileNotes");
        QTRY_VERIFY2(notes->text().contains(choice), qPrintable(notes->text()));
        chooseSetting(s, QStringLiteral("⚠ First row has values"), choice);
        QTRY_COMPARE(s.dialog->session()->columnNames().join(u'|'), QStringLiteral("Region name|Sales EUR|Sales USD"));
        QVERIFY2(!notes->text().contains(choice), qPrintable(notes->text()));
    }

    void oneOfSeveralSheetsIsNamedAndCounted()
    {
        XlsxFixture book;
        book.makeTwoSheets();
        Stage s;
        s.dialog->openFile(book.write());
        QTRY_VERIFY(s.part<QLabel>("fileNotes")->text().contains(QStringLiteral("Sheet 1 of 2 is read: “Data”.")));
        const auto buttons = s.dialog->findChildren<QToolButton *>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QToolButton *button) {
            return button->isVisible() && button->text() == QStringLiteral("Sheet “Data” (1 of 2)");
        }));
    }

    void theNewTablesNameFollowsTheSheet()
    {
        XlsxFixture book;
        book.makeTwoSheets();
        Stage s;
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(book.write(QStringLiteral("my_book.xlsx")));
        const auto *name = s.part<QLineEdit>("tableName");
        QTRY_COMPARE(name->text(), QStringLiteral("my book Data"));
        QTRY_VERIFY2(s.upload->text().contains(QStringLiteral("my book Data")), qPrintable(s.upload->text()));
        chooseSetting(s, QStringLiteral("Sheet “Data”"), QStringLiteral("Old"));
        QTRY_COMPARE(name->text(), QStringLiteral("my book Old"));
        QTRY_VERIFY2(s.upload->text().contains(QStringLiteral("my book Old")), qPrintable(s.upload->text()));
        QCOMPARE(s.dialog->session()->targetName(), name->text());
    }

    void aNameThatWasTypedStaysWithAnotherSheet()
    {
        XlsxFixture book;
        book.makeTwoSheets();
        Stage s;
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(book.write(QStringLiteral("my_book.xlsx")));
        auto *name = s.part<QLineEdit>("tableName");
        QTRY_COMPARE(name->text(), QStringLiteral("my book Data"));
        QTest::keyClicks(name, QStringLiteral("!"));
        chooseSetting(s, QStringLiteral("Sheet “Data”"), QStringLiteral("Old"));
        QTRY_COMPARE(s.dialog->session()->format().xlsx.sheet, 1);
        QTRY_VERIFY(s.dialog->session()->inspection());
        QCOMPARE(name->text(), QStringLiteral("my book Data!"));
        QCOMPARE(s.dialog->session()->targetName(), name->text());
    }

    void aRowOfThePreviewBecomesTheHeader()
    {
        Stage s;
        s.dialog->openFile(write(QStringLiteral("title.csv"), "Report,2025\nx,y\nid,name\n1,a\n"));
        QTRY_VERIFY(s.preview->model()->rowCount() > 1);
        const int row = s.dialog->session()->preview()->rowOfLine(3);
        QVERIFY(row >= 0);
        s.preview->setCurrentIndex(s.preview->model()->index(row, 0));
        s.preview->actions().first()->trigger();
        QTRY_COMPARE(s.dialog->session()->columnNames(), (QStringList{QStringLiteral("id"), QStringLiteral("name")}));
    }

    void anotherEncodingIsShownBesideTheOneThatWasFound()
    {
        Stage s;
        s.dialog->openFile(write(
            QStringLiteral("letters.csv"),
            QByteArray("city;n\nK\xf6ln;1\nM\xfcnchen;2\n").append(QByteArray("Gr\xf6\xdf\x65;3\n").repeated(20))));
        auto *tabs = s.part<QTabWidget>("tabs");
        const int letters = tabs->indexOf(s.part<QWidget>("lettersTab"));
        QTRY_VERIFY(s.dialog->session()->inspection());
        const QByteArray found = s.dialog->session()->format().csv.encoding;
        s.dialog->session()->detectAgain("WINDOWS-1251", 0);
        QTRY_VERIFY(tabs->isTabVisible(letters));
        QCOMPARE(s.part<QTableView>("letters")->model()->index(0, 1).data().toString(), QStringLiteral("Kцln;1"));
        QCOMPARE(s.part<QTableView>("letters")->model()->index(0, 2).data().toString(), QStringLiteral("Köln;1"));
        s.part<QPushButton>("useOther")->click();
        QTRY_COMPARE(s.dialog->session()->format().csv.encoding, found);
        QTRY_VERIFY(s.dialog->session()->inspection());
        QVERIFY(!tabs->isTabVisible(letters));
    }
};

QTEST_MAIN(TestImportLayout)
#include "tst_importlayout.moc"
