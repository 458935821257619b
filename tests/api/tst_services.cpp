#include "api/accountservice.h"
#include "api/dataservice.h"
#include "api/historyservice.h"
#include "api/scheduleservice.h"
#include "support/await.h"
#include "support/fakenetworkaccessmanager.h"

#include <QTest>
#include <QUrlQuery>

using namespace rowdesk;
using namespace rowdesk::test;

/// Each call as the service sees it: verb, path, query, body; and what comes of the answers.
class TestServices : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void listsClassic();
    void listsAllPagesVersioned();
    void filtersByExactName();
    void endlessListIsAnError();
    void listErrorIsPassedOn();
    void schemaFromTheList();
    void schemaGuessedFromRows();
    void factsFromTheList();
    void factsFromTheFirstPage();
    void factsOfNoTable();
    void createsInBothDialects();
    void createWithoutIdIsUnknown();
    void appendsInBothDialects();
    void appendGateIsAsked();
    void versionsNewestFirst();
    void versionsHintAtHistoryOff();
    void readsTheAccount();
    void readsActivity();
    void readsSchedules();
    void triggersOnce();

private:
    QString path(size_t request) const { return m_network->requests().at(request).url.path(); }
    QString query(size_t request, const QString &name) const
    {
        return QUrlQuery(m_network->requests().at(request).url).queryItemValue(name, QUrl::FullyDecoded);
    }
    void versioned() { m_client->setApiVersion(QStringLiteral("2025.3")); }

    std::unique_ptr<FakeNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_client;
};

void TestServices::init()
{
    m_network = std::make_unique<FakeNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(m_network.get(), QUrl(QStringLiteral("http://127.0.0.1:1/")));
}

void TestServices::cleanup()
{
    m_client.reset();
    m_network.reset();
}

void TestServices::listsClassic()
{
    m_network->script.push_back(FakeAnswer::json(R"({"data":[{"rec_id":1,"name":"A"},{"name":"broken"}]})"));
    const auto listing = await(DataService(m_client.get()).listWithNotes());
    QVERIFY(listing);
    QCOMPARE(listing->datasets.size(), 1);
    QCOMPARE(listing->notes.size(), 1);
    QCOMPARE(path(0), QStringLiteral("/data"));
    QVERIFY(!m_network->requests().front().url.hasQuery());
}

void TestServices::listsAllPagesVersioned()
{
    versioned();
    m_network->script.push_back(
        FakeAnswer::json(R"({"success":true,"result":[{"id":1}],"pagination":{"has_more_results":true}})"));
    m_network->script.push_back(
        FakeAnswer::json(R"({"success":true,"result":[{"id":2}],"pagination":{"has_more_results":false}})"));
    const auto list = await(DataService(m_client.get()).list());
    QVERIFY(list);
    QCOMPARE(list->size(), 2);
    QCOMPARE(path(1), QStringLiteral("/table"));
    QCOMPARE(query(1, QStringLiteral("page")), QStringLiteral("2"));
    QVERIFY(query(1, QStringLiteral("page_size")).toInt() > 0);
    QCOMPARE(query(1, QStringLiteral("api_version")), QStringLiteral("2025.3"));
}

void TestServices::filtersByExactName()
{
    const QString name = QStringLiteral("A & B + 100%");
    const QByteArray answer = R"([{"id":1,"name":"A & B + 100%"},{"id":2,"name":"A & B + 100% old"}])";
    m_network->script = {FakeAnswer::json(answer), FakeAnswer::json(answer)};
    for (int round = 0; round < 2; ++round) {
        const auto list = await(DataService(m_client.get()).list(name));
        QVERIFY(list);
        QCOMPARE(list->size(), 1);
        QCOMPARE(list->at(0).id, QStringLiteral("1"));
        versioned();
    }
    QCOMPARE(query(0, QStringLiteral("name")), name);
    QVERIFY(query(1, QStringLiteral("name")).isEmpty());
}

