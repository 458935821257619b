#include "app/settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;

class TestSettings : public QObject
{
    Q_OBJECT

    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private slots:
    void comesBackAsItWasWritten()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"new/rowdesk/settings.json"_qs);
        Settings settings;
        settings.window = QRect(10, 20, 1000, 700);
        settings.maximized = true;
        settings.lastProfile = u"Ačme \"x\""_qs;
        DeskState &desk = settings.desks[u"Ačme \"x\""_qs];
        desk.tabs = {{u"12"_qs, u"Weather"_qs, {}, {}, {}},
                     {u"12"_qs, u"Weather"_qs, u"3"_qs, u"2026-01-02T03:04:05Z"_qs, 7'000'000'000}};
        desk.current = 2;
        desk.widths[u"12"_qs] = {{u"a.b"_qs, 120}, {u""_qs, 40}};
        ImportRecipe recipe;
        recipe.layout = QStringList{u"a"_qs};
        recipe.columns = {{u"A"_qs, u"a"_qs, ColumnRule()}};
        settings.recipes[u"demo"_qs] = {recipe};
        DiffOptions options;
        options.key = QStringList{u"a"_qs};
        settings.comparisons[u"demo"_qs] = {{u"12"_qs, options}};
        const ColumnLayout layout{{u"b"_qs, u"a.b"_qs}, {u"c"_qs}, 2};
        desk.layouts[u"12"_qs] = layout;
        TableQuery::Question question;
        for (int op = 0; op <= int(Filter::Op::NotEmpty); ++op)
            question.conditions.append(
                {u"a.b"_qs, {-1, static_cast<Filter::Op>(op), {u"9007199254740993"_qs, u""_qs}, op % 2 == 1}, {}});
        question.orders = {{u"b"_qs, true}, {u"c"_qs, false}};
        desk.views[u"12"_qs] = {{u"Hot & dry"_qs, question, layout}, {u"all"_qs, {}, {}}};
        QVERIFY(saveSettings(path, settings));
        QCOMPARE(loadSettings(path), settings);
        QVERIFY(saveSettings(path, {}));
        QCOMPARE(loadSettings(path), Settings());
    }

    void nonsenseAboutTheDeskIsLeftOut()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.json"_qs);
        write(path, R"({"desks":{"A":{"tabs":[7,{"dataset":""},{"dataset":"1"}],"current":9,
                      "widths":{"1":{"a":-5,"b":1e9,"c":"x","d":80}},
                      "columns":{"1":{"order":[1,"a"],"frozen":-3},"2":7},
                      "views":{"1":[{"name":"","filters":[]},{"name":"v","filters":[{"column":"a","is":"odd"},
                               {"column":"a","is":"null"},7],"sort":[{"column":3},{"column":"b"}]}]}},"B":3}})");
        const Settings settings = loadSettings(path);
        const DeskState desk = settings.desks.value(u"A"_qs);
        QCOMPARE(desk.tabs.size(), 1);
        QCOMPARE(desk.current, 1);
        QCOMPARE(desk.widths.value(u"1"_qs), (QHash<QString, int>{{u"d"_qs, 80}}));
        QCOMPARE(desk.layouts.value(u"1"_qs), (ColumnLayout{{u"a"_qs}, {}, 0}));
        const QVector<SavedView> views = desk.views.value(u"1"_qs);
        QCOMPARE(views.size(), 1);
        QCOMPARE(views.first().question.conditions.size(), 1);
        QCOMPARE(views.first().question.orders, (QVector<TableQuery::Order>{{u"b"_qs, false}}));
        QCOMPARE(settings.desks.value(u"B"_qs), DeskState());
    }

    void garbageIsSetAsideAndSaid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray(R"({"window":[1,2,)");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("bytes") << QByteArray("\0\xff\xfe", 3);
    }

    void garbageIsSetAsideAndSaid()
    {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.json"_qs);
        write(path, bytes);
        QString problem;
        QCOMPARE(loadSettings(path, &problem), Settings());
        QVERIFY(problem.contains(u"settings.json.broken"_qs));
        QVERIFY(!QFile::exists(path));
        QFile aside(path + u".broken"_qs);
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), bytes);
    }

    void membersOfTheWrongTypeAreDefaults()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.json"_qs);
        write(path, R"({"window":"big","maximized":7,"last_profile":[],"unknown":1})");
        QString problem;
        QCOMPARE(loadSettings(path, &problem), Settings());
        QVERIFY(problem.isEmpty());
    }

    void bringsWindowsBack_data()
    {
        QTest::addColumn<QRect>("window");
        QTest::addColumn<QRect>("fitted");
        QTest::newRow("in place") << QRect(100, 100, 800, 600) << QRect(100, 100, 800, 600);
        QTest::newRow("on a screen that is gone") << QRect(5000, 100, 800, 600) << QRect(480, 100, 800, 600);
        QTest::newRow("above the top") << QRect(100, -300, 800, 600) << QRect(100, 0, 800, 600);
        QTest::newRow("larger than the screen") << QRect(-50, -50, 9000, 9000) << QRect(1280, 0, 1920, 1080);
        QTest::newRow("mostly on the second") << QRect(1200, 200, 800, 600) << QRect(1280, 200, 800, 600);
    }

    void bringsWindowsBack()
    {
        QFETCH(QRect, window);
        QFETCH(QRect, fitted);
        QCOMPARE(fitToScreens(window, {QRect(0, 0, 1280, 800), QRect(1280, 0, 1920, 1080)}), fitted);
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
