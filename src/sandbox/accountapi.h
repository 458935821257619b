#pragma once

#include "sandbox/apicall.h"
#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// Answers the calls under account/, dashboard/, schedule/, team/ and user/ (contract §5, §6).
HttpReply answerAccount(const QString &root, const ApiCall &call, Services &services);

/// Is this user known to be allowed to look only?
bool isViewer(DocumentStore &documents, const QString &email);

} // namespace rowdesk::sandbox
