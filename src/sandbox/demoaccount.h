#pragma once

#include "core/result.h"
#include "sandbox/documentstore.h"

namespace rowdesk::sandbox {

/// Adds sample dashboards, schedules, teams and activities when there is none of them yet.
Result<Done> fillWithDemoAccount(DocumentStore &documents);

} // namespace rowdesk::sandbox
