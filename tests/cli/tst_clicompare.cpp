#include "cli/programs.h"

#include <QFileInfo>

using namespace rowdesk::test;

/// `data compare` through the real program against the real sandbox with its sample data.
class TestCliCompare : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void versionsOfWeather_data();
    void versionsOfWeather();
    void aFileOfTheSameRows();
    void filesNeedNoAccount();
    void filesAsTheyAre();
    void withoutAKey();
    void ignoredAndTolerated();
    void repeatedKeysAreTold();
    void incompleteIsRefused();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void reportsAppear();

private:
    std::unique_ptr<Sandbox> m_sandbox;
};

namespace {

QString column(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

void TestCliCompare::initTestCase()
{
    m_sandbox = std::make_unique<Sandbox>(true);
    QVERIFY(m_sandbox->url().startsWith(QStringLiteral("http://127.0.0.1:")));
}

void TestCliCompare::versionsOfWeather_data()
{
    // resources/sandbox/README.md tells these.
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("added");
    QTest::addColumn<int>("removed");
    QTest::addColumn<int>("changed");
    QTest::addColumn<QByteArray>("cells");
    const auto row = [](const char *a, const char *b, int added, int removed, int changed, const char *cells) {
        QTest::addRow("%s to %s", a, b) << column(a) << column(b) << added << removed << changed << QByteArray(cells);
    };
    row("2@1", "2@2", 222, 0, 5, R"({"precipitation":5,"temp_max":0,"temp_min":0,"weather":0,"wind":0})");
    row("2@2", "2@3", 0, 3, 12, R"({"precipitation":0,"temp_max":12,"temp_min":0,"weather":0,"wind":0})");
    row("2@3", "2@4", 3, 0, 13, R"({"precipitation":0,"temp_max":12,"temp_min":0,"weather":0,"wind":1})");
    row("2@1", "2@3", 222, 3, 17, R"({"precipitation":5,"temp_max":12,"temp_min":0,"weather":0,"wind":0})");
    row("2@1", "2@4", 222, 0, 5, R"({"precipitation":5,"temp_max":0,"temp_min":0,"weather":0,"wind":0})");
    row("2@2", "2@4", 0, 0, 1, R"({"precipitation":0,"temp_max":0,"temp_min":0,"weather":0,"wind":1})");
    row("2@3", "2@2", 3, 0, 12, R"({"precipitation":0,"temp_max":12,"temp_min":0,"weather":0,"wind":0})");
    row("2@4", "2", 0, 0, 0, R"({"precipitation":0,"temp_max":0,"temp_min":0,"weather":0,"wind":0})");
}

void TestCliCompare::versionsOfWeather()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(int, added);
    QFETCH(int, removed);
    QFETCH(int, changed);
    QFETCH(QByteArray, cells);
    const Ran ran = Cli(m_sandbox->url())
                        .run({QStringLiteral("data"), QStringLiteral("compare"), a, b, QStringLiteral("--key"),
                              QStringLiteral("location,date")});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.err.isEmpty());
    const QJsonObject json = ran.json();
    QCOMPARE(json[column("added")].toInt(), added);
    QCOMPARE(json[column("removed")].toInt(), removed);
    QCOMPARE(json[column("changed")].toInt(), changed);
    QCOMPARE(json[column("cells_changed")].toInt(), changed);
    QCOMPARE(json[column("rows_a")].toInt() - removed + added, json[column("rows_b")].toInt());
    QCOMPARE(json[column("unchanged")].toInt(), json[column("rows_a")].toInt() - removed - changed);
    QCOMPARE(QJsonDocument(json[column("per_column")].toObject()).toJson(QJsonDocument::Compact), cells);
    const QStringList names = json.keys();
    const QStringList all{column("added"),         column("cells_changed"),   column("changed"),
                          column("columns_added"), column("columns_removed"), column("columns_retyped"),
                          column("per_column"),    column("removed"),         column("rows_a"),
                          column("rows_b"),        column("unchanged")};
    for (const QString &name : all)
        QVERIFY2(names.contains(name), qPrintable(name));
}

void TestCliCompare::aFileOfTheSameRows()
{
    const Cli cli(m_sandbox->url());
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("weather.csv"));
    QCOMPARE(cli.run({QStringLiteral("data"), QStringLiteral("get"), QStringLiteral("2"), QStringLiteral("--format"),
                      QStringLiteral("csv"), QStringLiteral("-o"), file})
                 .code,
             0);
    const Ran ran = cli.run({QStringLiteral("data"), QStringLiteral("compare"), file, QStringLiteral("2"),
                             QStringLiteral("--key"), QStringLiteral("location,date")});
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.json()[column("unchanged")].toInt(), 2922);
    QVERIFY(ran.json()[column("columns_retyped")].toArray().isEmpty());
}

