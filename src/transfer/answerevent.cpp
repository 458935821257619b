#include "transfer/answerevent.h"

namespace rowdesk {

BatchEvent eventOf(const ApiError &error, bool released)
{
    // Without the last byte the service can't have acted, unless it says that it did.
    if (!released && error.kind == ErrorKind::OutcomeUnknown && error.httpStatus < 200)
        return BatchEvent::NotApplied;
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Tls:
    case ErrorKind::Credentials:
    case ErrorKind::RateLimited:
        return BatchEvent::NotApplied;
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::Rejected:
        return BatchEvent::Refused;
    case ErrorKind::OutcomeUnknown:
        return BatchEvent::AnswerLost;
    default:
        return released ? BatchEvent::AnswerLost : BatchEvent::NotApplied;
    }
}

BatchEvent eventOf(qint64 stored, qint64 sent, bool released)
{
    if (!released)
        return BatchEvent::AnswerLost; // a success that can't be
    if (stored == sent)
        return BatchEvent::AllStored;
    return stored > sent ? BatchEvent::MoreStored : BatchEvent::SomeStored;
}

bool isInOwnWords(const std::optional<ApiError> &error)
{
    return error && error->kind == ErrorKind::OutcomeUnknown && error->httpStatus == 200 && !error->code.isEmpty();
}

} // namespace rowdesk
