#include "files/xlsxsheet.h"

#include "files/datevalue.h"
#include "files/xlsxnumber.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XlsxSheet)
};

bool isOn(const char *value)
{
    return value && (std::string_view(value) == "1" || std::string_view(value) == "true");
}

/// 10:00:00 or 10:00:00.250, which a cell of type d may have for a time without a day.
bool isTimeOfDay(std::string_view text)
{
    constexpr std::string_view form = "00:00:00";
    for (size_t i = 0; i < text.size(); ++i) {
        const bool isDigit = text[i] >= '0' && text[i] <= '9';
        const char wanted = i < form.size() ? form[i] : i == form.size() ? '.' : '0';
        if (wanted == '0' ? !isDigit : text[i] != wanted)
            return false;
    }
    return text.size() == form.size() || text.size() > form.size() + 1;
}

constexpr std::array<std::string_view, 6> cellAttributes{"r", "s", "t", "cm", "vm", "ph"};

std::string_view trimmed(std::string_view text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace

XlsxSheet::XlsxSheet(std::unique_ptr<ZipPart> part, const XlsxWorkbook &workbook, const XlsxStrings &strings,
                     const QString &name)
    : m_workbook(workbook)
    , m_strings(strings)
    , m_name(name)
    , m_walk(std::make_unique<XmlWalk>(std::move(part), "worksheet", static_cast<XmlHandler &>(*this), name))
{
}

XlsxSheet::~XlsxSheet() = default;

Result<const XlsxRow *> XlsxSheet::next()
{
    while (m_rows.empty() && !m_ended) {
        auto more = m_walk->step();
        if (!more)
            return more.error();
        m_ended = !*more;
    }
    if (m_rows.empty())
        return static_cast<const XlsxRow *>(nullptr);
    std::swap(m_taken, m_rows.front());
    m_spare.push_back(std::move(m_rows.front()));
    m_rows.pop_front();
    return static_cast<const XlsxRow *>(&m_taken);
}

void XlsxSheet::fault(const char *code, const QString &what)
{
    if (problem)
        return;
    problem =
        ApiError{ErrorKind::File,
                 0,
                 QString::fromLatin1(code),
                 Words::tr("Sheet “%1”, cell %2: %3.").arg(m_name, cellName(std::max(m_column, 0), m_row.number), what),
                 Words::tr("The file is damaged. Open it in a spreadsheet program and save it again."),
                 {}};
}

/// In the rows of a sheet only what the standard knows may stand: a damaged name of an element would be a lost cell.
bool XlsxSheet::mayStandHere(std::string_view name) const
{
    if (!m_inData || m_isExtension || name == "extLst")
        return true;
    if (!m_inRow)
        return name == "row";
    if (!m_inCell)
        return name == "c";
    return name == "v" || name == "f" || name == "is" || name == "t" || name == "r" || name == "rPr" || name == "rPh" ||
           name == "phoneticPr" || m_inProperties;
}

void XlsxSheet::start(std::string_view name, const XmlAttributes &attributes)
{
    if (!mayStandHere(name))
        return fault("xlsx.element",
                     Words::tr("there is an element “%1”, which does not belong there")
                         .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).left(40)));
    if (m_isExtension)
        return;
    if (name == "c") {
        startCell(attributes);
    } else if (name == "v") {
        m_inText = m_inCell;
        m_hasValue = true;
    } else if (name == "row") {
        startRow(attributes);
    } else if (name == "t") {
        m_inText = m_inCell && m_type == Type::Inline && m_phonetic == 0;
        m_hasValue = true;
    } else if (name == "f") {
        m_hasFormula = true;
    } else if (name == "rPh") {
        ++m_phonetic;
    } else if (name == "rPr") {
        m_inProperties = true;
    } else if (name == "extLst") {
        m_isExtension = true;
    } else if (name == "sheetData") {
        m_inData = true;
        m_hasData = true;
    } else {
        startOther(name, attributes);
    }
}

/// What stands before and behind the rows.
void XlsxSheet::startOther(std::string_view name, const XmlAttributes &attributes)
{
    if (name == "mergeCell") {
        XlsxMerge merge;
        const char *range = attributes.find("ref");
        if (range && readRange(range, merge) && m_merges.size() < 1000000)
            m_merges.push_back(merge);
    } else if (name == "col" && isOn(attributes.find("hidden"))) {
        const char *first = attributes.find("min");
        const char *last = attributes.find("max");
        if (first && last)
            m_hiddenColumns += std::clamp<qint64>(wholeOf(last) - wholeOf(first) + 1, 0, xlsxMostColumns);
    }
}

