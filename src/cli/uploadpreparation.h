#pragma once

#include "api/dataservice.h"
#include "files/fileinspector.h"
#include "net/call.h"
#include "transfer/uploadplan.h"

namespace rowdesk::cli {

/// A file that was read to its end, its first line taken as header.
struct InspectedFile
{
    QString path;
    FileInspection inspection;
};

/// Reads the whole file on a worker. A file that can't be read to its end is an error, naming the place.
Call<InspectedFile> inspectUpload(const QString &path);

/// A plan, and what a person should know about it.
struct PreparedUpload
{
    UploadPlan plan;
    QStringList notes;
};

/// Creates a table with the file's columns, types as the whole file shows them. A column that has values which don't
/// fit, or that needs a person's answer, is text: that loses nothing.
Result<PreparedUpload> prepareNewTable(const InspectedFile &file, const QString &name, const QString &description);

/// Appends to a table. Columns are mapped by name; a column of the file without a place is an error.
Result<PreparedUpload> prepareAppend(const InspectedFile &file, const QString &datasetId,
                                     const DataService::TableSchema &table);

/// Runs over the whole source once; gives the plan with its number of rows, or the first value that does not fit.
Call<UploadPlan> checkUpload(const InspectedFile &file, const UploadPlan &plan);

} // namespace rowdesk::cli
