#include "cli/comparecommand.h"

#include "cli/fileoptions.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/snapshotcommands.h"
#include "files/diffreport.h"
#include "transfer/snapshotstore.h"
#include "transfer/tablereading.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <memory>

namespace rowdesk::cli {
namespace {

/// What `data compare` was asked for.
struct CompareRequest
{
    enum class Format { Json, Csv, Html, Xlsx };

    TableOrigin a;
    TableOrigin b;
    DiffOptions options;
    Format format = Format::Json;
    QString file; ///< empty: stdout
};

/// ID@snapshot:NAME.
constexpr QLatin1StringView snapshotWord("snapshot:");

bool isFileArgument(const QString &argument)
{
    const bool looksLikePath = argument.contains(QLatin1Char('/')) || argument.contains(QLatin1Char('.'));
    return looksLikePath || QFileInfo(argument).isFile();
}

Result<TableOrigin> readOrigin(const QString &argument)
{
    TableOrigin origin;
    if (isFileArgument(argument)) {
        origin.file = argument;
        origin.name = QFileInfo(argument).fileName();
        return origin;
    }
    const qsizetype at = argument.indexOf(QLatin1Char('@'));
    origin.rows.datasetId = argument.left(at);
    origin.rows.version = at < 0 ? QString() : argument.mid(at + 1);
    const bool isNamed = !origin.rows.version.isEmpty() && origin.rows.version != snapshotWord;
    if (origin.rows.datasetId.isEmpty() || (at >= 0 && !isNamed)) {
        return wrongUsage(
            tr("\"%1\" is no table; write ID, ID@VERSION, ID@snapshot:NAME or a file's name.").arg(argument));
    }
    origin.name = at < 0 ? tr("Dataset %1").arg(origin.rows.datasetId)
                         : tr("Dataset %1, version %2").arg(origin.rows.datasetId, origin.rows.version);
    return origin;
}

/// A snapshot can be found only once the account is known.
Result<TableOrigin> findOrigin(const TableOrigin &origin, const ApiClient *client)
{
    if (!origin.rows.version.startsWith(snapshotWord))
        return origin;
    const QString name = origin.rows.version.mid(snapshotWord.size());
    const Result<SnapshotInfo> snapshot = findSnapshotOf(client->account(), origin.rows.datasetId, name);
    if (!snapshot)
        return snapshot.error();
    TableOrigin found;
    found.file = snapshot->path;
    found.name = tr("Dataset %1, snapshot %2").arg(origin.rows.datasetId, SnapshotStore::nameOf(*snapshot));
    return found;
}

/// The values of an option, each perhaps a list with commas. A name that holds a comma is given as "a\,b".
QStringList readNames(const QCommandLineParser &options, const QString &option)
{
    QStringList names;
    for (const QString &value : options.values(option)) {
        QString name;
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (value[i] == QLatin1Char('\\') && i + 1 < value.size()) {
                name += value[++i];
            } else if (value[i] == QLatin1Char(',')) {
                names.append(name);
                name.clear();
            } else {
                name += value[i];
            }
        }
        names.append(name);
    }
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

/// COLUMN=AMOUNT or COLUMN=PERCENT%, the amount behind the last sign: names may hold one.
std::optional<ApiError> addTolerance(const QString &text, DiffOptions &options)
{
    const qsizetype sign = text.lastIndexOf(QLatin1Char('='));
    const std::optional<DiffTolerance> read = readTolerance(text.mid(sign + 1));
    if (sign <= 0 || !read || text.endsWith(QLatin1Char('=')))
        return wrongUsage(tr("--tolerance \"%1\" is not made like COLUMN=0.01 or COLUMN=1%.").arg(text));
    DiffTolerance &tolerance = options.tolerances[text.left(sign)];
    if (read->absolute)
        tolerance.absolute = read->absolute;
    if (read->relative > 0)
        tolerance.relative = read->relative;
    return std::nullopt;
}

std::optional<ApiError> readOutput(const QCommandLineParser &options, CompareRequest &request)
{
    using Format = CompareRequest::Format;
    static const QHash<QString, Format> formats{{QStringLiteral("json"), Format::Json},
                                                {QStringLiteral("csv"), Format::Csv},
                                                {QStringLiteral("html"), Format::Html},
                                                {QStringLiteral("xlsx"), Format::Xlsx}};
    const QString format = options.value(QStringLiteral("format"));
    if (!formats.contains(format))
        return wrongUsage(tr("--format is \"%1\"; it can be json, csv, html or xlsx.").arg(format));
    request.format = formats.value(format);
    request.file = options.value(QStringLiteral("o"));
    if (options.isSet(QStringLiteral("o")) && request.file.isEmpty())
        return wrongUsage(tr("-o needs a file name."));
    if (request.format == Format::Xlsx && request.file.isEmpty())
        return wrongUsage(tr("A workbook can't go to stdout; add -o FILE."));
    return std::nullopt;
}

Result<CompareRequest> readRequest(const QCommandLineParser &options, const QStringList &arguments)
{
    CompareRequest request;
    for (auto &[origin, argument] : {std::pair(&request.a, arguments[0]), std::pair(&request.b, arguments[1])}) {
        Result<TableOrigin> read = readOrigin(argument);
        if (!read)
            return read.error();
        *origin = std::move(read).value();
    }
    request.options.key = readNames(options, QStringLiteral("key"));
    request.options.ignored = readNames(options, QStringLiteral("ignore"));
    request.options.trim = options.isSet(QStringLiteral("trim"));
    request.options.ignoreCase = options.isSet(QStringLiteral("ignore-case"));
    request.options.nullIsEmpty = options.isSet(QStringLiteral("null-is-empty"));
    request.options.datesOnly = options.isSet(QStringLiteral("dates-only"));
    request.options.asWritten = options.isSet(QStringLiteral("as-written"));
    const Result<FileOptions> files = readFileOptions(options);
    if (!files)
        return files.error();
    for (TableOrigin *origin : {&request.a, &request.b}) {
        origin->answers = files->file;
        origin->columns = files->columns;
    }
    for (const QString &text : options.values(QStringLiteral("tolerance"))) {
        if (const std::optional<ApiError> error = addTolerance(text, request.options))
            return *error;
    }
    if (!request.options.tolerances.isEmpty() && request.options.key.isEmpty())
        return wrongUsage(tr("--tolerance needs --key: without a key whole rows are compared exactly."));
    if (const std::optional<ApiError> error = readOutput(options, request))
        return *error;
    return request;
}

/// One comparison, from the first page to the exit code. Owns itself: gone once its call has finished.
class CompareJob : public QObject
{
public:
    CompareJob(ApiClient *client, CompareRequest request) : m_client(client), m_request(std::move(request))
    {
        connect(&m_interrupt, &Interrupt::asked, this, [this] {
            if (m_stop)
                m_stop();
        });
        read(m_request.a, m_a, [this] { read(m_request.b, m_b, [this] { compare(); }); });
    }