void XlsxSheet::end(std::string_view name)
{
    m_inText = false;
    if (name == "extLst")
        m_isExtension = false;
    else if (m_isExtension)
        return;
    else if (name == "c")
        endCell();
    else if (name == "row")
        endRow();
    else if (name == "rPh")
        --m_phonetic;
    else if (name == "rPr")
        m_inProperties = false;
    else if (name == "sheetData")
        m_inData = false;
    else if (name == "worksheet" && !m_hasData)
        fault("xlsx.no-rows", Words::tr("the sheet does not have the element that holds its rows"));
}

void XlsxSheet::text(std::string_view text)
{
    if (!m_inText)
        return;
    if (m_value.size() > xlsxLongestText * 8)
        return fault("xlsx.cell-too-long", Words::tr("its text is longer than a cell can hold"));
    m_value.append(text);
}

void XlsxSheet::startRow(const XmlAttributes &attributes)
{
    static constexpr std::array<std::string_view, 12> known{"r",  "spans",        "s",         "customFormat",
                                                            "ht", "hidden",       "collapsed", "outlineLevel",
                                                            "ph", "customHeight", "thickTop",  "thickBot"};
    m_inRow = true;
    if (m_spare.empty()) {
        m_row = {};
    } else {
        m_row = std::move(m_spare.back());
        m_spare.pop_back();
        m_row.clear();
    }
    const char *number = attributes.find("r");
    m_row.number = number ? wholeOf(number) : m_lastRow + 1;
    m_row.hidden = isOn(attributes.find("hidden"));
    m_column = -1;
    m_sorted = true;
    checkAttributes(attributes, known.data(), known.size());
    if (m_row.number < 1 || m_row.number > xlsxMostRows)
        fault("xlsx.row", Words::tr("there is no such row in a sheet"));
    else if (m_row.number <= m_lastRow)
        fault("xlsx.row-order", Words::tr("the row comes after row %1").arg(m_lastRow));
    m_lastRow = m_row.number;
}

void XlsxSheet::endRow()
{
    m_inRow = false;
    if (!m_sorted) {
        std::sort(m_row.cells.begin(), m_row.cells.end(),
                  [](const XlsxCell &a, const XlsxCell &b) { return a.column < b.column; });
        const auto twice =
            std::adjacent_find(m_row.cells.begin(), m_row.cells.end(),
                               [](const XlsxCell &a, const XlsxCell &b) { return a.column == b.column; });
        if (twice != m_row.cells.end()) {
            m_column = twice->column;
            fault("xlsx.duplicate-cell", Words::tr("the cell is there twice"));
        }
    }
    m_hiddenRows += m_row.hidden ? 1 : 0;
    m_rows.push_back(std::move(m_row));
}

/// An attribute that the standard does not know may be the damaged name of one that tells what a value means.
void XlsxSheet::checkAttributes(const XmlAttributes &attributes, const std::string_view *known, size_t count)
{
    for (const char **pair = attributes.pairs(); *pair; pair += 2) {
        const std::string_view name = pair[0];
        const bool isForeign = name.find(':') != std::string_view::npos || name == "xmlns";
        if (!isForeign && std::find(known, known + count, name) == known + count)
            return fault("xlsx.attribute", Words::tr("there is an attribute “%1”, which does not belong there")
                                               .arg(QString::fromUtf8(pair[0]).left(40)));
    }
}

XlsxSheet::Type XlsxSheet::typeOf(std::string_view word)
{
    return word == "s"           ? Type::Shared
           : word == "n"         ? Type::Number
           : word == "str"       ? Type::Text
           : word == "inlineStr" ? Type::Inline
           : word == "b"         ? Type::Boolean
           : word == "e"         ? Type::Error
           : word == "d"         ? Type::Date
                                 : Type::Unknown;
}

