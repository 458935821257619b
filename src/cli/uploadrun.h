#pragma once

#include "cli/command.h"
#include "transfer/uploadjob.h"

namespace rowdesk::cli {

/// Says on stderr when the same file went to this account before. Only a note: nothing is refused.
void sayEarlierUploads(ApiClient *client, const UploadPlan &plan);

/// What a run of an upload is told besides what it sends.
struct RunOptions
{
    std::chrono::seconds patience{600}; ///< how long a service that can't be reached is waited for
    bool quiet = false;                 ///< no word on stderr about what is waited for
};

/// Runs an upload from its first row to the exit code and prints its receipt. Each wait is said on stderr.
Call<int> runUpload(ApiClient *client, const UploadPlan &plan, const RunOptions &how);
/// Continues one that the journal has.
Call<int> resumeUpload(ApiClient *client, const std::shared_ptr<UploadJournal> &journal, const JournalJob &job,
                       const RunOptions &how);

/// --settle SECONDS
QCommandLineOption settleOption();
/// Empty when the option is not given.
Result<std::optional<int>> readSettle(const QCommandLineParser &options);

/// --wait SECONDS, --quiet
QList<QCommandLineOption> runOptions();
Result<RunOptions> readRunOptions(const QCommandLineParser &options);

} // namespace rowdesk::cli