    Call<int> call() const { return m_completion.call(); }

private:
    void read(const TableOrigin &origin, DiffTable &table, const std::function<void()> &next)
    {
        const Call<WholeTable> reading = readWholeTable(m_client, origin, [this, &origin](qint64 rows) {
            m_progress.show(cli::tr("%1: %2 rows").arg(origin.name).arg(rows));
        });
        m_stop = [reading] { reading.abort(); };
        reading.then(this, [this, &origin, &table, next](const Result<WholeTable> &whole) {
            if (!whole)
                return finish(withHelp(whole.error()));
            for (const QString &note : whole->notes)
                printError(cli::tr("%1: %2").arg(origin.name, note));
            table = whole->table;
            next();
        });
    }

    void compare()
    {
        const Call<std::shared_ptr<const Comparison>> comparing = compareOnWorker(m_a, m_b, m_request.options);
        m_stop = [comparing] { comparing.abort(); };
        comparing.then(this, [this](const Result<std::shared_ptr<const Comparison>> &compared) {
            if (!compared)
                return finish(compared.error());
            print(**compared);
        });
    }

    void print(const Comparison &compared)
    {
        const DiffReport report = compared.report();
        if (!compared.diff.byKey)
            printError(diffRules(compared.options).join(QLatin1Char(' ')));
        for (const QString &remark : diffRemarks(report, QLocale::c()))
            printError(remark);
        if (m_request.format == CompareRequest::Format::Xlsx)
            return finish(doneIf(writeDiffXlsx(report, m_request.file)));
        const Result<std::shared_ptr<Output>> opened = Output::open(m_request.file);
        if (!opened)
            return finish(opened.error());
        Output &output = **opened;
        const Result<Done> written = write(report, [&output](std::string &text) -> Result<Done> {
            output.buffer() += text;
            text.clear();
            return output.flushFull() ? Result<Done>(Done{}) : Result<Done>(output.error());
        });
        if (!written)
            output.giveUp();
        finish(doneIf(written ? output.finish() : written));
    }

