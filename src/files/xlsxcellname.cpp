#include "files/xlsxsheet.h"

#include <charconv>

namespace rowdesk {

qint64 wholeOf(std::string_view text)
{
    qint64 value = -1;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && stop == text.data() + text.size() && value >= 0 ? value : -1;
}

int shortNumber(const char *text)
{
    int value = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && at - text < 9; ++at)
        value = value * 10 + (*at - '0');
    return at == text || *at != 0 ? -1 : value;
}

int columnOf(const char *name, qint64 row)
{
    int letters = 0;
    const char *at = name;
    for (; *at >= 'A' && *at <= 'Z' && at - name < 3; ++at)
        letters = letters * 26 + (*at - 'A' + 1);
    const bool isCell = at > name && letters <= xlsxMostColumns && *at != '0';
    return isCell && shortNumber(at) == row ? letters - 1 : -1;
}

bool readCellName(std::string_view name, int &column, qint64 &row)
{
    size_t at = 0;
    int letters = 0;
    while (at < name.size() && at < 4 && name[at] >= 'A' && name[at] <= 'Z')
        letters = letters * 26 + (name[at++] - 'A' + 1);
    row = wholeOf(name.substr(at));
    column = letters - 1;
    return letters >= 1 && letters <= xlsxMostColumns && row >= 1 && row <= xlsxMostRows;
}

bool readRange(std::string_view text, XlsxMerge &range)
{
    const size_t colon = text.find(':');
    if (!readCellName(text.substr(0, colon), range.firstColumn, range.firstRow))
        return false;
    range.lastColumn = range.firstColumn;
    range.lastRow = range.firstRow;
    return colon == std::string_view::npos ||
           (readCellName(text.substr(colon + 1), range.lastColumn, range.lastRow) && range.lastRow >= range.firstRow &&
            range.lastColumn >= range.firstColumn);
}

QString cellName(int column, qint64 row)
{
    QString letters;
    for (int left = column + 1; left > 0; left = (left - 1) / 26)
        letters.prepend(QChar(u'A' + (left - 1) % 26));
    return letters + QString::number(row);
}

} // namespace rowdesk
