#pragma once

#include "core/rowbatch.h"
#include "files/valueconverter.h"
#include "transfer/fileoverlap.h"

#include <QHash>
#include <QVector>

#include <memory>
#include <optional>

namespace rowdesk {

/// What to do with a row that has a cell which is no value of its column.
enum class Misfits {
    Stop,     ///< the reading ends there with an error that names line, column and value
    LeaveOut, ///< the row is left out and counted
    SendEmpty ///< the cell is sent without a value
};

/// Texts that a person put in the place of those of the file. They are read by the column's rule as the file's would
/// be; an empty one is no value.
struct CellFixes
{
    using Place = std::pair<qint64, int>;       ///< RowBatch::sourceLine, column of the file
    using ValueOf = std::pair<int, QByteArray>; ///< column of the file, text of the file
    QHash<Place, QByteArray> cells;             ///< one cell
    QHash<ValueOf, QByteArray> alike;           ///< every cell of the column with this text, but for `cells`

    bool isEmpty() const { return cells.isEmpty() && alike.isEmpty(); }
    qsizetype count() const { return cells.size() + alike.size(); }
    bool operator==(const CellFixes &) const = default;
};

/// How a file's rows become the rows that are sent. The same value serves preview, check and upload.
struct RowRules
{
    QVector<std::optional<ColumnRule>> columns; ///< one, or none, for each column of the file
    CellFixes fixes;
    Misfits misfits = Misfits::Stop;
    std::shared_ptr<const FileOverlap> overlap; ///< null: no row is left out for being there already
    OverlapChoice overlapChoice;
};

/// The one place where cells of a file become values: check, problem file and upload all go through it. Used in one
/// thread at a time.
class CellConverter
{
public:
    explicit CellConverter(const RowRules &rules);

    bool hasRule(int column) const { return m_converters[static_cast<size_t>(column)].has_value(); }
    /// The cell as the file, or a fix, has it. The view ends with the batch and with this object.
    CellView raw(const RowBatch &rows, qsizetype row, int column) const;
    /// Replaces `out` by the canonical literal; without a rule it is no value.
    ValueConverter::Converted convert(const RowBatch &rows, qsizetype row, int column, std::string &out) const;

private:
    std::vector<std::optional<ValueConverter>> m_converters;
    CellFixes m_fixes;
};

} // namespace rowdesk
