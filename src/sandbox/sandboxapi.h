#pragma once

#include "sandbox/http.h"
#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// Finds out what a request asks for, who sent it and in which dialect, and has it answered.
HttpReply answerRequest(const HttpRequest &request, Services &services);

/// Does the request change stored data? Such requests are answered one after the other.
bool isWrite(const HttpRequest &request);

/// The pieces of the path from the first word that the API knows ("data", "team", …); what stands before it is ignored,
/// so that a base address with a path of its own works. Empty when there is none.
QStringList apiPath(const HttpRequest &request);

} // namespace rowdesk::sandbox
