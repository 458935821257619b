#pragma once

#include "core/result.h"
#include "transfer/batchstate.h"

#include <optional>

namespace rowdesk {

/// What an append that ended with this error is for its rows. ApiClient judges each answer (net/writerules.cpp) and
/// says OutcomeUnknown where it can't prove that nothing was stored; whatever else is not a plain refusal proves
/// nothing either. `released`: the last byte had been let go.
BatchEvent eventOf(const ApiError &error, bool released);

/// The same for an answer that counts the rows it stored, `stored` of `sent`.
BatchEvent eventOf(qint64 stored, qint64 sent, bool released);

/// An error in HTTP 200 in the service's own words (API contract §3), with a code that is not known to mean that
/// nothing was stored.
bool isInOwnWords(const std::optional<ApiError> &error);

} // namespace rowdesk
