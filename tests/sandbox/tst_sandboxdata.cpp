#include "support/sandboxfixture.h"

#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;
using namespace Qt::StringLiterals;

/// Data calls over real sockets, in both dialects (API contract §3 and §4).
class TestSandboxData : public QObject
{
    Q_OBJECT

    std::unique_ptr<SandboxFixture> m_sandbox;

    static constexpr const char *eightTypes =
        R"([{"name":"t","data_type":"text"},{"name":"n","data_type":"number"},{"name":"dt","data_type":"datetime"},)"
        R"({"name":"d","data_type":"date"},{"name":"p","data_type":"percentage"},{"name":"c","data_type":"checkbox"},)"
        R"({"name":"dd","data_type":"dropdown"},{"name":"i","data_type":"rec_id"}])";

    HttpAnswer create(const QByteArray &name, const QByteArray &columns)
    {
        return m_sandbox->post(u"data"_s, R"({"name":")" + name + R"(","description":"d","columns":)" + columns + "}");
    }
    /// A new table with the columns n (number) and t (text).
    QString numbers(const QByteArray &name)
    {
        return QString::fromLatin1(
            create(name, R"([{"name":"n","data_type":"number"},{"name":"t","data_type":"text"}])").body);
    }

private slots:
    void initTestCase()
    {
        SandboxOptions options;
        options.pageSize = 10;
        m_sandbox = std::make_unique<SandboxFixture>(options);
        QVERIFY(m_sandbox->start());
    }

