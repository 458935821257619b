#include "gui/newtabledialog.h"
#include "models/schemamodel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QWindow>

using namespace rowdesk;

class TestNewTableDialog : public QObject
{
    Q_OBJECT

    /// The dialog and its parts, shown and active.
    struct Stage
    {
        NewTableDialog dialog{{QStringLiteral("Weather")}};
        QLineEdit *name = dialog.findChild<QLineEdit *>(QStringLiteral("name"));
        QTableView *grid = dialog.findChild<QTableView *>(QStringLiteral("grid"));
        QPushButton *create = dialog.findChild<QPushButton *>(QStringLiteral("create"));
        QLabel *reason = dialog.findChild<QLabel *>(QStringLiteral("reason"));
        QLabel *sentence = dialog.findChild<QLabel *>(QStringLiteral("sentence"));

        Stage()
        {
            dialog.show();
            dialog.activateWindow();
        }
        bool ready() { return QTest::qWaitForWindowActive(&dialog); }
        QString names() const { return dialog.newTable().schema.names().join(u','); }
        /// Types into the cell editor that is open and ends it with Enter.
        void type(const QString &text) const
        {
            auto *editor = grid->viewport()->findChild<QLineEdit *>();
            QVERIFY(editor);
            QTest::keyClicks(editor, text);
            QTest::keyClick(editor, Qt::Key_Return);
            QTRY_VERIFY(!grid->viewport()->findChild<QLineEdit *>()); // the view takes the text over a little later
        }
        void paste(const QString &text) const
        {
            QGuiApplication::clipboard()->setText(text);
            grid->setFocus();
            QTest::keySequence(grid, QKeySequence::Paste);
        }
    };

private slots:
    void createIsEnabledOnlyWhenEverythingIsInOrder()
    {
        Stage s;
        QVERIFY(s.ready());
        QVERIFY(!s.create->isEnabled());
        QTest::keyClicks(s.name, QStringLiteral("Sales"));
        QVERIFY(!s.create->isEnabled());
        QVERIFY(s.reason->text().contains(u'1')); // names the column
        s.paste(QStringLiteral("day,shop,amount"));
        QVERIFY2(s.create->isEnabled(), qPrintable(s.reason->text()));
        QVERIFY(s.reason->text().isEmpty());
        QCOMPARE(s.create->text(), QStringLiteral("Create table “Sales” with 3 columns"));

        s.name->clear();
        QTest::keyClicks(s.name, QStringLiteral("wEATHER"));
        QVERIFY(!s.create->isEnabled());
        QVERIFY(s.reason->text().contains(QStringLiteral("wEATHER")));
    }

