#pragma once

#include <QString>
#include <QStringList>

namespace rowdesk {

/// The versions of the API that this program speaks, newest first (API contract §1).
QStringList knownApiVersions();

/// Our spelling of a version: "2022.1" and "2022.01" are the same one. Unknown versions stay as they are.
QString normalApiVersion(const QString &version);

/// The newest version that both sides know; empty when there is none.
QString newestCommonVersion(const QStringList &supported);

} // namespace rowdesk
