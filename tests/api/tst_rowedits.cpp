#include "api/dataservice.h"
#include "api/rowedits.h"
#include "support/await.h"
#include "support/fakenetworkaccessmanager.h"
#include "support/sandboxfixture.h"

#include <QTest>

using namespace rowdesk;
using namespace rowdesk::test;

using Shape = Dialect::RowShape;

namespace {

RowFilter oneRow()
{
    return {{{QStringLiteral("name"), {"\"Ann\""}}, {QStringLiteral("n"), {"1"}}}, false};
}

// Not inside the test's macros: moc can't read raw strings there.
const char *const classicRemoval =
    R"({"multiplerows":"all","find":[{"column":"name","value":"Ann"},{"column":"n","value":1}]})";
const char *const versionedRemoval =
    R"({"multiple_rows":"first","filter":{"condition":[{"columns":[{"name":"n","comparator":"equals","values":[1,2]}],)"
    R"("operator":"and"}]}})";
const char *const classicUpdate =
    R"({"multiplerows":"first","find":[{"column":"n","value":1}],"data":[{"column":"a","value":null},)"
    R"({"column":"b","value":5}]})";
const char *const versionedValues = R"(,"data":{"a":null,"b":5}})";

/// The sandbox's API key.
class KeyAuthorizer final : public Authorizer
{
public:
    Call<Done> ready() override { return Call<Done>::finished(Done{}); }
    void authorize(QNetworkRequest &request) const override { request.setRawHeader("CLICDATA-API-KEY", "demo-key"); }
    Call<Done> renew() override { return Call<Done>::finished(ApiError{ErrorKind::Credentials, 0, {}, {}, {}, {}}); }
    bool isRenewable() const override { return false; }
};

} // namespace

/// Changes to rows: what is written, what goes out, and what the sandbox makes of it.
class TestRowEdits : public QObject
{
    Q_OBJECT
private slots:
    void writesBothDialects();
    void readsAnswers();
    void sendsTheDocumentedCalls();
    void withoutAConditionNothingIsSent();
    void oneValueInTheClassicDialect();
    void sandboxTakesThem_data();
    void sandboxTakesThem();
};

void TestRowEdits::writesBothDialects()
{
    QCOMPARE(encodeRemoval(Shape::Cells, oneRow()), QByteArray(classicRemoval));
    RowFilter first{{{QStringLiteral("n"), {"1", "2"}}}, true};
    QCOMPARE(encodeRemoval(Shape::Members, first), QByteArray(versionedRemoval));
    first.conditions[0].values = {"1"};
    const QVector<ColumnValue> values{{QStringLiteral("a"), "null"}, {QStringLiteral("b"), "5"}};
    QCOMPARE(encodeUpdate(Shape::Cells, first, values), QByteArray(classicUpdate));
    QVERIFY(encodeUpdate(Shape::Members, first, values).endsWith(versionedValues));
}

void TestRowEdits::readsAnswers()
{
    QCOMPARE(*decodeEdited(R"({"success":true,"result":{"rows_deleted":3}})", "rows_deleted"),
             std::optional<qint64>(3));
    QCOMPARE(*decodeEdited("success", "rows_deleted"), std::optional<qint64>());
    QCOMPARE(*decodeEdited(R"({"success":true,"result":true})", "rows_deleted"), std::optional<qint64>());
    for (const char *unclear : {"", "  ", "<html>sign in</html>"})
        QCOMPARE(decodeEdited(unclear, "rows_deleted").error().kind, ErrorKind::OutcomeUnknown);
}

