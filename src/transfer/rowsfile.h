#pragma once

#include "core/parallel.h"
#include "core/result.h"
#include "core/tablesnapshot.h"

#include <QString>

#include <vector>

namespace rowdesk {

/// Writes these rows of a table as a CSV file that gives every cell back exactly when it is imported, and that only its
/// owner may read. It appears as a whole or not at all.
Result<Done> writeRowsFile(const QString &path, const TableSnapshot &table, const std::vector<quint32> &rows,
                           CancelFlag cancelled = nullptr);

/// A new file for rows that a person is about to look at and send: ROWDESK_DATA_DIR, else the user's data folder, and
/// in it "staged". Nobody else may read the folder.
QString newStagedFile(const QString &name);

} // namespace rowdesk