    Result<Done> write(const DiffReport &report, const TextSink &sink) const
    {
        if (m_request.format == CompareRequest::Format::Csv)
            return writeDiffCsv(report, sink);
        if (m_request.format == CompareRequest::Format::Html)
            return writeDiffHtml(report, sink);
        return writeDiffJson(report, sink);
    }

    /// With the option that lets a reading go on, where there is one.
    static ApiError withHelp(ApiError error)
    {
        const QString help = optionThatHelps(error);
        if (!help.isEmpty())
            error.hint += QLatin1Char(' ') + help;
        return error;
    }

    static Result<int> doneIf(const Result<Done> &result)
    {
        return result ? Result<int>(ExitDone) : Result<int>(result.error());
    }

    void finish(const Result<int> &result)
    {
        m_stop = {};
        m_completion.finish(result);
        deleteLater();
    }

    ApiClient *m_client;
    CompareRequest m_request;
    DiffTable m_a;
    DiffTable m_b;
    Interrupt m_interrupt;
    Progress m_progress;
    std::function<void()> m_stop; ///< ends what is running
    Completion<int> m_completion;
};

Result<Action> prepareCompare(const QCommandLineParser &options, const QStringList &arguments)
{
    const Result<CompareRequest> request = readRequest(options, arguments);
    if (!request)
        return request.error();
    return Action([request = *request](ApiClient *client) mutable {
        for (TableOrigin *origin : {&request.a, &request.b}) {
            Result<TableOrigin> found = findOrigin(*origin, client);
            if (!found)
                return Call<int>::finished(found.error());
            *origin = std::move(found).value();
        }
        return (new CompareJob(client, request))->call();
    });
}

bool areFiles(const QStringList &arguments)
{
    return std::ranges::all_of(arguments, isFileArgument);
}

/// What is said of the files holds for both.
QList<QCommandLineOption> compareOptions()
{
    const QList<QCommandLineOption> own{
        {QStringLiteral("key"),
         tr("Columns that tell which row is which, with commas between them. Without them whole rows are compared: an "
            "edited row is one removed and one added."),
         QStringLiteral("COLUMN,…")},
        {QStringLiteral("ignore"), tr("Columns that are not compared."), QStringLiteral("COLUMN,…")},
        {QStringLiteral("tolerance"),
         tr("Numbers that differ by at most this are the same; repeat it for each column, or for both of one."),
         QStringLiteral("COLUMN=0.01|COLUMN=1%")},
        {QStringLiteral("trim"), tr("Blanks at both ends of texts don't count.")},
        {QStringLiteral("ignore-case"),
         tr("Upper and lower case don't count, nor how letters with accents are composed.")},
        {QStringLiteral("null-is-empty"), tr("No value equals empty text.")},
        {QStringLiteral("dates-only"), tr("Of times only the day counts.")},
        {QStringLiteral("as-written"),
         tr("Every character counts: 1.0 is not 1. Without it numbers are compared by value.")},
        {QStringLiteral("format"),
         tr("json (the default): the counts, and what was compared; csv: a line for each cell that differs, after "
            "lines "
            "\"about\" what was compared; html: a page to read; xlsx: a workbook in colour."),
         QStringLiteral("FORMAT"), QStringLiteral("json")},
        {{QStringLiteral("o"), QStringLiteral("output")},
         tr("Write to this file instead of stdout; it appears as a whole or not at all."),
         QStringLiteral("FILE")},
    };
    return own + fileOptions();
}

} // namespace

QList<Command> compareCommands()
{
    return {{QStringLiteral("compare"),
             QStringLiteral("A B"),
             {},
             tr("Tells what B has other than A. Each is ID, ID@VERSION, ID@snapshot:NAME (or latest) or a file: CSV, "
                "Excel or a local snapshot; two files need no account."),
             compareOptions(),
             prepareCompare,
             areFiles}};
}

} // namespace rowdesk::cli
