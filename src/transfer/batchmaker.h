#pragma once

#include "api/dialect.h"
#include "files/valueconverter.h"
#include "transfer/uploadplan.h"

#include <functional>
#include <vector>

namespace rowdesk {

/// One call's worth of rows, ready to be sent.
struct SendPiece
{
    QByteArray body;
    qint64 rows = 0;
    qint64 firstRow = 0; ///< 1-based row of the file
};

/// Puts a file's rows into a plan's target columns, cell by cell.
class RowConverter
{
public:
    explicit RowConverter(const UploadPlan &plan);

    /// Called for a cell that doesn't fit its target column; `reason` is one sentence.
    using Misfit = std::function<void(int targetColumn, const CellView &cell, const QString &reason)>;

    /// Appends row `row` of the file's batch to `out`, which has the target's columns. A misfit is appended as Null.
    void convert(const RowBatch &in, qsizetype row, RowBatch &out, const Misfit &misfit);

private:
    /// Puts the cell's value into m_value; a sentence when it has none.
    QString convertCell(const ValueConverter &converter, const CellView &cell, CellKind &kind);

    std::vector<ValueConverter> m_converters; ///< one a target column
    QVector<int> m_sourceColumn;
    bool m_guessed;
    bool m_converted; ///< cells are values already
    std::string m_value;
};

/// Reads, converts and encodes a plan's rows. No thread of its own: used by one worker at a time.
class BatchMaker
{
public:
    /// At most maxRowsPerAppend rows a call, and about this many bytes unless one row alone is larger.
    static constexpr qsizetype largestBody = 1'000'000;

    /// `job`: the upload's id, for the marker's column when the plan wants one.
    BatchMaker(const UploadPlan &plan, Dialect::RowShape shape, const QString &job = {});

    struct Step
    {
        std::vector<SendPiece> pieces; ///< empty at the end of the file and with an error
        qint64 rowsRead = 0;           ///< rows taken from the file in this step, also with an error
        std::optional<ApiError>
            error; ///< the file is damaged, or a value doesn't fit: nothing of this step is to be sent
    };
    /// The next rows. No pieces and no error: the file is at its end.
    Step next();

private:
    std::optional<ApiError> convertRows(const RowBatch &in, RowBatch &out);
    std::optional<ApiError> encode(const RowBatch &rows, std::vector<SendPiece> &pieces) const;

    std::shared_ptr<RowSource> m_source;
    Schema m_target;
    Dialect::RowShape m_shape;
    RowConverter m_converter;
    std::string m_marker; ///< what every marker begins with; empty: none is sent
    qint64 m_steps = 0;
    qint64 m_rowsBefore = 0; ///< rows of the steps before this one
};

} // namespace rowdesk