    void lettersTypedRightAfterAClickAreNotLost()
    {
        Stage s;
        QVERIFY(s.ready());
        const QRect name = s.grid->visualRect(s.grid->model()->index(0, SchemaModel::NameSection));
        QTest::mouseClick(s.grid->viewport(), Qt::LeftButton, {}, name.center());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("order_no"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(s.names(), QStringLiteral("order_no"));
    }

    void theGridWorksByKeyboardAlone()
    {
        Stage s;
        QVERIFY(s.ready());
        QTest::keyClicks(s.name, QStringLiteral("T"));
        s.grid->setFocus();
        QTest::keyClick(s.grid, Qt::Key_Return); // edits, and doesn't press Create
        s.type(QStringLiteral("a"));
        QVERIFY(s.dialog.isVisible());
        QTest::keyClick(s.grid, Qt::Key_Insert);
        s.type(QStringLiteral("b"));
        QTest::keyClick(s.grid, Qt::Key_Insert);
        s.type(QStringLiteral("c"));
        QCOMPARE(s.names(), QStringLiteral("a,b,c"));
        QTest::keyClick(s.grid, Qt::Key_Up, Qt::AltModifier);
        QTest::keyClick(s.grid, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(s.names(), QStringLiteral("c,a,b"));
        QTest::keyClick(s.grid, Qt::Key_Up, Qt::AltModifier); // already on top
        QTest::keyClick(s.grid, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(s.names(), QStringLiteral("a,c,b"));
        QTest::keyClick(s.grid, Qt::Key_Delete);
        QCOMPARE(s.names(), QStringLiteral("a,b"));
        QCOMPARE(s.create->text(), QStringLiteral("Create table “T” with 2 columns"));

        QSignalSpy accepted(&s.dialog, &QDialog::accepted);
        s.name->setFocus();
        QTest::keyClick(s.name, Qt::Key_Return);
        QCOMPARE(accepted.count(), 1);
        QCOMPARE(s.dialog.newTable().name, QStringLiteral("T"));
    }

    void removingEverythingLeavesAWayOn()
    {
        Stage s;
        QVERIFY(s.ready());
        QTest::keyClicks(s.name, QStringLiteral("T"));
        s.grid->setFocus();
        QTest::keyClick(s.grid, Qt::Key_Delete);
        QTest::keyClick(s.grid, Qt::Key_Delete);
        QCOMPARE(s.names(), QString());
        QVERIFY(!s.create->isEnabled());
        QTest::keyClick(s.grid, Qt::Key_Insert);
        s.type(QStringLiteral("id"));
        QVERIFY(s.create->isEnabled());
    }

    void aTypeIsChosenFromAListAndExplained()
    {
        Stage s;
        QVERIFY(s.ready());
        s.paste(QStringLiteral("id"));
        const QString before = s.sentence->text();
        const QModelIndex cell = s.grid->model()->index(0, 1);
        s.grid->setCurrentIndex(cell);
        s.grid->edit(cell);
        auto *box = s.grid->viewport()->findChild<QComboBox *>();
        QVERIFY(box);
        QCOMPARE(box->count(), int(allColumnTypes.size()));
        box->setCurrentIndex(box->findText(columnTypeLabel(ColumnType::Date)));
        emit box->activated(box->currentIndex());
        QCOMPARE(s.dialog.newTable().schema.columns[0].type, ColumnType::Date);
        QCOMPARE(s.sentence->text(), columnTypeSentence(ColumnType::Date));
        QVERIFY(before != s.sentence->text());
    }

    void tabPassesOverWhatCannotBeEdited()
    {
        Stage s;
        QVERIFY(s.ready());
        s.paste(QStringLiteral("id\tname"));
        s.grid->setCurrentIndex(s.grid->model()->index(0, 1));
        s.grid->edit(s.grid->currentIndex());
        QTRY_VERIFY(s.grid->indexWidget(s.grid->currentIndex()));
        QTest::keyClick(s.grid->indexWidget(s.grid->currentIndex()), Qt::Key_Tab);
        QTRY_COMPARE(s.grid->currentIndex(), s.grid->model()->index(1, 0));
        auto *editor = s.grid->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor && editor->text() == QStringLiteral("name"));
        QTest::keyClick(editor, Qt::Key_Backtab);
        QTRY_COMPARE(s.grid->currentIndex(), s.grid->model()->index(0, 1));
    }

    void tabAfterTheLastTypeGoesOnToTheButtons()
    {
        Stage s;
        QVERIFY(s.ready());
        s.paste(QStringLiteral("id\tname"));
        const QModelIndex last = s.grid->model()->index(1, 1);
        s.grid->setCurrentIndex(last);
        s.grid->edit(last);
        QTRY_VERIFY(s.grid->indexWidget(last) && s.grid->indexWidget(last)->hasFocus());
        QTest::keyClick(s.grid->indexWidget(last), Qt::Key_Down); // the choice is kept
        const ColumnType before = s.dialog.newTable().schema.columns[1].type;
        QTest::keyClick(s.grid->indexWidget(last), Qt::Key_Tab);
        auto *add = s.dialog.findChild<QPushButton *>(QStringLiteral("addColumn"));
        QTRY_VERIFY2(add->hasFocus(), qPrintable(QApplication::focusWidget()->objectName()));
        QCOMPARE(s.grid->currentIndex(), last);
        QCOMPARE(s.dialog.newTable().schema.columns[1].type, before);
        QTest::keyClick(add, Qt::Key_Space); // and there a column more is begun
        QTRY_VERIFY(s.grid->viewport()->findChild<QLineEdit *>());
        QCOMPARE(s.grid->currentIndex(), s.grid->model()->index(2, 0));
    }

    void backtabBeforeTheFirstNameGoesBackToTheDescription()
    {
        Stage s;
        QVERIFY(s.ready());
        s.paste(QStringLiteral("id\tname"));
        s.grid->setCurrentIndex(s.grid->model()->index(0, 0));
        s.grid->edit(s.grid->currentIndex());
        auto *editor = s.grid->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        QTest::keyClick(editor, Qt::Key_Backtab);
        QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("description"));
        QCOMPARE(s.names(), QStringLiteral("id,name"));
    }

    void typesAreChosenByKeyboardAndTheListStaysClosedUntilAsked()
    {
        Stage s;
        QVERIFY(s.ready());
        s.grid->setFocus();
        QTest::keyClick(s.grid, Qt::Key_Return);
        auto *editor = s.grid->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        QTest::keyClicks(editor, QStringLiteral("id"));
        QTest::keyClick(editor, Qt::Key_Tab);
        const QModelIndex cell = s.grid->model()->index(0, 1);
        QTRY_VERIFY(s.grid->indexWidget(cell) && s.grid->indexWidget(cell)->hasFocus());
        QCoreApplication::processEvents();
        QVERIFY(!QApplication::activePopupWidget());
        const ColumnType before = s.dialog.newTable().schema.columns[0].type;
        QTest::keyClick(s.grid->indexWidget(cell), Qt::Key_Down);
        QCoreApplication::processEvents();
        QVERIFY(s.grid->indexWidget(cell)); // the next type may be wanted
        QTest::keyClick(s.grid->indexWidget(cell), Qt::Key_Return);
        QTRY_VERIFY(!s.grid->indexWidget(cell));
        const ColumnType second = s.dialog.newTable().schema.columns[0].type;
        QVERIFY(second != before);
        QVERIFY(s.dialog.isVisible());

        QTRY_VERIFY(s.grid->hasFocus());
        QTest::keyClick(s.grid, Qt::Key_Return); // asks for the list
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget()->windowHandle(), Qt::Key_Down);
        QTest::keyClick(QApplication::activePopupWidget()->windowHandle(), Qt::Key_Return);
        QTRY_VERIFY(!s.grid->indexWidget(cell));
        QVERIFY(!QApplication::activePopupWidget());
        QVERIFY(s.dialog.newTable().schema.columns[0].type != second);
        QTRY_VERIFY(s.grid->hasFocus());
    }

