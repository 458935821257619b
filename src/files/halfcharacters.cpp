#include "files/halfcharacters.h"

#include "core/wtf8.h"

#include <QCoreApplication>

namespace rowdesk {

std::optional<ApiError> halfCharacterError(const RowBatch &rows)
{
    for (qsizetype row = 0; row < rows.rowCount(); ++row) {
        for (int column = 0; column < rows.columnCount(); ++column) {
            const CellView cell = rows.cell(row, column);
            if (cell.kind != CellKind::Text || !hasHalfPair(cell.text))
                continue;
            return ApiError{ErrorKind::File,
                            0,
                            {},
                            QCoreApplication::translate("Files",
                                                        "Row %1 holds half a character in column %2, which this "
                                                        "format can't carry. No file was written.")
                                .arg(rows.sourceLine(row))
                                .arg(column + 1),
                            QCoreApplication::translate("Files", "Export it as JSON."),
                            {}};
        }
    }
    return std::nullopt;
}

} // namespace rowdesk
