#include "cli/programs.h"

using namespace rowdesk::test;

/// Two files and what changed between them: the cases that programs of this kind are tried with.
class TestCliCompareCases : public QObject
{
    Q_OBJECT
private slots:
    void cases_data();
    void cases();
    void swappedIsMirrored_data() { cases_data(); }
    void swappedIsMirrored();
    void sixteenThousandColumns();
    void unseenDifferencesAreSaid();
    void notesNameTheirFile();

private:
    Ran compare(const QByteArray &a, const QByteArray &b, const QByteArray &options) const
    {
        QStringList arguments{QStringLiteral("data"), QStringLiteral("compare")};
        for (const auto &[name, text] : {std::pair("a.csv", a), std::pair("b.csv", b)}) {
            QFile file(m_folder.filePath(QString::fromLatin1(name)));
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                return {};
            arguments.append(file.fileName());
        }
        if (!options.isEmpty())
            arguments += QString::fromUtf8(options).split(QLatin1Char(' '));
        return Cli(QString()).run(arguments);
    }
    static QList<int> counts(const QJsonObject &json)
    {
        QList<int> counts;
        for (const char *name : {"added", "removed", "changed", "unchanged", "cells_changed"})
            counts.append(json[QLatin1String(name)].toInt(-1));
        return counts;
    }

    QTemporaryDir m_folder;
};

void TestCliCompareCases::cases_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QList<int>>("expected"); // added, removed, changed, unchanged, cells changed
    QTest::addColumn<QByteArray>("said");     // a part of what stands on stderr; empty: nothing does
    const auto row = [](const char *name, const char *a, const char *b, const char *options, QList<int> expected,
                        const char *said = "") {
        QTest::newRow(name) << QByteArray(a) << QByteArray(b) << QByteArray(options) << expected << QByteArray(said);
    };
    // Keys.
    row("repeated keys are not paired at random", "id,v\n1,a\n1,b\n2,c\n3,d\n", "id,v\n1,a\n1,x\n2,c\n2,c2\n3,d\n",
        "--key id", {2, 1, 0, 3, 0}, "a.csv: 2 rows share 1 key. 1 row could not be paired; it counts as added");
    row("blank keys", "id,v\n,a\n,b\n1,c\n", "id,v\n,a\n,z\n1,c2\n", "--key id", {1, 1, 1, 1, 1},
        "2 rows have a blank key");
    row("composite keys don't run together", "a,b,v\n1,23,x\n12,3,y\n", "a,b,v\n12,3,y2\n1,23,x\n", "--key a,b",
        {0, 0, 1, 1, 1});
    row("1 and 1.0 are one key", "id,v\n1,a\n2,b\n", "id,v\n1.0,a\n2.00,b\n", "--key id", {0, 0, 0, 2, 0});
    row("\"1\" is text and 1.0 a number", "id,v\n\"1\",a\n\"2\",b\n", "id,v\n1.0,a\n2,b\n", "--key id", {1, 1, 0, 1, 0},
        "1 row counts as removed and as added although its key looks the same");
    row("codes keep their zeros", "id,v\n01,a\n02,b\n", "id,v\n1,a\n2,b\n", "--key id", {2, 2, 0, 0, 0},
        "2 rows count as removed and as added although their keys look the same");
    row("accents in a key", "id,v\n\u00E9,1\n", "id,v\ne\u0301,1\n", "--key id", {1, 1, 0, 0, 0}, "looks the same");
    row("accents and case left aside", "id,v\n\u00C9,1\n", "id,v\ne\u0301,1\n", "--key id --ignore-case",
        {0, 0, 0, 1, 0});
    row("blanks in a key", "id,v\n\"x \",1\n", "id,v\nx,1\n", "--key id", {1, 1, 0, 0, 0}, "looks the same");
    row("blanks in a key left aside", "id,v\n\"x \",1\n", "id,v\nx,1\n", "--key id --trim", {0, 0, 0, 1, 0});
    row("large ids", "id,v\n9007199254740993,a\n9007199254740992,b\n", "id,v\n9007199254740992,b\n9007199254740993,a\n",
        "--key id", {0, 0, 0, 2, 0});
    // Whole rows.
    row("a multiset", "a,b\n1,2\n1,2\n1,2\n", "a,b\n1,2\n1,2\n", "", {0, 1, 0, 2, 0}, "Without a key");
    row("rows in another order", "a,b\n1,2\n3,4\n", "a,b\n3,4\n1,2\n", "", {0, 0, 0, 2, 0}, "Without a key");
    row("one column", "id\n1\n2\n3\n", "id\n2\n3\n4\n", "", {1, 1, 0, 2, 0}, "Without a key");
    // Columns.
    row("columns in another order", "id,v,w\n1,a,x\n2,b,y\n", "w,v,id\ny,b,2\nx,a,1\n", "--key id", {0, 0, 0, 2, 0});
    row("no common column", "a,b\n1,2\n", "c,d\n1,2\n", "", {1, 1, 0, 0, 0}, "Column c is new.");
    row("a renamed column", "id,city\n1,Lille\n2,Lyon\n", "id,town\n1,Lille\n2,Lyon\n", "--key id", {0, 0, 0, 2, 0},
        "under another name: 100.0 %");
    row("a new column without a value", "id,v\n1,x\n", "id,v,n\n1,x,\n", "--key id", {0, 0, 0, 1, 0},
        "Column n is new.");
    row("two columns of one name", "id,v,v\n1,a,b\n", "id,v,v\n1,a,c\n", "--key id", {0, 0, 1, 0, 1});
    // Files without rows.
    row("only a header, then a row", "id,v\n", "id,v\n1,x\n", "--key id", {1, 0, 0, 0, 0}, "a.csv: The file has no");
    row("only headers", "id,v\n", "id,v\n", "--key id", {0, 0, 0, 0, 0}, "b.csv: The file has no rows");
    // How files are written.
    row("line ends and the last line", "id,v\r\n1,x\r\n", "id,v\n1,x", "--key id", {0, 0, 0, 1, 0});
    row("BOM and delimiter", "\xEF\xBB\xBFid,v\n1,a\n", "id;v\n1;a\n", "--key id", {0, 0, 0, 1, 0});
    row("encoding", "id,v\n1,caf\xE9\n", "id,v\n1,caf\u00E9\n", "--key id", {0, 0, 0, 1, 0});
    row("quotes that are not needed", "id,v\n1,\"a\"\n", "id,v\n1,a\n", "--key id", {0, 0, 0, 1, 0});
    row("quoted line breaks", "id,v\n1,\"a\nb\"\n2,\"c\nd\"\n", "id,v\n1,\"a\nb\"\n2,\"c\r\nd\"\n", "--key id",
        {0, 0, 1, 1, 1}, "cells contain line breaks");
    // Values.
    row("numbers by value", "id,v\n1,1.10\n2,0.1\n", "id,v\n1,1.1\n2,0.10\n", "--key id", {0, 0, 0, 2, 0});
    row("nothing is not empty", "id,v\n1,\n2,x\n", "id,v\n1,\"\"\n2,x\n", "--key id", {0, 0, 1, 1, 1});
    row("nothing is as empty", "id,v\n1,\n2,x\n", "id,v\n1,\"\"\n2,x\n", "--key id --null-is-empty", {0, 0, 0, 2, 0});
    row("blanks around", "id,v\n1, x\n", "id,v\n1,x\n", "--key id --trim", {0, 0, 0, 1, 0});
    row("a day and its midnight", "id,d\n1,2024-01-31\n", "id,d\n1,2024-01-31T08:00:00\n", "--key id --dates-only",
        {0, 0, 0, 1, 0});
}

