#pragma once

#include "files/rowsource.h"
#include "files/xlsxformat.h"
#include "files/xlsxsheet.h"

#include <span>

namespace rowdesk {

/// A cell of a row that is given: its value, or why it has none.
struct XlsxField
{
    CellView cell;
    XlsxIssue issue = XlsxIssue::None;
    bool isShare = false;
};

/// What a sheet had besides ordinary rows, counted while it was read.
struct XlsxCounts
{
    static constexpr int listed = 5; ///< of each kind the first cells are kept

    qint64 rows = 0;
    qint64 blankRows = 0;  ///< rows without a value in the columns of the table, left out
    qint64 hiddenRows = 0; ///< rows that the sheet does not show (given all the same, unless the format says otherwise)
    qint64 hiddenColumns = 0;
    qint64 badCells = 0;                      ///< errors, formulas without a result, broken numbers
    qint64 cellsOutside = 0;                  ///< cells with a value to the left or right of the table's columns
    int firstColumnOutside = xlsxMostColumns; ///< of those cells, from 0
    int lastColumnOutside = -1;
    qint64 formulas = 0; ///< cells whose value is a stored result
    qint64 merges = 0;   ///< known at the end of the sheet
    QStringList badCellNames;
    QStringList outsideNames;
};

/// The rows of one sheet of an Excel workbook, as its format says. Numbers keep the digits that the file has, days are
/// ISO texts, shared, inline and rich texts are texts. Memory grows with the shared texts, not with the rows.
class XlsxReader final : public RowSource
{
public:
    static Result<std::unique_ptr<XlsxReader>> open(const QString &path, const XlsxFormat &format);

    QStringList columnNames() const override { return m_names; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override;

    /// Moves to the next row that is to be given, without copying it; false at the end and at a fault. Cells outside of
    /// the table's columns and bad cells are counted, and are a fault when the format says Stop.
    bool nextRow();
    std::span<const XlsxField> fields() const { return m_fields; }
    qint64 line() const { return m_row ? m_row->number : 0; }

    int columnCount() const { return static_cast<int>(m_names.size()); }
    qsizetype namesInHeader() const { return m_namesInHeader; }
    const std::optional<ApiError> &fault() const { return m_fault; }
    XlsxCounts counts() const;
    qint64 bytesRead() const { return m_sheet->bytesRead(); } ///< unpacked
    qint64 size() const { return m_size; }                    ///< unpacked

private:
    XlsxReader() = default;
    Result<Done> load(const QString &path);
    Result<Done> findMerges();
    std::unique_ptr<XlsxSheet> openSheet(std::unique_ptr<ZipPart> part);
    QStringList textsOfRow() const;
    bool readHeader();
    bool nextSheetRow();
    bool fillFields();
    bool takeCell(const XlsxCell &cell);
    bool takeBadCell(const XlsxCell &cell);
    void fillMerged();
    bool isBlank() const;
    ApiError stopAt(const char *code, const XlsxCell &cell, const QString &what, const QString &hint) const;

    XlsxFormat m_format;
    std::unique_ptr<ZipArchive> m_archive;
    XlsxWorkbook m_workbook;
    XlsxStrings m_strings;
    std::unique_ptr<XlsxSheet> m_sheet;
    qint64 m_size = 0;
    QStringList m_names;
    qsizetype m_namesInHeader = 0;
    const XlsxRow *m_row = nullptr;
    bool m_isLookedAt = false;
    std::vector<XlsxField> m_fields;
    std::vector<XlsxMerge> m_merges;       // only when they are to be filled
    std::vector<std::string> m_mergeTexts; // the value of each, once its first cell was read
    std::vector<CellKind> m_mergeKinds;
    std::optional<ApiError> m_fault;
    XlsxCounts m_counts;
};

} // namespace rowdesk
