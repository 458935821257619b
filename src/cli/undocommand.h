#pragma once

#include "cli/command.h"
#include "transfer/uploadjournal.h"

namespace rowdesk::cli {

/// Counts the rows of an upload in its table and says the number; with `yes` takes them out and says what became of
/// them. Prints {"job","id","rows_found","rows_removed","rows_left"}.
Call<int> undoUpload(ApiClient *client, const std::shared_ptr<UploadJournal> &journal, const JournalJob &job, bool yes);

} // namespace rowdesk::cli
