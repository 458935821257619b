#include "gui/altletters.h"
#include "gui/importstage.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>

using namespace rowdesk;
using namespace rowdesk::test;

/// The Import dialog without a mouse.
class TestImportKeyboard : public QObject, private ImportStage
{
    Q_OBJECT

    /// Where Tab goes from the path on, once around.
    static QVector<QWidget *> tabOrder(const Stage &s)
    {
        QVector<QWidget *> order;
        QWidget *at = s.path;
        do {
            if (at->isVisible() && at->isEnabled() && (at->focusPolicy() & Qt::TabFocus) && !at->focusProxy())
                order.append(at);
            at = at->nextInFocusChain();
        } while (at != s.path);
        return order;
    }

    /// Every letter that Alt reaches now, with what it reaches.
    static QMultiMap<QString, QString> letters(const Stage &s)
    {
        QMultiMap<QString, QString> found;
        const auto note = [&found](const QString &text) {
            if (const QString letter = QKeySequence::mnemonic(text).toString().right(1); !letter.isEmpty())
                found.insert(letter, text);
        };
        for (const QAbstractButton *button : s.dialog->findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                note(button->text());
        }
        for (const QLabel *label : s.dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->buddy())
                note(label->text());
        }
        return found;
    }

    static void verifyOrder(const Stage &s)
    {
        const QVector<QWidget *> order = tabOrder(s);
        QVERIFY(order.size() > 10);
        const auto placeOf = [&s](const QWidget *part) {
            return QRect(part->mapTo(s.dialog.get(), QPoint()), part->size());
        };
        const auto nameOf = [](const QWidget *part) {
            return part->objectName() + u' ' + QString::fromLatin1(part->metaObject()->className());
        };
        for (int i = 1; i < order.size(); ++i) {
            const QRect before = placeOf(order[i - 1]);
            const QRect after = placeOf(order[i]);
            const bool isBelow = after.center().y() > before.center().y();
            const bool isBeside = after.left() >= before.right() - 1;
            QVERIFY2(isBelow || isBeside,
                     qPrintable(QStringLiteral("%1 after %2").arg(nameOf(order[i]), nameOf(order[i - 1]))));
        }
    }

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void everythingIsReachedByKeyboardInTheOrderInWhichItStands_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<bool>("hasProblems");
        QByteArray bad("name,size\n");
        for (int i = 0; i < 50; ++i)
            bad += "x," + QByteArray(i == 7 ? "many" : QByteArray::number(i)) + "\n";
        QTest::newRow("questions") << QByteArray("day,name\n03/04/2025,x\n04/04/2025,y\n1\n") << false;
        QTest::newRow("problems") << bad << true;
    }
    void everythingIsReachedByKeyboardInTheOrderInWhichItStands()
    {
        QFETCH(QByteArray, content);
        QFETCH(bool, hasProblems);
        Stage s;
        QVERIFY(s.isActive());
        s.dialog->resize(1000, 690);
        s.dialog->openFile(write(QStringLiteral("keys.csv"), content));
        s.part<QRadioButton>("create")->click();
        const ImportSession &session = *s.dialog->session();
        QTRY_VERIFY(session.inspection() && !session.isBusy());
        QCOMPARE(session.check().has_value(), hasProblems);
        if (hasProblems)
            s.part<QTabWidget>("tabs")->setCurrentWidget(s.part<QWidget>("problemsTab"));
        s.mapping->setCurrentIndex(s.mapping->model()->index(0, 0)); // shows how the column is read
        QTRY_VERIFY(s.part<QCheckBox>("mark")->isVisible());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        verifyOrder(s);
        const auto found = letters(s);
        for (const QString &letter : found.uniqueKeys())
            QVERIFY2(found.count(letter) == 1,
                     qPrintable(letter + QStringLiteral(": ") +
                                QStringList(found.values(letter)).join(QStringLiteral(" / "))));
        QVERIFY(found.contains(QStringLiteral("U")));
    }

    void altAndALetterUploads()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.dialog->openFile(write(QStringLiteral("quick.csv"), "a,b\n1,2\n"));
        s.part<QRadioButton>("create")->click();
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QSignalSpy accepted(s.dialog.get(), &QDialog::accepted);
        QTest::keyClick(s.dialog.get(), Qt::Key_U, Qt::AltModifier);
        QTRY_COMPARE(accepted.count(), 1);
    }

    void altAndALetterIsNoText()
    {
        const AltLetters keys(this);
        Stage s;
        QVERIFY(s.isActive());
        s.path->setFocus();
        QVERIFY(!s.upload->isEnabled());
        QTest::keyClick(s.path, Qt::Key_U, Qt::AltModifier);
        QTest::keyClick(s.path, Qt::Key_U, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(s.path->text(), QString());
        QTest::keyClick(s.path, Qt::Key_U);
        QTest::keyClick(s.path, Qt::Key_At, Qt::AltModifier | Qt::ControlModifier); // AltGr of another system
        QVERIFY2(s.path->text().startsWith(u'u'), qPrintable(s.path->text()));
    }

    void theTabOrderFollowsThePage()
    {
        Stage s;
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(write(QStringLiteral("tab.csv"), "day\n03/04/2025\n05/06/2025\n"));
        QTRY_VERIFY(s.reason->text().contains(QStringLiteral("day")));
        s.mapping->setCurrentIndex(s.mapping->model()->index(0, 0));
        QPoint last(0, -1);
        QWidget *widget = s.path;
        int seen = 0;
        do {
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() &&
                !widget->objectName().startsWith(QStringLiteral("qt_"))) {
                // Downwards, and along a line where it is the same: a line is as high as its tallest part.
                const QPoint place = widget->mapTo(s.dialog.get(), widget->rect().center());
                QVERIFY2(place.y() > last.y() - 8, qPrintable(widget->objectName() + widget->accessibleName()));
                last = place;
                ++seen;
            }
            widget = widget->nextInFocusChain();
        } while (widget != s.path && widget->objectName() != QStringLiteral("preview"));
        QVERIFY2(seen >= 14, qPrintable(QString::number(seen)));
    }

    void aBadCellIsRepairedByKeyboard()
    {
        Stage s;
        QVERIFY(s.isActive());
        s.part<QRadioButton>("create")->click();
        s.dialog->openFile(write(QStringLiteral("fix.csv"), "n\n" + QByteArray("5\n").repeated(97) + "O5\nO5\nO5\n"));
        auto *tabs = s.part<QTabWidget>("tabs");
        const int problems = tabs->indexOf(s.part<QWidget>("problemsTab"));
        QTRY_VERIFY(tabs->isTabVisible(problems));
        QTest::keyClick(tabs->tabBar(), Qt::Key_Right);
        QCOMPARE(tabs->currentIndex(), problems);
        auto *cells = s.part<QTableView>("problems");
        cells->setFocus();
        QTest::keyClick(cells, Qt::Key_Return);
        auto *editor = cells->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("05"));
        QTest::keyClick(editor, Qt::Key_Return);
        auto *alike = s.part<QPushButton>("fixAlike");
        QTRY_VERIFY(alike->isVisible());
        QCOMPARE(alike->text(), QStringLiteral("Change 2 other “O5” to “05”, &too"));
        QTRY_VERIFY(cells->hasFocus());
        QTest::keyClick(alike, Qt::Key_Space);
        QTRY_VERIFY2(s.upload->isEnabled(), qPrintable(s.reason->text()));
        QCOMPARE(s.part<QPushButton>("undoFixes")->text(), QStringLiteral("Un&do 2 changes"));
        QTest::keyClick(s.part<QPushButton>("undoFixes"), Qt::Key_Space);
        QTRY_VERIFY(s.part<QRadioButton>("leaveOut")->isVisible());
    }
};

QTEST_MAIN(TestImportKeyboard)
#include "tst_importkeyboard.moc"
