#include "cli/fileoptions.h"

#include "files/headernames.h"

#include <QCommandLineParser>

#include <functional>

namespace rowdesk::cli {
namespace {

template<typename T>
using Word = std::pair<QLatin1StringView, T>;

constexpr std::array dateOrders{Word<DateOrder>{QLatin1StringView("dmy"), DateOrder::DayMonthYear},
                                Word<DateOrder>{QLatin1StringView("mdy"), DateOrder::MonthDayYear},
                                Word<DateOrder>{QLatin1StringView("ymd"), DateOrder::YearMonthDay}};
constexpr std::array decimalMarks{Word<char>{QLatin1StringView("."), '.'}, Word<char>{QLatin1StringView(","), ','}};
constexpr std::array raggedRows{Word<RaggedRows>{QLatin1StringView("stop"), RaggedRows::Stop},
                                Word<RaggedRows>{QLatin1StringView("fill"), RaggedRows::FillNull},
                                Word<RaggedRows>{QLatin1StringView("skip"), RaggedRows::Skip}};
constexpr std::array badCells{Word<BadCells>{QLatin1StringView("stop"), BadCells::Stop},
                              Word<BadCells>{QLatin1StringView("empty"), BadCells::LeaveOut}};
constexpr std::array cellsBeside{Word<BadCells>{QLatin1StringView("stop"), BadCells::Stop},
                                 Word<BadCells>{QLatin1StringView("skip"), BadCells::LeaveOut}};
constexpr std::array delimiters{Word<char>{QLatin1StringView("tab"), '\t'},
                                Word<char>{QLatin1StringView("\\t"), '\t'},
                                Word<char>{QLatin1StringView("comma"), ','},
                                Word<char>{QLatin1StringView("semicolon"), ';'},
                                Word<char>{QLatin1StringView("bar"), '|'},
                                Word<char>{QLatin1StringView("space"), ' '},
                                Word<char>{QLatin1StringView("none"), csvNoDelimiter}};

/// "dd.mm.yyyy" or "MM/DD/YY" as dmy or mdy: how many letters there are, and how large, means nothing here. What is no
/// such pattern stays as it is.
QString shortPattern(const QString &text)
{
    QString order;
    for (const QChar c : text.toLower()) {
        if (QStringLiteral("dmy").contains(c) ? order.contains(c) && !order.endsWith(c)
                                              : !QStringLiteral("./- ").contains(c))
            return text;
        if (QStringLiteral("dmy").contains(c) && !order.endsWith(c))
            order += c;
    }
    return order.isEmpty() ? text : order;
}

/// Reads options one after the other and keeps the first mistake.
class OptionReader
{
public:
    explicit OptionReader(const QCommandLineParser &options) : m_options(options) {}

    std::optional<ApiError> mistake;

    bool has(const char *name) const { return m_options.isSet(QString::fromLatin1(name)); }
    QString value(const char *name) const { return m_options.value(QString::fromLatin1(name)); }
    QStringList values(const char *name) const { return m_options.values(QString::fromLatin1(name)); }

    /// The meaning of one of several words.
    template<typename T, size_t n>
    std::optional<T> meaning(const char *name, const QString &text, const std::array<Word<T>, n> &words)
    {
        QStringList all;
        for (const auto &[word, value] : words) {
            if (text.compare(word, Qt::CaseInsensitive) == 0)
                return value;
            all.append(word);
        }
        fail(tr("--%1 is \"%2\"; it can be %3.").arg(QString::fromLatin1(name), text, all.join(QStringLiteral(", "))));
        return std::nullopt;
    }

    template<typename T, size_t n>
    void take(const char *name, const std::array<Word<T>, n> &words, std::optional<T> &into)
    {
        if (has(name))
            into = meaning(name, value(name), words);
    }

    /// VALUE for all columns or COLUMN=VALUE for one; names may hold a sign, so the last one counts.
    template<typename T, size_t n>
    void take(const char *name, const std::array<Word<T>, n> &words, ColumnAnswer<T> &into,
              QString (*wordOf)(const QString &) = nullptr)
    {
        for (const QString &text : values(name)) {
            const qsizetype sign = text.lastIndexOf(QLatin1Char('='));
            const QString answer = text.mid(sign + 1);
            const auto found = meaning(name, wordOf ? wordOf(answer) : answer, words);
            if (found && sign > 0)
                into.of.insert(text.left(sign), *found);
            else if (found)
                into.everywhere = found;
        }
    }

