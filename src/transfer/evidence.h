#pragma once

#include <QLatin1StringView>

namespace rowdesk {

/// What can tell, after a lost answer, whether rows are in the table.
enum class Evidence {
    Marker,  ///< a text column that names the upload and the row
    Key,     ///< columns that a person named; their values are unique
    Content, ///< all values of the row, and the number of rows
    Count,   ///< the number of rows alone
    None
};

/// The column of Evidence::Marker. Its values: the first eight characters of the job's id, "-", batch, "-", row.
inline constexpr QLatin1StringView markerColumn{"rowdesk_upload"};

QLatin1StringView evidenceName(Evidence evidence);

} // namespace rowdesk
