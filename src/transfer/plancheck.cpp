#include "transfer/plancheck.h"

#include "core/wtf8.h"
#include "transfer/batchmaker.h"
#include "transfer/onworker.h"

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

constexpr int mostProblems = 100;
constexpr qsizetype longestShownValue = 80;
constexpr qsizetype rowsAtOnce = 5000;

Result<PlanCheck> runCheck(RowSource &source, const UploadPlan &plan, const std::atomic_bool &cancelled)
{
    PlanCheck check;
    RowConverter converter(plan);
    RowBatch in(static_cast<int>(source.columnNames().size()));
    RowBatch out(static_cast<int>(plan.target.columns.size()));
    while (!cancelled) {
        in.clear();
        const Result<qsizetype> read = source.read(in, rowsAtOnce);
        if (!read)
            return read.error();
        if (*read == 0)
            return check;
        for (qsizetype row = 0; row < in.rowCount(); ++row) {
            const qint64 before = check.badCells;
            out.clear();
            converter.convert(in, row, out, [&](int column, const CellView &cell, const QString &reason) {
                const QString &target = plan.target.columns[column].name;
                ++check.badCells;
                ++check.badCellsOf[target];
                if (check.problems.size() < mostProblems)
                    check.problems.append(makeProblem(in.sourceLine(row), target, cell, reason));
            });
            check.badRows += check.badCells > before ? 1 : 0;
        }
        check.rows += in.rowCount();
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, tr("The check was stopped."), {}, {}};
}

} // namespace

Call<PlanCheck> checkPlan(std::shared_ptr<RowSource> source, const UploadPlan &plan)
{
    return runOnWorker<PlanCheck>([source = std::move(source), plan](const std::atomic_bool &cancelled) {
        return runCheck(*source, plan, cancelled);
    });
}

PlanProblem makeProblem(qint64 line, const QString &column, const CellView &cell, const QString &reason)
{
    QString value = stringFromWtf8(cell.text);
    if (value.size() > longestShownValue)
        value = value.left(longestShownValue - 1) + QChar(0x2026);
    return {line, column, value, reason};
}

ApiError misfitError(const PlanProblem &problem)
{
    return {ErrorKind::File,
            0,
            {},
            tr("Line %1, column %2: \"%3\" does not fit. %4")
                .arg(QString::number(problem.line), problem.column, problem.value, problem.reason),
            tr("Correct the value or choose another type for the column."),
            {}};
}

} // namespace rowdesk
