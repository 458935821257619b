#include "files/csvdetector.h"

#include "files/csvparser.h"
#include "files/encodingdetector.h"
#include "files/tablesample.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvDetector)
};

/// The first rows as one delimiter splits them.
struct Sample : TableSample
{
    char delimiter = ',';
    bool isTooWide = false; ///< it has more fields than any table
    bool isBroken = false;  ///< its quotes make no sense with this delimiter

    size_t fieldsOf(size_t row) const { return row < rows.size() ? rows[row].cells.size() : 0; }
    bool lacksName() const
    {
        const auto isEmpty = [](const Cell &cell) { return cell.text.empty(); };
        return !rows.empty() && std::any_of(rows[0].cells.begin(), rows[0].cells.end(), isEmpty);
    }
    bool isBetterThan(const Sample &other) const
    {
        if (other.usual < 2 || isBroken != other.isBroken)
            return other.usual < 2 || !isBroken;
        if (agreeing != other.agreeing)
            return agreeing > other.agreeing;
        // A sign in one name or two splits off little; decimal commas split a file of semicolons into a few more.
        return (other.lacksName() && !lacksName()) || usual >= 2 * other.usual;
    }
};

QString nameOf(char delimiter)
{
    switch (delimiter) {
    case ',':
        return Words::tr("Comma");
    case ';':
        return Words::tr("Semicolon");
    case '\t':
        return Words::tr("Tab");
    case '|':
        return Words::tr("Vertical bar");
    default:
        return Words::tr("None");
    }
}

Sample takeSample(const QString &path, const CsvFormat &format, char delimiter)
{
    Sample sample;
    sample.delimiter = delimiter;
    auto text = TextBlocks::open(path, format.encoding);
    if (!text)
        return sample;
    CsvParser parser(std::move(text).value(), delimiter, format.quote);
    while (static_cast<int>(sample.rows.size()) < TableSample::mostRows && parser.next()) {
        if (parser.line() <= format.skipLines)
            continue;
        Sample::Row row{parser.line(), {}};
        for (const CsvField &field : parser.fields())
            row.cells.push_back({std::string(field.text()), field.quoted});
        sample.rows.push_back(std::move(row));
    }
    sample.isTooWide = parser.fault() && parser.fault()->kind == CsvFaultKind::TooManyColumns;
    sample.isBroken = parser.fault().has_value();
    sample.findUsual();
    return sample;
}

/// "sep=;" in the first line is Excel's own way to name the delimiter.
char namedDelimiter(const Sample &sample)
{
    if (sample.rows.empty() || sample.rows[0].cells.empty())
        return 0;
    const std::string &first = sample.rows[0].cells[0].text;
    if (first.size() == 5 && first.starts_with("sep="))
        return first[4];
    return first == "sep=" && sample.rows[0].cells.size() == 2 ? sample.delimiter : '\0';
}

/// A character that is seldom a delimiter, and yet splits every line alike, is worth a question.
void noteRareDelimiter(const QString &path, CsvFormat &format)
{
    for (const char rare : {' ', ':', '^', '~', '#', '/'}) {
        const Sample sample = takeSample(path, format, rare);
        if (sample.usual < 3 || sample.rows.size() < 2 || sample.agreeing < 1)
            continue;
        format.delimiterIsSure = false;
        format.delimiterReason +=
            QLatin1Char(' ') +
            Words::tr("“%1” would split every line into %2 fields.").arg(QLatin1Char(rare)).arg(sample.usual);
        return;
    }
}

/// Another delimiter that splits the rows evenly.
struct Rival
{
    char delimiter;
    size_t fieldsInFirstRow;
};

/// Splits the beginning by each delimiter and takes the one by which the rows agree.
Sample chooseDelimiter(const QString &path, CsvFormat &format)
{
    // A tie goes to the first of these: a comma may be a decimal mark or punctuation, the others hardly ever are.
    constexpr std::array candidates{'\t', ';', '|', ','};
    Sample best;
    std::vector<Rival> good;
    for (const char candidate : candidates) {
        Sample sample = takeSample(path, format, candidate);
        if (const char named = namedDelimiter(sample); named != 0) {
            format.delimiterReason = Words::tr("The first line names it: sep=%1").arg(QLatin1Char(named));
            format.skipLines = 1;
            return takeSample(path, format, named);
        }
        if (sample.isTooWide && sample.rows.empty()) {
            format.delimiterReason =
                Words::tr("%1: it splits the first line into very many fields.").arg(nameOf(candidate));
            return sample;
        }
        if (sample.usual < 2)
            continue;
        if (sample.agreeing > 0.95 && !sample.isBroken)
            good.push_back({candidate, sample.fieldsOf(0)});
        if (sample.isBetterThan(best))
            best = std::move(sample);
    }
    if (best.usual < 2) {
        format.delimiterReason = Words::tr("No comma, semicolon, tab or bar splits the lines evenly: one column.");
        noteRareDelimiter(path, format);
        return takeSample(path, format, csvNoDelimiter);
    }
    // A comma that no name has is a decimal mark or punctuation.
    const bool isNamedRow = best.fieldsOf(0) == best.usual;
    const bool hasRival = std::any_of(good.begin(), good.end(), [&](const Rival &rival) {
        return rival.delimiter != best.delimiter && !(isNamedRow && rival.fieldsInFirstRow < 2);
    });
    format.delimiterIsSure = !hasRival && best.agreeing > 0.5;
    format.delimiterReason = Words::tr("%1: it splits %2 of the first %3 lines into %4 fields.")
                                 .arg(nameOf(best.delimiter))
                                 .arg(qRound(best.agreeing * static_cast<double>(best.rows.size())))
                                 .arg(best.rows.size())
                                 .arg(best.usual);
    if (hasRival)
        format.delimiterReason += QLatin1Char(' ') + Words::tr("Another delimiter would split them as evenly.");
    return best;
}

