#include "net/operation.h"

#include "net/requestfactory.h"

#include <QCoreApplication>
#include <QRandomGenerator>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::Network)
};

QString kindWord(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
        return QStringLiteral("network");
    case ErrorKind::Timeout:
        return QStringLiteral("timeout");
    case ErrorKind::Tls:
        return QStringLiteral("tls");
    case ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    case ErrorKind::WrongAddress:
        return QStringLiteral("wrong-address");
    case ErrorKind::Credentials:
        return QStringLiteral("credentials");
    case ErrorKind::Forbidden:
        return QStringLiteral("forbidden");
    case ErrorKind::NotFound:
        return QStringLiteral("not-found");
    case ErrorKind::RateLimited:
        return QStringLiteral("rate-limited");
    case ErrorKind::Rejected:
        return QStringLiteral("rejected");
    case ErrorKind::Server:
        return QStringLiteral("server");
    case ErrorKind::OutcomeUnknown:
        return QStringLiteral("outcome-unknown");
    default:
        return QStringLiteral("bad-answer");
    }
}

} // namespace

Operation::Operation(Transport &transport, Request request, std::optional<ApiClient::Gate> gate, QObject *parent)
    : QObject(parent), m_transport(transport), m_request(std::move(request)), m_gate(std::move(gate))
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, &Operation::passGate);
    m_completion.onAbort([self = QPointer<Operation>(this)] {
        if (self)
            self->abort();
    });
}

Operation::~Operation()
{
    if (m_completion.isFinished())
        return;
    // The client goes in the middle of it. A write that may have been carried out must not read as "cancelled".
    TransportFacts facts;
    facts.lastByteLeft = false;
    if (m_exchange)
        facts = m_exchange->facts();
    facts.stop = TransportFacts::Stop::Aborted;
    m_completion.finish(replyError(m_request, facts, {}, host()).value_or(cancelled()));
}

void Operation::start()
{
    passGate();
}

void Operation::abort()
{
    if (m_exchange)
        m_exchange->abort(); // judge() follows
    else
        finish(cancelled());
}

void Operation::passGate()
{
    if (!m_request.authorized)
        return send();
    m_transport.gate->pass().then(this, [this](const Result<Done> &result) {
        if (m_completion.isFinished())
            return;
        if (result)
            send();
        else
            finish(result.error());
    });
}

void Operation::send()
{
    Result<QNetworkRequest> network = makeNetworkRequest(m_transport.baseUrl, m_request, m_transport.apiVersion);
    if (!network)
        return finish(network.error());
    if (m_request.authorized && m_transport.gate->authorizer()) {
        m_ticket = m_transport.gate->ticket();
        m_transport.gate->authorizer()->authorize(network.value());
    }
    const auto gate = m_gate && !m_released ? GateDevice::Gate::Closed : GateDevice::Gate::Open;
    m_exchange = new Exchange(m_transport.manager, m_request, network.value(), gate, this);
    m_exchange->finished = [this](const Exchange::Outcome &outcome) {
        std::exchange(m_exchange, nullptr)->deleteLater();
        judge(outcome);
    };
    if (m_gate)
        m_exchange->drained = [this](std::function<void()> letGo) { askOwner(std::move(letGo)); };
    m_exchange->start();
}

void Operation::askOwner(std::function<void()> letGo)
{
    m_letGo = std::move(letGo);
    if (m_released)
        return m_letGo();
    if (std::exchange(m_askedOwner, true) || !m_gate->drained)
        return;
    m_gate->drained([self = QPointer<Operation>(this)] {
        if (self)
            self->release();
    });
}

void Operation::release()
{
    m_released = true;
    if (m_letGo)
        m_letGo();
}

void Operation::judge(const Exchange::Outcome &outcome)
{
    if (const QByteArray versions = outcome.answer.header("api-supported-versions"); !versions.isEmpty()) {
        m_transport.supportedVersions.clear();
        for (const QByteArray &version : versions.split(','))
            m_transport.supportedVersions << QString::fromLatin1(version.trimmed());
    }
    std::optional<ApiError> error = replyError(m_request, outcome.facts, outcome.answer, host());
    if (error && error->kind == ErrorKind::Tls && !outcome.tlsProblem.isEmpty()) {
        error->message += QLatin1Char(' ') + outcome.tlsProblem;
        error->hint = Words::tr("Nothing was sent. Check the address and this computer's clock; ask the network's "
                                "administrator before trusting another certificate.");
    }
    record(outcome, error);
    if (!error)
        return finish(outcome.answer);
    if (!goesOn(*error, outcome))
        finish(*error);
}

