#pragma once

#include "files/rowsource.h"
#include "transfer/rowrules.h"

namespace rowdesk {

/// A file's rows with each cell turned into the value that is sent: what the check showed is what the upload gets.
/// Columns without a rule come out Null. Use its rows with UploadPlan::sourceIsConverted.
class RuledSource final : public RowSource
{
public:
    RuledSource(std::unique_ptr<RowSource> rows, const RowRules &rules);

    QStringList columnNames() const override { return m_rows->columnNames(); }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override;

    qint64 rowsLeftOut() const { return m_leftOut; } ///< so far, for whatever reason

private:
    std::optional<ApiError> takeRow(qsizetype row, RowBatch &batch, bool &taken);
    ApiError misfit(qsizetype row, int column, ValueProblem problem) const;

    struct Value
    {
        CellKind kind;
        std::string text;
    };
    std::unique_ptr<RowSource> m_rows;
    RowRules m_rules;
    CellConverter m_converter;
    RowBatch m_raw;
    qsizetype m_next = 0;  ///< the first row of m_raw that was not looked at
    qsizetype m_place = 0; ///< of the row looked at last, from the beginning of the file; 1 is the first
    std::vector<Value> m_values;
    qint64 m_leftOut = 0;
};

} // namespace rowdesk
