#include "cli/filecommands.h"

#include "cli/fileoptions.h"
#include "cli/inspectionjson.h"
#include "cli/interrupt.h"
#include "cli/jsonline.h"
#include "cli/output.h"
#include "files/fileconversion.h"
#include "files/filenotes.h"
#include "files/xlsxdetector.h"
#include "transfer/onworker.h"

#include <QCommandLineParser>
#include <QFileInfo>

namespace rowdesk::cli {
namespace {

enum class BadValues { Text, Stop, Null };
enum class TargetKind { Csv, Xlsx, Json };

struct FileRequest
{
    QString path;
    FileOptions options;
    QString target; ///< convert only
    TargetKind targetKind = TargetKind::Csv;
    std::optional<BadValues> badValues;
    bool formulaGuard = false;
    CsvExport csv; ///< its encoding counts
};

ApiError withNothingWritten(ApiError error)
{
    if (error.kind == ErrorKind::Usage)
        return error;
    const QString help = optionThatHelps(error);
    QStringList hints{error.hint, help, tr("Nothing was written.")};
    hints.removeAll(QString());
    error.hint = hints.join(QLatin1Char(' '));
    return error;
}

void lookAtSheets(const FileRequest &request, InspectionReport &report)
{
    const bool allowLarge = request.options.file.allowLarge;
    if (Result<XlsxWorkbook> workbook = readXlsxOutline(request.path, allowLarge))
        report.workbook = std::move(workbook).value();
    if (!request.target.isEmpty()) // only a report names the other sheets
        return;
    if (Result<QVector<qint64>> rows = countXlsxRows(request.path, allowLarge))
        report.filledRows = std::move(rows).value();
}

/// Reads all of the file. Runs on a worker.
Result<InspectionReport> look(const FileRequest &request, FileWork *work)
{
    InspectionReport report;
    Result<FileInspection> inspection = inspectFile(request.path, request.options.file, work);
    if (!inspection)
        return inspection.error();
    report.inspection = std::move(inspection).value();
    const FileFormat &format = report.inspection.format;
    if (format.kind == FileKind::Xlsx)
        lookAtSheets(request, report);
    if (report.inspection.damage && report.inspection.columns.isEmpty())
        return report;
    Result<TablePlan> plan = planTable(report.inspection, request.options.columns);
    if (!plan)
        return plan.error();
    report.plan = std::move(plan).value();
    bool needsLook = false;
    for (qsizetype i = 0; i < report.plan.columns.size(); ++i)
        needsLook = needsLook || report.plan.columns[i].isChosen || report.inspection.columns[i].problemCount > 0;
    report.problems.countOf.resize(report.plan.columns.size());
    report.problems.unreadableOf.resize(report.plan.columns.size());
    if (!needsLook)
        return report;
    Result<CellProblems> problems = findProblems(request.path, format, report.plan.rules(), work);
    if (!problems)
        return problems.error();
    report.problems = std::move(problems).value();
    return report;
}

Call<InspectionReport> lookOnWorker(const FileRequest &request, const std::shared_ptr<FileWork> &work)
{
    return runOnWorker<InspectionReport>(
        [request, work](const std::atomic_bool &) { return look(request, work.get()); });
}

/// The first column that only a person can decide, as an error.
std::optional<ApiError> openQuestion(const InspectionReport &report)
{
    for (qsizetype i = 0; i < report.plan.columns.size(); ++i) {
        if (!report.plan.columns[i].isOpen)
            continue;
        const ColumnFindings &found = report.inspection.columns[i];
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("file.question"),
                        tr("Column %1: %2").arg(found.name, found.questionText),
                        optionsThatAnswer(found),
                        {}};
    }
    return std::nullopt;
}

ApiError misfit(const InspectionReport &report, int column)
{
    const auto &problems = report.problems.first;
    const auto first =
        std::find_if(problems.begin(), problems.end(), [column](const auto &each) { return each.column == column; });
    const QString name = report.plan.columns[column].name;
    const QString place =
        first == problems.end()
            ? QString()
            : tr(" The first is \"%1\" in line %2: %3").arg(first->value, QString::number(first->line), first->reason);
    return {ErrorKind::File,
            0,
            QStringLiteral("file.misfit"),
            tr("Column %1: %2 values do not fit.").arg(name).arg(report.problems.countOf[column]) + place,
            tr("Choose another type, or --bad-values text or empty."),
            {}};
}

/// What becomes of columns with values that do not fit; an error when one of them ends it.
std::optional<ApiError> settleBadValues(InspectionReport &report, std::optional<BadValues> wish)
{
    for (int i = 0; i < report.plan.columns.size(); ++i) {
        PlannedColumn &column = report.plan.columns[i];
        const qint64 bad = report.problems.countOf[i] - report.problems.unreadableOf[i];
        if (bad == 0)
            continue;
        const BadValues what = wish.value_or(column.isChosen ? BadValues::Stop : BadValues::Text);
        if (what == BadValues::Stop)
            return misfit(report, i);
        if (what == BadValues::Text) {
            printError(tr("Column %1 is written as text: %2").arg(column.name, column.reason));
            column.rule = {};
        }
    }
    return std::nullopt;
}

Result<std::unique_ptr<TableWriter>> openWriter(const FileRequest &request, const Schema &schema)
{
    switch (request.targetKind) {
    case TargetKind::Xlsx:
        return openXlsxWriter(request.target, schema);
    case TargetKind::Json:
        return openJsonWriter(request.target, schema);
    case TargetKind::Csv:
        break;
    }
    CsvExport options = csvForPrograms();
    options.formulaGuard = request.formulaGuard;
    options.encoding = request.csv.encoding;
    options.byteOrderMark = request.csv.byteOrderMark;
    options.carriageReturns = false;
    return openCsvWriter(request.target, schema, options);
}

Result<FileConversion> write(const FileRequest &request, const InspectionReport &report, FileWork *work)
{
    auto writer = openWriter(request, report.plan.schema());
    if (!writer)
        return writer.error();
    const bool emptyBadValues = request.badValues == BadValues::Null;
    Result<FileConversion> done =
        convertFile(request.path, report.inspection.format, report.plan, **writer, emptyBadValues, work);
    if (!done)
        return done;
    if (const auto finished = (*writer)->finish(); !finished)
        return finished.error();
    return done;
}

void printNotes(const InspectionReport &report)
{
    for (const FileDoubt &doubt : doubtsAbout(report.inspection))
        if (!doubt.isMild)
            printError(doubt.line > 0 ? tr("Line %1: %2").arg(doubt.line).arg(doubt.text) : textWithOptions(doubt));
    for (const QString &note : notesOf(report))
        printError(note);
    for (qsizetype i = 0; i < report.plan.columns.size(); ++i) {
        const PlannedColumn &column = report.plan.columns[i];
        const ColumnFindings &found = report.inspection.columns[i];
        if (found.nullWords > 0 && !column.rule.nullWords.isEmpty())
            printError(tr("Column %1: %2 words such as NULL or NA are written as no value.")
                           .arg(column.name)
                           .arg(found.nullWords));
    }
}

Result<int> printReceipt(const InspectionReport &report, const FileConversion &done)
{
    std::string columns;
    for (const PlannedColumn &column : report.plan.columns)
        columns += (columns.empty() ? "" : ",") +
                   JsonLine().add("name", column.name).add("type", columnTypeName(column.rule.type)).text();
    JsonLine line;
    line.add("rows", done.rows).addRaw("columns", '[' + columns + ']');
    line.add("values_left_out", done.leftOutCells + done.xlsxCounts.badCells + done.xlsxCounts.cellsOutside);
    line.add("rows_left_out", done.counts.rowsLeftOut + done.counts.rowsAtEnd);
    printText(QString::fromStdString(line.text()) + QLatin1Char('\n'));
    return ExitDone;
}

/// One command, from the first byte to the exit code. Owns itself: gone once its call has finished.
class FileJob : public QObject
{
public:
    explicit FileJob(FileRequest request) : m_request(std::move(request)), m_work(std::make_shared<FileWork>())
    {
        connect(&m_interrupt, &Interrupt::asked, this, [this] { m_work->cancel = true; });
        lookOnWorker(m_request, m_work).then(this, [this](const Result<InspectionReport> &report) {
            if (!report)
                return finish(m_request.target.isEmpty() ? report.error() : withNothingWritten(report.error()));
            m_request.target.isEmpty() ? print(*report) : convert(*report);
        });
    }

