#include "files/csvdetector.h"

#include "files/csvparser.h"
#include "files/encodingdetector.h"
#include "files/valueshape.h"

#include <QCoreApplication>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <array>
#include <map>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvDetector)
};

constexpr int sampleRows = 300;

struct Cell
{
    std::string text;
    bool quoted;
};

/// The first rows as one delimiter splits them.
struct Sample
{
    struct Row
    {
        qint64 line;
        std::vector<Cell> cells;
        bool isBlank() const { return cells.size() == 1 && cells[0].text.empty() && !cells[0].quoted; }
        qsizetype filled() const
        {
            return std::count_if(cells.begin(), cells.end(), [](const Cell &cell) { return !cell.text.empty(); });
        }
    };
    char delimiter = ',';
    std::vector<Row> rows;
    size_t usual = 1;    ///< fields that most rows have
    double agreeing = 0; ///< share of the rows that have so many
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
    std::map<size_t, int> counts;
    int counted = 0;
    while (static_cast<int>(sample.rows.size()) < sampleRows && parser.next()) {
        if (parser.line() <= format.skipLines)
            continue;
        Sample::Row row{parser.line(), {}};
        for (const CsvField &field : parser.fields())
            row.cells.push_back({std::string(field.text()), field.quoted});
        if (!row.isBlank()) {
            ++counts[row.cells.size()];
            ++counted;
        }
        sample.rows.push_back(std::move(row));
    }
    for (const auto &[fields, rows] : counts) {
        const double share = static_cast<double>(rows) / counted;
        if (share >= sample.agreeing) {
            sample.usual = fields;
            sample.agreeing = share;
        }
    }
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

/// Splits the beginning by each delimiter and takes the one by which the rows agree.
Sample chooseDelimiter(const QString &path, CsvFormat &format)
{
    // A tie goes to the first of these: a comma may be a decimal mark or punctuation, the others hardly ever are.
    constexpr std::array candidates{'\t', ';', '|', ','};
    Sample best;
    int good = 0;
    for (const char candidate : candidates) {
        Sample sample = takeSample(path, format, candidate);
        if (const char named = namedDelimiter(sample); named != 0) {
            format.delimiterReason = Words::tr("The first line names it: sep=%1").arg(QLatin1Char(named));
            format.skipLines = 1;
            return takeSample(path, format, named);
        }
        if (sample.usual < 2)
            continue;
        good += sample.agreeing > 0.95 ? 1 : 0;
        if (best.usual < 2 || sample.agreeing > best.agreeing)
            best = std::move(sample);
    }
    if (best.usual < 2) {
        format.delimiterReason = Words::tr("No comma, semicolon, tab or bar splits the lines evenly: one column.");
        return takeSample(path, format, csvNoDelimiter);
    }
    format.delimiterIsSure = good <= 1 && best.agreeing > 0.5;
    format.delimiterReason = Words::tr("%1: it splits %2 of the first %3 lines into %4 fields.")
                                 .arg(nameOf(best.delimiter))
                                 .arg(qRound(best.agreeing * static_cast<double>(best.rows.size())))
                                 .arg(best.rows.size())
                                 .arg(best.usual);
    if (good > 1)
        format.delimiterReason += QLatin1Char(' ') + Words::tr("Another delimiter would split them as evenly.");
    return best;
}

/// Skips a title above the table: lines with one text where the table has several fields.
size_t skipTitle(const Sample &sample, CsvFormat &format)
{
    size_t first = 0;
    constexpr size_t mostLines = 20;
    const auto isTitle = [&sample](const Sample::Row &row) {
        return row.isBlank() || (row.cells.size() < sample.usual && row.filled() <= 1);
    };
    while (sample.usual > 1 && first < std::min(mostLines, sample.rows.size()) && isTitle(sample.rows[first]))
        ++first;
    if (first >= sample.rows.size() || (sample.usual > 1 && first == mostLines))
        return 0;
    const bool onlyBlank = std::all_of(sample.rows.begin(), sample.rows.begin() + static_cast<std::ptrdiff_t>(first),
                                       [](const Sample::Row &row) { return row.isBlank(); });
    if (first > 0 && !onlyBlank) {
        format.skipLines = sample.rows[first].line - 1;
        format.skipReason =
            Words::tr("The first %1 lines are no rows: they have one text where the table has %2 fields.")
                .arg(format.skipLines)
                .arg(sample.usual);
    }
    return first;
}

bool isYear(const std::string &text)
{
    return text.size() == 4 && (text.starts_with("19") || text.starts_with("20"));
}

/// A value where a name would be; empty when every cell could be a name.
std::string valueAmongNames(const Sample::Row &row)
{
    const bool anyWord = std::any_of(row.cells.begin(), row.cells.end(), [](const Cell &cell) {
        return !cell.text.empty() && shapeOf(cell.text).shape == ValueShape::Text;
    });
    for (const Cell &cell : row.cells) {
        if (cell.text.empty())
            continue;
        const ValueShape shape = shapeOf(cell.text).shape;
        const bool isName = shape == ValueShape::Text || shape == ValueShape::NullWord ||
                            (shape == ValueShape::Integer && anyWord && isYear(cell.text));
        if (!isName)
            return cell.text;
    }
    return {};
}

/// A column whose cells below are values, not words; -1 when there is none.
int columnOfValues(const Sample &sample, size_t first)
{
    const size_t columns = sample.rows[first].cells.size();
    for (size_t column = 0; column < columns; ++column) {
        int values = 0;
        int words = 0;
        for (size_t row = first + 1; row < sample.rows.size(); ++row) {
            const auto &cells = sample.rows[row].cells;
            if (column >= cells.size() || cells[column].text.empty())
                continue;
            const ValueShape shape = shapeOf(cells[column].text).shape;
            if (shape != ValueShape::NullWord)
                ++(shape == ValueShape::Text ? words : values);
        }
        if (values > words * 9)
            return static_cast<int>(column);
    }
    return -1;
}

bool namesDiffer(const Sample::Row &row)
{
    QSet<QByteArray> seen;
    for (const Cell &cell : row.cells) {
        const QByteArray name = QByteArray::fromStdString(cell.text).trimmed().toLower();
        if (name.isEmpty() || seen.contains(name))
            return false;
        seen.insert(name);
    }
    return true;
}

void detectHeader(const Sample &sample, size_t first, CsvFormat &format)
{
    const Sample::Row &row = sample.rows[first];
    const std::string value = valueAmongNames(row);
    const int valued = columnOfValues(sample, first);
    format.hasHeader = value.empty();
    if (!value.empty()) {
        format.headerReason = Words::tr("The first line has a value (%1) where a name would be, so there are no names.")
                                  .arg(QString::fromStdString(value).left(40));
    } else if (valued >= 0) {
        format.headerReason =
            Words::tr("The first line has a word in column %1 where the lines below have values.").arg(valued + 1);
    } else if (namesDiffer(row)) {
        format.headerReason = Words::tr(
            "The first line has a different word in each column. Everything below is words too, so check this.");
    } else {
        format.hasHeader = sample.rows.size() == first + 1;
        format.headerReason = Words::tr("The words of the first line repeat or are missing, as names hardly do.");
    }
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
                               row.cells.end(), [](const Cell &cell) { return cell.text.empty(); });
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

} // namespace

Result<CsvFormat> detectCsvFormat(const QString &path)
{
    return detectCsvFormat(path, {}, 0);
}

Result<CsvFormat> detectCsvFormat(const QString &path, const QByteArray &encoding, char delimiter)
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
    const QByteArray start = file.read(16 * 1024 * 1024);
    if (encoding.isEmpty()) {
        detectEncoding(start, file.atEnd(), format);
    } else {
        format.encoding = encoding;
        format.encodingReason = Words::tr("Chosen by you.");
    }
    format.quoteReason = Words::tr("A quote at the start of a field opens a quoted text.");
    const Sample sample = delimiter ? takeSample(path, format, delimiter) : chooseDelimiter(path, format);
    if (delimiter)
        format.delimiterReason = Words::tr("Chosen by you.");
    format.delimiter = sample.delimiter;
    if (sample.usual == 1 && sample.delimiter == csvNoDelimiter)
        format.blankLines = BlankLines::Row;
    const size_t first = skipTitle(sample, format);
    if (first < sample.rows.size()) {
        detectHeader(sample, first, format);
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
