#pragma once

#include "core/columnstore.h"
#include "files/fileanswers.h"
#include "files/filework.h"

#include <memory>

namespace rowdesk {

/// A file's rows in memory, each column as the type that the whole file shows.
struct TableFile
{
    std::shared_ptr<const ColumnStore> store; ///< Complete
    QStringList notes;                        ///< sentences: what a person should know about the file and its types
};

/// Reads a CSV file or a workbook's first table to its end. Its first line names the columns unless `answers` say
/// otherwise. A file without a single byte is a table without columns and rows, with a note that says so. A column with
/// values that don't fit its type, or that only a person could decide (03/04/2025) and `columns` don't, stays text.
/// Errors: the file can't be opened, is damaged (with the place), an answer that makes no sense for it (Usage), or
/// Cancelled by `work` (may be null). Takes as long as that takes: run it on a worker.
Result<TableFile> readTableFile(const QString &path, FileWork *work = nullptr, const FileAnswers &answers = {},
                                const ColumnAnswers &columns = {});

} // namespace rowdesk