    Call<int> call() const { return m_completion.call(); }

private:
    void print(const InspectionReport &report)
    {
        printText(QString::fromStdString(inspectionJson(report)) + QLatin1Char('\n'));
        if (report.inspection.damage)
            printError(report.inspection.damage->text());
        finish(report.inspection.damage ? ExitRefused : ExitDone);
    }

    void convert(InspectionReport report)
    {
        if (report.inspection.damage)
            return finish(withNothingWritten(*report.inspection.damage));
        if (const auto open = openQuestion(report))
            return finish(withNothingWritten(*open));
        if (const auto bad = settleBadValues(report, m_request.badValues))
            return finish(withNothingWritten(*bad));
        runOnWorker<FileConversion>([request = m_request, report, work = m_work](const std::atomic_bool &) {
            return write(request, report, work.get());
        }).then(this, [this, report](const Result<FileConversion> &done) {
            if (!done)
                return finish(withNothingWritten(done.error()));
            printNotes(report);
            finish(printReceipt(report, *done));
        });
    }

    void finish(const Result<int> &result)
    {
        m_completion.finish(result);
        deleteLater();
    }

    FileRequest m_request;
    std::shared_ptr<FileWork> m_work;
    Interrupt m_interrupt;
    Completion<int> m_completion;
};

Result<FileRequest> readRequest(const QCommandLineParser &options, const QStringList &arguments)
{
    const Result<FileOptions> file = readFileOptions(options);
    if (!file)
        return file.error();
    FileRequest request;
    request.path = arguments[0];
    request.options = *file;
    return request;
}

Action actionOf(const FileRequest &request)
{
    return [request](ApiClient *) { return (new FileJob(request))->call(); };
}

Result<Action> prepareInspect(const QCommandLineParser &options, const QStringList &arguments)
{
    const Result<FileRequest> request = readRequest(options, arguments);
    return request ? Result<Action>(actionOf(*request)) : Result<Action>(request.error());
}

std::optional<ApiError> readTarget(const QCommandLineParser &options, FileRequest &request)
{
    static const QHash<QString, TargetKind> kinds{{QStringLiteral("csv"), TargetKind::Csv},
                                                  {QStringLiteral("xlsx"), TargetKind::Xlsx},
                                                  {QStringLiteral("json"), TargetKind::Json}};
    request.target = options.value(QStringLiteral("o"));
    if (request.target.isEmpty())
        return wrongUsage(tr("-o OUT is missing: a name that ends with .csv, .xlsx or .json."));
    const auto kind = kinds.constFind(QFileInfo(request.target).suffix().toLower());
    if (kind == kinds.constEnd())
        return wrongUsage(tr("-o is \"%1\"; it must end with .csv, .xlsx or .json.").arg(request.target));
    request.targetKind = *kind;
    const QFileInfo there(request.target);
    if (there.exists() && !there.isFile())
        return wrongUsage(tr("-o is \"%1\", which is not a regular file.").arg(request.target));
    if (there.exists() && there.canonicalFilePath() == QFileInfo(request.path).canonicalFilePath())
        return wrongUsage(tr("-o names the file that is read; it would be replaced."));
    return std::nullopt;
}

std::optional<ApiError> readOutputEncoding(const QCommandLineParser &options, FileRequest &request)
{
    if (!options.isSet(QStringLiteral("output-encoding")))
        return std::nullopt;
    const QString name = options.value(QStringLiteral("output-encoding")).toLower();
    if (request.targetKind != TargetKind::Csv)
        return wrongUsage(tr("--output-encoding is for .csv; the others have an encoding of their own."));
    static const QHash<QString, TextEncoding> known{{QStringLiteral("utf-8"), TextEncoding::Utf8},
                                                    {QStringLiteral("utf-8-bom"), TextEncoding::Utf8},
                                                    {QStringLiteral("utf-16le"), TextEncoding::Utf16Le},
                                                    {QStringLiteral("windows-1252"), TextEncoding::Windows1252}};
    if (!known.contains(name))
        return wrongUsage(
            tr("--output-encoding is \"%1\"; it can be utf-8, utf-8-bom, utf-16le or windows-1252.").arg(name));
    request.csv.encoding = known[name];
    request.csv.byteOrderMark = name == QStringLiteral("utf-8-bom");
    return std::nullopt;
}

Result<Action> prepareConvert(const QCommandLineParser &options, const QStringList &arguments)
{
    Result<FileRequest> read = readRequest(options, arguments);
    if (!read)
        return read.error();
    FileRequest request = std::move(read).value();
    if (const auto mistake = readTarget(options, request))
        return *mistake;
    static const QHash<QString, BadValues> wishes{{QStringLiteral("text"), BadValues::Text},
                                                  {QStringLiteral("stop"), BadValues::Stop},
                                                  {QStringLiteral("empty"), BadValues::Null}};
    if (options.isSet(QStringLiteral("bad-values"))) {
        const auto wish = wishes.constFind(options.value(QStringLiteral("bad-values")));
        if (wish == wishes.constEnd())
            return wrongUsage(tr("--bad-values is \"%1\"; it can be text, stop or empty.")
                                  .arg(options.value(QStringLiteral("bad-values"))));
        request.badValues = *wish;
    }
    if (const auto mistake = readOutputEncoding(options, request))
        return *mistake;
    request.formulaGuard = options.isSet(QStringLiteral("formula-guard"));
    return actionOf(request);
}

bool always(const QStringList &)
{
    return true;
}

} // namespace

