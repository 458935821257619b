#pragma once

#include "core/result.h"
#include "net/request.h"

#include <QNetworkRequest>

namespace rowdesk {

/// The only place that makes a QNetworkRequest. Every one of them is HTTP/1.1, follows no redirect, keeps no cookie,
/// uses no cache, sends no credentials by itself, states its length, and carries a fresh X-Request-Id.
///
/// ErrorKind::Usage when the path could leave the base address.
Result<QNetworkRequest> makeNetworkRequest(const QUrl &base, const Request &request, const QString &apiVersion);

/// "GET", "POST", "PUT", "DELETE".
QByteArray verbName(Request::Verb verb);

/// Same scheme, host and port: the only place that credentials may go to.
bool isSameOrigin(const QUrl &a, const QUrl &b);

/// The address for people: host, and the port when it is not the scheme's own.
QString hostForPeople(const QUrl &url);

} // namespace rowdesk