/// Skips a title above the table; gives the position of the row below it.
size_t skipTitle(const Sample &sample, CsvFormat &format)
{
    bool onlyBlank = true;
    const size_t first = rowsOfTitle(sample, onlyBlank);
    if (first > 0 && !onlyBlank) {
        format.skipLines = sample.rows[first].line - 1;
        format.skipReason =
            format.skipLines == 1
                ? Words::tr("The first line is no row: it has one text where the table has %1 fields.")
                      .arg(sample.usual)
                : Words::tr("The first %1 lines are no rows: they have one text where the table has %2 fields.")
                      .arg(format.skipLines)
                      .arg(sample.usual);
    }
    return first;
}

void detectColumns(const Sample &sample, size_t first, CsvFormat &format)
{
    const size_t named = sample.rows[first].cells.size();
    format.columnCount = static_cast<int>(named);
    if (sample.usual <= named || sample.agreeing < 0.5)
        return;
    const bool extraIsBlank = std::all_of(
        sample.rows.begin() + static_cast<std::ptrdiff_t>(first) + 1, sample.rows.end(), [named](const auto &row) {
            return std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(std::min(named, row.cells.size())),
                               row.cells.end(), [](const TableSample::Cell &cell) { return cell.text.empty(); });
        });
    if (extraIsBlank) {
        format.longRows = RaggedRows::FillNull;
        format.columnsReason = Words::tr("The rows end with a delimiter after which nothing comes.");
        return;
    }
    format.columnCount = static_cast<int>(sample.usual);
    format.columnsReason = Words::tr("The first line has %1 fields, most rows have %2: the last columns have no name.")
                               .arg(named)
                               .arg(sample.usual);
}

/// A person has pointed at the header: all above it is left out.
void useHeaderRow(const Sample &sample, qint64 line, CsvFormat &format)
{
    format.hasHeader = true;
    format.headerReason = Words::tr("Chosen by you.");
    format.skipLines = line - 1;
    format.skipReason = line > 1 ? format.headerReason : QString();
    const auto row = std::find_if(sample.rows.begin(), sample.rows.end(),
                                  [line](const auto &candidate) { return candidate.line >= line; });
    if (row != sample.rows.end())
        detectColumns(sample, static_cast<size_t>(row - sample.rows.begin()), format);
}

} // namespace

Result<CsvFormat> detectCsvFormat(const QString &path)
{
    return detectCsvFormat(path, CsvAnswers{});
}

Result<CsvFormat> detectCsvFormat(const QString &path, const CsvAnswers &answers)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("file.open"),
                        Words::tr("“%1” could not be opened: %2").arg(path, file.errorString()),
                        Words::tr("Nothing was read. Check the file and try again."),
                        {}};
    CsvFormat format;
    const QByteArray start = file.read(std::min<qint64>(file.size(), 4 * 1024 * 1024));
    if (answers.encoding.isEmpty()) {
        detectEncoding(start, file.atEnd(), format);
    } else {
        format.encoding = answers.encoding;
        format.encodingReason = Words::tr("Chosen by you.");
    }
    format.quote = answers.quotesAreText ? '\0' : '"';
    format.quoteReason = answers.quotesAreText ? Words::tr("Chosen by you.")
                                               : Words::tr("A quote at the start of a field opens a quoted text.");
    const char delimiter = answers.delimiter;
    const Sample sample = delimiter ? takeSample(path, format, delimiter) : chooseDelimiter(path, format);
    if (delimiter)
        format.delimiterReason = Words::tr("Chosen by you.");
    format.delimiter = sample.delimiter;
    if (sample.usual == 1 && sample.delimiter == csvNoDelimiter)
        format.blankLines = BlankLines::Row;
    if (answers.headerRow.value_or(0) > 0) {
        useHeaderRow(sample, *answers.headerRow, format);
        return format;
    }
    const size_t first = skipTitle(sample, format);
    if (first < sample.rows.size()) {
        const HeaderGuess header = guessHeader(sample, first);
        format.hasHeader = header.hasHeader && !answers.headerRow;
        format.headerReason = answers.headerRow ? Words::tr("Chosen by you.") : header.reason;
        format.headerIsSure = answers.headerRow || header.isSure;
        detectColumns(sample, first, format);
    }
    return format;
}

QVector<QByteArray> commonEncodings()
{
    return {"UTF-8",        "WINDOWS-1252", "ISO-8859-1", "ISO-8859-15", "UTF-16LE", "UTF-16BE",
            "WINDOWS-1250", "WINDOWS-1251", "MAC",        "SHIFT_JIS",   "GB18030",  "EUC-KR"};
}

} // namespace rowdesk
