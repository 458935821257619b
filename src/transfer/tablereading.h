#pragma once

#include "api/rowstream.h"
#include "core/tablediff.h"
#include "files/diffreport.h"
#include "files/fileanswers.h"

#include <functional>

namespace rowdesk {

/// Where a table comes from: a dataset, one of its versions, or a file (a local snapshot is one, too).
struct TableOrigin
{
    RowsOf rows;
    QString file;            ///< set: a CSV file, workbook or local snapshot, and `rows` is not looked at
    QString name;            ///< for sentences: "Weather, version 3"
    FileAnswers answers{};   ///< what a person says about the file
    ColumnAnswers columns{}; ///< and about its columns

    bool isFile() const { return !file.isEmpty(); }
};

/// All rows of a table.
struct WholeTable
{
    DiffTable table;   ///< complete
    QStringList notes; ///< sentences that a person should see although nothing failed
};

/// Reads all rows. An incomplete reading is an error, never fewer rows. `progress` (may be null) is told how many rows
/// there are so far, of a dataset only. `client` may be null for a file.
Call<WholeTable> readWholeTable(ApiClient *client, const TableOrigin &origin,
                                const std::function<void(qint64 rows)> &progress = {});

/// What two tables were compared with, and what came out. Immutable.
struct Comparison
{
    DiffTable a;
    DiffTable b;
    DiffOptions options;
    TableDiff diff;
    QDateTime when{}; ///< it was compared, UTC

    /// What reports are written of; lives no longer than this.
    DiffReport report() const { return {a, b, options, diff, when}; }
};

/// compareTables() on a worker. Aborting it stops the work.
Call<std::shared_ptr<const Comparison>> compareOnWorker(const DiffTable &a, const DiffTable &b,
                                                        const DiffOptions &options);

} // namespace rowdesk
