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
    void words_data();
    void words();
    void bareTextIsLegal();
    void foreignTextIsPlainAndShort();

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
    early.facts.status = 299;
    row("299 in the middle of it", early, "success before the request was complete", V::Unknown, unknown);
    for (const int status : {199, 300}) {
        early.facts.status = status;
        row(qPrintable(QStringLiteral("%1 in the middle of it").arg(status)), early, before, V::NotApplied,
            k(ErrorKind::WrongAddress));
    }

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
    row("error that is no status", lost(N::UnknownContentError, true, 399), gone, V::Unknown, unknown);
    row("407 of a proxy", lost(N::UnknownProxyError, true, 407), gone, V::Unknown, unknown);
    Ending late = http(500);
    late.facts.stop = Stop::Deadline;
    row("deadline behind a 500", late, gone, V::Unknown, unknown);
    row("idle", stopped(Stop::IdleTimeout, true), gone, V::Unknown, unknown);
    row("deadline", stopped(Stop::Deadline, true), gone, V::Unknown, unknown);
    row("too large", stopped(Stop::TooLarge, true), gone, V::Unknown, unknown);
    row("cancelled", stopped(Stop::Aborted, true), gone, V::Unknown, unknown);

    Ending cut = http(200, "{\"success\":tr");
    cut.facts.bodyComplete = false;
    row("cut body, NoError", cut, "answer cut off", V::Unknown, unknown);
    cut.body = "{\"success\":true,\"success\":tr";
    row("cut body with a key twice", cut, "answer cut off", V::Unknown, unknown);
    cut.facts.error = N::RemoteHostClosedError;
    row("cut body, closed", cut, gone, V::Unknown, unknown);
    Ending twice = http(200, "{\"success\":true}");
    twice.facts.timesSent = 2;
    row("sent twice", twice, "sent more than once", V::Anomaly, unknown);
    twice.facts.lastByteLeft = false;
    row("sent twice, the last time not whole", twice, "sent more than once", V::Anomaly, unknown);
    row("success twice", http(200, "{\"success\":true,\"success\":true}"), "envelope keys twice", V::Unknown, unknown);
    row("400 with rows inserted",
        http(400, "{\"success\":false,\"error\":{\"code\":\"x\"},\"result\":{\"rows_inserted\":\"3\"}}"),
        "error that says rows were inserted", V::Unknown, unknown);
    row("success twice with rows inserted", http(200, "{\"success\":false,\"success\":false,\"rows_inserted\":3}"),
        "envelope keys twice", V::Unknown, unknown);
    for (const int status : {200, 401, 429, 500}) { // whatever else the status would prove
        row(qPrintable(QStringLiteral("%1 with rows inserted").arg(status)),
            http(status, "{\"success\":false,\"error\":{\"code\":\"InvalidVersion\"},\"rows_inserted\":3}"),
            "error that says rows were inserted", V::Unknown, unknown);
    }

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
    Ending denied = http(403, envelope);
    denied.facts.error = N::ContentAccessDenied;
    row("403 in the words of Qt", denied, rejected, V::Rejected, k(ErrorKind::Forbidden));
    row("403 bare", http(403), "4xx of something else", V::Unknown, unknown);
    row("404 text", http(404, "no", "text/plain"), "4xx of something else", V::Unknown, unknown);
    row("408", http(408, envelope), "4xx of something else", V::Unknown, unknown);
    row("409", http(409, envelope), "4xx of something else", V::Unknown, unknown);
    row("418", http(418, envelope), "4xx of something else", V::Unknown, unknown);
    row("499", http(499, envelope), "4xx of something else", V::Unknown, unknown);
    row("500", http(500, envelope), "5xx", V::Unknown, unknown);
    row("503", http(503), "5xx", V::Unknown, unknown);
    row("599", http(599), "5xx", V::Unknown, unknown);
    for (const int status : {300, 301, 302, 303, 304, 307, 308, 399})
        row(qPrintable(QString::number(status)), http(status), "3xx", V::Unknown, unknown);
    row("100 only", http(100), "1xx", V::Unknown, unknown);
    row("199", http(199, page, "text/html"), "1xx", V::Unknown, unknown);
    row("200 html", http(200, page, "text/html"), "2xx with markup", V::Unknown, unknown);
    row("200 html said to be json", http(200, page), "2xx with markup", V::Unknown, unknown);
    row("200 version required, said to be html",
        http(200, "{\"error\":{\"code\":\"APIVersionRequired\"}}", "text/html"), "2xx with markup", V::Unknown,
        unknown);
    row("200 version required", http(200, "{\"error\":{\"code\":\"APIVersionRequired\"}}"),
        "2xx that says nothing was done", V::Rejected, k(ErrorKind::Rejected));
    row("200 invalid version", http(200, "{\"success\":false,\"error\":{\"code\":\"InvalidVersion\"}}"),
        "2xx that says nothing was done", V::Rejected, k(ErrorKind::Rejected));
    row("200 other code", http(200, envelope), "2xx with another error", V::Unknown, unknown);
    row("200 success false", http(200, "{\"success\":false}"), "2xx with another error", V::Unknown, unknown);
    row("200", http(200, "{\"success\":true,\"result\":{\"rows_inserted\":5}}"), "2xx", V::Answered, -1);
    row("201 text", http(201, "12345", "text/plain"), "2xx", V::Answered, -1);
    row("204", http(204), "2xx", V::Answered, -1);
    row("299", http(299), "2xx", V::Answered, -1);
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
    QCOMPARE(error->code, readEnvelope(answer.body, answer.status).code);
    if (error->kind != ErrorKind::OutcomeUnknown)
        return;
    QVERIFY(!error->hint.isEmpty());
    QCOMPARE(error->message.contains(QLatin1String("more than once")), found.verdict == V::Anomaly);
    // What a read would have been told is told behind it.
    const std::optional<ApiError> cause = outcome(ending, Request::Effect::Read);
    QVERIFY2(error->message.endsWith(cause ? QLatin1Char(' ') + cause->message : QStringLiteral(".")),
             qPrintable(error->message));
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
    QTest::addColumn<QString>("hint"); ///< a part of it; empty: there is none
    const auto row = [](const char *name, const Ending &ending, ErrorKind kind, bool retried, const char *says,
                        const char *hint) {
        QTest::newRow(name) << ending << int(kind) << retried << QString::fromLatin1(says) << QString::fromLatin1(hint);
    };
    using N = QNetworkReply;
    using K = ErrorKind;
    const char *const connection = "Check the connection, then";
    row("name", lost(N::HostNotFoundError), K::Network, true, "was not found", "typing errors");
    row("refused", lost(N::ConnectionRefusedError), K::Network, true, "refused the connection", "its port");
    for (const N::NetworkError error :
         {N::NetworkSessionFailedError, N::TemporaryNetworkFailureError, N::UnknownNetworkError})
        row(qPrintable(QStringLiteral("unreachable %1").arg(error)), lost(error), K::Network, true, "can't be reached",
            "connection to the network");
    row("lost", lost(N::RemoteHostClosedError), K::Network, true, "was lost", connection);
    for (const N::NetworkError error :
         {N::ProxyConnectionRefusedError, N::ProxyConnectionClosedError, N::ProxyNotFoundError, N::ProxyTimeoutError,
          N::ProxyAuthenticationRequiredError, N::UnknownProxyError})
        row(qPrintable(QStringLiteral("proxy %1").arg(error)), lost(error), K::Network, true, "proxy",
            "proxy settings");
    row("socket timeout", lost(N::TimeoutError), K::Timeout, true, "did not answer", connection);
    row("tls", lost(N::SslHandshakeFailedError), K::Tls, false, "secure connection", "");
    row("idle", stopped(Stop::IdleTimeout, true), K::Timeout, true, "stopped answering", connection);
    row("deadline", stopped(Stop::Deadline, true), K::Timeout, true, "too long", "Try again later");
    row("large", stopped(Stop::TooLarge, true), K::BadAnswer, false, "larger", "address of the account");
    row("aborted", stopped(Stop::Aborted, true), K::Cancelled, false, "cancelled", "");
    row("aborted by Qt", lost(N::OperationCanceledError), K::Cancelled, false, "cancelled", "");
    row("401", http(401, "{\"Message\":\"who are you\"}"), K::Credentials, false,
        "did not accept the credentials. It said: who are you", "Sign in again");
    row("403", http(403, envelope), K::Forbidden, false, "does not allow", "administrator");
    row("403 html", http(403, page, "text/html"), K::Forbidden, false, "does not allow", "administrator");
    row("404", http(404, envelope), K::NotFound, false, "no such object", "refresh the list");
    row("410", http(410), K::NotFound, false, "no such object", "refresh the list");
    row("408", http(408), K::Timeout, true, "gave up waiting for the request (HTTP 408)", "");
    row("409", http(409), K::Rejected, false, "refused the request (HTTP 409)", "");
    row("411", http(411), K::Rejected, false, "refused the request (HTTP 411)", "");
    row("429", http(429), K::RateLimited, false, "too many", "Wait a little");
    row("499", http(499), K::Rejected, false, "refused the request (HTTP 499)", "");
    for (const int status : {200, 299, 400, 404, 405, 501})
        row(qPrintable(QStringLiteral("%1 html").arg(status)), http(status, page, "text/html"), K::WrongAddress, false,
            "not the ClicData API", "guest network");
    for (const int status : {500, 502, 503})
        row(qPrintable(QStringLiteral("%1 html").arg(status)), http(status, page, "text/html"), K::Server, true,
            qPrintable(QStringLiteral("fault of its own (HTTP %1).").arg(status)), "Try again later");
    for (const int status : {300, 301, 399})
        row(qPrintable(QString::number(status)), http(status, page, "text/html"), K::WrongAddress, false,
            qPrintable(QStringLiteral("redirect (HTTP %1)").arg(status)), "address of the API itself");
    row("199", http(199), K::WrongAddress, false, "HTTP 199, which is no answer", "address of the API itself");
    row("400 text", http(400, "bad page", "text/plain"), K::Rejected, false, "bad page", "");
    row("200 error", http(200, envelope), K::Rejected, false, "HOST said no. It said: no column x (BadColumn)", "");
    row("299 error", http(299, envelope), K::Rejected, false, "HOST said no.", "");
    row("invalid_client", http(400, "{\"error\":\"invalid_client\",\"error_description\":\"unknown client\"}"),
        K::Credentials, false, "unknown client (invalid_client)", "Sign in again");
    for (const char *code : {"invalid_grant", "unauthorized_client"})
        row(code, http(400, QByteArray("{\"error\":\"") + code + "\"}"), K::Credentials, false, code, "Sign in again");
    Ending cut = http(200, "{\"data\":[");
    cut.facts.bodyComplete = false;
    row("cut", cut, K::BadAnswer, true, "cut off", connection);
    row("contradiction", http(200, "{\"success\":false,\"success\":true}"), K::BadAnswer, false, "contradicts", "");
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
    QFETCH(QString, hint);
    QCOMPARE(error->hint.isEmpty(), hint.isEmpty());
    QVERIFY2(error->hint.contains(hint), qPrintable(error->hint));
}

void TestReplyError::words_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("end"); ///< of the message
    const auto row = [](const char *name, const char *body, const char *end) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(end);
    };
    row("none", "", "(HTTP 400).");
    row("object without words", "{\"name\":\"x\"}", "(HTTP 400).");
    row("code alone", "{\"error\":{\"code\":\"BadColumn\"}}", "It said: BadColumn");
    row("description alone", "{\"error\":{\"description\":\"no column x\"}}", "It said: no column x");
    row("both", "{\"error\":{\"code\":\"C7\",\"description\":\"no column x\"}}", "It said: no column x (C7)");
    row("one in the other", "{\"error\":{\"code\":\"C7\",\"description\":\"C7: no x\"}}", "It said: C7: no x");
}

/// The service's own words are told, once.
void TestReplyError::words()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, end);
    const std::optional<ApiError> error = outcome(http(400, body), Request::Effect::Read);
    QVERIFY2(error->message.endsWith(end), qPrintable(error->message));
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

QTEST_GUILESS_MAIN(TestReplyError)
#include "tst_replyerror.moc"
