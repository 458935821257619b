#pragma once

#include "cli/command.h"
#include "transfer/uploadjob.h"

namespace rowdesk::cli {

/// Says on stderr when the same file went to this account before. Only a note: nothing is refused.
void sayEarlierUploads(ApiClient *client, const UploadPlan &plan);

/// Runs an upload from its first row to the exit code and prints its receipt.
Call<int> runUpload(ApiClient *client, const UploadPlan &plan);
/// Continues one that the journal has.
Call<int> resumeUpload(ApiClient *client, const std::shared_ptr<UploadJournal> &journal, const JournalJob &job);

/// --settle SECONDS
QCommandLineOption settleOption();
/// Empty when the option is not given.
Result<std::optional<int>> readSettle(const QCommandLineParser &options);

} // namespace rowdesk::cli
