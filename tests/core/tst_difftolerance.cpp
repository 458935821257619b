#include "core/difftolerance.h"

#include <QTest>

using namespace rowdesk;

/// What a person writes as tolerance, and how it is told to others.
class TstDiffTolerance : public QObject
{
    Q_OBJECT
private slots:
    void readAndTold_data();
    void readAndTold();
    void refused_data();
    void refused();
};

void TstDiffTolerance::readAndTold_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<DiffTolerance>("tolerance");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *text, const DiffTolerance &tolerance, const char *told) {
        QTest::newRow(text) << QString::fromLatin1(text) << tolerance << QString::fromLatin1(told);
    };
    row("", {}, "");
    row("  ", {}, "");
    row("0.01", {Decimal{1, 2}, 0}, "0.01");
    row("0", {Decimal{0, 0}, 0}, "0");
    row(" 5 % ", {std::nullopt, 0.05}, "5%");
    row("0.5%", {std::nullopt, 0.005}, "0.5%");
    row("1%; 0.01", {Decimal{1, 2}, 0.01}, "0.01; 1%");
    row("0.01;1%", {Decimal{1, 2}, 0.01}, "0.01; 1%");
}

void TstDiffTolerance::readAndTold()
{
    QFETCH(QString, text);
    QFETCH(DiffTolerance, tolerance);
    QFETCH(QString, told);
    QCOMPARE(readTolerance(text), std::optional(tolerance));
    QCOMPARE(toleranceText(tolerance), told);
    QCOMPARE(readTolerance(told), std::optional(tolerance));
}

void TstDiffTolerance::refused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"much", "-1", "-1%", "%", "1;2", "1%;2%", "1;", "0,01", "1 or 1%"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TstDiffTolerance::refused()
{
    QFETCH(QString, text);
    QVERIFY(!readTolerance(text));
}

QTEST_GUILESS_MAIN(TstDiffTolerance)
#include "tst_difftolerance.moc"
