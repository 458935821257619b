#include "files/xlsxreader.h"

#include "files/headernames.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(XlsxReader)
};

} // namespace

Result<std::unique_ptr<XlsxReader>> XlsxReader::open(const QString &path, const XlsxFormat &format)
{
    std::unique_ptr<XlsxReader> reader(new XlsxReader);
    reader->m_format = format;
    if (const auto loaded = reader->load(path); !loaded)
        return loaded.error();
    if (format.fillMerged) {
        if (const auto found = reader->findMerges(); !found)
            return found.error();
    }
    if (!reader->readHeader())
        return *reader->m_fault;
    return reader;
}

Result<Done> XlsxReader::load(const QString &path)
{
    auto archive = ZipArchive::open(path, ZipLimits::of(m_format.allowLarge));
    if (!archive)
        return archive.error();
    m_archive = std::move(archive).value();
    auto workbook = readWorkbook(*m_archive);
    if (!workbook)
        return workbook.error();
    m_workbook = std::move(workbook).value();
    if (m_format.sheet < 0 || m_format.sheet >= m_workbook.sheets.size())
        return ApiError{ErrorKind::File,
                        0,
                        QStringLiteral("xlsx.no-sheet"),
                        Words::tr("The workbook does not have this sheet."),
                        Words::tr("Choose another sheet."),
                        {}};
    auto strings = readSharedStrings(*m_archive, m_workbook.stringsPart);
    if (!strings)
        return strings.error();
    m_strings = std::move(strings).value();
    auto part = m_archive->part(m_workbook.sheets[m_format.sheet].part);
    if (!part)
        return part.error();
    m_size = (*part)->size();
    m_sheet = openSheet(std::move(part).value());
    return Done{};
}

std::unique_ptr<XlsxSheet> XlsxReader::openSheet(std::unique_ptr<ZipPart> part)
{
    return std::make_unique<XlsxSheet>(std::move(part), m_workbook, m_strings, m_workbook.sheets[m_format.sheet].name);
}

/// Merged rectangles stand after the rows, so they take a reading of their own.
Result<Done> XlsxReader::findMerges()
{
    auto part = m_archive->part(m_workbook.sheets[m_format.sheet].part);
    if (!part)
        return part.error();
    const auto sheet = openSheet(std::move(part).value());
    while (true) {
        const auto row = sheet->next();
        if (!row)
            return row.error();
        if (!*row)
            break;
    }
    m_merges = sheet->merges();
    m_mergeTexts.resize(m_merges.size());
    m_mergeKinds.resize(m_merges.size(), CellKind::Null);
    return Done{};
}

/// The next row within the table's rows, hidden ones only when they are wanted.
bool XlsxReader::nextSheetRow()
{
    if (m_isLookedAt) {
        m_isLookedAt = false;
        return true;
    }
    while (true) {
        const auto row = m_sheet->next();
        if (!row) {
            m_fault = row.error();
            return false;
        }
        m_row = *row;
        if (!m_row || (m_format.lastRow > 0 && m_row->number > m_format.lastRow))
            return false;
        if (m_row->number >= m_format.firstRow && !(m_row->hidden && m_format.skipHiddenRows))
            return true;
    }
}

