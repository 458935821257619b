#pragma once

#include "net/call.h"
#include "transfer/uploadplan.h"

#include <QHash>

namespace rowdesk {

/// A value that does not fit its target column.
struct PlanProblem
{
    qint64 line = 0; ///< RowBatch::sourceLine of its row
    QString column;  ///< target column
    QString value;   ///< the value, shortened to 80 characters
    QString reason;  ///< one sentence: why it does not fit
};

/// What a run over the whole source found before anything is sent.
struct PlanCheck
{
    qint64 rows = 0;
    qint64 badRows = 0;
    qint64 badCells = 0;
    QVector<PlanProblem> problems;     ///< the first 100
    QHash<QString, qint64> badCellsOf; ///< by target column

    bool isFine() const { return badCells == 0; }
};

/// Reads `source` to its end on a worker and tries every cell against the plan. `source` is one of its own: the plan's
/// is kept for the upload. A damaged file ends with its own error. Abort stops within one batch.
Call<PlanCheck> checkPlan(std::shared_ptr<RowSource> source, const UploadPlan &plan);

PlanProblem makeProblem(qint64 line, const QString &column, const CellView &cell, const QString &reason);

/// The problem as an error: line, column, value, why.
ApiError misfitError(const PlanProblem &problem);

} // namespace rowdesk