void TestCliCompareCases::cases()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(QByteArray, options);
    QFETCH(QList<int>, expected);
    QFETCH(QByteArray, said);
    const Ran ran = compare(a, b, options);
    QVERIFY2(ran.code == 0, ran.err.constData());
    const QJsonObject json = ran.json();
    QCOMPARE(counts(json), expected);
    QCOMPARE(json[QStringLiteral("rows_a")].toInt() - expected[1] + expected[0],
             json[QStringLiteral("rows_b")].toInt());
    QVERIFY2(said.isEmpty() ? ran.err.isEmpty() : ran.err.contains(said), ran.err.constData());
}

void TestCliCompareCases::swappedIsMirrored()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(QByteArray, options);
    QFETCH(QList<int>, expected);
    const Ran ran = compare(b, a, options);
    QVERIFY2(ran.code == 0, ran.err.constData());
    std::swap(expected[0], expected[1]);
    QCOMPARE(counts(ran.json()), expected);
    const Ran same = compare(a, a, options);
    const QList<int> none = counts(same.json());
    QCOMPARE(none.mid(0, 3), (QList<int>{0, 0, 0}));
}

void TestCliCompareCases::sixteenThousandColumns()
{
    QByteArray head = "id";
    QByteArray cells = "1";
    for (int i = 1; i < 16'000; ++i) {
        head += ",c" + QByteArray::number(i);
        cells += ',' + QByteArray::number(i % 97);
    }
    const Ran ran = compare(head + '\n' + cells + '\n', head + '\n' + cells.chopped(1) + "x\n", "--key id");
    QVERIFY2(ran.code == 0, ran.err.constData());
    QCOMPARE(counts(ran.json()), (QList<int>{0, 0, 1, 0, 1}));
    QCOMPARE(ran.json()[QStringLiteral("columns_retyped")].toArray(), QJsonArray{QStringLiteral("c15999")});
    // More than any sheet or table has are refused with the place, not cut.
    QByteArray wider = head;
    for (int i = 0; i < 400; ++i)
        wider += ",d" + QByteArray::number(i);
    const Ran refused = compare(wider + "\n1\n", head + '\n' + cells + '\n', "--key id");
    QVERIFY(refused.code == 1 && refused.isOneSentence() && refused.err.contains("16,384"));
}

void TestCliCompareCases::unseenDifferencesAreSaid()
{
    const Ran ran = compare("id,v\n1,caf\u00E9\n2,x\n3,\"a\nb\"\n", "id,v\n1,cafe\u0301\n2,\"x \"\n3,\"a\r\nb\"\n",
                            "--key id --format html");
    QVERIFY(ran.out.contains("(accents composed of other characters)"));
    QVERIFY(ran.out.contains("(other blanks or characters without a shape)"));
    QVERIFY(ran.out.contains("(other line breaks)"));
}

void TestCliCompareCases::notesNameTheirFile()
{
    const Ran ran = compare("id,v\n1,x\n", "id,v\n", "--key id");
    QVERIFY2(ran.err.startsWith("rowdesk-cli: b.csv: The file has no rows"), ran.err.constData());
}

QTEST_GUILESS_MAIN(TestCliCompareCases)
#include "tst_clicomparecases.moc"
