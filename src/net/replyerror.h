#pragma once

#include "core/result.h"
#include "net/envelope.h"
#include "net/request.h"

#include <QNetworkReply>

#include <optional>
#include <span>

namespace rowdesk {

/// How one attempt ended, as far as the transport can tell. Pure data: the input of everything in this file.
struct TransportFacts
{
    enum class Stop { None, Aborted, IdleTimeout, Deadline, TooLarge };

    Stop stop = Stop::None; ///< why we ended it ourselves (Qt says OperationCanceledError to all of these)
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    /// Whether the last byte of the request may have left. False is proof that the service has not carried it out.
    bool lastByteLeft = true;
    int timesSent = 1;        ///< how often Qt says that it sent the request; more than once must never happen
    bool bodyComplete = true; ///< false: the answer is shorter or longer than it said of itself
    int status = 0;           ///< 0: no answer
};

/// What a write came to.
enum class WriteVerdict {
    Answered,   ///< the service answered, and the answer is not an error
    NotApplied, ///< proven not carried out; may be sent again
    Rejected,   ///< the service said no
    Unknown,    ///< may or may not have been carried out
    Anomaly     ///< was sent more than once: as Unknown, and worse
};

/// One row of the table that decides about writes. The first row that matches counts.
struct WriteRule
{
    const char *name;
    bool (*matches)(const TransportFacts &, const Answer &, const Envelope &);
    WriteVerdict verdict;
};

/// The table, in order. Its last row is a complete 2xx without an error; every other way to end stands above it.
std::span<const WriteRule> writeRules();
/// The row that decides.
const WriteRule &writeRuleFor(const TransportFacts &facts, const Answer &answer, const Envelope &envelope);

/// Whether the connection failed, seen apart from what an HTTP status says.
bool isTransportFailure(const TransportFacts &facts);

/// The error that an attempt ended with; nothing when the service meant it as success. `host` is named in the texts.
std::optional<ApiError> replyError(const Request &request, const TransportFacts &facts, const Answer &answer,
                                   const QString &host);

/// Whether a read that ended so may be tried again at once or after a wait (RetryPolicy).
bool isWorthRetrying(const ApiError &error, const TransportFacts &facts);

} // namespace rowdesk