/// The texts of the row in the table's columns.
QStringList XlsxReader::textsOfRow() const
{
    QStringList texts(m_format.columnCount);
    for (const XlsxCell &cell : m_row->cells) {
        const int column = cell.column - m_format.firstColumn;
        const std::string_view text = m_row->textOf(cell);
        if (column >= 0 && column < columnCount())
            texts[column] = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    return texts;
}

bool XlsxReader::readHeader()
{
    for (int column = 0; column < m_format.columnCount; ++column)
        m_names.append(Words::tr("Column %1").arg(column + 1));
    m_fields.resize(static_cast<size_t>(m_format.columnCount));
    const qint64 headerEnd =
        m_format.hasHeader ? m_format.firstRow + std::clamp(m_format.headerRows, 1, mostHeaderRows) : 0;
    QVector<QStringList> rows;
    bool found = nextSheetRow();
    const bool isHeader = found && m_format.hasHeader && m_row->number == m_format.firstRow;
    while (isHeader && found && m_row->number < headerEnd) {
        rows.append(textsOfRow());
        found = nextSheetRow();
    }
    if (m_fault && rows.isEmpty())
        return false;
    m_isLookedAt = found;
    m_namesInHeader = isHeader ? columnCount() : 0;
    const QStringList names = joinedNames(rows);
    for (qsizetype column = 0; column < names.size(); ++column) {
        if (!names[column].trimmed().isEmpty())
            m_names[column] = names[column];
    }
    return true;
}

ApiError XlsxReader::stopAt(const char *code, const XlsxCell &cell, const QString &what, const QString &hint) const
{
    return {ErrorKind::File,
            0,
            QString::fromLatin1(code),
            Words::tr("Sheet “%1”, cell %2: %3")
                .arg(m_workbook.sheets[m_format.sheet].name, cellName(cell.column, m_row->number), what),
            hint,
            {}};
}

bool XlsxReader::takeBadCell(const XlsxCell &cell)
{
    ++m_counts.badCells;
    if (m_counts.badCellNames.size() < XlsxCounts::listed)
        m_counts.badCellNames.append(cellName(cell.column, m_row->number));
    if (m_format.badCells == BadCells::Stop)
        m_fault = stopAt("xlsx.bad-cell", cell, xlsxIssueText(cell.issue),
                         Words::tr("Correct the cell, or choose to leave such cells empty."));
    return !m_fault;
}

bool XlsxReader::takeCell(const XlsxCell &cell)
{
    const int column = cell.column - m_format.firstColumn;
    m_counts.formulas += cell.isFormula ? 1 : 0;
    if (column < 0 || column >= columnCount()) {
        ++m_counts.cellsOutside;
        m_counts.firstColumnOutside = std::min(m_counts.firstColumnOutside, cell.column);
        m_counts.lastColumnOutside = std::max(m_counts.lastColumnOutside, cell.column);
        if (m_counts.outsideNames.size() < XlsxCounts::listed)
            m_counts.outsideNames.append(cellName(cell.column, m_row->number));
        if (m_format.cellsOutside == BadCells::Stop)
            m_fault = stopAt("xlsx.cell-beside", cell, Words::tr("there is a value beside the table."),
                             Words::tr("Remove it, or choose to leave such cells out."));
        return !m_fault;
    }
    const std::string_view text = m_row->textOf(cell);
    m_fields[static_cast<size_t>(column)] = {{cell.kind, text}, cell.issue, cell.isShare};
    return cell.issue == XlsxIssue::None || takeBadCell(cell);
}

/// Puts the row's cells in their columns; false at a fault.
bool XlsxReader::fillFields()
{
    std::fill(m_fields.begin(), m_fields.end(), XlsxField{});
    for (const XlsxCell &cell : m_row->cells) {
        if (!takeCell(cell))
            return false;
    }
    if (!m_merges.empty())
        fillMerged();
    return true;
}

/// Gives every cell of a merged rectangle the value of its first cell.
void XlsxReader::fillMerged()
{
    for (size_t i = 0; i < m_merges.size(); ++i) {
        const XlsxMerge &merge = m_merges[i];
        if (m_row->number < merge.firstRow || m_row->number > merge.lastRow)
            continue;
        const int first = std::max(merge.firstColumn - m_format.firstColumn, 0);
        const int last = std::min(merge.lastColumn - m_format.firstColumn, columnCount() - 1);
        if (m_row->number == merge.firstRow && merge.firstColumn >= m_format.firstColumn && first <= last) {
            const CellView value = m_fields[static_cast<size_t>(first)].cell;
            m_mergeTexts[i].assign(value.text);
            m_mergeKinds[i] = value.kind;
        }
        for (int column = first; column <= last; ++column)
            m_fields[static_cast<size_t>(column)] = {{m_mergeKinds[i], m_mergeTexts[i]}};
    }
}

bool XlsxReader::isBlank() const
{
    return std::all_of(m_fields.begin(), m_fields.end(), [](const XlsxField &field) {
        return field.cell.kind == CellKind::Null && field.issue == XlsxIssue::None;
    });
}

bool XlsxReader::nextRow()
{
    if (m_fault || columnCount() == 0)
        return false;
    while (nextSheetRow()) {
        if (!fillFields())
            return false;
        m_counts.hiddenRows += m_row->hidden ? 1 : 0;
        if (isBlank()) {
            ++m_counts.blankRows;
            continue;
        }
        ++m_counts.rows;
        return true;
    }
    return false;
}

Result<qsizetype> XlsxReader::read(RowBatch &batch, qsizetype limit)
{
    Q_ASSERT(batch.columnCount() == columnCount());
    qsizetype given = 0;
    while (given < limit && nextRow()) {
        batch.beginRow(m_row->number);
        for (const XlsxField &field : m_fields)
            batch.addCell(field.cell.kind, field.cell.kind == CellKind::Null ? std::string_view() : field.cell.text);
        ++given;
    }
    if (given == 0 && m_fault && limit > 0)
        return *m_fault;
    return given;
}

XlsxCounts XlsxReader::counts() const
{
    XlsxCounts counts = m_counts;
    counts.hiddenColumns = m_sheet->hiddenColumns();
    counts.merges = static_cast<qint64>(m_sheet->merges().size());
    return counts;
}

} // namespace rowdesk
