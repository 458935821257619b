#include "files/tablefile.h"

#include "files/tableplan.h"
#include "files/valueconverter.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableFile)
};

/// What the whole file shows, or text when that leaves anything open.
ColumnRule ruleFor(const ColumnFindings &findings, QStringList &notes)
{
    if (findings.question != ColumnQuestion::None || findings.problemCount > 0) {
        notes.append(Words::tr("Column %1 is taken as text: %2").arg(findings.name, findings.reason));
        return {};
    }
    return findings.rule;
}

/// Turns batches of a file into chunks of typed cells.
class BatchConverter
{
public:
    explicit BatchConverter(const QVector<ColumnRule> &rules)
    {
        for (const ColumnRule &rule : rules)
            m_converters.emplace_back(rule);
    }

    std::shared_ptr<const Chunk> convert(const QStringList &names, const RowBatch &batch)
    {
        RowBatch values(batch.columnCount());
        for (qsizetype row = 0; row < batch.rowCount(); ++row) {
            values.beginRow(batch.sourceLine(row));
            for (int column = 0; column < batch.columnCount(); ++column) {
                const CellView cell = batch.cell(row, column);
                const auto index = static_cast<size_t>(column);
                const ValueConverter::Converted converted = m_converters[index].convert(cell, m_value);
                // The whole file was looked at, so this is a file that changed meanwhile: its cell is kept as it is.
                if (converted.problem != ValueProblem::None)
                    values.addCell(cell.kind, cell.text);
                else
                    values.addCell(converted.kind, m_value);
            }
        }
        return chunkFromBatch(names, values);
    }

private:
    std::vector<ValueConverter> m_converters;
    std::string m_value;
};

bool isCancelled(const FileWork *work)
{
    return work && work->cancel.load(std::memory_order_relaxed);
}

Result<std::shared_ptr<const ColumnStore>> readRows(const QString &path, const FileFormat &format,
                                                    const QVector<ColumnRule> &rules, const FileWork *work)
{
    constexpr qsizetype rowsAChunk = 16'384;
    const Result<std::unique_ptr<RowSource>> source = openFile(path, format);
    if (!source)
        return source.error();
    const QStringList names = uniqueNames((*source)->columnNames());
    BatchConverter converter(rules);
    auto store = std::make_shared<ColumnStore>();
    store->append(chunkFromBatch(names, RowBatch(static_cast<int>(names.size()))));
    for (;;) {
        if (isCancelled(work))
            return ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("Reading the file was stopped."), {}, {}};
        RowBatch batch(static_cast<int>(names.size()));
        const Result<qsizetype> count = (*source)->read(batch, rowsAChunk);
        if (!count)
            return count.error();
        if (*count == 0)
            break;
        store->append(converter.convert(names, batch));
    }
    store->setComplete();
    return std::shared_ptr<const ColumnStore>(store);
}

/// A file that a program wrote for a table without rows, or one that was not written at all: a person must judge.
TableFile emptyTable(const QString &name)
{
    auto store = std::make_shared<ColumnStore>();
    store->setComplete();
    return {store,
            {Words::tr("“%1” is empty: it has no columns and no rows. Check whether the program that wrote it had "
                       "finished.")
                 .arg(name)}};
}

} // namespace

Result<TableFile> readTableFile(const QString &path, FileWork *work, const FileAnswers &answers,
                                const ColumnAnswers &columns)
{
    if (const QFileInfo info(path); info.isFile() && info.size() == 0)
        return emptyTable(info.fileName());
    Result<FileFormat> format = detectFormat(path, answers);
    if (!format)
        return format.error();
    if (!answers.csv.headerRow)
        format.value().csv.hasHeader = true;
    const Result<FileInspection> inspection = inspectFile(path, *format, work, 0);
    if (!inspection)
        return inspection.error();
    if (inspection->damage)
        return *inspection->damage;
    const Result<TablePlan> plan = planTable(*inspection, columns);
    if (!plan)
        return plan.error();
    TableFile table;
    table.notes = inspection->notes;
    QVector<ColumnRule> rules;
    for (qsizetype i = 0; i < inspection->columns.size(); ++i) {
        const PlannedColumn &column = plan->columns[i];
        rules.append(column.isChosen ? column.rule : ruleFor(inspection->columns[i], table.notes));
    }
    const auto store = readRows(path, inspection->format, rules, work);
    if (!store)
        return store.error();
    table.store = *store;
    return table;
}

} // namespace rowdesk
