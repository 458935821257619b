#include "sandbox/readings.h"
#include "support/sandboxfixture.h"

#include <QCryptographicHash>
#include <QSet>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;
using namespace Qt::StringLiterals;

/// What resources/sandbox/README.md says about the sample data.
class TestSandboxDemo : public QObject
{
    Q_OBJECT

    SandboxFixture m_sandbox;

    QJsonObject entry(const QString &name)
    {
        return m_sandbox.get(u"data?name="_s + name).json().value("data"_L1).toArray().first().toObject();
    }

    /// Rows by their unique key.
    QHash<QString, QJsonObject> weather(int version)
    {
        QHash<QString, QJsonObject> rows;
        for (const QJsonValue &value : m_sandbox.rows(u"data/2/v/%1"_s.arg(version))) {
            const QJsonObject row = value.toObject();
            rows.insert(row.value("location"_L1).toString() + u'|' + row.value("date"_L1).toString(), row);
        }
        return rows;
    }

private slots:
    void initTestCase() { QVERIFY(m_sandbox.start()); }

    void fiveDatasetsWithTheirNumbers_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("id");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("versions");
        QTest::newRow("Bird strikes") << u"Bird strikes"_s << 1 << 10'000 << 14 << 0;
        QTest::newRow("Weather") << u"Weather"_s << 2 << 2'922 << 7 << 4;
        QTest::newRow("Codes") << u"Codes"_s << 3 << 9 << 5 << 1;
        QTest::newRow("Readings") << u"Readings"_s << 4 << 1'000'000 << 10 << 0;
        QTest::newRow("Orders with problems") << u"Orders with problems"_s << 5 << 7 << 5 << 1;
    }
    void fiveDatasetsWithTheirNumbers()
    {
        QFETCH(QString, name);
        const QJsonObject dataset = entry(name);
        QTEST(dataset.value("rec_id"_L1).toInt(), "id");
        QTEST(dataset.value("rows"_L1).toInt(), "rows");
        QTEST(static_cast<int>(dataset.value("columns"_L1).toArray().size()), "columns");
        QTEST(dataset.value("versions"_L1).toInt(), "versions");
        if (name != u"Readings")
            QTEST(static_cast<int>(m_sandbox.rows(u"data/%1"_s.arg(dataset.value("rec_id"_L1).toInt())).size()),
                  "rows");
    }

    void listFilters()
    {
        const auto names = [this](const QString &query) {
            QStringList result;
            for (const QJsonValue &value : m_sandbox.get(u"data?"_s + query).json().value("data"_L1).toArray())
                result.append(value.toObject().value("name"_L1).toString());
            return result;
        };
        QCOMPARE(names(u"refresh=True"_s), QStringList{u"Weather"_s});
        QCOMPARE(names(u"uniquekeyavailable=true"_s), (QStringList{u"Weather"_s, u"Codes"_s, u"Readings"_s}));
        QCOMPARE(names(u"uniquekeyavailable=false&refresh=false"_s),
                 (QStringList{u"Bird strikes"_s, u"Orders with problems"_s}));
    }

    void historyIsOffForBirdStrikes()
    {
        const HttpAnswer classic = m_sandbox.get(u"data/1/versions"_s);
        QCOMPARE(classic.status, 400);
        QCOMPARE(classic.errorCode(), u"HistoryOff"_s);
        QCOMPARE(m_sandbox.get(u"data/1/v/1"_s).status, 400);
        QCOMPARE(m_sandbox.get(u"data/1/versions?api_version=2022.01"_s).status, 400);
    }

    void weatherVersionsDifferAsDocumented_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<int>("added");
        QTest::addColumn<int>("removed");
        QTest::addColumn<int>("changed");
        QTest::addRow("1 to 2") << 1 << 2 << 222 << 0 << 5;
        QTest::addRow("2 to 3") << 2 << 3 << 0 << 3 << 12;
        QTest::addRow("3 to 4") << 3 << 4 << 3 << 0 << 13;
        QTest::addRow("1 to 3") << 1 << 3 << 222 << 3 << 17;
        QTest::addRow("1 to 4") << 1 << 4 << 222 << 0 << 5;
        QTest::addRow("2 to 4") << 2 << 4 << 0 << 0 << 1;
    }
    void weatherVersionsDifferAsDocumented()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        const QHash<QString, QJsonObject> before = weather(from);
        const QHash<QString, QJsonObject> after = weather(to);
        int added = 0;
        int removed = 0;
        int changed = 0;
        for (auto row = after.begin(); row != after.end(); ++row) {
            added += before.contains(row.key()) ? 0 : 1;
            changed += before.contains(row.key()) && before.value(row.key()) != row.value() ? 1 : 0;
        }
        for (auto row = before.begin(); row != before.end(); ++row)
            removed += after.contains(row.key()) ? 0 : 1;
        QTEST(added, "added");
        QTEST(removed, "removed");
        QTEST(changed, "changed");
    }

    void weatherKeyIsUnique()
    {
        const QJsonArray versions = m_sandbox.get(u"data/2/versions"_s).json().value("versions"_L1).toArray();
        QCOMPARE(versions.size(), 4);
        for (const QJsonValue &version : versions) {
            const int number = version.toObject().value("version"_L1).toInt();
            QCOMPARE(weather(number).size(), version.toObject().value("rows"_L1).toInt());
        }
        QCOMPARE(versions.last().toObject().value("rows"_L1).toInt(), 2700);
        QCOMPARE(versions.first().toObject().value("created"_L1).toString(), u"2016-01-25T06:00:00.000Z"_s);
    }

    void weatherKnownCells()
    {
        const QString last = u"New York|2015-12-31"_s;
        QCOMPARE(weather(2).value(last).value("wind"_L1).toDouble(), 5.5);
        QCOMPARE(weather(4).value(last).value("wind"_L1).toDouble(), 6.5);
        const QString withdrawn = u"Seattle|2012-01-11"_s;
        QVERIFY(!weather(1).value(withdrawn).value("precipitation"_L1).isNull());
        QVERIFY(weather(2).value(withdrawn).value("precipitation"_L1).isNull());
    }

    void codesKeepTheirOddValues()
    {
        const QByteArray body = m_sandbox.get(u"data/3"_s).body;
        for (const char *piece : {R"("code":"00501","account_id":1234567890123456789)", R"("note":null,"price":0.10)",
                                  R"("note":"","price":12345678901234567890.123456789)", R"("note":"=1+2")",
                                  "👩‍🚀🇫🇷", R"("account_id":18446744073709551615)", R"("price":1e3)"})
            QVERIFY2(body.contains(piece), piece);
    }

    void refreshBringsNewRows()
    {
        const int before = entry(u"Weather"_s).value("rows"_L1).toInt();
        for (const char *word : {"reload", "recreate", "rebuild", "update", "append", "updateappend"})
            QCOMPARE(m_sandbox.post(u"data/2/%1"_s.arg(QLatin1StringView(word)), {}).body, "success");
        const QJsonObject after = entry(u"Weather"_s);
        QCOMPARE(after.value("versions"_L1).toInt(), 10);
        QCOMPARE(after.value("rows"_L1).toInt(), before + 5 * 2);
        QVERIFY(m_sandbox.post(u"table/2/refresh?api_version=2025.3"_s, R"({"mode":"append"})")
                    .json()
                    .value("success"_L1)
                    .toBool());
        QCOMPARE(entry(u"Weather"_s).value("rows"_L1).toInt(), before + 6 * 2);
        QCOMPARE(m_sandbox.post(u"table/2/refresh?api_version=2025.3"_s, R"({"mode":"other"})").errorCode(),
                 u"InvalidMode"_s);
        QCOMPARE(m_sandbox.post(u"data/3/reload"_s, {}).errorCode(), u"NotRefreshable"_s);
        QCOMPARE(m_sandbox.post(u"data/2/explode"_s, {}).status, 404);
    }

    void readingsAreAMillionDifferentRows()
    {
        QSet<QByteArray> serials;
        serials.reserve(sandbox::readings::rowCount);
        QByteArray page;
        for (qint64 first = 0; first < sandbox::readings::rowCount; first += 10'000) {
            page.clear();
            sandbox::readings::appendRows(page, first, 10'000);
            for (qsizetype at = page.indexOf("\"serial\":\""); at >= 0; at = page.indexOf("\"serial\":\"", at + 1))
                serials.insert(page.mid(at + 10, 11));
        }
        QCOMPARE(serials.size(), sandbox::readings::rowCount);
    }

    void readingsNeverChange()
    {
        const QByteArray last = m_sandbox.get(u"data/4?page=1000"_s).body;
        QVERIFY(last.endsWith("\"has_more_data\":false}"));
        QCOMPARE(QJsonDocument::fromJson(last).object().value("data"_L1).toArray().size(), 1000);
        // The bytes themselves, so that a change of the formula does not go unseen.
        QCOMPARE(QCryptographicHash::hash(last, QCryptographicHash::Sha256).toHex(),
                 "ee4ed6511bc7932d9173a41388fe37bec349d11231add7e5249d024532439b02");
        QCOMPARE(m_sandbox.get(u"data/4?page=1000"_s).body, last);
        QVERIFY(m_sandbox.get(u"data/4?page=1001"_s).body.startsWith("{\"data\":[]"));
        QCOMPARE(m_sandbox.post(u"data/4/row"_s, R"({"data":[]})").errorCode(), u"ReadOnly"_s);
        const QJsonObject window = m_sandbox.get(u"table/4?api_version=2025.3&page=3&page_size=7"_s).json();
        QCOMPARE(window.value("result"_L1).toArray().first().toObject().value("reading_id"_L1).toInt(), 15);
    }

    void readingsColumnsMatchTheirRows()
    {
        QStringList names =
            m_sandbox.get(u"data/4?page=2"_s).json().value("data"_L1).toArray().first().toObject().keys();
        QStringList expected = sandbox::readings::schema().names();
        names.sort();
        expected.sort();
        QCOMPARE(names, expected);
    }
};

QTEST_GUILESS_MAIN(TestSandboxDemo)
#include "tst_sandboxdemo.moc"
