#include "net/replyerror.h"

#include <QSet>
#include <QTest>

using namespace rowdesk;

namespace {

using Stop = TransportFacts::Stop;
using V = WriteVerdict;

const QByteArray envelope = "{\"success\":false,\"error\":{\"code\":\"BadColumn\",\"description\":\"no column x\"}}";
const QByteArray page = "<html><img src='/etc/passwd'>Blocked</html>";

/// One way for a write to end.
struct Ending
{
    TransportFacts facts;
    QByteArray body;
    QByteArray contentType = "application/json";
    QByteArray authenticate;

    Answer answer() const
    {
        Answer answer;
        answer.status = facts.status;
        answer.body = body;
        answer.contentType = contentType;
        answer.requestId = QStringLiteral("r-1");
        if (!authenticate.isEmpty())
            answer.headers.append({"www-authenticate", authenticate});
        return answer;
    }
};

Ending http(int status, const QByteArray &body = {}, const QByteArray &type = "application/json")
{
    Ending ending;
    ending.facts.status = status;
    if (status >= 400)
        ending.facts.error = status >= 500 ? QNetworkReply::UnknownServerError : QNetworkReply::UnknownContentError;
    ending.body = body;
    ending.contentType = type;
    return ending;
}

Ending lost(QNetworkReply::NetworkError error, bool lastByteLeft = true, int status = 0)
{
    Ending ending;
    ending.facts.error = error;
    ending.facts.lastByteLeft = lastByteLeft;
    ending.facts.status = status;
    return ending;
}

Ending stopped(Stop why, bool lastByteLeft)
{
    Ending ending = lost(QNetworkReply::OperationCanceledError, lastByteLeft);
    ending.facts.stop = why;
    return ending;
}

std::optional<ApiError> outcome(const Ending &ending, Request::Effect effect)
{
    Request request;
    request.effect = effect;
    return replyError(request, ending.facts, ending.answer(), QStringLiteral("HOST"));
}

} // namespace

Q_DECLARE_METATYPE(Ending)

/// What an attempt ended with, as a table.
class TestReplyError : public QObject
{
    Q_OBJECT
private slots:
    void writes_data();
    void writes();
    void everyRuleIsReached();
    void reads_data();
    void reads();
    void envelopes_data();
    void envelopes();
    void bareTextIsLegal();
    void foreignTextIsPlainAndShort();
    void markup_data();
    void markup();
    void bigPagesAreNotSearched();

private:
    QSet<QString> m_reached;
};

