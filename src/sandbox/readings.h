#pragma once

#include "core/schema.h"

#include <QByteArray>

/// The demo dataset "Readings": a large table that costs no storage, because every value is computed from its row
/// number.
namespace rowdesk::sandbox::readings {

inline constexpr qint64 rowCount = 1'000'000;

Schema schema();

/// Appends rows [first, first + count) (from 0) as JSON objects separated by commas. The same bytes at every call.
void appendRows(QByteArray &out, qint64 first, qint64 count);

} // namespace rowdesk::sandbox::readings
