#include "transfer/filecheck.h"

#include "files/tablewriter.h"

#include <QCoreApplication>

#include <functional>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::FileCheck)
};

constexpr qsizetype rowsAtOnce = 2000;
constexpr size_t longestShown = 100;

using Converters = std::vector<std::optional<ValueConverter>>;
using Misfit = std::function<void(const RowBatch &rows, qsizetype row, int column, ValueProblem problem)>;

void tryRow(const RowBatch &rows, qsizetype row, const Converters &converters, std::string &scratch,
            const Misfit &misfit)
{
    for (int column = 0; column < rows.columnCount(); ++column) {
        const std::optional<ValueConverter> &converter = converters[static_cast<size_t>(column)];
        if (!converter)
            continue;
        const ValueProblem problem = converter->convert(rows.cell(row, column), scratch).problem;
        if (problem != ValueProblem::None)
            misfit(rows, row, column, problem);
    }
}

/// Reads the file to its end and tries each cell; `batchDone` comes after each batch of rows.
std::optional<ApiError> tryAll(RowSource &source, const QVector<std::optional<ColumnRule>> &rules, FileWork *work,
                               const Misfit &misfit, const std::function<std::optional<ApiError>(qsizetype)> &batchDone)
{
    Converters converters;
    for (const std::optional<ColumnRule> &rule : rules)
        converters.push_back(rule ? std::optional<ValueConverter>(*rule) : std::nullopt);
    RowBatch rows(static_cast<int>(rules.size()));
    std::string scratch;
    while (!work || !work->cancel) {
        rows.clear();
        const Result<qsizetype> read = source.read(rows, rowsAtOnce);
        if (!read)
            return read.error();
        if (*read == 0)
            return std::nullopt;
        for (qsizetype row = 0; row < rows.rowCount(); ++row)
            tryRow(rows, row, converters, scratch, misfit);
        if (std::optional<ApiError> error = batchDone(rows.rowCount()))
            return error;
        if (work)
            work->done += rows.rowCount();
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The check was cancelled."), {}, {}};
}

} // namespace

Result<FileCheck> checkFile(const QString &path, const FileFormat &format,
                            const QVector<std::optional<ColumnRule>> &rules, FileWork *work)
{
    const Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    Q_ASSERT(rules.size() == (*source)->columnNames().size());
    FileCheck check;
    check.badCellsOf.resize(rules.size());
    const Misfit misfit = [&check, lastLine = qint64(-1)](const RowBatch &rows, qsizetype row, int column,
                                                          ValueProblem problem) mutable {
        const qint64 line = rows.sourceLine(row);
        check.badRows += line != lastLine ? 1 : 0;
        lastLine = line;
        ++check.badCells;
        ++check.badCellsOf[column];
        if (check.problems.size() < FileCheck::mostProblems) {
            const std::string_view text = rows.cell(row, column).text.substr(0, longestShown);
            check.problems.append({line, column, QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())),
                                   valueProblemText(problem)});
        }
    };
    const auto count = [&check](qsizetype rows) -> std::optional<ApiError> {
        check.rows += rows;
        return std::nullopt;
    };
    if (std::optional<ApiError> error = tryAll(**source, rules, work, misfit, count))
        return *error;
    return check;
}

Result<qint64> writeProblems(const QString &path, const FileFormat &format,
                             const QVector<std::optional<ColumnRule>> &rules, const QString &problemFile,
                             FileWork *work)
{
    const Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    const QStringList names = (*source)->columnNames();
    const Schema columns{{{Words::tr("Line"), ColumnType::Number},
                          {Words::tr("Column"), ColumnType::Text},
                          {Words::tr("Value"), ColumnType::Text},
                          {Words::tr("Why it does not fit"), ColumnType::Text}}};
    const Result<std::unique_ptr<TableWriter>> writer = openCsvWriter(problemFile, columns, csvForPrograms());
    if (!writer)
        return writer.error();
    qint64 written = 0;
    RowBatch out(static_cast<int>(columns.columns.size()));
    const Misfit misfit = [&](const RowBatch &rows, qsizetype row, int column, ValueProblem problem) {
        out.beginRow(++written);
        out.addCell(CellKind::Number, std::to_string(rows.sourceLine(row)));
        out.addCell(CellKind::Text, names[column].toStdString());
        out.addCell(CellKind::Text, rows.cell(row, column).text);
        out.addCell(CellKind::Text, valueProblemText(problem).toStdString());
    };
    const auto flush = [&](qsizetype) -> std::optional<ApiError> {
        const Result<Done> done = (*writer)->write(out);
        out.clear();
        return done ? std::nullopt : std::optional(done.error());
    };
    if (std::optional<ApiError> error = tryAll(**source, rules, work, misfit, flush))
        return *error;
    const Result<Done> finished = (*writer)->finish();
    if (!finished)
        return finished.error();
    return written;
}

} // namespace rowdesk