void TestCliCompare::filesNeedNoAccount()
{
    QTemporaryDir folder;
    const auto file = [&folder](const char *name, const QByteArray &text) {
        QFile made(folder.filePath(QString::fromLatin1(name)));
        const bool written = made.open(QIODevice::WriteOnly) && made.write(text) == text.size();
        return written ? made.fileName() : QString();
    };
    const QString a = file("a.csv", "id,amount,code,old\n1,0.10,007,x\n2,5,008,x\n3,9,009,x\n");
    const QString b = file("b.csv", "code,id,amount,new\n008,2,6,y\n007,1,0.1,y\n0010,4,1,y\n");
    const Ran ran = Cli(QString()).run(
        {QStringLiteral("data"), QStringLiteral("compare"), a, b, QStringLiteral("--key"), QStringLiteral("id")});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.out.startsWith(R"({"rows_a":3,"rows_b":3,"added":1,"removed":1,"changed":1,"unchanged":1,)"
                               R"("cells_changed":1,"columns_added":["new"],"columns_removed":["old"],)"
                               R"("columns_retyped":[],"per_column":{"code":0,"amount":1},"columns_renamed":[],)"
                               R"("a":"a.csv","b":"b.csv","key":["id"],"options":{"ignored":[],)"));
    QVERIFY(ran.json()[column("compared_at")].toString().endsWith(QLatin1Char('Z')));
    const Ran typed =
        Cli(QString()).run({QStringLiteral("data"), QStringLiteral("compare"), file("c.csv", "id,v\n1,1\n2,2\n"),
                            file("d.csv", "id,v\n1,1\n2,b\n"), QStringLiteral("--key"), QStringLiteral("id")});
    QCOMPARE(typed.json()[column("columns_retyped")].toArray(), QJsonArray{column("v")});
    QCOMPARE(typed.json()[column("changed")].toInt(), 1);
}

void TestCliCompare::filesAsTheyAre()
{
    QTemporaryDir folder;
    const auto compare = [&folder](const QByteArray &a, const QByteArray &b, const QStringList &options) {
        const QStringList names{folder.filePath(QStringLiteral("a.csv")), folder.filePath(QStringLiteral("b.csv"))};
        for (const auto &[name, text] : {std::pair(names[0], a), std::pair(names[1], b)}) {
            QFile file(name);
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
                return Ran{};
        }
        return Cli(QString()).run(QStringList{QStringLiteral("data"), QStringLiteral("compare")} + names + options);
    };
    const QStringList byId{QStringLiteral("--key"), QStringLiteral("id")};
    // Numbers written in other ways count only when asked for.
    const QByteArray a = "id,v\n1,1\n2,2\n";
    const QByteArray b = "id,v\n1,1.0\n2,2\n";
    QCOMPARE(compare(a, b, byId).json()[column("changed")].toInt(-1), 0);
    QCOMPARE(compare(a, b, byId + QStringList{QStringLiteral("--as-written")}).json()[column("changed")].toInt(-1), 1);
    // A first line that is a row.
    const Ran rows = compare(
        "1,x\n2,y\n", "2,y\n1,z\n",
        {QStringLiteral("--header-row"), QStringLiteral("none"), QStringLiteral("--key"), QStringLiteral("Column 1")});
    QCOMPARE(rows.json()[column("rows_a")].toInt(-1), 2);
    QCOMPARE(rows.json()[column("changed")].toInt(-1), 1);
    // Rows that are too long stop the reading, with the option that lets it go on.
    const QByteArray ragged = "id,v\n1,1,\n2,2\n";
    const Ran refused = compare(ragged, b, byId);
    QCOMPARE(refused.code, 1);
    QVERIFY(refused.err.contains("--long-rows"));
    const QStringList fill{QStringLiteral("--long-rows"), QStringLiteral("fill")};
    QCOMPARE(compare(ragged, b, byId + fill).json()[column("unchanged")].toInt(-1), 2);
    // A file without a byte is a table without rows, and that is said.
    const Ran empty = compare("", "id,v\n1,x\n", byId);
    QCOMPARE(empty.code, 0);
    QCOMPARE(empty.json()[column("rows_a")].toInt(-1), 0);
    QCOMPARE(empty.json()[column("added")].toInt(-1), 1);
    QVERIFY(empty.err.contains("is empty: it has no columns and no rows"));
    // A column that could be the old one under another name.
    const Ran renamed = compare("id,city\n1,Lille\n2,Lyon\n", "id,town\n1,Lille\n2,Lyon\n", byId);
    QCOMPARE(renamed.json()[column("columns_renamed")].toArray().first()[column("to")].toString(), column("town"));
}

void TestCliCompare::withoutAKey()
{
    const Ran ran = Cli(m_sandbox->url()).run("data compare 2@2 2@3");
    QCOMPARE(ran.code, 0);
    QCOMPARE(ran.json()[column("added")].toInt(), 12);
    QCOMPARE(ran.json()[column("removed")].toInt(), 15);
    QCOMPARE(ran.json()[column("changed")].toInt(), 0);
    QVERIFY(ran.err.contains("an edited row is one removed and one added"));
}

