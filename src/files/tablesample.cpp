#include "files/tablesample.h"

#include "files/shapesets.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <map>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TableSample)
};

bool isYear(const std::string &text)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && isDigit(text[2]) &&
           isDigit(text[3]);
}

enum class Kind { None, Word, Number, Date, Other };

/// What a cell is, roughly: names are words, and values of a column are of one kind.
Kind kindOf(const std::string &text)
{
    using namespace shapeset;
    if (text.empty())
        return Kind::None;
    const ShapeSet shape = shapeBit(shapeOf(text).shape());
    if (shape & (shapes(Text, NullWord)))
        return Kind::Word;
    if (shape & (dates | shapes(ImpossibleDate)))
        return Kind::Date;
    return shape & (numbers | brokenNumbers | codes | percents | shapes(Currency)) ? Kind::Number : Kind::Other;
}

/// The kind of at least nine of ten cells below a row; None when there is no such kind.
Kind kindBelow(const TableSample &sample, size_t above, size_t column)
{
    std::map<Kind, int> counts;
    int all = 0;
    for (size_t row = above + 1; row < sample.rows.size(); ++row) {
        const auto &cells = sample.rows[row].cells;
        if (column >= cells.size() || cells[column].text.empty() || isNullWord(cells[column].text))
            continue;
        ++counts[kindOf(cells[column].text)];
        ++all;
    }
    for (const auto &[kind, count] : counts) {
        if (count * 10 > all * 9)
            return kind;
    }
    return Kind::None;
}

/// A value where a name would be; empty when every cell could be a name. A year among words may be one, and so may a
/// date above numbers: tables with a column for each day have it.
std::string valueAmongNames(const TableSample &sample, size_t first)
{
    const TableSample::Row &row = sample.rows[first];
    const bool anyWord = std::any_of(row.cells.begin(), row.cells.end(),
                                     [](const TableSample::Cell &cell) { return kindOf(cell.text) == Kind::Word; });
    for (size_t column = 0; column < row.cells.size(); ++column) {
        const std::string &text = row.cells[column].text;
        const Kind kind = kindOf(text);
        if (kind == Kind::None || kind == Kind::Word || (anyWord && isYear(text)))
            continue;
        const bool isNameOfDay = anyWord && kind == Kind::Date && kindBelow(sample, first, column) == Kind::Number;
        if (!isNameOfDay)
            return text;
    }
    return {};
}

/// A column whose cells below are values, not words; -1 when there is none.
int columnOfValues(const TableSample &sample, size_t first)
{
    const TableSample::Row &row = sample.rows[first];
    for (size_t column = 0; column < row.cells.size(); ++column) {
        const Kind below = row.cells[column].text.empty() ? Kind::None : kindBelow(sample, first, column);
        if (below != Kind::None && below != Kind::Word)
            return static_cast<int>(column);
    }
    return -1;
}

/// What codes of one kind share: "A-0" for A-17.
std::string patternOf(const std::string &text)
{
    std::string pattern;
    for (const char c : text) {
        const char sign = c >= '0' && c <= '9' ? '0' : c;
        const bool isRun = (sign == '0' || sign == ' ') && !pattern.empty() && pattern.back() == sign;
        if (!isRun)
            pattern += sign;
    }
    return pattern;
}

/// Whether the values below make a header of the row beyond doubt: a name stands above some of them, or several years
/// do. A single year may as well be a value.
bool isEvident(const TableSample &sample, size_t first)
{
    const TableSample::Row &row = sample.rows[first];
    int years = 0;
    for (size_t column = 0; column < row.cells.size(); ++column) {
        const std::string &text = row.cells[column].text;
        const Kind below = text.empty() ? Kind::None : kindBelow(sample, first, column);
        if (below == Kind::None || below == Kind::Word)
            continue;
        if (!isYear(text))
            return true;
        ++years;
    }
    return years > 1;
}