void TestServices::endlessListIsAnError()
{
    m_network->respond = [](const FakeRequest &) {
        return FakeAnswer::json(R"({"data":[{"rec_id":1}],"has_more_data":true})");
    };
    const auto list = await(DataService(m_client.get()).list());
    QVERIFY(!list);
    QCOMPARE(list.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(m_network->requests().size(), size_t(2));
}

void TestServices::listErrorIsPassedOn()
{
    m_network->script.push_back(FakeAnswer::json(R"({"success":false,"error":{"code":"X","description":"no"}})", 403));
    const auto list = await(DataService(m_client.get()).list());
    QVERIFY(!list);
    QCOMPARE(list.error().kind, ErrorKind::Forbidden);
}

void TestServices::schemaFromTheList()
{
    m_network->script.push_back(
        FakeAnswer::json(R"({"data":[{"rec_id":4,"columns":[{"name":"n","data_type":"number"}]}]})"));
    const auto table = await(DataService(m_client.get()).schema(QStringLiteral("4")));
    QVERIFY(table);
    QVERIFY(!table->guessed);
    QCOMPARE(table->schema.columns.at(0), (ColumnSpec{QStringLiteral("n"), ColumnType::Number}));
    QCOMPARE(m_network->requests().size(), size_t(1));
}

void TestServices::schemaGuessedFromRows()
{
    m_network->script.push_back(FakeAnswer::json(R"({"data":[{"rec_id":4}]})"));
    m_network->script.push_back(FakeAnswer::json(R"({"data":[{"n":1}],"has_more_data":false})"));
    const auto table = await(DataService(m_client.get()).schema(QStringLiteral("4")));
    QVERIFY(table);
    QVERIFY(table->guessed);
    QCOMPARE(table->schema.columns.at(0), (ColumnSpec{QStringLiteral("n"), ColumnType::Number}));
    QCOMPARE(path(1), QStringLiteral("/data/4"));
    QCOMPARE(query(1, QStringLiteral("page")), QStringLiteral("1"));
}

void TestServices::factsFromTheList()
{
    m_network->script = {FakeAnswer::json(R"({"data":[{"rec_id":1,"name":"A","rows":9},{"rec_id":2,"name":"B"}]})"),
                         FakeAnswer::json(R"({"versions":[{"version":2},{"version":11}]})")};
    const auto facts = await(DataService(m_client.get()).facts(QStringLiteral("1")));
    QVERIFY(facts);
    QCOMPARE(facts->name, QStringLiteral("A"));
    QCOMPARE(facts->rows, std::optional<qint64>(9));
    QCOMPARE(facts->version, QStringLiteral("11"));
    QCOMPARE(path(1), QStringLiteral("/data/1/versions"));
}

void TestServices::factsFromTheFirstPage()
{
    versioned();
    m_network->script = {
        FakeAnswer::json(R"({"success":true,"result":[{"id":1,"name":"A"}]})"),
        FakeAnswer::json(R"({"success":true,"result":[{"n":1}],"pagination":{"result_total_count":4021}})"),
        FakeAnswer::json(R"({"success":false,"error":{"code":"NoHistory","description":"off"}})")};
    const auto facts = await(DataService(m_client.get()).facts(QStringLiteral("1")));
    QVERIFY(facts); // history that is off is no error
    QCOMPARE(facts->rows, std::optional<qint64>(4021));
    QVERIFY(facts->version.isEmpty());
    QCOMPARE(path(1), QStringLiteral("/table/1"));
}

void TestServices::factsOfNoTable()
{
    m_network->script = {FakeAnswer::json(R"({"data":[]})")};
    const auto facts = await(DataService(m_client.get()).facts(QStringLiteral("1")));
    QCOMPARE(facts.error().kind, ErrorKind::NotFound);
}

void TestServices::createsInBothDialects()
{
    const DataService::NewTable table{
        QStringLiteral("T"), QStringLiteral("d"), {{{QStringLiteral("a"), ColumnType::Text}}}};
    m_network->script = {FakeAnswer::json("77"), FakeAnswer::json(R"({"success":true,"result":{"id":78}})")};
    const auto first = await(DataService(m_client.get()).create(table));
    QVERIFY(first);
    QCOMPARE(*first, QStringLiteral("77"));
    versioned();
    const auto second = await(DataService(m_client.get()).create(table));
    QVERIFY(second);
    QCOMPARE(*second, QStringLiteral("78"));
    for (const FakeRequest &request : m_network->requests()) {
        QCOMPARE(request.verb, QByteArray("POST"));
        QCOMPARE(request.url.path(), QStringLiteral("/data"));
        QCOMPARE(request.body,
                 QByteArray(R"({"name":"T","description":"d","columns":[{"name":"a","data_type":"text"}]})"));
    }
}

void TestServices::createWithoutIdIsUnknown()
{
    m_network->script.push_back(FakeAnswer::json(R"({"success":true})"));
    const auto id = await(DataService(m_client.get()).create({QStringLiteral("T"), {}, {}}));
    QVERIFY(!id);
    QCOMPARE(id.error().kind, ErrorKind::OutcomeUnknown);
}

void TestServices::appendsInBothDialects()
{
    m_network->script = {FakeAnswer::json("OK"),
                         FakeAnswer::json(R"({"success":true,"result":{"rows_inserted":2,"rows_found":0}})")};
    m_network->script.front().contentType = "text/plain";
    const auto first = await(DataService(m_client.get()).append(QStringLiteral("5"), R"({"data":[]})", 2));
    QVERIFY2(first, qPrintable(first ? QString() : first.error().text()));
    QVERIFY(!first->inserted);
    versioned();
    const auto second = await(DataService(m_client.get()).append(QStringLiteral("5"), R"({"data":[]})", 2));
    QVERIFY(second);
    QCOMPARE(second->inserted, std::optional<qint64>(2));
    QCOMPARE(path(0), QStringLiteral("/data/5/row"));
    QCOMPARE(path(1), QStringLiteral("/data/5/insert"));
    QCOMPARE(m_network->requests().back().body, QByteArray(R"({"data":[]})"));
}

void TestServices::appendGateIsAsked()
{
    int asked = 0;
    m_network->script.push_back(FakeAnswer::json("OK"));
    ApiClient::Gate gate{[&asked](const std::function<void()> &release) {
        ++asked;
        release();
    }};
    const auto appended = await(DataService(m_client.get()).append(QStringLiteral("5"), R"({"data":[]})", 1, gate));
    QVERIFY(appended);
    QCOMPARE(asked, 1);
}

void TestServices::versionsNewestFirst()
{
    m_network->script.push_back(FakeAnswer::json(R"({"versions":[{"version":2},{"version":10},{"version":1}]})"));
    const auto versions = await(HistoryService(m_client.get()).versions(QStringLiteral("5")));
    QVERIFY(versions);
    QCOMPARE(versions->at(0).version, QStringLiteral("10"));
    QCOMPARE(versions->at(2).version, QStringLiteral("1"));
    QCOMPARE(path(0), QStringLiteral("/data/5/versions"));
}

void TestServices::versionsHintAtHistoryOff()
{
    m_network->script.push_back(FakeAnswer::json(R"({"Message":"not here"})", 404));
    const auto versions = await(HistoryService(m_client.get()).versions(QStringLiteral("5")));
    QVERIFY(!versions);
    QVERIFY(versions.error().hint.contains(QStringLiteral("Data History")));
}

void TestServices::readsTheAccount()
{
    m_network->script = {
        FakeAnswer::json(R"({"rec_id":1,"name":"N","usage":{"rows":9007199254740993}})"),
        FakeAnswer::json(R"({"success":true,"result":{"id":"1","name":"N","domain":"d"}})"),
        FakeAnswer::json("12"),
    };
    const AccountService service(m_client.get());
    const auto classic = await(service.account());
    QVERIFY(classic);
    QCOMPARE(classic->id, QStringLiteral("1"));
    QCOMPARE(classic->other[QStringLiteral("usage")][QStringLiteral("rows")].toInteger(), 9007199254740993);
    const auto wrapped = await(service.account());
    QVERIFY(wrapped);
    QCOMPARE(wrapped->domain, QStringLiteral("d"));
    const auto broken = await(service.account());
    QVERIFY(!broken);
    QCOMPARE(broken.error().kind, ErrorKind::BadAnswer);
    QCOMPARE(path(0), QStringLiteral("/account"));
}

void TestServices::readsActivity()
{
    m_network->script = {FakeAnswer::json(R"([{"user":"a","n":1},"broken"])"),
                         FakeAnswer::json(R"({"dashboards":[{"dashboard":"b"}]})")};
    const auto users = await(AccountService(m_client.get()).userActivity());
    QVERIFY(users);
    QCOMPARE(users->size(), 1);
    const auto dashboards = await(AccountService(m_client.get()).dashboardActivity());
    QVERIFY(dashboards);
    QCOMPARE(dashboards->at(0)[QStringLiteral("dashboard")].toString(), QStringLiteral("b"));
    QCOMPARE(path(0), QStringLiteral("/account/activity/users"));
    QCOMPARE(path(1), QStringLiteral("/account/activity/dashboards"));
}

void TestServices::readsSchedules()
{
    const QByteArray list = R"({"schedules":[{"rec_id":3,"name":"Nightly","state":"on"}]})";
    m_network->script = {FakeAnswer::json(list), FakeAnswer::json(list),
                         FakeAnswer::json(R"({"success":true,"result":{"id":3,"name":"Nightly"}})")};
    const ScheduleService service(m_client.get());
    const auto all = await(service.list());
    QVERIFY(all);
    QCOMPARE(all->at(0).name, QStringLiteral("Nightly"));
    QCOMPARE(all->at(0).other[QStringLiteral("state")].toString(), QStringLiteral("on"));
    for (int shape = 0; shape < 2; ++shape) {
        const auto one = await(service.details(QStringLiteral("3")));
        QVERIFY(one);
        QCOMPARE(one->id, QStringLiteral("3"));
    }
    QCOMPARE(path(2), QStringLiteral("/schedule/3"));
}

void TestServices::triggersOnce()
{
    m_network->script = {FakeAnswer::json("{}", 500)};
    const auto done = await(ScheduleService(m_client.get()).trigger(QStringLiteral("3")));
    QVERIFY(!done);
    QCOMPARE(done.error().kind, ErrorKind::OutcomeUnknown);
    QCOMPARE(m_network->requests().size(), size_t(1));
    QCOMPARE(m_network->requests().front().verb, QByteArray("POST"));
    QCOMPARE(path(0), QStringLiteral("/schedule/3/trigger"));
}

QTEST_GUILESS_MAIN(TestServices)
#include "tst_services.moc"