void TestReplyError::writes_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("verdict");
    QTest::addColumn<int>("kind"); ///< -1: no error
    const auto row = [](const char *name, const Ending &ending, const char *rule, V verdict, int kind) {
        QTest::newRow(name) << ending << QString::fromLatin1(rule) << int(verdict) << kind;
    };
    const auto k = [](ErrorKind kind) { return int(kind); };
    using N = QNetworkReply;
    const int unknown = k(ErrorKind::OutcomeUnknown);

    const char *const before = "failed before the last byte left";
    row("name not found", lost(N::HostNotFoundError, false), before, V::NotApplied, k(ErrorKind::Network));
    row("refused", lost(N::ConnectionRefusedError, false), before, V::NotApplied, k(ErrorKind::Network));
    row("unreachable", lost(N::UnknownNetworkError, false), before, V::NotApplied, k(ErrorKind::Network));
    row("proxy", lost(N::ProxyAuthenticationRequiredError, false), before, V::NotApplied, k(ErrorKind::Network));
    row("tls", lost(N::SslHandshakeFailedError, false), before, V::NotApplied, k(ErrorKind::Tls));
    row("lost, gate closed", lost(N::RemoteHostClosedError, false), before, V::NotApplied, k(ErrorKind::Network));
    row("resend refused, gate closed", lost(N::ContentReSendError, false), before, V::NotApplied,
        k(ErrorKind::Network));
    row("idle, gate closed", stopped(Stop::IdleTimeout, false), before, V::NotApplied, k(ErrorKind::Timeout));
    row("cancelled, gate closed", stopped(Stop::Aborted, false), before, V::NotApplied, k(ErrorKind::Cancelled));
    Ending early = http(413, envelope);
    early.facts.lastByteLeft = false;
    row("413 in the middle of it", early, before, V::NotApplied, k(ErrorKind::Rejected));
    early = http(503);
    early.facts.lastByteLeft = false;
    row("503 in the middle of it", early, before, V::NotApplied, k(ErrorKind::Server));
    early = http(200, "{}");
    early.facts.lastByteLeft = false;
    row("200 in the middle of it", early, "success before the request was complete", V::Unknown, unknown);

    const char *const gone = "connection lost, timeout or abort";
    row("closed", lost(N::RemoteHostClosedError), gone, V::Unknown, unknown);
    row("content re-send", lost(N::ContentReSendError), gone, V::Unknown, unknown);
    row("content re-send with a status", lost(N::ContentReSendError, true, 500), gone, V::Unknown, unknown);
    row("operation cancelled by Qt", lost(N::OperationCanceledError), gone, V::Unknown, unknown);
    row("protocol failure", lost(N::ProtocolFailure), gone, V::Unknown, unknown);
    row("NoError without a status", lost(N::NoError), gone, V::Unknown, unknown);
    row("closed in the body of a 200", lost(N::RemoteHostClosedError, true, 200), gone, V::Unknown, unknown);
    row("body that can't be decoded", lost(N::UnknownContentError, true, 200), gone, V::Unknown, unknown);
    row("closed in the body of a 500", lost(N::RemoteHostClosedError, true, 500), gone, V::Unknown, unknown);
    row("idle", stopped(Stop::IdleTimeout, true), gone, V::Unknown, unknown);
    row("deadline", stopped(Stop::Deadline, true), gone, V::Unknown, unknown);
    row("too large", stopped(Stop::TooLarge, true), gone, V::Unknown, unknown);
    row("cancelled", stopped(Stop::Aborted, true), gone, V::Unknown, unknown);

    Ending cut = http(200, "{\"success\":tr");
    cut.facts.bodyComplete = false;
    row("cut body, NoError", cut, "answer cut off", V::Unknown, unknown);
    Ending twice = http(200, "{\"success\":true}");
    twice.facts.timesSent = 2;
    row("sent twice", twice, "sent more than once", V::Anomaly, unknown);
    row("success twice", http(200, "{\"success\":true,\"success\":true}"), "envelope keys twice", V::Unknown, unknown);
    row("400 with rows inserted",
        http(400, "{\"success\":false,\"error\":{\"code\":\"x\"},\"result\":{\"rows_inserted\":\"3\"}}"),
        "error that says rows were inserted", V::Unknown, unknown);

    row("401", http(401, "{\"message\":\"expired\"}"), "401 of the service", V::NotApplied, k(ErrorKind::Credentials));
    Ending bearer = http(401);
    bearer.authenticate = "Bearer error=\"invalid_token\"";
    row("401 with the header", bearer, "401 of the service", V::NotApplied, k(ErrorKind::Credentials));
    row("401 of a portal", http(401, page, "text/html"), "4xx of something else", V::Unknown, unknown);
    row("429", http(429, envelope), "429", V::NotApplied, k(ErrorKind::RateLimited));
    row("429 of a gateway", http(429, page, "text/html"), "429", V::NotApplied, k(ErrorKind::RateLimited));

    const char *const rejected = "rejected by the service";
    row("400", http(400, envelope), rejected, V::Rejected, k(ErrorKind::Rejected));
    row("403", http(403, envelope), rejected, V::Rejected, k(ErrorKind::Forbidden));
    row("404", http(404, envelope), rejected, V::Rejected, k(ErrorKind::NotFound));
    row("405", http(405, envelope), rejected, V::Rejected, k(ErrorKind::Rejected));
    row("413", http(413, envelope), rejected, V::Rejected, k(ErrorKind::Rejected));
    row("415", http(415, envelope), rejected, V::Rejected, k(ErrorKind::Rejected));
    row("422", http(422, envelope), rejected, V::Rejected, k(ErrorKind::Rejected));
    row("400 of a firewall", http(400, page, "text/html"), "4xx of something else", V::Unknown, unknown);
    row("403 bare", http(403), "4xx of something else", V::Unknown, unknown);
    row("404 text", http(404, "no", "text/plain"), "4xx of something else", V::Unknown, unknown);
    row("408", http(408, envelope), "4xx of something else", V::Unknown, unknown);
    row("409", http(409, envelope), "4xx of something else", V::Unknown, unknown);
    row("418", http(418, envelope), "4xx of something else", V::Unknown, unknown);
    row("500", http(500, envelope), "5xx", V::Unknown, unknown);
    row("503", http(503), "5xx", V::Unknown, unknown);
    row("599", http(599), "5xx", V::Unknown, unknown);
    for (const int status : {300, 301, 302, 303, 304, 307, 308})
        row(qPrintable(QString::number(status)), http(status), "3xx", V::Unknown, unknown);
    row("100 only", http(100), "1xx", V::Unknown, unknown);
    row("200 html", http(200, page, "text/html"), "2xx with markup", V::Unknown, unknown);
    row("200 html said to be json", http(200, page), "2xx with markup", V::Unknown, unknown);
    row("200 version required", http(200, "{\"error\":{\"code\":\"APIVersionRequired\"}}"),
        "2xx that says nothing was done", V::Rejected, k(ErrorKind::Rejected));
    row("200 invalid version", http(200, "{\"success\":false,\"error\":{\"code\":\"InvalidVersion\"}}"),
        "2xx that says nothing was done", V::Rejected, k(ErrorKind::Rejected));
    row("200 other code", http(200, envelope), "2xx with another error", V::Unknown, unknown);
    row("200 success false", http(200, "{\"success\":false}"), "2xx with another error", V::Unknown, unknown);
    row("200", http(200, "{\"success\":true,\"result\":{\"rows_inserted\":5}}"), "2xx", V::Answered, -1);
    row("201 text", http(201, "12345", "text/plain"), "2xx", V::Answered, -1);
    row("204", http(204), "2xx", V::Answered, -1);
}

