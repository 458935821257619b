#pragma once

#include "core/columnstore.h"
#include "core/parallel.h"

#include <QDateTime>
#include <QString>

#include <memory>

namespace rowdesk {

/// What a local snapshot is of: the first part of its file, readable without the rows.
struct SnapshotInfo
{
    QString path;    ///< where it lies; not in the file
    QString account; ///< whose it is, as ApiClient::account() tells it
    QString datasetId;
    QString datasetName;
    QString version; ///< of the dataset when a stored version was saved; empty: the rows that were current
    QDateTime saved; ///< UTC
    qint64 rows = 0;
    qint64 bytes = 0; ///< of the file; not in the file
    QString problem;  ///< why its first part could not be read; empty: it could

    bool isDamaged() const { return !problem.isEmpty(); }
};

/// The rows of a snapshot in memory.
struct SavedTable
{
    SnapshotInfo info;
    std::shared_ptr<const ColumnStore> store; ///< Complete
};

/// The ending of a snapshot's file name, with its dot.
inline constexpr char16_t snapshotEnding[] = u".rowsnap";

/// Whether the file begins as snapshots do.
bool isSnapshotFile(const QString &path);

/// Writes all rows of a complete table as a file that only its owner may read; it appears as a whole or not at all.
///
/// The file: "ROWSNAP\n"; the format's version and the length of a JSON object, 32 bits each, little endian; the
/// object (account, dataset, name, version, saved, rows, columns); blocks of rows, each with its number of rows and its
/// length, 32 bits each, and the cells column by column (kinds, lengths, texts) compressed by zlib; a block of 0 rows;
/// the SHA-256 of all that. Cells keep every character and their kind.
Result<Done> writeSnapshot(const SnapshotInfo &info, const TableSnapshot &rows, CancelFlag cancelled = nullptr);

/// The first part alone. Not verified: a damaged file may still tell what it was.
SnapshotInfo readSnapshotInfo(const QString &path);

/// All of it. The checksum is looked at before anything else: what was changed by a single bit is refused. Errors:
/// Rejected (no snapshot, damaged, or of a later format), Cancelled.
Result<SavedTable> readSnapshot(const QString &path, CancelFlag cancelled = nullptr);

} // namespace rowdesk
