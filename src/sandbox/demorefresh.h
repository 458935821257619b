#pragma once

#include "sandbox/datasetstore.h"

#include <optional>

namespace rowdesk::sandbox {

/// How a dataset is brought up to date from its source (contract §4).
enum class RefreshMode { Reload, Update, Append, UpdateAppend };

/// "reload", "rebuild" and "recreate" mean Reload.
std::optional<RefreshMode> refreshModeFromName(const QString &name);

/// Does what a source with news would do: Append adds the next day's rows, Update corrects the newest rows, the others
/// do both; each as one new version. Refused (NotRefreshable) for a dataset without a source.
Result<Done> refreshDataset(DatasetStore &store, const Dataset &dataset, RefreshMode mode);

} // namespace rowdesk::sandbox
