#include "transfer/filecheck.h"

#include "files/tablewriter.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::FileCheck)
};

constexpr qsizetype rowsAtOnce = 2000;

struct BadCell
{
    int column;
    ValueProblem reason;
};

/// Called for each row that has a cell which does not fit, with all of those.
using TakeRow =
    std::function<std::optional<ApiError>(const RowBatch &rows, qsizetype row, const std::vector<BadCell> &cells)>;

/// Reads the file to its end and tries each cell. Gives the number of rows. Adds to `nullWordsOf` (may be null), which
/// has a place for each column.
Result<qint64> tryAll(RowSource &source, const CellConverter &converter, FileWork *work, const TakeRow &takeRow,
                      QVector<qint64> *nullWordsOf = nullptr)
{
    qint64 count = 0;
    RowBatch rows(static_cast<int>(source.columnNames().size()));
    std::vector<BadCell> bad;
    std::string scratch;
    while (!work || !work->cancel) {
        rows.clear();
        const Result<qsizetype> read = source.read(rows, rowsAtOnce);
        if (!read)
            return read.error();
        if (*read == 0)
            return count;
        for (qsizetype row = 0; row < rows.rowCount(); ++row) {
            bad.clear();
            for (int column = 0; column < rows.columnCount(); ++column) {
                const ValueConverter::Converted made = converter.convert(rows, row, column, scratch);
                if (made.problem != ValueProblem::None)
                    bad.push_back({column, made.problem});
                if (made.isNullWord && nullWordsOf)
                    ++(*nullWordsOf)[column];
            }
            if (bad.empty())
                continue;
            if (std::optional<ApiError> error = takeRow(rows, row, bad))
                return *error;
        }
        count += rows.rowCount();
        if (work)
            work->done += rows.rowCount();
    }
    return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("The check was cancelled."), {}, {}};
}

FileCheck::Group &groupOf(FileCheck &check, const BadCell &cell)
{
    const auto isBefore = [](const FileCheck::Group &group, const BadCell &wanted) {
        return group.column != wanted.column ? group.column < wanted.column : group.reason < wanted.reason;
    };
    auto place = std::lower_bound(check.groups.begin(), check.groups.end(), cell, isBefore);
    if (place == check.groups.end() || place->column != cell.column || place->reason != cell.reason)
        place = check.groups.insert(place, FileCheck::Group{cell.column, cell.reason, 0, {}, {}});
    return *place;
}

void note(FileCheck &check, qint64 line, const BadCell &cell, const CellView &raw)
{
    ++check.badCells;
    ++check.badCellsOf[cell.column];
    FileCheck::Group &group = groupOf(check, cell);
    ++group.cells;
    const QByteArray text(raw.text.data(), static_cast<qsizetype>(raw.text.size()));
    if (const auto known = group.values.find(text); known != group.values.end())
        ++*known;
    else if (group.values.size() < FileCheck::mostValues)
        group.values.insert(text, 1);
    if (group.problems.size() < FileCheck::mostProblems)
        group.problems.append({line, cell.column, text, cell.reason});
}

/// The file's columns, so that what is repaired can be imported, and two of ours. Numbers are not put in quotes.
Schema problemColumns(const QStringList &names, const RowRules &rules)
{
    Schema schema;
    for (int column = 0; column < names.size(); ++column)
        schema.columns.append({names[column], rules.columns[column] ? rules.columns[column]->type : ColumnType::Text});
    schema.columns.append({Words::tr("Line in the file"), ColumnType::Number});
    schema.columns.append({Words::tr("What does not fit"), ColumnType::Text});
    return schema;
}

QString reasons(const QStringList &names, const RowBatch &rows, qsizetype row, const CellConverter &converter,
                const std::vector<BadCell> &cells)
{
    QStringList sentences;
    for (const BadCell &cell : cells) {
        const std::string_view text = converter.raw(rows, row, cell.column).text;
        sentences.append(Words::tr("%1: “%2”. %3")
                             .arg(names[cell.column], QString::fromUtf8(text.data(), qsizetype(text.size())),
                                  valueProblemText(cell.reason)));
    }
    return sentences.join(u' ');
}

} // namespace

QVector<FileCheck::Problem> FileCheck::problems() const
{
    QVector<Problem> all;
    for (const Group &group : groups)
        all.append(group.problems);
    std::stable_sort(all.begin(), all.end(), [](const Problem &a, const Problem &b) {
        return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
    return all;
}

Result<FileCheck> checkFile(const QString &path, const FileFormat &format, const RowRules &rules, FileWork *work)
{
    const Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    Q_ASSERT(rules.columns.size() == (*source)->columnNames().size());
    FileCheck check;
    check.badCellsOf.resize(rules.columns.size());
    check.nullWordsOf.resize(rules.columns.size());
    const CellConverter converter(rules);
    const Result<qint64> rows = tryAll(
        **source, converter, work,
        [&](const RowBatch &batch, qsizetype row, const std::vector<BadCell> &cells) -> std::optional<ApiError> {
            ++check.badRows;
            for (const BadCell &cell : cells)
                note(check, batch.sourceLine(row), cell, converter.raw(batch, row, cell.column));
            return std::nullopt;
        },
        &check.nullWordsOf);
    if (!rows)
        return rows.error();
    check.rows = *rows;
    return check;
}

Result<ProblemRows> writeProblemRows(const QString &path, const FileFormat &format, const RowRules &rules,
                                     const QString &problemFile, FileWork *work)
{
    const Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    const QStringList names = (*source)->columnNames();
    const Schema columns = problemColumns(names, rules);
    CsvExport options = csvForPrograms();
    options.formulaGuard = false; // the row is to be read again as it stands
    const Result<std::unique_ptr<TableWriter>> writer = openCsvWriter(problemFile, columns, options);
    if (!writer)
        return writer.error();
    ProblemRows written;
    RowBatch out(static_cast<int>(columns.columns.size()));
    const CellConverter converter(rules);
    const Result<qint64> read =
        tryAll(**source, converter, work,
               [&](const RowBatch &rows, qsizetype row, const std::vector<BadCell> &cells) -> std::optional<ApiError> {
                   out.clear();
                   out.beginRow(++written.rows);
                   for (int column = 0; column < rows.columnCount(); ++column) {
                       const CellView cell = converter.raw(rows, row, column);
                       out.addCell(cell.kind, cell.text);
                   }
                   out.addCell(CellKind::Number, std::to_string(rows.sourceLine(row)));
                   out.addCell(CellKind::Text, reasons(names, rows, row, converter, cells).toStdString());
                   written.cells += static_cast<qint64>(cells.size());
                   const Result<Done> done = (*writer)->write(out);
                   return done ? std::nullopt : std::optional(done.error());
               });
    if (!read)
        return read.error();
    const Result<Done> finished = (*writer)->finish();
    if (!finished)
        return finished.error();
    return written;
}

} // namespace rowdesk
