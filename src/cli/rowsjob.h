#pragma once

#include "api/rowstream.h"
#include "cli/command.h"

namespace rowdesk::cli {

/// What `data get` and `data version` were asked for.
struct RowsRequest
{
    enum class Format { Json, Csv };

    RowsOf rows;
    Format format = Format::Json;
    QString file;       ///< empty: stdout
    bool stats = false; ///< counts instead of rows
};

/// --format, -o, --stats.
QList<QCommandLineOption> rowsOptions();
Result<RowsRequest> readRowsRequest(const QCommandLineParser &options, const RowsOf &rows);

/// Reads and prints the rows. JSON is written as pages come; CSV when all are there, since a later page may bring
/// further columns. An incomplete read ends with ExitHalfWay: no file is left, JSON on stdout lacks its closing
/// bracket, CSV is not begun.
Call<int> runRowsJob(ApiClient *client, const RowsRequest &request);

} // namespace rowdesk::cli