void TestRowEdits::sendsTheDocumentedCalls()
{
    FakeNetworkAccessManager network;
    ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
    const RowEditService edits(&client);
    const QString id = QStringLiteral("5");
    FakeAnswer said = FakeAnswer::json("success");
    said.contentType = "text/plain";
    network.script = {said, said, said};
    QVERIFY(await(edits.remove(id, oneRow())));
    QVERIFY(await(edits.update(id, oneRow(), {{QStringLiteral("a"), "1"}})));
    QVERIFY(await(edits.refresh(id, RefreshMode::UpdateAppend)));
    client.setApiVersion(QStringLiteral("2025.3"));
    network.script = {FakeAnswer::json(R"({"success":true,"result":{"rows_deleted":2}})"),
                      FakeAnswer::json(R"({"success":true,"result":{"rows_updated":2}})"),
                      FakeAnswer::json(R"({"success":true,"result":{}})")};
    QCOMPARE(*await(edits.remove(id, oneRow())), std::optional<qint64>(2));
    QCOMPARE(*await(edits.update(id, oneRow(), {{QStringLiteral("a"), "1"}})), std::optional<qint64>(2));
    QVERIFY(await(edits.refresh(id, RefreshMode::Reload)));
    QStringList calls;
    for (const FakeRequest &request : network.requests())
        calls << QString::fromLatin1(request.verb) + QLatin1Char(' ') + request.url.path();
    QCOMPARE(calls, (QStringList{QStringLiteral("DELETE /data/5/row"), QStringLiteral("PUT /data/5/row"),
                                 QStringLiteral("POST /data/5/updateappend"), QStringLiteral("POST /data/5/delete"),
                                 QStringLiteral("POST /data/5/update"), QStringLiteral("POST /table/5/refresh")}));
    // The body travels, on DELETE too.
    QCOMPARE(network.requests()[0].body, encodeRemoval(Shape::Cells, oneRow()));
    QVERIFY(network.requests()[0].complete);
    QCOMPARE(network.requests()[5].body, QByteArray(R"({"mode":"reload"})"));
}

void TestRowEdits::withoutAConditionNothingIsSent()
{
    FakeNetworkAccessManager network;
    ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
    const RowEditService edits(&client);
    for (const RowFilter &filter :
         {RowFilter{}, RowFilter{{{QStringLiteral("n"), {}}}, false}, RowFilter{{{{}, {"1"}}}, false}}) {
        QCOMPARE(await(edits.remove(QStringLiteral("5"), filter)).error().kind, ErrorKind::Usage);
        QCOMPARE(await(edits.update(QStringLiteral("5"), filter, {{QStringLiteral("a"), "1"}})).error().kind,
                 ErrorKind::Usage);
    }
    QCOMPARE(await(edits.update(QStringLiteral("5"), oneRow(), {})).error().kind, ErrorKind::Usage);
    QVERIFY(network.requests().empty());
}

void TestRowEdits::oneValueInTheClassicDialect()
{
    FakeNetworkAccessManager network;
    ApiClient client(&network, QUrl(QStringLiteral("http://127.0.0.1:1/")));
    QCOMPARE(RowEditService(&client).mostValues(), 1);
    const RowFilter two{{{QStringLiteral("n"), {"1", "2"}}}, false};
    QCOMPARE(await(RowEditService(&client).remove(QStringLiteral("5"), two)).error().kind, ErrorKind::Usage);
    QVERIFY(network.requests().empty());
}

void TestRowEdits::sandboxTakesThem_data()
{
    QTest::addColumn<QString>("version");
    QTest::newRow("classic") << QString();
    QTest::newRow("versioned") << QStringLiteral("2022.01");
}

void TestRowEdits::sandboxTakesThem()
{
    QFETCH(QString, version);
    SandboxFixture sandbox;
    QVERIFY(sandbox.start());
    QNetworkAccessManager network;
    ApiClient client(&network, sandbox.url());
    KeyAuthorizer key;
    client.setAuthorizer(&key);
    client.setApiVersion(version);
    const RowEditService edits(&client);
    const QString weather = QStringLiteral("2");
    const RowFilter seattle{{{QStringLiteral("location"), {"\"Seattle\""}}}, false};
    const auto count = [&] { return *await(DataService(&client).facts(weather))->rows; };
    const qint64 before = count();
    QVERIFY(await(edits.update(weather, seattle, {{QStringLiteral("wind"), "99.5"}})));
    qint64 changed = 0;
    for (const QJsonValue &row : sandbox.rows(QStringLiteral("data/2")))
        changed += row[QStringLiteral("wind")].toDouble() == 99.5 ? 1 : 0;
    QCOMPARE(changed, 1461);
    QVERIFY(await(edits.remove(weather, {seattle.conditions, true})));
    QCOMPARE(count(), before - 1);
    const auto removed = await(edits.remove(weather, seattle));
    QVERIFY(removed);
    QVERIFY(version.isEmpty() || *removed == 1460);
    QCOMPARE(count(), before - 1461);
    QVERIFY(await(edits.refresh(weather, RefreshMode::Reload)));
}

QTEST_GUILESS_MAIN(TestRowEdits)
#include "tst_rowedits.moc"
