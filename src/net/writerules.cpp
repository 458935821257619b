#include "net/replyerror.h"

#include <algorithm>
#include <array>

namespace rowdesk {

namespace {

using Stop = TransportFacts::Stop;

bool isOneOf(int status, std::initializer_list<int> list)
{
    return std::find(list.begin(), list.end(), status) != list.end();
}

bool isSuccess(const TransportFacts &f)
{
    return f.status >= 200 && f.status < 300;
}

/// Codes that come with HTTP 200 and are known to mean that nothing was carried out. Any other code may come from a
/// service that failed half-way.
bool isCodeOfNothingDone(const QString &code)
{
    static const std::array codes{
        QLatin1String("APIVersionRequired"), // API contract §1
        QLatin1String("InvalidVersion"),     // API contract §1
    };
    return std::any_of(codes.begin(), codes.end(), [&](QLatin1String c) { return code == c; });
}

/// A service that refuses a credential need not send a body: RFC 9110 §11.6.1 wants the header instead.
bool refusesCredentials(const Answer &a, const Envelope &e)
{
    return e.isError || !a.header("www-authenticate").isEmpty();
}

} // namespace

bool isTransportFailure(const TransportFacts &f)
{
    if (f.stop != Stop::None || f.status == 0)
        return true;
    if (f.error == QNetworkReply::NoError)
        return false;
    // With an error status Qt gives an error code that only repeats the status.
    const bool repeatsStatus = f.status >= 400 && f.error >= QNetworkReply::ContentAccessDenied &&
                               f.error != QNetworkReply::ContentReSendError;
    return !repeatsStatus;
}

namespace {

using F = const TransportFacts &;
using A = const Answer &;
using E = const Envelope &;
using V = WriteVerdict;

constexpr WriteRule rules[] = {
    {"sent more than once", [](F f, A, E) { return f.timesSent > 1; }, V::Anomaly},
    {"success before the request was complete", [](F f, A, E) { return !f.lastByteLeft && isSuccess(f); }, V::Unknown},
    {"failed before the last byte left", [](F f, A, E) { return !f.lastByteLeft; }, V::NotApplied},
    {"connection lost, timeout or abort", [](F f, A, E) { return isTransportFailure(f); }, V::Unknown},
    {"answer cut off", [](F f, A, E) { return !f.bodyComplete; }, V::Unknown},
    {"envelope keys twice", [](F, A, E e) { return e.hasDuplicates; }, V::Unknown},
    {"error that says rows were inserted", [](F, A, E e) { return e.saysRowsInserted; }, V::Unknown},
    {"401 of the service", [](F f, A a, E e) { return f.status == 401 && refusesCredentials(a, e); }, V::NotApplied},
    {"429", [](F f, A, E) { return f.status == 429; }, V::NotApplied},
    {"rejected by the service",
     [](F f, A, E e) {
         return isOneOf(f.status, {400, 403, 404, 405, 413, 415, 422}) && e.isError;
     },
     V::Rejected},
    {"4xx of something else", [](F f, A, E) { return f.status >= 400 && f.status < 500; }, V::Unknown},
    {"5xx", [](F f, A, E) { return f.status >= 500; }, V::Unknown},
    {"3xx", [](F f, A, E) { return f.status >= 300; }, V::Unknown},
    {"1xx", [](F f, A, E) { return f.status < 200; }, V::Unknown},
    {"2xx with markup", [](F, A a, E) { return isMarkup(a.contentType, a.body); }, V::Unknown},
    {"2xx that says nothing was done", [](F, A, E e) { return isCodeOfNothingDone(e.code); }, V::Rejected},
    {"2xx with another error", [](F, A, E e) { return e.isError; }, V::Unknown},
    {"2xx", [](F, A, E) { return true; }, V::Answered},
};

} // namespace

std::span<const WriteRule> writeRules()
{
    return rules;
}

const WriteRule &writeRuleFor(const TransportFacts &facts, const Answer &answer, const Envelope &envelope)
{
    return *std::find_if(std::begin(rules), std::end(rules),
                         [&](const WriteRule &r) { return r.matches(facts, answer, envelope); });
}

} // namespace rowdesk
