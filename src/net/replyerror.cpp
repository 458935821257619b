#include "net/replyerror.h"

#include <QCoreApplication>

namespace rowdesk {

namespace {

using Stop = TransportFacts::Stop;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::Network)
};

struct Sentence
{
    ErrorKind kind;
    QString message;
    QString hint;
};

Sentence stopped(const TransportFacts &facts, const QString &host)
{
    switch (facts.stop) {
    case Stop::IdleTimeout:
        return {ErrorKind::Timeout, Words::tr("%1 stopped answering.").arg(host),
                Words::tr("Check the connection, then try again.")};
    case Stop::Deadline:
        return {ErrorKind::Timeout, Words::tr("%1 took too long to answer.").arg(host), Words::tr("Try again later.")};
    case Stop::TooLarge:
        return {ErrorKind::BadAnswer,
                Words::tr("The answer of %1 is larger than this kind of answer can be.").arg(host),
                Words::tr("Check the address of the account.")};
    case Stop::Aborted:
    case Stop::None:
        break;
    }
    return {ErrorKind::Cancelled, Words::tr("The request to %1 was cancelled.").arg(host), {}};
}

Sentence transportSentence(const TransportFacts &facts, const QString &host)
{
    using N = QNetworkReply;
    if (facts.stop != Stop::None)
        return stopped(facts, host);
    switch (facts.error) {
    case N::HostNotFoundError:
        return {ErrorKind::Network, Words::tr("The name %1 was not found.").arg(host),
                Words::tr("Check the address for typing errors and the connection to the internet.")};
    case N::ConnectionRefusedError:
        return {ErrorKind::Network, Words::tr("%1 refused the connection.").arg(host),
                Words::tr("Check the address and its port; the service may be down.")};
    case N::SslHandshakeFailedError:
        return {ErrorKind::Tls, Words::tr("A secure connection to %1 could not be made.").arg(host), {}};
    case N::TimeoutError:
        return {ErrorKind::Timeout, Words::tr("%1 did not answer.").arg(host),
                Words::tr("Check the connection, then try again.")};
    case N::OperationCanceledError:
        return {ErrorKind::Cancelled, Words::tr("The request to %1 was cancelled.").arg(host), {}};
    case N::NetworkSessionFailedError:
    case N::TemporaryNetworkFailureError:
    case N::UnknownNetworkError:
        return {ErrorKind::Network, Words::tr("%1 can't be reached.").arg(host),
                Words::tr("Check the connection to the network.")};
    case N::ProxyConnectionRefusedError:
    case N::ProxyConnectionClosedError:
    case N::ProxyNotFoundError:
    case N::ProxyTimeoutError:
    case N::ProxyAuthenticationRequiredError:
    case N::UnknownProxyError:
        return {ErrorKind::Network, Words::tr("The proxy on the way to %1 did not let the request through.").arg(host),
                Words::tr("Check the proxy settings of this computer.")};
    default:
        return {ErrorKind::Network,
                Words::tr("The connection to %1 was lost before the answer was complete.").arg(host),
                Words::tr("Check the connection, then try again.")};
    }
}

Sentence notClicData(const QString &host)
{
    return {ErrorKind::WrongAddress,
            Words::tr("Something answered at %1, but it is not the ClicData API: it sent a web page.").arg(host),
            Words::tr("Check the address. On a guest network, sign in to the network with a browser first.")};
}

QString quoted(const Envelope &envelope, const Answer &answer)
{
    QString words = envelope.description;
    if (!envelope.isObject && !isMarkup(answer.contentType, answer.body))
        words = plainForeignText(QString::fromUtf8(answer.body.left(8'000)));
    if (words.isEmpty())
        return envelope.code;
    return words.contains(envelope.code) ? words : words + QLatin1String(" (") + envelope.code + QLatin1Char(')');
}

/// The kind of an HTTP status, for an answer of the service itself.
ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Credentials;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
    case 410:
        return ErrorKind::NotFound;
    case 408:
        return ErrorKind::Timeout;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::Server : ErrorKind::Rejected;
    }
}

ErrorKind kindOfCode(const QString &code, ErrorKind otherwise)
{
    // RFC 6749 §5.2: what a token endpoint says when it does not accept who asks.
    if (code == QLatin1String("invalid_client") || code == QLatin1String("invalid_grant") ||
        code == QLatin1String("unauthorized_client")) {
        return ErrorKind::Credentials;
    }
    return otherwise;
}

QString hintFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Credentials:
        return Words::tr("Sign in again; check the id and the secret of the API application.");
    case ErrorKind::Forbidden:
        return Words::tr("Ask the account's administrator for the permission.");
    case ErrorKind::NotFound:
        return Words::tr("It may have been deleted; refresh the list.");
    case ErrorKind::RateLimited:
        return Words::tr("Wait a little, then try again.");
    case ErrorKind::Server:
        return Words::tr("Try again later.");
    default:
        return {};
    }
}

