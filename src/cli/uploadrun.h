#pragma once

#include "cli/command.h"
#include "transfer/uploadjob.h"

namespace rowdesk::cli {

/// Says on stderr when the same file went to this account before. Only a note: nothing is refused.
void sayEarlierUploads(ApiClient *client, const UploadPlan &plan);

/// Runs an upload from its first row to the exit code and prints its receipt. `patience`: how long a service that can't
/// be reached is waited for; each wait is said on stderr.
Call<int> runUpload(ApiClient *client, const UploadPlan &plan, std::chrono::seconds patience);
/// Continues one that the journal has.
Call<int> resumeUpload(ApiClient *client, const std::shared_ptr<UploadJournal> &journal, const JournalJob &job,
                       std::chrono::seconds patience);

/// --settle SECONDS
QCommandLineOption settleOption();
/// Empty when the option is not given.
Result<std::optional<int>> readSettle(const QCommandLineParser &options);

/// --wait SECONDS
QCommandLineOption waitOption();
Result<std::chrono::seconds> readWait(const QCommandLineParser &options);

} // namespace rowdesk::cli