void TestReplyError::writes()
{
    QFETCH(Ending, ending);
    QFETCH(QString, rule);
    QFETCH(int, verdict);
    QFETCH(int, kind);
    const Answer answer = ending.answer();
    const WriteRule &found = writeRuleFor(ending.facts, answer, readEnvelope(answer.body, answer.status));
    QCOMPARE(QString::fromLatin1(found.name), rule);
    m_reached.insert(rule);
    QCOMPARE(int(found.verdict), verdict);
    const std::optional<ApiError> error = outcome(ending, Request::Effect::Write);
    QCOMPARE(error ? int(error->kind) : -1, kind);
    if (!error)
        return;
    QCOMPARE(error->requestId, QStringLiteral("r-1"));
    QCOMPARE(error->httpStatus, ending.facts.status);
    QVERIFY2(error->message.contains(QLatin1String("HOST")), qPrintable(error->message));
    QVERIFY2(!error->message.contains(QLatin1Char('!')) && !error->message.contains(QLatin1Char('<')),
             qPrintable(error->message));
    if (error->kind == ErrorKind::OutcomeUnknown)
        QVERIFY(!error->hint.isEmpty());
}

void TestReplyError::everyRuleIsReached()
{
    if (m_reached.isEmpty())
        QSKIP("Run together with writes().");
    for (const WriteRule &rule : writeRules())
        QVERIFY2(m_reached.contains(QString::fromLatin1(rule.name)), rule.name);
}

