#include "transfer/filecheck.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::FileCheck)
};

constexpr qsizetype rowsAtOnce = 2000;
constexpr size_t longestShown = 100;

void checkRow(const RowBatch &rows, qsizetype row, const std::vector<std::optional<ValueConverter>> &converters,
              FileCheck &check, std::string &scratch)
{
    const qint64 before = check.badCells;
    for (int column = 0; column < rows.columnCount(); ++column) {
        const std::optional<ValueConverter> &converter = converters[static_cast<size_t>(column)];
        if (!converter)
            continue;
        const CellView cell = rows.cell(row, column);
        const ValueProblem problem = converter->convert(cell, scratch).problem;
        if (problem == ValueProblem::None)
            continue;
        ++check.badCells;
        ++check.badCellsOf[column];
        if (check.problems.size() < FileCheck::mostProblems) {
            const std::string_view text = cell.text.substr(0, longestShown);
            check.problems.append({rows.sourceLine(row), column,
                                   QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())),
                                   valueProblemText(problem)});
        }
    }
    check.badRows += check.badCells > before ? 1 : 0;
    ++check.rows;
}

} // namespace

Result<FileCheck> checkFile(const QString &path, const FileFormat &format,
                            const QVector<std::optional<ColumnRule>> &rules, FileWork *work)
{
    Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    const auto columns = static_cast<int>((*source)->columnNames().size());
    Q_ASSERT(rules.size() == columns);
    std::vector<std::optional<ValueConverter>> converters;
    for (const std::optional<ColumnRule> &rule : rules)
        converters.push_back(rule ? std::optional<ValueConverter>(*rule) : std::nullopt);
    FileCheck check;
    check.badCellsOf.resize(columns);
    RowBatch rows(columns);
    std::string scratch;
    while (!work || !work->cancel) {
        rows.clear();
        const Result<qsizetype> read = (*source)->read(rows, rowsAtOnce);
        if (!read)
            return read.error();
        if (*read == 0)
            return check;
        for (qsizetype row = 0; row < rows.rowCount(); ++row)
            checkRow(rows, row, converters, check, scratch);
        if (work)
            work->done = check.rows;
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The check was cancelled."), {}, {}};
}

} // namespace rowdesk