/// A code in the first row that is made like nearly all below it, and so is one of them; empty when there is none.
std::string codeAmongNames(const TableSample &sample, size_t first)
{
    const TableSample::Row &row = sample.rows[first];
    for (size_t column = 0; column < row.cells.size(); ++column) {
        const bool isYearAmongNames = isYear(row.cells[column].text); // valueAmongNames() lets no other number pass
        const std::string pattern = patternOf(row.cells[column].text);
        if (pattern.find('0') == std::string::npos)
            continue;
        int same = 0;
        int all = 0;
        for (size_t below = first + 1; below < sample.rows.size(); ++below) {
            const auto &cells = sample.rows[below].cells;
            if (column >= cells.size() || cells[column].text.empty())
                continue;
            ++all;
            const std::string &other = cells[column].text;
            same += patternOf(other) == pattern && (!isYearAmongNames || isYear(other)) ? 1 : 0;
        }
        if (same >= 2 && same * 10 >= all * 9)
            return row.cells[column].text;
    }
    return {};
}

bool namesDiffer(const TableSample::Row &row)
{
    QSet<QByteArray> seen;
    for (const TableSample::Cell &cell : row.cells) {
        const QByteArray name = QByteArray::fromStdString(cell.text).trimmed().toLower();
        if (name.isEmpty() || seen.contains(name))
            return false;
        seen.insert(name);
    }
    return true;
}

/// Spreadsheet programs write a title with as many delimiters as a row has; then a row of names must follow soon.
bool isAboveNames(const TableSample &sample, size_t at)
{
    constexpr size_t mostTitleRows = 20;
    const size_t end = std::min(sample.rows.size(), at + mostTitleRows);
    for (size_t row = at + 1; row < end; ++row) {
        const TableSample::Row &below = sample.rows[row];
        if (below.filled() > 1)
            return below.cells.size() >= sample.usual && namesDiffer(below) && valueAmongNames(sample, row).empty() &&
                   columnOfValues(sample, row) >= 0;
    }
    return false;
}

/// Whether a row is a title of the table below it. A row that may be the header or a row of values is none: leaving out
/// one of those would lose it.
bool isTitle(const TableSample &sample, size_t at)
{
    constexpr size_t narrowestTable = 3; // in a table of two columns, a single text may be a row
    constexpr auto fewestRowsBelow = 2;
    const TableSample::Row &row = sample.rows[at];
    const bool isComment = row.cells.size() == 1 && row.cells[0].text.starts_with('#') && !row.cells[0].quoted;
    if ((sample.usual < narrowestTable && !isComment) || row.filled() > 1)
        return false;
    if (row.cells.size() >= sample.usual)
        return row.filled() == 0 || (!row.cells[0].text.empty() && isAboveNames(sample, at));
    if (row.filled() == 0)
        return false;
    const auto isRegular = [&sample](const TableSample::Row &below) {
        return below.cells.size() >= sample.usual && below.filled() > 1;
    };
    return std::count_if(sample.rows.begin() + static_cast<std::ptrdiff_t>(at) + 1, sample.rows.end(), isRegular) >=
           fewestRowsBelow;
}

bool couldBeNames(const TableSample::Row &row)
{
    return std::all_of(row.cells.begin(), row.cells.end(), [](const TableSample::Cell &cell) {
        const Kind kind = kindOf(cell.text);
        return kind == Kind::None || kind == Kind::Word || isYear(cell.text);
    });
}

/// A column in which the second row has a name as well, for it stands above values; -1 when there is none. Several
/// years are names below a row that is none by itself.
int columnNamedBySecond(const TableSample &sample, size_t first)
{
    constexpr size_t fewestRowsBelow = 2;
    const size_t second = first + 1;
    if (sample.rows.size() < second + 1 + fewestRowsBelow || !couldBeNames(sample.rows[first]) ||
        !couldBeNames(sample.rows[second]) || !codeAmongNames(sample, second).empty())
        return -1;
    const bool mayBeYears = !namesDiffer(sample.rows[first]);
    int years = 0;
    const auto &cells = sample.rows[second].cells;
    for (size_t column = 0; column < cells.size(); ++column) {
        const std::string &text = cells[column].text;
        const Kind below = text.empty() || isNullWord(text) ? Kind::None : kindBelow(sample, second, column);
        if (below == Kind::None || below == Kind::Word)
            continue;
        if (!isYear(text) || (mayBeYears && ++years > 1))
            return static_cast<int>(column);
    }
    return -1;
}