void TestReplyError::reads_data()
{
    QTest::addColumn<Ending>("ending");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("retried");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const Ending &ending, ErrorKind kind, bool retried, const char *says) {
        QTest::newRow(name) << ending << int(kind) << retried << QString::fromLatin1(says);
    };
    using N = QNetworkReply;
    using K = ErrorKind;
    row("name", lost(N::HostNotFoundError), K::Network, true, "was not found");
    row("refused", lost(N::ConnectionRefusedError), K::Network, true, "refused the connection");
    row("unreachable", lost(N::UnknownNetworkError), K::Network, true, "can't be reached");
    row("lost", lost(N::RemoteHostClosedError), K::Network, true, "was lost");
    row("proxy", lost(N::ProxyTimeoutError), K::Network, true, "proxy");
    row("socket timeout", lost(N::TimeoutError), K::Timeout, true, "did not answer");
    row("tls", lost(N::SslHandshakeFailedError), K::Tls, false, "secure connection");
    row("idle", stopped(Stop::IdleTimeout, true), K::Timeout, true, "stopped answering");
    row("deadline", stopped(Stop::Deadline, true), K::Timeout, true, "too long");
    row("large", stopped(Stop::TooLarge, true), K::BadAnswer, false, "larger");
    row("aborted", stopped(Stop::Aborted, true), K::Cancelled, false, "cancelled");
    row("401", http(401, "{\"Message\":\"who are you\"}"), K::Credentials, false, "who are you");
    row("403", http(403, envelope), K::Forbidden, false, "no column x (BadColumn)");
    row("404", http(404, envelope), K::NotFound, false, "no such object");
    row("404 html", http(404, page, "text/html"), K::WrongAddress, false, "not the ClicData API");
    row("408", http(408), K::Timeout, true, "408");
    row("429", http(429), K::RateLimited, false, "too many");
    row("500", http(500, page, "text/html"), K::Server, true, "HTTP 500");
    row("503", http(503), K::Server, true, "503");
    row("301", http(301), K::WrongAddress, false, "redirect (HTTP 301)");
    row("400 text", http(400, "bad page", "text/plain"), K::Rejected, false, "bad page");
    row("200 html", http(200, page, "text/html"), K::WrongAddress, false, "not the ClicData API");
    row("200 error", http(200, envelope), K::Rejected, false, "no column x (BadColumn)");
    row("200 oauth", http(400, "{\"error\":\"invalid_client\",\"error_description\":\"unknown client\"}"),
        K::Credentials, false, "unknown client (invalid_client)");
    Ending cut = http(200, "{\"data\":[");
    cut.facts.bodyComplete = false;
    row("cut", cut, K::BadAnswer, true, "cut off");
    row("contradiction", http(200, "{\"success\":false,\"success\":true}"), K::BadAnswer, false, "contradicts");
}

void TestReplyError::reads()
{
    QFETCH(Ending, ending);
    QFETCH(int, kind);
    QFETCH(bool, retried);
    QFETCH(QString, says);
    const std::optional<ApiError> error = outcome(ending, Request::Effect::Read);
    QVERIFY(error);
    QCOMPARE(int(error->kind), kind);
    QCOMPARE(isWorthRetrying(*error, ending.facts), retried);
    QVERIFY2(error->message.contains(says), qPrintable(error->message));
    QVERIFY2(!error->message.contains(QLatin1String("<")), qPrintable(error->message));
}

void TestReplyError::envelopes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isError");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("description");
    const auto row = [](const char *name, const char *body, int status, bool isError, const char *code,
                        const char *words) {
        QTest::newRow(name) << QByteArray(body) << status << isError << QString::fromUtf8(code)
                            << QString::fromUtf8(words);
    };
    row("versioned", "{\"success\":false,\"error\":{\"code\":\"C\",\"description\":\"D\"}}", 200, true, "C", "D");
    row("error alone", "{\"error\":{\"code\":\"C\",\"description\":\"D\"}}", 200, true, "C", "D");
    row("message inside", "{\"error\":{\"code\":7,\"message\":\"D\"}}", 200, true, "7", "D");
    row("oauth", "{\"error\":\"invalid_client\",\"error_description\":\"D\"}", 400, true, "invalid_client", "D");
    row("ErrorCode", "{\"ErrorCode\":\"C\",\"ErrorDescription\":\"D\"}", 200, true, "C", "D");
    row("Message", "{\"Message\":\"D\"}", 500, true, "", "D");
    row("message with 200", "{\"message\":\"D\"}", 200, true, "", "D");
    row("message beside data", "{\"data\":[],\"message\":\"ok\"}", 200, false, "", "");
    row("success", "{\"success\":true,\"result\":[]}", 200, false, "", "");
    row("success and null error", "{\"success\":true,\"error\":null}", 200, false, "", "");
    row("empty error", "{\"error\":\"\",\"data\":[]}", 200, false, "", "");
    row("column named error", "{\"data\":[{\"error\":\"x\",\"success\":false}],\"has_more_data\":false}", 200, false,
        "", "");
    row("after a long value", "{\"data\":\"}{\\\"success\\\":false\",\"success\":false}", 200, true, "", "");
    row("byte order mark", "\xEF\xBB\xBF {\"success\" : false}", 200, true, "", "");
    row("array", "[{\"error\":1}]", 200, false, "", "");
    row("number", "12345", 200, false, "", "");
    row("empty", "", 200, false, "", "");
    row("half", "{\"success\":false,\"err", 200, true, "", "");
    row("unclosed key", "{\"succ", 200, false, "", "");
    row("object with another meaning", "{\"name\":\"x\"}", 404, false, "", "");
}

