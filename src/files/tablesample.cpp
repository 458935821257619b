#include "files/tablesample.h"

#include "files/valueshape.h"

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
    return text.size() == 4 && (text.starts_with("19") || text.starts_with("20"));
}

/// A value where a name would be; empty when every cell could be a name.
std::string valueAmongNames(const TableSample::Row &row)
{
    const bool anyWord = std::any_of(row.cells.begin(), row.cells.end(), [](const TableSample::Cell &cell) {
        return !cell.text.empty() && shapeOf(cell.text).shape() == ValueShape::Text;
    });
    for (const TableSample::Cell &cell : row.cells) {
        if (cell.text.empty())
            continue;
        const ValueShape shape = shapeOf(cell.text).shape();
        const bool isName = shape == ValueShape::Text || shape == ValueShape::NullWord ||
                            (shape == ValueShape::Integer && anyWord && isYear(cell.text));
        if (!isName)
            return cell.text;
    }
    return {};
}

/// A column whose cells below are values, not words; -1 when there is none.
int columnOfValues(const TableSample &sample, size_t first)
{
    const size_t columns = sample.rows[first].cells.size();
    for (size_t column = 0; column < columns; ++column) {
        int values = 0;
        int words = 0;
        for (size_t row = first + 1; row < sample.rows.size(); ++row) {
            const auto &cells = sample.rows[row].cells;
            if (column >= cells.size() || cells[column].text.empty())
                continue;
            const ValueShape shape = shapeOf(cells[column].text).shape();
            if (shape != ValueShape::NullWord)
                ++(shape == ValueShape::Text ? words : values);
        }
        if (values > words * 9)
            return static_cast<int>(column);
    }
    return -1;
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

/// Whether a row is a title of the table below it. A row that may be the header or a row of values is none: leaving out
/// one of those would lose it.
bool isTitle(const TableSample &sample, size_t at)
{
    constexpr size_t narrowestTable = 3; // in a table of two columns, a single text may be a row
    constexpr auto fewestRowsBelow = 2;
    const TableSample::Row &row = sample.rows[at];
    if (sample.usual < narrowestTable || row.cells.size() >= sample.usual || row.filled() != 1)
        return false;
    const auto isRegular = [&sample](const TableSample::Row &below) {
        return below.cells.size() >= sample.usual && below.filled() > 1;
    };
    return std::count_if(sample.rows.begin() + static_cast<std::ptrdiff_t>(at) + 1, sample.rows.end(), isRegular) >=
           fewestRowsBelow;
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
    const TableSample::Row &row = sample.rows[first];
    const std::string value = valueAmongNames(row);
    if (!value.empty())
        return {false, Words::tr("The first line has a value (%1) where a name would be, so there are no names.")
                           .arg(QString::fromStdString(value).left(40))};
    const int valued = columnOfValues(sample, first);
    if (valued >= 0)
        return {true,
                Words::tr("The first line has a word in column %1 where the lines below have values.").arg(valued + 1)};
    if (namesDiffer(row))
        return {
            true,
            Words::tr(
                "The first line has a different word in each column. Everything below is words too, so check this.")};
    return {sample.rows.size() == first + 1,
            Words::tr("The words of the first line repeat or are missing, as names hardly do.")};
}

} // namespace rowdesk