bool onlyWordsBelow(const TableSample &sample, size_t above)
{
    return std::all_of(sample.rows.begin() + static_cast<std::ptrdiff_t>(above) + 1, sample.rows.end(),
                       [](const TableSample::Row &row) {
                           return std::all_of(row.cells.begin(), row.cells.end(), [](const TableSample::Cell &cell) {
                               const Kind kind = kindOf(cell.text);
                               return kind == Kind::None || kind == Kind::Word;
                           });
                       });
}

/// By the first row alone.
HeaderGuess guessByFirst(const TableSample &sample, size_t first)
{
    const TableSample::Row &row = sample.rows[first];
    const std::string value = valueAmongNames(sample, first);
    if (!value.empty())
        return {false, Words::tr("The first line has a value (%1) where a name would be, so there are no names.")
                           .arg(QString::fromStdString(value).left(40))};
    const std::string code = codeAmongNames(sample, first);
    if (!code.empty())
        return {false, Words::tr("The first line has a code (%1) like those in the lines below, so there are no names.")
                           .arg(QString::fromStdString(code).left(40))};
    const int valued = columnOfValues(sample, first);
    if (valued >= 0)
        return {true,
                Words::tr("The first line has “%1” in column %2 where the lines below have values.")
                    .arg(QString::fromStdString(row.cells[static_cast<size_t>(valued)].text).left(40))
                    .arg(valued + 1),
                isEvident(sample, first)};
    if (namesDiffer(row))
        return {true, onlyWordsBelow(sample, first)
                          ? Words::tr("The first line has a different word in each column. Everything below is words "
                                      "too, so check this.")
                          : Words::tr("The first line has a different word in each column. No column below has values "
                                      "of one kind, so check this.")};
    const bool isAlone = sample.rows.size() == first + 1;
    return {isAlone, Words::tr("The words of the first line repeat or are missing, as names hardly do."), isAlone};
}

} // namespace

qsizetype TableSample::Row::filled() const
{
    return std::count_if(cells.begin(), cells.end(), [](const Cell &cell) { return !cell.text.empty(); });
}

void TableSample::findUsual()
{
    std::map<size_t, int> counts;
    int counted = 0;
    for (const Row &row : rows) {
        if (row.isBlank())
            continue;
        ++counts[row.cells.size()];
        ++counted;
    }
    for (const auto &[cells, times] : counts) {
        const double share = static_cast<double>(times) / counted;
        if (share >= agreeing) {
            usual = cells;
            agreeing = share;
        }
    }
}

size_t rowsOfTitle(const TableSample &sample, bool &onlyBlank)
{
    constexpr size_t mostTitleRows = 20;
    const size_t most = std::min(mostTitleRows, sample.rows.size());
    size_t first = 0;
    onlyBlank = true;
    while (sample.usual > 1 && first < most) {
        const TableSample::Row &row = sample.rows[first];
        if (!row.isBlank() && !isTitle(sample, first))
            return first;
        onlyBlank = onlyBlank && row.isBlank();
        ++first;
    }
    return 0;
}

HeaderGuess guessHeader(const TableSample &sample, size_t first)
{
    HeaderGuess guess = guessByFirst(sample, first);
    const int named = columnNamedBySecond(sample, first);
    if (named < 0)
        return guess;
    const bool isTitle = sample.rows[first].filled() == 1;
    const QString name = QString::fromStdString(sample.rows[first + 1].cells[static_cast<size_t>(named)].text);
    guess.isSure = false;
    guess.reason =
        (isTitle ? Words::tr("Line %1 has “%2” in column %3 where the lines below have values: it may have the "
                             "names, and the line above may be a title.")
                 : Words::tr("Line %1 has “%2” in column %3 where the lines below have values: it and the line "
                             "above may have the names together."))
            .arg(QString::number(sample.rows[first + 1].line), name.left(40), QString::number(named + 1));
    return guess;
}

} // namespace rowdesk