    void whatWasTypedIsNotLostWithoutAsking()
    {
        Stage s;
        QVERIFY(s.ready());
        QTest::keyClicks(s.name, QStringLiteral("Sales"));
        QTest::keyClick(&s.dialog, Qt::Key_Escape);
        QVERIFY(s.dialog.isVisible());
        auto *question = s.dialog.findChild<QMessageBox *>();
        QVERIFY(question);
        question->reject();
        QVERIFY(s.dialog.isVisible());
        QCOMPARE(s.name->text(), QStringLiteral("Sales"));
        s.name->clear();
        QTest::keyClick(&s.dialog, Qt::Key_Escape);
        QVERIFY(!s.dialog.isVisible());
    }

    void foreignTextIsNeverMarkup()
    {
        Stage s;
        QVERIFY(s.ready());
        QTest::keyClicks(s.name, QStringLiteral("<b>R&D</b>"));
        s.paste(QStringLiteral("<img src=x>"));
        QVERIFY(s.create->isEnabled());
        QVERIFY(s.create->text().contains(QStringLiteral("<b>R&&D</b>")));
        for (const QLabel *label : s.dialog.findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText || label->buddy(), qPrintable(label->objectName()));
    }

    void everyControlHasANameForAScreenReader()
    {
        Stage s;
        for (const QWidget *widget : s.dialog.findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->objectName().startsWith(u"qt_"))
                continue;
            const auto *button = qobject_cast<const QPushButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(widget->objectName()));
        }
    }
};

QTEST_MAIN(TestNewTableDialog)
#include "tst_newtabledialog.moc"