void TestCliCompare::ignoredAndTolerated()
{
    const Cli cli(m_sandbox->url());
    const auto changed = [&cli](const char *more) {
        const Ran ran = cli.run(QByteArray("data compare 2@2 2@3 --key location,date ").append(more).constData());
        return ran.code == 0 ? ran.json()[column("changed")].toInt() : -1;
    };
    QCOMPARE(changed("--ignore temp_max"), 0);
    QCOMPARE(changed("--ignore wind,temp_min"), 12);
    QCOMPARE(changed("--tolerance temp_max=10"), 0);
    QCOMPARE(changed("--tolerance temp_max=9.99"), 12);
    QCOMPARE(changed("--tolerance temp_max=1000%"), 0);
    QCOMPARE(changed("--tolerance wind=10"), 12);
    const Ran both = cli.run("data compare 2@2 2@3 --key location,date --tolerance wind=0.1 --tolerance wind=1%");
    QCOMPARE(both.json()[column("options")][column("tolerance")][column("wind")].toObject(),
             QJsonObject({{column("absolute"), column("0.1")}, {column("relative"), column("1%")}}));
}

void TestCliCompare::repeatedKeysAreTold()
{
    const Ran ran = Cli(m_sandbox->url()).run("data compare 2@3 2@4 --key location");
    QCOMPARE(ran.code, 0);
    const QJsonObject json = ran.json();
    QCOMPARE(json[column("unpaired")][column("a")][column("repeated_rows")].toInt(), 2919);
    QCOMPARE(json[column("unpaired")][column("b")][column("repeated_keys")].toInt(), 2);
    QCOMPARE(json[column("rows_a")].toInt() - json[column("removed")].toInt() + json[column("added")].toInt(), 2922);
    QVERIFY(ran.err.contains("2919 rows share 2 keys"));
}

void TestCliCompare::incompleteIsRefused()
{
    m_sandbox->setFaults(
        R"({"page_size":500,"rules":[{"verb":"GET","path":"/data/2/v/3","at":3,"times":0,"status":500}]})");
    const Ran ran = Cli(m_sandbox->url()).run("data compare 2@2 2@3 --key location,date");
    m_sandbox->setFaults("{}");
    QCOMPARE(ran.code, 1);
    QVERIFY(ran.out.isEmpty());
    QVERIFY(ran.err.contains("version 3 was not read as a whole"));
}

void TestCliCompare::wrongUsageIsTwo_data()
{
    QTest::addColumn<QByteArray>("arguments");
    for (const char *arguments :
         {"data compare 2", "data compare 2 2@", "data compare @3 2", "data compare 2 2 --format pdf",
          "data compare 2 2 --format xlsx", "data compare 2 2 --tolerance temp_max=1",
          "data compare 2 2 --key date --tolerance temp_max", "data compare 2 2 --key date --tolerance temp_max=-1",
          "data compare 2 2 --key nothing", "data compare 2 2 --key location,date --ignore nothing",
          "data compare 2 2 --key location,date --ignore date"})
        QTest::newRow(arguments) << QByteArray(arguments);
}

void TestCliCompare::wrongUsageIsTwo()
{
    QFETCH(QByteArray, arguments);
    const Ran ran = Cli(m_sandbox->url()).run(arguments.constData());
    QCOMPARE(ran.code, 2);
    QVERIFY(ran.isOneSentence());
}

void TestCliCompare::reportsAppear()
{
    const Cli cli(m_sandbox->url());
    QTemporaryDir folder;
    const auto report = [&](const QString &format) {
        const QString file = folder.filePath(QStringLiteral("report.") + format);
        const Ran ran = cli.run({QStringLiteral("data"), QStringLiteral("compare"), QStringLiteral("2@2"),
                                 QStringLiteral("2@3"), QStringLiteral("--key"), QStringLiteral("location,date"),
                                 QStringLiteral("--format"), format, QStringLiteral("-o"), file});
        return ran.code == 0 && ran.out.isEmpty() ? contents(file) : QByteArray();
    };
    const QByteArray csv = report(QStringLiteral("csv"));
    QVERIFY(csv.startsWith("change,row_old,row_new,location,date,column,old,new\r\n"));
    QVERIFY(csv.contains("changed,201,201,Seattle,2012-07-19,temp_max,25.0,35.0\r\n"));
    QVERIFY(csv.contains("\r\nabout,,,,,table,\"Dataset 2, version 2\",\"Dataset 2, version 3\"\r\n"));
    QVERIFY(csv.contains("\r\nabout,,,,,changed,,12\r\n"));
    QVERIFY(csv.contains("\r\nabout,,,,,key,,location\r\nabout,,,,,key,,date\r\n"));
    QCOMPARE(csv.count("\r\nchanged,"), 12);
    QCOMPARE(csv.count("\r\nremoved,"), 3 * 5);
    const QByteArray html = report(QStringLiteral("html"));
    QVERIFY(html.contains("<del>25.0</del> \u2192 <ins>35.0</ins>"));
    QVERIFY(report(QStringLiteral("xlsx")).startsWith("PK"));
    QCOMPARE(report(QStringLiteral("json")).count('\n'), 1);
}

QTEST_GUILESS_MAIN(TestCliCompare)
#include "tst_clicompare.moc"
