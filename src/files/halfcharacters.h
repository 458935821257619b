#pragma once

#include "core/result.h"
#include "core/rowbatch.h"

#include <optional>

namespace rowdesk {

/// Why these rows can't be written to a file without escapes: a text holds half a surrogate pair, for which such a
/// format (CSV, Excel) has no bytes. Nothing is replaced silently. Empty: they can.
std::optional<ApiError> halfCharacterError(const RowBatch &rows);

} // namespace rowdesk
