#pragma once

#include <QCoreApplication>
#include <QString>

#include <array>
#include <optional>

namespace rowdesk {

/// The eight data types of a ClicData column (API contract §4).
enum class ColumnType { Text, Number, DateTime, Date, Percentage, Checkbox, Dropdown, Id };

/// Every type, in the order in which a person is offered them.
inline constexpr std::array allColumnTypes{ColumnType::Text,       ColumnType::Number,   ColumnType::DateTime,
                                           ColumnType::Date,       ColumnType::Percentage, ColumnType::Checkbox,
                                           ColumnType::Dropdown,   ColumnType::Id};

/// The word the API uses: "text", "number", "datetime", …
QString columnTypeName(ColumnType type);

/// Reads the API's word, in any case. "rec_id" is read as Id (a later client writes it so). Empty when unknown.
std::optional<ColumnType> columnTypeFromName(QStringView name);

/// The word in the user's language, for example "Date and time".
QString columnTypeLabel(ColumnType type);

/// One sentence that tells a person when to choose this type.
QString columnTypeSentence(ColumnType type);

} // namespace rowdesk
