#pragma once

#include "files/rowsource.h"
#include "files/valueconverter.h"

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

/// A file's rows with each cell turned into the value that is sent: what the check showed is what the upload gets.
/// Columns without a rule come out Null.
class RuledSource final : public RowSource
{
public:
    /// One rule, or none, for each column of `rows`.
    RuledSource(std::unique_ptr<RowSource> rows, const QVector<std::optional<ColumnRule>> &rules, Misfits misfits);

    QStringList columnNames() const override { return m_rows->columnNames(); }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override;

    qint64 rowsLeftOut() const { return m_leftOut; }

private:
    std::optional<ApiError> takeRow(qsizetype row, RowBatch &batch, bool &taken);
    ApiError misfit(qsizetype row, int column, ValueProblem problem) const;

    struct Value
    {
        CellKind kind;
        std::string text;
    };
    std::unique_ptr<RowSource> m_rows;
    std::vector<std::optional<ValueConverter>> m_converters;
    Misfits m_misfits;
    RowBatch m_raw;
    qsizetype m_next = 0; ///< the first row of m_raw that was not looked at
    std::vector<Value> m_values;
    qint64 m_leftOut = 0;
};

} // namespace rowdesk
