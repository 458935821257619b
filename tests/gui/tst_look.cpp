#include "gui/look.h"

#include <QApplication>
#include <QPalette>
#include <QtTest>

using namespace rowdesk;

class TestLook : public QObject
{
    Q_OBJECT

private slots:
    void placeholdersOfADarkDesktopAreReadable()
    {
        QPalette dark(QColor(49, 54, 59));
        dark.setColor(QPalette::Base, QColor(35, 38, 41));
        dark.setColor(QPalette::Text, QColor(239, 240, 241));
        dark.setColor(QPalette::PlaceholderText, QColor(0, 0, 0, 128));
        QApplication::setPalette(dark);
        look::repairPlaceholders();
        const QPalette repaired = QApplication::palette();
        QVERIFY(repaired.color(QPalette::PlaceholderText).lightness() > 150);
        QCOMPARE(repaired.color(QPalette::Base), QColor(35, 38, 41));
    }

    void aReadablePlaceholderIsLeftAlone()
    {
        QPalette light(QColor(239, 239, 239));
        light.setColor(QPalette::Base, Qt::white);
        light.setColor(QPalette::PlaceholderText, QColor(0, 0, 0, 128));
        QApplication::setPalette(light);
        look::repairPlaceholders();
        QCOMPARE(QApplication::palette().color(QPalette::PlaceholderText), QColor(0, 0, 0, 128));
    }
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"
