#pragma once

#include "sandbox/apicall.h"
#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// Answers the calls under data/ and table/ (contract §4), in both dialects.
HttpReply answerData(const ApiCall &call, Services &services);

/// The most rows of one versioned insert.
inline constexpr qsizetype maxRowsPerInsert = 500;

} // namespace rowdesk::sandbox