    void createAnswersTheBareId()
    {
        const HttpAnswer answer = create("Created", eightTypes);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.toLongLong() > 0);
        QVERIFY(answer.contentType.startsWith("text/plain"));
        const QJsonArray list = m_sandbox->get(u"data?name=Created"_s).json().value("data"_L1).toArray();
        QCOMPARE(list.size(), 1);
        const QJsonObject entry = list.first().toObject();
        QCOMPARE(entry.value("rec_id"_L1).toInteger(), answer.body.toLongLong());
        QCOMPARE(entry.value("description"_L1).toString(), u"d"_s);
        QCOMPARE(entry.value("columns"_L1).toArray().at(7).toObject().value("data_type"_L1).toString(), u"id"_s);
        QCOMPARE(entry.value("rows"_L1).toInt(-1), 0);
        QVERIFY(entry.value("history"_L1).toBool());
    }

    void createRefuses_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::newRow("name taken, other case")
            << QByteArray(R"({"name":"TAKEN","columns":[{"name":"a","data_type":"text"}]})") << u"NameNotUnique"_s;
        QTest::newRow("no columns") << QByteArray(R"({"name":"x"})") << u"InvalidColumns"_s;
        QTest::newRow("empty columns") << QByteArray(R"({"name":"x","columns":[]})") << u"InvalidColumns"_s;
        QTest::newRow("unknown type") << QByteArray(R"({"name":"x","columns":[{"name":"a","data_type":"blob"}]})")
                                      << u"InvalidColumns"_s;
        QTest::newRow("no name") << QByteArray(R"({"columns":[{"name":"a","data_type":"text"}]})") << u"InvalidName"_s;
        QTest::newRow("bad JSON") << QByteArray(R"({"name":"x",})") << u"InvalidJson"_s;
        QTest::newRow("no body") << QByteArray() << u"InvalidJson"_s;
    }
    void createRefuses()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        numbers("Taken");
        const HttpAnswer classic = m_sandbox->post(u"data"_s, body);
        QCOMPARE(classic.status, 400);
        QCOMPARE(classic.errorCode(), code);
        const HttpAnswer versioned = m_sandbox->post(u"data?api_version=2022.01"_s, body);
        QCOMPARE(versioned.status, 200);
        QCOMPARE(versioned.json().value("success"_L1), QJsonValue(false));
        QCOMPARE(versioned.errorCode(), code);
    }

    void valuesComeBackToTheByte()
    {
        const QString id = QString::fromLatin1(create("Exact", eightTypes).body);
        const QByteArray text("a\\u0000\\n\\\"\\\\é👩‍🚀"); // as JSON
        const QByteArray row =
            "[{\"column\":\"t\",\"value\":\"" + text +
            "\"},"
            R"({"column":"n","value":12345678901234567890.123456789},)"
            R"({"column":"dt","value":"2024-02-29 12:30:45.123456+05:30"},{"column":"d","value":"2024-02-29"},)"
            R"({"column":"p","value":0.10},{"column":"c","value":true},{"column":"dd","value":""},)"
            R"({"column":"i","value":9007199254740993}])";
        const HttpAnswer appended = m_sandbox->post(u"data/%1/row"_s.arg(id), "{\"data\":[" + row + ",[]]}");
        QCOMPARE(appended.status, 200);
        QCOMPARE(appended.body, "success");
        QCOMPARE(
            m_sandbox->get(u"data/%1?page=1"_s.arg(id)).body,
            "{\"data\":[{\"t\":\"" + text +
                "\","
                R"("n":12345678901234567890.123456789,"dt":"2024-02-29 12:30:45.123456+05:30",)"
                R"("d":"2024-02-29","p":0.10,"c":true,"dd":"","i":9007199254740993},)"
                R"({"t":null,"n":null,"dt":null,"d":null,"p":null,"c":null,"dd":null,"i":null}],"has_more_data":false})");
    }

    void oneBadRowRefusesTheWholeCall_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("code");
        QTest::newRow("value") << QByteArray(R"([{"column":"n","value":"twelve"}])") << u"InvalidValue"_s;
        QTest::newRow("column") << QByteArray(R"([{"column":"N","value":1}])") << u"UnknownColumn"_s;
        QTest::newRow("twice") << QByteArray(R"([{"column":"n","value":1},{"column":"n","value":1}])")
                               << u"DuplicateColumn"_s;
        QTest::newRow("no value") << QByteArray(R"([{"column":"n"}])") << u"InvalidData"_s;
        QTest::newRow("object") << QByteArray(R"({"n":1})") << u"InvalidData"_s;
    }
    void oneBadRowRefusesTheWholeCall()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, code);
        const QString id = numbers("Atomic " + QByteArray(QTest::currentDataTag()));
        const HttpAnswer answer =
            m_sandbox->post(u"data/%1/row"_s.arg(id), R"({"data":[[{"column":"n","value":1}],)" + row + "]}");
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.errorCode(), code);
        QVERIFY(answer.json().value("error"_L1).toObject().value("description"_L1).toString().startsWith(u"Row 2"_s));
        QVERIFY(m_sandbox->rows(u"data/"_s + id).isEmpty());
        QVERIFY(m_sandbox->get(u"data/%1/versions"_s.arg(id)).json().value("versions"_L1).toArray().isEmpty());
    }

    void errorsNameRowColumnAndValue()
    {
        const QString id = numbers("Named");
        const HttpAnswer answer =
            m_sandbox->post(u"data/%1/row"_s.arg(id), R"({"data":[[{"column":"n","value":"1,5"}]]})");
        const QString text = answer.json().value("error"_L1).toObject().value("description"_L1).toString();
        QVERIFY2(text.contains(u"Row 1"_s) && text.contains(u"“n”"_s) && text.contains(u"“1,5”"_s), qPrintable(text));
    }

    void pagesAndVersions()
    {
        const QString id = numbers("Paged");
        QByteArray body = "{\"data\":[";
        for (int i = 0; i < 25; ++i)
            body += (i > 0 ? "," : "") + QByteArray(R"([{"column":"n","value":)") + QByteArray::number(i) + "}]";
        QCOMPARE(m_sandbox->post(u"data/%1/row"_s.arg(id), body + "]}").status, 200);
        QCOMPARE(m_sandbox->post(u"data/%1/row/"_s.arg(id), R"({"data":[[{"column":"n","value":99}]]})").status, 200);
        const QJsonObject third = m_sandbox->get(u"data/%1?page=3&unknown=x"_s.arg(id)).json();
        QCOMPARE(third.value("data"_L1).toArray().size(), 6);
        QCOMPARE(third.value("has_more_data"_L1), QJsonValue(false));
        QCOMPARE(m_sandbox->get(u"data/%1?page=2"_s.arg(id)).json().value("has_more_data"_L1), QJsonValue(true));
        const QJsonObject fourth = m_sandbox->get(u"data/%1/?page=4"_s.arg(id)).json();
        QVERIFY(fourth.value("data"_L1).toArray().isEmpty() && !fourth.value("has_more_data"_L1).toBool());
        QCOMPARE(m_sandbox->rows(u"data/%1"_s.arg(id)).size(), 26);
        QCOMPARE(m_sandbox->rows(u"data/%1/v/1"_s.arg(id)).size(), 25);
        QCOMPARE(m_sandbox->get(u"data/%1/v/3"_s.arg(id)).status, 404);
        QCOMPARE(m_sandbox->get(u"data/%1/v/0"_s.arg(id)).status, 404);
        QCOMPARE(m_sandbox->get(u"data/%1?page=0"_s.arg(id)).status, 400);
        QCOMPARE(m_sandbox->get(u"data/999999"_s).status, 404);
        QCOMPARE(m_sandbox->get(u"data/abc"_s).status, 404);
    }

    void updateAndDeleteByValueClassic()
    {
        const QString id = numbers("Edited");
        const QString path = u"data/%1/row"_s.arg(id);
        m_sandbox->post(path,
                        R"({"data":[[{"column":"n","value":1.50},{"column":"t","value":"a"}],)"
                        R"([{"column":"n","value":1.5},{"column":"t","value":"a"}],[{"column":"n","value":2}]]})");
        const HttpAnswer first = m_sandbox->call(
            "PUT", path,
            R"({"multiplerows":"first","find":[{"column":"n","value":1.5}],"data":[{"column":"t","value":"b"}]})");
        QCOMPARE(first.body, "success");
        const HttpAnswer all = m_sandbox->call(
            "PUT", path,
            R"({"multiplerows":"all","find":[{"column":"n","value":"1.500"}],"data":[{"column":"n","value":7}]})");
        QCOMPARE(all.status, 200);
        QCOMPARE(m_sandbox->get(u"data/"_s + id).body,
                 R"({"data":[{"n":7,"t":"b"},{"n":7,"t":"a"},{"n":2,"t":null}],"has_more_data":false})");
        QCOMPARE(
            m_sandbox->call("DELETE", path, R"({"multiplerows":"all","find":[{"column":"t","value":null}]})").status,
            200);
        QCOMPARE(
            m_sandbox->call("DELETE", path, R"({"multiplerows":"first","find":[{"column":"n","value":7}]})").status,
            200);
        QCOMPARE(m_sandbox->get(u"data/"_s + id).body, R"({"data":[{"n":7,"t":"a"}],"has_more_data":false})");
        // Nothing said about which rows: none, and certainly not all.
        QCOMPARE(m_sandbox->call("DELETE", path, R"({"multiplerows":"all","find":[]})").errorCode(),
                 u"InvalidFilter"_s);
        QCOMPARE(m_sandbox->call("DELETE", path).status, 400);
        QCOMPARE(m_sandbox->rows(u"data/"_s + id).size(), 1);
        QCOMPARE(m_sandbox->rows(u"data/%1/v/1"_s.arg(id)).size(), 3);
    }

    void versionedRows_data()
    {
        QTest::addColumn<QString>("version");
        for (const char *version : {"2021.08", "2022.01", "2022.1", "2025.3"})
            QTest::newRow(version) << QString::fromLatin1(version);
    }
    void versionedRows()
    {
        QFETCH(QString, version);
        const QString query = u"?api_version="_s + version;
        const HttpAnswer created =
            m_sandbox->post(u"data"_s + query, R"({"name":"V )" + version.toLatin1() +
                                                   R"(","columns":[{"name":"n","data_type":"number"}]})");
        QVERIFY(created.json().value("success"_L1).toBool());
        const QString id = QString::number(created.json().value("result"_L1).toObject().value("id"_L1).toInteger());
        const HttpAnswer inserted =
            m_sandbox->post(u"data/%1/insert"_s.arg(id) + query, R"({"data":[{"n":1},{"n":0.20},{"n":null}]})");
        QCOMPARE(inserted.body, R"({"success":true,"result":{"rows_inserted":3,"rows_found":3}})");
        const HttpAnswer page = m_sandbox->get(u"table/%1"_s.arg(id) + query + u"&page=1&page_size=2"_s);
        QVERIFY(page.body.startsWith(R"({"success":true,"result":[{"n":1},{"n":0.20}],"pagination":{)"));
        const QJsonObject pagination = page.json().value("pagination"_L1).toObject();
        QCOMPARE(pagination.value("result_total_count"_L1).toInt(), 3);
        QCOMPARE(pagination.value("page_size"_L1).toInt(), 2);
        QVERIFY(pagination.value("has_more_results"_L1).toBool() || pagination.value("last_page"_L1).toInt() == 2);
        const QByteArray updated =
            R"({"multiple_rows":"all","data":{"n":5},"filter":{"condition":[{"columns":[{"name":"n","comparator":"equals",)"
            R"("values":[1,0.2]}],"operator":"and"}]}})";
        QCOMPARE(m_sandbox->post(u"data/%1/update"_s.arg(id) + query, updated).body,
                 R"({"success":true,"result":{"rows_updated":2,"rows_found":2}})");
        const QByteArray deleted =
            R"({"multiple_rows":"first","filter":{"condition":[{"columns":[{"name":"n","comparator":"equals","values":[5]}],"operator":"and"}]}})";
        QCOMPARE(m_sandbox->post(u"data/%1/delete"_s.arg(id) + query, deleted).body,
                 R"({"success":true,"result":{"rows_deleted":1,"rows_found":1}})");
        const QJsonObject versions = m_sandbox->get(u"data/%1/versions"_s.arg(id) + query).json();
        QCOMPARE(versions.value("result"_L1).toArray().size(), 3);
    }

    void versionedInsertTakes500()
    {
        const QString id = numbers("Five hundred");
        const auto body = [](int count) {
            return "{\"data\":[" + QByteArray("{\"n\":1},").repeated(count).chopped(1) + "]}";
        };
        const QString path = u"data/%1/insert?api_version=2022.01"_s.arg(id);
        QCOMPARE(m_sandbox->post(path, body(501)).errorCode(), u"TooManyRows"_s);
        QVERIFY(m_sandbox->rows(u"data/"_s + id).isEmpty());
        QVERIFY(m_sandbox->post(path, body(500)).json().value("success"_L1).toBool());
    }

    void versionsAreNegotiated()
    {
        const HttpAnswer unknown = m_sandbox->get(u"data?api_version=1999.1"_s);
        QCOMPARE(unknown.status, 200);
        QCOMPARE(unknown.errorCode(), u"InvalidVersion"_s);
        QCOMPARE(unknown.supportedVersions, "2021.08, 2022.01, 2025.3");
        QCOMPARE(m_sandbox->get(u"table"_s).errorCode(), u"APIVersionRequired"_s);
        const HttpAnswer limited =
            m_sandbox->get(u"table/%1?api_version=2021.08&limit=2&offset=1"_s.arg(numbers("Limited")));
        QCOMPARE(limited.body, "{\"data\":[]}");
    }

    void listIsPagedInTheVersionedDialect()
    {
        numbers("List 1");
        numbers("List 2");
        const QJsonObject first = m_sandbox->get(u"table?api_version=2025.3&page=1&page_size=1"_s).json();
        QCOMPARE(first.value("result"_L1).toArray().size(), 1);
        QVERIFY(first.value("result"_L1).toArray().first().toObject().value("id"_L1).isDouble());
        QVERIFY(first.value("pagination"_L1).toObject().value("last_page"_L1).toInt() >= 2);
        const QJsonObject beyond = m_sandbox->get(u"table?api_version=2025.3&page=9999&page_size=1"_s).json();
        QVERIFY(beyond.value("result"_L1).toArray().isEmpty());
    }

    void addressesAreForgiving()
    {
        QCOMPARE(m_sandbox->get(u"some/prefix/data"_s).status, 200);
        QCOMPARE(m_sandbox->get(u"api//data/"_s).status, 200);
        QCOMPARE(m_sandbox->get(u"nothing"_s).status, 404);
        QCOMPARE(m_sandbox->call("HEAD", u"data"_s).status, 200);
        QVERIFY(m_sandbox->call("HEAD", u"data"_s).body.isEmpty());
        QCOMPARE(m_sandbox->call("PATCH", u"data"_s).status, 404);
    }

    void namesWithSpacesAndPlusesAreFound()
    {
        numbers("A + B & C");
        QCOMPARE(m_sandbox->get(u"data?name=A+%2B+B+%26+C"_s).json().value("data"_L1).toArray().size(), 1);
        QCOMPARE(m_sandbox->get(u"data?name=A%20%2B%20B%20%26%20C"_s).json().value("data"_L1).toArray().size(), 1);
        QCOMPARE(m_sandbox->get(u"data?name=a+%2B+B+%26+C"_s).json().value("data"_L1).toArray().size(), 0);
    }

    void aWholeFrameInOneCall()
    {
        const QString id = numbers("Frame");
        const QByteArray row =
            "[{\"column\":\"n\",\"value\":1},{\"column\":\"t\",\"value\":\"" + QByteArray(900, 'x') + "\"}],";
        const QByteArray body = "{\"data\":[" + row.repeated(60'000).chopped(1) + "]}";
        QVERIFY(body.size() > 50'000'000);
        QCOMPARE(m_sandbox->post(u"data/%1/row"_s.arg(id), body).body, "success");
        const QJsonArray entry = m_sandbox->get(u"data?name=Frame"_s).json().value("data"_L1).toArray();
        QCOMPARE(entry.first().toObject().value("rows"_L1).toInt(), 60'000);
        QCOMPARE(entry.first().toObject().value("versions"_L1).toInt(), 1);
    }

    void dataSurviveARestart()
    {
        const QTemporaryDir dir;
        SandboxOptions options;
        options.dataDir = dir.path();
        {
            SandboxFixture first(options);
            QVERIFY(first.start());
            first.post(u"data"_s, R"({"name":"Kept","columns":[{"name":"n","data_type":"number"}]})");
            first.post(u"data/1/row"_s, R"({"data":[[{"column":"n","value":0.10}]]})");
        }
        SandboxFixture second(options);
        QVERIFY(second.start());
        QCOMPARE(second.get(u"data/1"_s).body, R"({"data":[{"n":0.10}],"has_more_data":false})");
        QCOMPARE(second.get(u"data/1/versions"_s).json().value("versions"_L1).toArray().size(), 1);
    }

    void startSaysWhyItCannot()
    {
        const QTemporaryDir dir;
        QFile blocker(dir.filePath(u"file"_s));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        SandboxOptions options;
        options.dataDir = dir.filePath(u"file/inside"_s);
        SandboxServer badFolder(options);
        QVERIFY(!badFolder.start());
        QVERIFY(badFolder.errorText().contains(options.dataDir));
        options.dataDir.clear();
        options.port = static_cast<quint16>(m_sandbox->url().port());
        SandboxServer badPort(options);
        QVERIFY(!badPort.start());
        QVERIFY(badPort.errorText().contains(QString::number(options.port)));
    }
};

QTEST_GUILESS_MAIN(TestSandboxData)
#include "tst_sandboxdata.moc"
