#pragma once

#include "cli/command.h"

namespace rowdesk {
struct SnapshotInfo;
}

namespace rowdesk::cli {

/// The commands "snapshot …": tables that are kept on this computer, those of the window among them.
QList<Command> snapshotCommands();

/// The snapshot that an account has of a dataset under this name; "latest" is the newest one that is not damaged. An
/// error says which there are.
Result<SnapshotInfo> findSnapshotOf(const QString &account, const QString &datasetId, const QString &name);

} // namespace rowdesk::cli
