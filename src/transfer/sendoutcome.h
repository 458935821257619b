#pragma once

#include "core/result.h"

namespace rowdesk {

/// What an append that ended with an error has done to the table.
enum class SendOutcome {
    NotApplied, ///< proven: none of the rows were stored
    Unknown     ///< the rows may or may not be there
};

/// Classifies an error. `released`: the last byte of the call had been let go; before that the service can't have
/// carried it out. Whatever is not proven is Unknown.
SendOutcome sendOutcome(const ApiError &error, bool released);

} // namespace rowdesk
