#pragma once

#include "core/rowbatch.h"
#include "files/xlsxissue.h"
#include "files/xlsxworkbook.h"
#include "files/xmlwalk.h"

#include <deque>
#include <memory>

namespace rowdesk {

inline constexpr int xlsxMostColumns = 16384;
inline constexpr qint64 xlsxMostRows = 1048576;

/// One cell that has something in it.
struct XlsxCell
{
    int column = 0; ///< from 0
    CellKind kind = CellKind::Null;
    XlsxIssue issue = XlsxIssue::None;
    bool isShare = false;     ///< a number that the sheet shows in percent
    bool isFormula = false;   ///< its value is a stored result
    std::uint32_t offset = 0; ///< of its text in the row's text
    std::uint32_t length = 0;
};

/// One row: its cells in the order of their columns, without the empty ones between.
struct XlsxRow
{
    qint64 number = 0; ///< from 1
    bool hidden = false;
    std::vector<XlsxCell> cells;
    std::string text;

    std::string_view textOf(const XlsxCell &cell) const
    {
        return std::string_view(text).substr(cell.offset, cell.length);
    }
    void clear()
    {
        cells.clear();
        text.clear();
        hidden = false;
    }
};

/// A rectangle of cells that are shown as one; only the first has a value.
struct XlsxMerge
{
    int firstColumn = 0;
    int lastColumn = 0;
    qint64 firstRow = 0;
    qint64 lastRow = 0;
};

/// A whole number without a sign; -1 when it is none.
qint64 wholeOf(std::string_view text);
/// The same of up to nine digits, which nearly all have; -1 for what deserves a closer look.
int shortNumber(const char *text);
/// The column, from 0, of the name of a cell in this row as nearly all are written; -1 when readCellName() has to look.
int columnOf(const char *name, qint64 row);
/// "B7" as column and row; false when it is no cell of a sheet.
bool readCellName(std::string_view name, int &column, qint64 &row);
/// "A1:C20" (or "A1").
bool readRange(std::string_view text, XlsxMerge &range);
/// The name of a cell: 1, 7 is B7.
QString cellName(int column, qint64 row);

/// The rows of one sheet, in order, in memory that does not grow with their number.
class XlsxSheet final : private XmlHandler
{
public:
    XlsxSheet(std::unique_ptr<ZipPart> part, const XlsxWorkbook &workbook, const XlsxStrings &strings,
              const QString &name);
    ~XlsxSheet() override;

    /// The next row that the file has (rows without cells too); null at the end. Valid until the next call.
    Result<const XlsxRow *> next();

    qint64 bytesRead() const { return m_walk->bytesRead(); }
    qint64 hiddenRows() const { return m_hiddenRows; }
    qint64 hiddenColumns() const { return m_hiddenColumns; }
    /// Complete once next() has come to the end.
    const std::vector<XlsxMerge> &merges() const { return m_merges; }

private:
    enum class Type : std::uint8_t { Number, Shared, Text, Inline, Boolean, Error, Date, Unknown };
    void start(std::string_view name, const XmlAttributes &attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view text) override;
    static Type typeOf(std::string_view word);
    bool mayStandHere(std::string_view name) const;
    void startOther(std::string_view name, const XmlAttributes &attributes);
    void checkAttributes(const XmlAttributes &attributes, const std::string_view *known, size_t count);
    void startRow(const XmlAttributes &attributes);
    void endRow();
    void startCell(const XmlAttributes &attributes);
    void endCell();
    void finishNumber(XlsxCell &cell);
    void finishShared(XlsxCell &cell);
    void finishText(XlsxCell &cell);
    void setText(XlsxCell &cell, CellKind kind, std::string_view text);
    void fault(const char *code, const QString &what);

    const XlsxWorkbook &m_workbook;
    const XlsxStrings &m_strings;
    QString m_name;
    std::unique_ptr<XmlWalk> m_walk;
    std::deque<XlsxRow> m_rows; // parsed and not yet taken
    XlsxRow m_taken;
    std::vector<XlsxRow> m_spare; // rows whose memory can be used again
    bool m_ended = false;

    XlsxRow m_row;
    qint64 m_lastRow = 0;
    int m_column = -1;
    bool m_sorted = true;
    Type m_type = Type::Number;
    int m_style = 0;
    bool m_hasData = false; // <sheetData> was there
    bool m_inData = false;
    bool m_inRow = false;
    bool m_inCell = false;
    bool m_inProperties = false; // of a run of rich text
    bool m_isExtension = false;
    bool m_inText = false;
    bool m_hasValue = false;
    bool m_hasFormula = false;
    int m_phonetic = 0;
    std::string m_value;

    qint64 m_hiddenRows = 0;
    qint64 m_hiddenColumns = 0;
    std::vector<XlsxMerge> m_merges;
};

} // namespace rowdesk
