#include "transfer/sendoutcome.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

/// Statuses with which a service refuses a call as a whole. 408, 409 and every 5xx are not among them.
constexpr std::array refusals{400, 401, 403, 404, 405, 413, 415, 422, 429};

/// Codes that, sent with HTTP 200, mean that the call was refused before anything was stored (API contract §1).
bool isReviewedCode(const QString &code)
{
    static const QStringList codes{QStringLiteral("APIVersionRequired"), QStringLiteral("InvalidVersion")};
    return codes.contains(code);
}

} // namespace

SendOutcome sendOutcome(const ApiError &error, bool released)
{
    if (!released)
        return SendOutcome::NotApplied;
    switch (error.kind) {
    case ErrorKind::Credentials:
    case ErrorKind::Forbidden:
    case ErrorKind::NotFound:
    case ErrorKind::RateLimited:
    case ErrorKind::Rejected: {
        const bool refused = std::find(refusals.begin(), refusals.end(), error.httpStatus) != refusals.end();
        const bool refusedWith200 = error.httpStatus == 200 && isReviewedCode(error.code);
        return refused || refusedWith200 ? SendOutcome::NotApplied : SendOutcome::Unknown;
    }
    default:
        return SendOutcome::Unknown;
    }
}

} // namespace rowdesk
