#include "gui/listview.h"
#include "gui/look.h"
#include "gui/plainlabel.h"

#include <QApplication>
#include <QHeaderView>
#include <QPalette>
#include <QStandardItemModel>
#include <QTreeView>
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

    /// The words of a list's header stand above those of its cells, on both sides.
    void headersStandAboveTheirCells()
    {
        QStandardItemModel model(1, 2);
        for (int column = 0; column < 2; ++column) {
            const QVariant side =
                QVariant::fromValue(Qt::AlignVCenter | (column == 0 ? Qt::AlignLeft : Qt::AlignRight));
            model.setHeaderData(column, Qt::Horizontal, u"HIH"_qs);
            model.setHeaderData(column, Qt::Horizontal, side, Qt::TextAlignmentRole);
            model.setData(model.index(0, column), u"HIH"_qs);
            model.setData(model.index(0, column), side, Qt::TextAlignmentRole);
        }
        QTreeView view;
        view.setModel(&model);
        styleList(&view);
        view.setAlternatingRowColors(false);
        view.resize(400, 120);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QHeaderView *header = view.header();
        for (int column = 0; column < 2; ++column) {
            const int left = header->sectionViewportPosition(column);
            const int width = header->sectionSize(column) - 2; // without the line behind it
            const QRect top(left, 0, width, header->height() - 2);
            const QRect cell(left, 0, width, view.visualRect(model.index(0, column)).height());
            const auto [first, last] = ink(header->viewport()->grab(top).toImage());
            const auto [cellFirst, cellLast] = ink(view.viewport()->grab(cell).toImage());
            QVERIFY(first > 0 && last > first);
            QCOMPARE(column == 0 ? first : last, column == 0 ? cellFirst : cellLast);
        }
    }

    /// Names of any length leave the window as narrow as it may be.
    void longLinesAreCutInTheMiddle()
    {
        PlainLabel label(u"First "_qs + QString(300, u'x') + u" last"_qs);
        const int whole = label.sizeHint().width();
        QVERIFY(label.minimumSizeHint().width() > 1000);
        label.setElided(10);
        QVERIFY(label.minimumSizeHint().width() < 150);
        QCOMPARE(label.sizeHint().width(), whole);
        label.resize(200, label.sizeHint().height());
        const QImage cut = label.grab().toImage();
        label.resize(whole, label.height());
        // Both ends are there: the same begins are painted, and the end of the cut line is not empty.
        const QImage all = label.grab().toImage();
        const QRect begin(0, 0, 30, cut.height());
        QCOMPARE(cut.copy(begin), all.copy(begin));
        QVERIFY(ink(cut.copy(QRect(170, 0, 30, cut.height()))).first >= 0);
        label.setText(u"short"_qs);
        QVERIFY(label.minimumSizeHint().width() <= label.sizeHint().width());
    }

private:
    /// The first and the last column of dark pixels.
    static std::pair<int, int> ink(const QImage &image)
    {
        std::pair<int, int> edges{-1, -1};
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 2; y < image.height() - 2; ++y) {
                if (image.pixelColor(x, y).lightness() > 90)
                    continue;
                edges.first = edges.first < 0 ? x : edges.first;
                edges.second = x;
            }
        }
        return edges;
    }
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"