void XlsxSheet::startCell(const XmlAttributes &attributes)
{
    m_inCell = true;
    m_hasValue = false;
    m_hasFormula = false;
    m_value.clear();
    m_type = Type::Number;
    m_style = 0;
    int column = m_column + 1;
    for (const char **pair = attributes.pairs(); *pair; pair += 2) {
        const bool isOneLetter = pair[0][1] == 0; // of an attribute's name there is one letter at least
        const char letter = isOneLetter ? pair[0][0] : '\0';
        if (letter == 'r') {
            qint64 row = 0;
            column = columnOf(pair[1], m_row.number);
            if (column < 0 && (!readCellName(pair[1], column, row) || row != m_row.number))
                fault("xlsx.cell-name",
                      Words::tr("“%1” is no cell of this row").arg(QString::fromUtf8(pair[1]).left(20)));
        } else if (letter == 's') {
            m_style = shortNumber(pair[1]);
            if (m_style < 0)
                m_style = static_cast<int>(std::min<qint64>(wholeOf(pair[1]), 1 << 30));
            if (m_style < 0) // the number may be a day, and nobody can tell any more
                fault("xlsx.style", Words::tr("“%1” is no style").arg(QString::fromUtf8(pair[1]).left(20)));
        } else if (letter == 't') {
            m_type = typeOf(pair[1]);
        } else if (std::string_view(pair[0]) != "cm" && std::string_view(pair[0]) != "vm") {
            checkAttributes(attributes, cellAttributes.data(), cellAttributes.size());
        }
    }
    m_sorted = m_sorted && column > m_column;
    m_column = column;
    if (column >= xlsxMostColumns)
        fault("xlsx.column", Words::tr("there is no such column in a sheet"));
    if (m_type == Type::Unknown)
        fault("xlsx.cell-type", Words::tr("the cell has a type that is not known"));
}

void XlsxSheet::setText(XlsxCell &cell, CellKind kind, std::string_view text)
{
    cell.kind = kind;
    cell.offset = static_cast<std::uint32_t>(m_row.text.size());
    m_row.text.append(text);
    cell.length = static_cast<std::uint32_t>(m_row.text.size()) - cell.offset;
}

void XlsxSheet::endCell()
{
    m_inCell = false;
    if (problem || (!m_hasValue && !m_hasFormula))
        return;
    XlsxCell cell;
    cell.column = m_column;
    cell.isFormula = m_hasFormula;
    if (!m_hasValue) {
        cell.issue = XlsxIssue::NoStoredResult;
    } else {
        switch (m_type) {
        case Type::Number:
            finishNumber(cell);
            break;
        case Type::Shared:
            finishShared(cell);
            break;
        case Type::Boolean: {
            const std::string_view value = trimmed(m_value);
            const bool isTrue = value == "1" || value == "true";
            if (isTrue || value == "0" || value == "false") {
                setText(cell, CellKind::Bool, isTrue ? "true" : "false");
            } else {
                cell.issue = XlsxIssue::NotABoolean;
                setText(cell, CellKind::Null, value);
            }
            break;
        }
        case Type::Error:
            cell.issue = XlsxIssue::ErrorValue;
            setText(cell, CellKind::Null, m_value);
            break;
        default:
            finishText(cell);
        }
    }
    m_row.cells.push_back(cell);
}

void XlsxSheet::finishShared(XlsxCell &cell)
{
    if (trimmed(m_value).empty()) {
        cell.issue = XlsxIssue::NoValue;
        return;
    }
    const qint64 index = wholeOf(trimmed(m_value));
    if (index < 0 || static_cast<size_t>(index) >= m_strings.size())
        return fault("xlsx.shared-text", Words::tr("it refers to shared text “%1”, and there is no such text")
                                             .arg(QString::fromStdString(m_value).left(20)));
    setText(cell, CellKind::Text, m_strings.at(static_cast<size_t>(index)));
}

void XlsxSheet::finishText(XlsxCell &cell)
{
    cell.kind = CellKind::Text;
    cell.offset = static_cast<std::uint32_t>(m_row.text.size());
    if (m_type == Type::Date) {
        std::string_view day = trimmed(m_value);
        if (!scanDate(day) && !isTimeOfDay(day))
            cell.issue = XlsxIssue::NoSuchDay;
        m_row.text.append(day);
    } else {
        appendUnescaped(m_value, m_row.text);
    }
    cell.length = static_cast<std::uint32_t>(m_row.text.size()) - cell.offset;
    if (isTooLongForACell(m_row.textOf(cell)))
        fault("xlsx.cell-too-long", Words::tr("its text is longer than a cell can hold"));
}

void XlsxSheet::finishNumber(XlsxCell &cell)
{
    cell.offset = static_cast<std::uint32_t>(m_row.text.size());
    const XlsxNumber number =
        writeXlsxNumber(trimmed(m_value), m_workbook.formatOf(m_style), m_workbook.from1904, m_row.text);
    cell.kind = number.kind;
    cell.issue = number.issue;
    cell.isShare = number.isShare;
    cell.length = static_cast<std::uint32_t>(m_row.text.size()) - cell.offset;
}

} // namespace rowdesk
