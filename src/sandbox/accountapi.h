#pragma once

#include "sandbox/apicall.h"
#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// Answers the calls under account/, dashboard/ and schedule/ (contract §5).
HttpReply answerAccount(const ApiCall &call, Services &services);
HttpReply answerDashboard(const ApiCall &call, Services &services);
/// Triggering a schedule refreshes the datasets it names and notes the run.
HttpReply answerSchedule(const ApiCall &call, Services &services);

} // namespace rowdesk::sandbox
