#pragma once

#include "core/columntype.h"
#include "sandbox/jsonreader.h"

#include <QByteArray>

#include <optional>
#include <string>

namespace rowdesk::sandbox {

/// The JSON fragment that a cell of this type is kept and returned as; empty when the value does not fit the type.
///
/// null fits every type. Numbers keep the literal they were sent with; number and percentage also take a text that is a
/// JSON number. Text and dropdown take any text, and the characters of a number or boolean. Dates are kept as written.
std::optional<QByteArray> storedCell(ColumnType type, const JsonValue &value);

/// What two stored fragments have in common exactly when they mean the same value: 0.1 and 0.10 are one number,
/// while texts differ in every byte. For update and delete by value.
std::string comparableCell(std::string_view fragment);

} // namespace rowdesk::sandbox
