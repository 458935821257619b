#pragma once

#include "files/exceldate.h"
#include "files/ziparchive.h"

#include <QVector>

#include <string>
#include <vector>

namespace rowdesk {

/// A sheet of a workbook.
struct XlsxSheetInfo
{
    QString name; ///< foreign text: show it as plain text
    QByteArray part;
    bool hidden = false;
};

/// A table or a named range: a rectangle with a name.
struct XlsxRange
{
    QString name;
    int sheet = -1; ///< position in XlsxWorkbook::sheets, or -1 when it is not in one sheet
    QString cells;  ///< "A1:C20"
    bool isTable = false;
};

/// The texts that cells share, in one block.
class XlsxStrings
{
public:
    size_t size() const { return m_ends.size(); }
    std::string_view at(size_t index) const
    {
        const size_t begin = index == 0 ? 0 : m_ends[index - 1];
        return std::string_view(m_text).substr(begin, m_ends[index] - begin);
    }
    void append(std::string_view text) { m_text.append(text); }
    void finish() { m_ends.push_back(m_text.size()); }

private:
    std::string m_text;
    std::vector<size_t> m_ends;
};

/// What a workbook says about itself, without the cells of its sheets.
struct XlsxWorkbook
{
    QVector<XlsxSheetInfo> sheets; ///< worksheets only, in the workbook's order
    QVector<XlsxRange> ranges;
    QByteArray stringsPart;            ///< empty: none
    std::vector<NumberFormat> formats; ///< by the style number of a cell
    bool from1904 = false;
    bool hasMacros = false;
    bool hasExternalLinks = false;

    /// The format of a cell's style; Plain for a style that does not exist.
    NumberFormat formatOf(int style) const
    {
        return style >= 0 && static_cast<size_t>(style) < formats.size() ? formats[static_cast<size_t>(style)]
                                                                         : NumberFormat::Plain;
    }
};

/// Reads that from an open archive. Errors name the part that is missing or damaged.
Result<XlsxWorkbook> readWorkbook(const ZipArchive &archive);

/// Reads the shared texts. Bounded: an error beyond 512 MB of text.
Result<XlsxStrings> readSharedStrings(const ZipArchive &archive, const QByteArray &part);

/// The longest text that a cell can have, in characters (an Excel limit).
inline constexpr size_t xlsxLongestText = 32767;
/// True when the text has more characters than that.
bool isTooLongForACell(std::string_view text);

/// Appends text of a workbook, with _x000D_ and the like turned into the character that they stand for.
void appendUnescaped(std::string_view text, std::string &out);

} // namespace rowdesk
