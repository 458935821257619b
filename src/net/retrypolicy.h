#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace rowdesk {

/// When an attempt is followed by another one. A plain value; only ApiClient acts on it.
struct RetryPolicy
{
    int readAttempts = 3;      ///< tries of a read in all, when the connection broke, timed out or the answer was a 5xx
    int rateLimitAttempts = 8; ///< waits for 429 in a row, reads and writes alike: a 429 was not carried out
    std::chrono::milliseconds base{500};            ///< upper bound of the first wait; doubles with each
    std::chrono::milliseconds cap{30'000};          ///< upper bound of any wait that the service did not ask for
    std::chrono::milliseconds rateLimitBase{1'000}; ///< the same for a 429 without Retry-After

    /// How long to wait before try number `retry` (1 is the first repetition): full jitter, so that many clients do not
    /// come back together. `random` is in [0, 1).
    std::chrono::milliseconds backoff(int retry, std::chrono::milliseconds first, double random) const;
};

/// The wait that a Retry-After header asks for: seconds or a date (RFC 9110 §10.2.3), clamped to [1 s, 15 min]; nothing
/// when the header is absent or garbage.
std::optional<std::chrono::seconds> retryAfter(const QByteArray &header, const QDateTime &now);

} // namespace rowdesk