QString statusSentence(ErrorKind kind, int status, const QString &host)
{
    switch (kind) {
    case ErrorKind::Credentials:
        return Words::tr("%1 did not accept the credentials.").arg(host);
    case ErrorKind::Forbidden:
        return Words::tr("%1 does not allow this account to do that.").arg(host);
    case ErrorKind::NotFound:
        return Words::tr("%1 has no such object.").arg(host);
    case ErrorKind::RateLimited:
        return Words::tr("%1 received too many requests.").arg(host);
    case ErrorKind::Server:
        return Words::tr("%1 reported a fault of its own (HTTP %2).").arg(host).arg(status);
    case ErrorKind::Timeout:
        return Words::tr("%1 gave up waiting for the request (HTTP %2).").arg(host).arg(status);
    default:
        return Words::tr("%1 refused the request (HTTP %2).").arg(host).arg(status);
    }
}

Sentence statusAnswer(const Answer &answer, const Envelope &envelope, const QString &host)
{
    const int status = answer.status;
    const bool markup = isMarkup(answer.contentType, answer.body);
    if (status < 200) {
        return {ErrorKind::WrongAddress,
                Words::tr("%1 answered with HTTP %2, which is no answer to this request.").arg(host).arg(status),
                Words::tr("Use the address of the API itself.")};
    }
    if (status >= 300 && status < 400) {
        return {ErrorKind::WrongAddress,
                Words::tr("%1 answered with a redirect (HTTP %2), which was not followed.").arg(host).arg(status),
                Words::tr("Use the address of the API itself.")};
    }
    // 501 is what an ordinary web server says to a POST. Other 5xx pages come from a gateway before a service that is
    // down.
    if (markup && (status < 300 || status == 404 || status == 405 || status == 400 || status == 501))
        return notClicData(host);
    const ErrorKind kind = kindOfCode(envelope.code, kindOfStatus(status));
    const QString words = quoted(envelope, answer);
    QString message = statusSentence(kind, status, host);
    if (status < 300)
        message = Words::tr("%1 said no.").arg(host);
    if (!words.isEmpty())
        message += QLatin1Char(' ') + Words::tr("It said: ") + words;
    return {kind, message, hintFor(kind)};
}

/// What went wrong, seen without the question whether a write was carried out. No kind: nothing did.
std::optional<Sentence> plainError(const TransportFacts &facts, const Answer &answer, const Envelope &envelope,
                                   const QString &host)
{
    if (isTransportFailure(facts))
        return transportSentence(facts, host);
    if (facts.status < 200 || facts.status >= 300)
        return statusAnswer(answer, envelope, host);
    if (!facts.bodyComplete) {
        return Sentence{ErrorKind::BadAnswer, Words::tr("The answer of %1 was cut off.").arg(host),
                        Words::tr("Check the connection, then try again.")};
    }
    if (envelope.hasDuplicates)
        return Sentence{ErrorKind::BadAnswer, Words::tr("The answer of %1 contradicts itself.").arg(host), {}};
    if (envelope.isError || isMarkup(answer.contentType, answer.body))
        return statusAnswer(answer, envelope, host);
    return std::nullopt;
}

Sentence unknownOutcome(const std::optional<Sentence> &cause, WriteVerdict verdict, const QString &host)
{
    QString message =
        verdict == WriteVerdict::Anomaly
            ? Words::tr("The request to %1 was sent more than once; what it does may have been done twice.").arg(host)
            : Words::tr("It is not known whether %1 carried out the request.").arg(host);
    if (cause)
        message += QLatin1Char(' ') + cause->message;
    return {ErrorKind::OutcomeUnknown, message, Words::tr("Look at the data before sending it again.")};
}

} // namespace

std::optional<ApiError> replyError(const Request &request, const TransportFacts &facts, const Answer &answer,
                                   const QString &host)
{
    const Envelope envelope = readEnvelope(answer.body, facts.status);
    std::optional<Sentence> sentence = plainError(facts, answer, envelope, host);
    if (request.effect == Request::Effect::Write) {
        const WriteVerdict verdict = writeRuleFor(facts, answer, envelope).verdict;
        if (verdict == WriteVerdict::Unknown || verdict == WriteVerdict::Anomaly)
            sentence = unknownOutcome(sentence, verdict, host);
    }
    if (!sentence)
        return std::nullopt;
    return ApiError{sentence->kind, facts.status, envelope.code, sentence->message, sentence->hint, answer.requestId};
}

bool isWorthRetrying(const ApiError &error, const TransportFacts &facts)
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
        return true;
    case ErrorKind::BadAnswer:
        return !facts.bodyComplete; // cut off on the way
    default:
        return false;
    }
}

} // namespace rowdesk
