#include "core/diffsamples.h"
#include "core/lookalikes.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::diffsamples;

Q_DECLARE_METATYPE(rowdesk::Unseen)

/// What looks the same and is not: the comparison says so instead of showing "a → a".
class TstLookAlikes : public QObject
{
    Q_OBJECT
private slots:
    void unseen_data();
    void unseen();
    void keys();
    void keysOfSeveralColumns();
    void repeatedKeysAreToldElsewhere();
    void accentsWithoutCase();
};

void TstLookAlikes::unseen_data()
{
    QTest::addColumn<QByteArray>("old");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<Unseen>("unseen");
    const auto row = [](const char *name, const char *old, const char *now, Unseen unseen) {
        QTest::newRow(name) << QByteArray(old) << QByteArray(now) << unseen;
    };
    row("other word", "a", "b", Unseen::Nothing);
    row("other case", "a", "A", Unseen::Nothing);
    row("nothing to see", "", " ", Unseen::Nothing);
    row("accent", "caf\u00E9", "cafe\u0301", Unseen::Accents);
    row("accent gone", "caf\u00E9", "cafe", Unseen::Nothing);
    row("line break", "a\nb", "a\r\nb", Unseen::LineBreaks);
    row("space behind", "a", "a ", Unseen::Blanks);
    row("two spaces", "a b", "a  b", Unseen::Blanks);
    row("no-break space", "a b", "a\u00A0b", Unseen::Blanks);
    row("zero width", "ab", "a\u200Bb", Unseen::Blanks);
    row("space between", "ab", "a b", Unseen::Nothing);
}

void TstLookAlikes::unseen()
{
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, now);
    QFETCH(Unseen, unseen);
    const CellView before{CellKind::Text, std::string_view(old.constData(), size_t(old.size()))};
    const CellView after{CellKind::Text, std::string_view(now.constData(), size_t(now.size()))};
    QCOMPARE(unseenDifference(before, after), unseen);
    QCOMPARE(unseenDifference(after, before), unseen);
    QCOMPARE(unseenDifference(before, before), Unseen::Nothing);
    // The same characters as a value of another kind.
    if (!before.text.empty())
        QCOMPARE(unseenDifference(before, {CellKind::Number, before.text}), Unseen::Kind);
    QCOMPARE(unseenDifference(before, {CellKind::Null, {}}), Unseen::Nothing);
}

void TstLookAlikes::keys()
{
    const QStringList names{QStringLiteral("k"), QStringLiteral("v")};
    const DiffTable a = stored({names,
                                {{text("x "), number(1)},
                                 {text("Lille"), number(1)},
                                 {text("caf\u00E9"), number(1)},
                                 {text("007"), number(1)},
                                 {text("gone"), number(1)},
                                 {none(), number(1)}}});
    const DiffTable b = stored({names,
                                {{text("x"), number(1)},
                                 {text("LILLE"), number(1)},
                                 {text("cafe\u0301"), number(1)},
                                 {text("7.0"), number(1)},
                                 {text("new"), number(1)},
                                 {none(), number(2)}}});
    DiffOptions options;
    options.key = QStringList{QStringLiteral("k")};
    QCOMPARE(compareTables(a, b, options)->lookAlikes, 4);
    QCOMPARE(compareTables(b, a, options)->lookAlikes, 4);
    options.trim = options.ignoreCase = true;
    const TableDiff looser = *compareTables(a, b, options);
    QCOMPARE(looser.lookAlikes, 1);
    QCOMPARE(looser.paired(), 3);
    options.key.clear();
    QCOMPARE(compareTables(a, b, options)->lookAlikes, 0);
}

void TstLookAlikes::keysOfSeveralColumns()
{
    const QStringList names{QStringLiteral("a"), QStringLiteral("b")};
    const DiffTable a = stored({names, {{text("x"), text("yz")}, {text("u"), number(5)}}});
    const DiffTable b = stored({names, {{text("xy"), text("z")}, {text("u "), number("5.0")}}});
    DiffOptions options;
    options.key = names;
    QCOMPARE(compareTables(a, b, options)->lookAlikes, 1);
}

void TstLookAlikes::repeatedKeysAreToldElsewhere()
{
    const QStringList names{QStringLiteral("k"), QStringLiteral("v")};
    const DiffTable a = stored({names, {{text("x"), number(1)}, {text("x"), number(2)}}});
    const DiffTable b = stored({names, {{text("x"), number(3)}}});
    DiffOptions options;
    options.key = QStringList{QStringLiteral("k")};
    QCOMPARE(compareTables(a, b, options)->lookAlikes, 0);
}

void TstLookAlikes::accentsWithoutCase()
{
    const QStringList names{QStringLiteral("k"), QStringLiteral("v")};
    const DiffTable a = stored({names, {{number(1), text("\u00C9T\u00C9")}, {number(2), text("e\u0301te\u0301")}}});
    const DiffTable b = stored({names, {{number(1), text("e\u0301te\u0301")}, {number(2), text("\u00E9t\u00E9")}}});
    DiffOptions options;
    options.key = QStringList{QStringLiteral("k")};
    QCOMPARE(compareTables(a, b, options)->cellsChanged, 2);
    options.ignoreCase = true;
    QCOMPARE(compareTables(a, b, options)->cellsChanged, 0);
}

QTEST_GUILESS_MAIN(TstLookAlikes)
#include "tst_lookalikes.moc"