void TestReplyError::envelopes()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(bool, isError);
    QFETCH(QString, code);
    QFETCH(QString, description);
    const Envelope read = readEnvelope(body, status);
    QCOMPARE(read.isError, isError);
    QCOMPARE(read.code, code);
    QCOMPARE(read.description, description);
}

void TestReplyError::bareTextIsLegal()
{
    for (const char *text : {"12345", "iVBORw0KGgo=", "OK", "", "3 rows", "\"text\"", "a < b"}) {
        QVERIFY2(!outcome(http(200, text, "text/plain"), Request::Effect::Read), text);
        QVERIFY2(!outcome(http(200, text, "application/octet-stream"), Request::Effect::Read), text);
        QVERIFY2(!outcome(http(200, text, {}), Request::Effect::Write), text);
    }
}

void TestReplyError::foreignTextIsPlainAndShort()
{
    const QByteArray words = QByteArray(10'000'000, 'w') + "\x1b[31m";
    const Envelope big =
        readEnvelope("{\"success\":false,\"error\":{\"code\":\"C\",\"description\":\"" + words + "\"}}", 400);
    QVERIFY(big.isError);
    QCOMPARE(big.description.size(), 2000);
    const std::optional<ApiError> error =
        outcome(http(400, "a\x1b[31m\nb" + words, "text/plain"), Request::Effect::Read);
    QVERIFY(error->message.contains(QLatin1String("a [31m b")));
    QVERIFY(error->message.size() < 2200);
    QVERIFY(error->code.isEmpty());
}

void TestReplyError::markup_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    QTest::newRow("html type") << QByteArray("Text/HTML; charset=utf-8") << QByteArray("hello") << true;
    QTest::newRow("xhtml") << QByteArray("application/xhtml+xml") << QByteArray() << true;
    QTest::newRow("xml") << QByteArray("text/xml") << QByteArray() << true;
    QTest::newRow("sniffed") << QByteArray() << QByteArray("\r\n\t <!doctype") << true;
    QTest::newRow("after a mark") << QByteArray("text/plain") << QByteArray("\xEF\xBB\xBF<") << true;
    QTest::newRow("json") << QByteArray("application/json") << QByteArray("{\"a\":\"<b>\"}") << false;
    QTest::newRow("number") << QByteArray("text/plain") << QByteArray("5") << false;
    QTest::newRow("spaces") << QByteArray("text/plain") << QByteArray("   ") << false;
}

void TestReplyError::markup()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QTEST(isMarkup(type, body), "expected");
}

void TestReplyError::bigPagesAreNotSearched()
{
    QByteArray rows = "{\"data\":[";
    while (rows.size() < 100'000)
        rows += "{\"a\":1},";
    const Envelope read = readEnvelope(rows + "{}],\"success\":false}", 200);
    QVERIFY(read.isObject);
    QVERIFY(!read.isError);
}

QTEST_GUILESS_MAIN(TestReplyError)
#include "tst_replyerror.moc"
