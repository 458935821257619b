#include "cli/uploadpreparation.h"

#include "cli/command.h"
#include "files/filenotes.h"
#include "files/xlsxdetector.h"
#include "transfer/onworker.h"
#include "transfer/plancheck.h"
#include "transfer/uploadplanner.h"

#include <QFileInfo>

namespace rowdesk::cli {
namespace {

ApiError dataError(const QString &message)
{
    return {ErrorKind::File, 0, {}, message, tr("Nothing was sent."), {}};
}

ApiError withNothingSent(ApiError error)
{
    error.hint =
        error.hint.isEmpty() ? tr("Nothing was sent.") : error.hint + QLatin1Char(' ') + tr("Nothing was sent.");
    return error;
}

/// Which of several sheets is sent, and how another one is.
void noteSheet(const QString &path, FileInspection &inspection)
{
    const Result<XlsxWorkbook> workbook =
        inspection.format.kind == FileKind::Xlsx ? readXlsxOutline(path) : Result<XlsxWorkbook>(XlsxWorkbook());
    if (!workbook)
        return;
    inspection.notes += notesAbout(*workbook, inspection.format.xlsx.sheet);
    if (workbook->sheets.size() > 1)
        inspection.notes.append(tr("To send another sheet, make a CSV file of it first: file convert --sheet."));
}

Result<InspectedFile> inspect(const QString &path)
{
    Result<FileFormat> format = detectFormat(path);
    if (!format)
        return withNothingSent(format.error());
    format.value().csv.hasHeader = true;
    Result<FileInspection> inspection = inspectFile(path, *format, nullptr, 0);
    if (!inspection)
        return withNothingSent(inspection.error());
    if (inspection->damage)
        return withNothingSent(*inspection->damage);
    noteSheet(path, inspection.value());
    return InspectedFile{path, std::move(inspection).value()};
}

Result<std::shared_ptr<RowSource>> open(const InspectedFile &file)
{
    Result<std::unique_ptr<RowSource>> source = openFile(file.path, file.inspection.format);
    if (!source)
        return withNothingSent(source.error());
    return std::shared_ptr<RowSource>(std::move(source).value());
}

bool isTextual(ColumnType type)
{
    return type == ColumnType::Text || type == ColumnType::Dropdown || type == ColumnType::Id;
}

/// What a value becomes where it is written in another way than it is sent.
void noteMarks(const ColumnFindings &findings, const ColumnRule &rule, QStringList &notes)
{
    const bool isNumber = rule.type == ColumnType::Number || rule.type == ColumnType::Percentage;
    if (isNumber && rule.marks.decimal == ',')
        notes.append(tr("Column %1: numbers have a decimal comma, 1,5 is sent as 1.5.").arg(findings.name));
}

void noteNullWords(const ColumnFindings &findings, ColumnType type, QStringList &notes)
{
    if (findings.nullWords == 0 || isTextual(type))
        return;
    notes.append(findings.nullWords == 1
                     ? tr("Column %1: 1 word such as NULL or NA is sent as no value.").arg(findings.name)
                     : tr("Column %1: %2 words such as NULL or NA are sent as no value.")
                           .arg(findings.name)
                           .arg(findings.nullWords));
}

/// The rule for a new table's column: what the whole file shows, or text when that leaves anything open.
ColumnRule ruleForNew(const ColumnFindings &findings, QStringList &notes)
{
    if (findings.question != ColumnQuestion::None || findings.problemCount > 0) {
        notes.append(tr("Column %1 is sent as text: %2").arg(findings.name, findings.reason));
        return defaultRule(ColumnType::Text);
    }
    noteNullWords(findings, findings.rule.type, notes);
    noteMarks(findings, findings.rule, notes);
    return findings.rule;
}

/// The rule for a column of an existing table: its type is given, marks and orders are those of the file.
ColumnRule ruleForExisting(const ColumnFindings &findings, ColumnType type, QStringList &notes)
{
    noteNullWords(findings, type, notes);
    if (isTextual(type) || isTextual(findings.rule.type)) {
        ColumnRule rule = defaultRule(type);
        rule.needsPercentSign = findings.percents > 0;
        return rule;
    }
    ColumnRule rule = findings.rule;
    rule.type = type;
    noteMarks(findings, rule, notes);
    return rule;
}

Result<PreparedUpload> begin(const InspectedFile &file)
{
    const Result<std::shared_ptr<RowSource>> source = open(file);
    if (!source)
        return source.error();
    PreparedUpload upload;
    upload.plan.source = *source;
    upload.plan.sourceName = QFileInfo(file.path).fileName();
    upload.plan.file = {QFileInfo(file.path).absoluteFilePath(), file.inspection.size, file.inspection.sha256};
    for (const FileDoubt &doubt : doubtsAbout(file.inspection))
        upload.notes.append(doubt.line > 0 ? tr("Line %1: %2").arg(doubt.line).arg(doubt.text) : doubt.text);
    upload.notes += file.inspection.notes;
    return upload;
}

} // namespace

Call<InspectedFile> inspectUpload(const QString &path)
{
    return runOnWorker<InspectedFile>([path](const std::atomic_bool &) { return inspect(path); });
}

Result<PreparedUpload> prepareNewTable(const InspectedFile &file, const QString &name, const QString &description)
{
    Result<PreparedUpload> begun = begin(file);
    if (!begun)
        return begun.error();
    PreparedUpload upload = std::move(begun).value();
    Schema schema;
    for (const ColumnFindings &findings : file.inspection.columns) {
        const ColumnRule rule = ruleForNew(findings, upload.notes);
        upload.plan.rules.append(rule);
        schema.columns.append({findings.name, rule.type});
    }
    if (const QVector<SchemaProblem> problems = checkSchema(schema); !problems.isEmpty()) {
        const SchemaProblem &first = problems.first();
        return dataError(first.column < 0 ? first.message
                                          : tr("Column %1 of the file: %2").arg(first.column + 1).arg(first.message));
    }
    const ColumnMapping mapping = mapInOrder(schema);
    upload.plan.target = mapping.target;
    upload.plan.sourceColumn = mapping.sourceColumn;
    upload.plan.newTable = {name, description, schema};
    return upload;
}

Result<PreparedUpload> prepareAppend(const InspectedFile &file, const QString &datasetId,
                                     const DataService::TableSchema &table)
{
    Result<PreparedUpload> begun = begin(file);
    if (!begun)
        return begun.error();
    PreparedUpload upload = std::move(begun).value();
    const QStringList source = upload.plan.source->columnNames();
    Schema schema = table.schema;
    // Neither the list nor a row tells the columns: the file's names are all there is, and the service judges them.
    const bool unknown = schema.columns.isEmpty();
    for (qsizetype i = 0; unknown && i < source.size(); ++i)
        schema.columns.append({source[i], ColumnType::Text});
    const ColumnMapping mapping = mapColumns(source, schema);
    if (!mapping.unmapped.isEmpty()) {
        return dataError(
            tr("The table has no column for these of the file: %1. It has: %2.")
                .arg(mapping.unmapped.join(QStringLiteral(", ")), schema.names().join(QStringLiteral(", "))));
    }
    if (!mapping.unfilled.isEmpty())
        upload.notes.append(tr("These columns get no value: %1.").arg(mapping.unfilled.join(QStringLiteral(", "))));
    upload.plan.datasetId = datasetId;
    upload.plan.target = mapping.target;
    upload.plan.sourceColumn = mapping.sourceColumn;
    upload.plan.targetGuessed = table.guessed;
    upload.plan.rowsBefore = table.rows;
    for (int i = 0; i < mapping.sourceColumn.size(); ++i) {
        const ColumnFindings &findings = file.inspection.columns.at(mapping.sourceColumn[i]);
        upload.plan.rules.append(ruleForExisting(findings, mapping.target.columns[i].type, upload.notes));
    }
    return upload;
}

Call<UploadPlan> checkUpload(const InspectedFile &file, const UploadPlan &plan)
{
    const Result<std::shared_ptr<RowSource>> source = open(file);
    if (!source)
        return Call<UploadPlan>::finished(source.error());
    return checkPlan(*source, plan).map<UploadPlan>([plan](const PlanCheck &check) -> Result<UploadPlan> {
        if (!check.isFine()) {
            const QString count = tr("%1 values of the file don't fit. The first:").arg(check.badCells);
            ApiError error = withNothingSent(misfitError(check.problems.first()));
            if (check.badCells > 1)
                error.message = count + QLatin1Char(' ') + error.message;
            return error;
        }
        UploadPlan counted = plan;
        counted.rowsExpected = check.rows;
        return counted;
    });
}

} // namespace rowdesk::cli
