#pragma once

#include "core/chunk.h"
#include "core/tablesnapshot.h"

#include <QByteArray>

#include <memory>

namespace rowdesk {

/// Rows of one block in a snapshot's file.
inline constexpr qsizetype mostRowsABlock = 16'384;
/// How many rows from `first` on make a block: fewer of long texts, so that a block stays small. At least one.
qsizetype rowsOfBlock(const TableSnapshot::Piece &piece, int columns, qsizetype first);

/// Rows [first, first + count) of a piece, all `columns` of the table, compressed.
QByteArray packBlock(const TableSnapshot::Piece &piece, int columns, qsizetype first, qsizetype count);

/// The rows of a block; null when its bytes are not those of `rows` rows of these columns.
std::shared_ptr<const Chunk> unpackBlock(const QByteArray &packed, const QStringList &columns, quint32 rows);

} // namespace rowdesk
