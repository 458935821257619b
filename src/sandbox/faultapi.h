#pragma once

#include "sandbox/faults.h"

namespace rowdesk::sandbox {

/// Answers /_sandbox/faults (POST, DELETE) and /_sandbox/ledger (GET). They need no credentials. Only reached when
/// faults are allowed.
HttpReply answerFaultCall(const HttpRequest &request, Faults &faults, Services &services);

/// Is this one of those calls?
bool isFaultCall(const HttpRequest &request);

} // namespace rowdesk::sandbox