QList<Command> fileCommands()
{
    const QList<QCommandLineOption> conversion{
        {{QStringLiteral("o"), QStringLiteral("output")},
         tr("The file to write: .csv, .xlsx or .json; it appears as a whole or not at all."),
         QStringLiteral("OUT")},
        {QStringLiteral("bad-values"),
         tr("Values that do not fit their column: text (the default: the column stays text), stop, or empty."),
         QStringLiteral("WHAT")},
        {QStringLiteral("output-encoding"),
         tr("Encoding of the CSV file: utf-8 (the default), utf-8-bom, utf-16le or windows-1252, which is refused when "
            "it does not have a character."),
         QStringLiteral("NAME")},
        {QStringLiteral("formula-guard"), tr("In CSV: an apostrophe before texts that spreadsheets run as formulas.")}};
    return {
        {QStringLiteral("inspect"),
         QStringLiteral("FILE"),
         {},
         tr("Reads all of a CSV or Excel file and tells what is in it, why, and which cells are a problem."),
         fileOptions(),
         prepareInspect,
         always},
        {QStringLiteral("convert"), QStringLiteral("FILE"), QStringLiteral("-o OUT"),
         tr("Writes a file's rows with their types: ISO dates, decimal points, true and false. What only a person can "
            "tell is not guessed."),
         conversion + fileOptions(), prepareConvert, always},
    };
}

} // namespace rowdesk::cli