    void takeNumber(const char *name, qint64 least, const std::function<void(qint64)> &into)
    {
        if (!has(name))
            return;
        bool isNumber = false;
        const qint64 number = value(name).toLongLong(&isNumber);
        if (isNumber && number >= least)
            into(number);
        else
            fail(tr("--%1 is \"%2\"; it must be a whole number from %3 on.")
                     .arg(QString::fromLatin1(name), value(name), QString::number(least)));
    }

    void fail(const QString &message)
    {
        if (!mistake)
            mistake = wrongUsage(message);
    }

private:
    const QCommandLineParser &m_options;
};

void readDelimiter(OptionReader &from, CsvAnswers &csv)
{
    if (!from.has("delimiter"))
        return;
    const QString text = from.value("delimiter");
    const ushort only = text.size() == 1 ? text[0].unicode() : 0;
    const bool isPlain = only == '\t' || (only >= 0x20 && only < 0x7F && only != '"');
    if (isPlain)
        csv.delimiter = static_cast<char>(only);
    else if (const auto named = from.meaning("delimiter", text, delimiters))
        csv.delimiter = *named;
    else
        from.mistake = wrongUsage(
            tr("--delimiter is \"%1\"; it can be one ASCII character, tab, space, or none for a single column.")
                .arg(text));
}

void readHeaderRow(OptionReader &from, CsvAnswers &csv)
{
    if (from.value("header-row").compare(QLatin1StringView("none"), Qt::CaseInsensitive) == 0)
        csv.headerRow = 0;
    else
        from.takeNumber("header-row", 1, [&csv](qint64 row) { csv.headerRow = row; });
}

void readTypes(OptionReader &from, ColumnAnswers &columns)
{
    for (const QString &text : from.values("type")) {
        const qsizetype sign = text.lastIndexOf(QLatin1Char('='));
        const auto type = columnTypeFromName(text.mid(sign + 1));
        if (sign <= 0 || !type)
            return from.fail(tr("--type \"%1\" is not made like COLUMN=TYPE; types are text, number, datetime, date, "
                                "percentage, checkbox, dropdown and id.")
                                 .arg(text));
        columns.types.insert(text.left(sign), *type);
    }
}

/// As a shell takes it for one word.
QString quoted(const QString &text)
{
    const auto isPlain = [](QChar c) {
        return c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-') || c == QLatin1Char('.') ||
               c == QLatin1Char('=') || c == QLatin1Char(',');
    };
    if (std::all_of(text.begin(), text.end(), isPlain))
        return text;
    QString inside = text;
    return QLatin1Char('\'') + inside.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QCommandLineOption plainOption(const char *name, const QString &what, const char *value = nullptr)
{
    return {QString::fromLatin1(name), what, value ? QString::fromUtf8(value) : QString()};
}

} // namespace

QList<QCommandLineOption> fileOptions()
{
    return {
        plainOption("sheet", tr("Sheet of a workbook, by name or position; otherwise the first with cells."), "S"),
        plainOption("encoding", tr("Encoding of a text file, for example windows-1252."), "NAME"),
        plainOption("delimiter", tr("Character between fields: one character, tab, space, or none."), "CHAR"),
        plainOption("quotes-are-text", tr("A quote is a character like any other.")),
        plainOption("header-row", tr("Line (row) in which the names stand, or none."), "LINE|none"),
        plainOption("header-rows", tr("Rows that have the names together, one below the other; otherwise 1."), "COUNT"),
        plainOption("date-order", tr("Order of dates like 03/04/2025 where the file does not tell; repeatable."),
                    "[COLUMN=]dmy|mdy"),
        plainOption("short-years", tr("Years of two digits are 1969 to 2068.")),
        plainOption("decimal-mark", tr("What 1.234 or 1,234 means where the file does not tell; repeatable."),
                    "[COLUMN=].|,"),
        plainOption("type", tr("Type of a column, whatever the file shows; repeatable."), "COLUMN=TYPE"),
        plainOption("read-money", tr("With --type COLUMN=number: amounts such as $1,234.56 are numbers.")),
        plainOption("short-rows", tr("Rows with too few fields: stop (the default), fill or skip."), "WHAT"),
        plainOption("long-rows", tr("Rows with too many fields: stop (the default), fill (only blank ones) or skip."),
                    "WHAT"),
        plainOption("rows-at-end", tr("Rows at the end that are totals, not data."), "COUNT"),
        plainOption("bad-cells", tr("Sheet cells with an error or no result: stop (the default) or empty."), "WHAT"),
        plainOption("cells-beside", tr("Sheet cells outside of the table: stop or skip."), "WHAT"),
        plainOption("skip-hidden-rows", tr("Rows that the sheet hides are left out.")),
        plainOption("fill-merged", tr("Every cell of a merged group has its value.")),
        plainOption("allow-large", tr("The workbook is mine: read it though it unpacks to far more than usual.")),
    };
}

Result<FileOptions> readFileOptions(const QCommandLineParser &options)
{
    OptionReader from(options);
    FileOptions all;
    FileAnswers &file = all.file;
    file.sheet = from.value("sheet");
    file.csv.encoding = from.value("encoding").toUtf8();
    file.csv.quotesAreText = from.has("quotes-are-text");
    readDelimiter(from, file.csv);
    readHeaderRow(from, file.csv);
    from.takeNumber("header-rows", 1, [&](qint64 rows) {
        file.headerRows = static_cast<int>(std::min<qint64>(rows, mostHeaderRows + 1));
        if (file.headerRows > mostHeaderRows)
            from.fail(
                tr("--header-rows is \"%1\"; it can be 1 to %2.").arg(from.value("header-rows")).arg(mostHeaderRows));
        else if (rows > 1 && file.csv.headerRow == 0)
            from.fail(
                tr("--header-row none says that there are no names; --header-rows %1 says that there are.").arg(rows));
    });
    from.take("short-rows", raggedRows, file.shortRows);
    from.take("long-rows", raggedRows, file.longRows);
    from.takeNumber("rows-at-end", 0, [&file](qint64 count) { file.skipRowsAtEnd = count; });
    from.take("bad-cells", badCells, file.badCells);
    from.take("cells-beside", cellsBeside, file.cellsBeside);
    file.skipHiddenRows = from.has("skip-hidden-rows");
    file.fillMerged = from.has("fill-merged");
    file.allowLarge = from.has("allow-large");
    from.take("date-order", dateOrders, all.columns.dateOrder, shortPattern);
    from.take("decimal-mark", decimalMarks, all.columns.decimalMark);
    all.columns.readShortYears = from.has("short-years");
    all.columns.readMoney = from.has("read-money");
    readTypes(from, all.columns);
    return from.mistake ? Result<FileOptions>(*from.mistake) : Result<FileOptions>(all);
}

QString optionsThatAnswer(const ColumnFindings &column)
{
    const auto option = [&column](const char *name, const char *value) {
        return QStringLiteral("--%1 %2").arg(QString::fromLatin1(name),
                                             quoted(column.name + QLatin1Char('=') + QString::fromLatin1(value)));
    };
    const QString asText = option("type", "text");
    switch (column.question) {
    case ColumnQuestion::None:
        return {};
    case ColumnQuestion::DateOrder:
        return tr("Answer with %1, %2 or %3.").arg(option("date-order", "dmy"), option("date-order", "mdy"), asText);
    case ColumnQuestion::ShortYears:
        return tr("Answer with --short-years and %1 or %2, or with %3.")
            .arg(option("date-order", "dmy"), option("date-order", "mdy"), asText);
    case ColumnQuestion::DecimalMark:
        return tr("Answer with %1, %2 or %3.").arg(option("decimal-mark", "."), option("decimal-mark", ","), asText);
    }
    return {};
}

QString optionThatHelps(const ApiError &error)
{
    static const QHash<QString, const char *> options{
        {QStringLiteral("csv.encoding"), "--encoding windows-1252"},
        {QStringLiteral("csv.nul"), "--encoding utf-16le"},
        {QStringLiteral("csv.unterminated-quote"), "--quotes-are-text"},
        {QStringLiteral("csv.text-after-quote"), "--quotes-are-text"},
        {QStringLiteral("csv.short-row"), "--short-rows fill|skip"},
        {QStringLiteral("csv.long-row"), "--long-rows fill|skip"},
        {QStringLiteral("csv.too-many-columns"), "--delimiter CHAR"},
        {QStringLiteral("xlsx.bad-cell"), "--bad-cells empty"},
        {QStringLiteral("xlsx.cell-beside"), "--cells-beside skip"},
        {QStringLiteral("zip.limit"), "--allow-large"},
    };
    const auto found = options.constFind(error.code);
    return found == options.constEnd() ? QString() : tr("(%1)").arg(QString::fromLatin1(*found));
}

QString textWithOptions(const FileDoubt &doubt)
{
    if (!doubt.isAboutHeader)
        return doubt.text;
    return doubt.text + QLatin1Char(' ') +
           tr("Answer with --header-row LINE or none, or with --header-rows 2 when the names stand in two rows.");
}

} // namespace rowdesk::cli
