#pragma once

#include "core/columntype.h"
#include "core/rowbatch.h"

#include <QByteArray>
#include <QByteArrayView>

namespace rowdesk {

/// Puts a value that was sent and the same value as the service gives it back into one form, so that they can be
/// compared: numbers without needless zeros and exponents ("5.0", "5e0" and the text "5" in a number column are 5), a
/// moment at midnight is its day, everything else as it is. Empty for no value.
QByteArray canonicalValue(ColumnType type, const CellView &cell);
/// The same for a JSON value that was sent.
QByteArray canonicalJson(ColumnType type, QByteArrayView json);

} // namespace rowdesk