bool Operation::goesOn(const ApiError &error, const Exchange::Outcome &outcome)
{
    const RetryPolicy &policy = m_transport.policy;
    const double random = QRandomGenerator::global()->generateDouble();
    const bool isRead = m_request.effect == Request::Effect::Read;
    const Authorizer *authorizer = m_request.authorized ? m_transport.gate->authorizer() : nullptr;
    if (error.kind == ErrorKind::Credentials && error.httpStatus == 401 && authorizer && authorizer->isRenewable() &&
        !m_renewed) {
        renew(error);
        return true;
    }
    const bool leavesItToOwner = m_gate && m_gate->mayRepeat;
    const QByteArray header = outcome.answer.header("retry-after");
    if (error.kind == ErrorKind::RateLimited && leavesItToOwner) {
        const auto asked = retryAfter(header, QDateTime::currentDateTimeUtc());
        m_gate->mayRepeat(asked.value_or(std::chrono::seconds(0)));
        return false;
    }
    if (error.kind == ErrorKind::RateLimited && m_rateLimitWaits < policy.rateLimitAttempts) {
        ++m_rateLimitWaits;
        const auto asked = retryAfter(header, QDateTime::currentDateTimeUtc());
        waitAndRepeat(asked ? *asked : policy.backoff(m_rateLimitWaits, policy.rateLimitBase, random),
                      Words::tr("%1 asked to wait: too many requests.").arg(host()));
        return true;
    }
    if (isRead && isWorthRetrying(error, outcome.facts) && m_readRepeats + 1 < policy.readAttempts) {
        ++m_readRepeats;
        const auto asked =
            outcome.facts.status == 503 ? retryAfter(header, QDateTime::currentDateTimeUtc()) : std::nullopt;
        waitAndRepeat(asked ? *asked : policy.backoff(m_readRepeats, policy.base, random), error.message);
        return true;
    }
    return false;
}

void Operation::renew(const ApiError &refusal)
{
    m_renewed = true;
    m_transport.gate->renew(m_ticket).then(this, [this, refusal](const Result<Done> &result) {
        if (m_completion.isFinished())
            return;
        if (!result)
            return finish(result.error());
        if (!m_gate || !m_gate->mayRepeat)
            return passGate();
        m_gate->mayRepeat(std::chrono::milliseconds(0));
        finish(refusal);
    });
}

void Operation::waitAndRepeat(std::chrono::milliseconds time, const QString &why)
{
    m_wait.start(time);
    if (m_transport.waiting)
        m_transport.waiting(int((time.count() + 999) / 1000), why);
}

void Operation::record(const Exchange::Outcome &outcome, const std::optional<ApiError> &error)
{
    TransportLine line;
    line.started = QDateTime::currentDateTimeUtc().addMSecs(-outcome.milliseconds);
    line.verb = QString::fromLatin1(verbName(m_request.verb));
    line.path = m_request.path;
    line.status = outcome.facts.status;
    line.outcome = error ? kindWord(error->kind) : QStringLiteral("ok");
    line.milliseconds = outcome.milliseconds;
    line.bytesSent = outcome.bytesSent;
    line.bytesReceived = outcome.answer.body.size();
    line.requestId = outcome.answer.requestId;
    m_transport.log->add(line);
}

void Operation::finish(Result<Answer> result)
{
    m_wait.stop();
    m_completion.finish(std::move(result));
    deleteLater();
}

ApiError Operation::cancelled() const
{
    return {ErrorKind::Cancelled, 0, {}, Words::tr("The request to %1 was cancelled.").arg(host()), {}, {}};
}

QString Operation::host() const
{
    return hostForPeople(m_transport.baseUrl);
}

} // namespace rowdesk
