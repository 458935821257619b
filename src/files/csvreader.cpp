#include "files/csvreader.h"

#include "files/headernames.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvReader)
};

QString textOf(const CsvField &field)
{
    return QString::fromUtf8(field.data, field.size);
}

/// As much of them as tells a row from others.
QStringList beginningOf(std::span<const CsvField> fields)
{
    constexpr size_t mostFields = 3;
    constexpr qsizetype mostChars = 40;
    constexpr size_t mostBytes = 4 * static_cast<size_t>(mostChars); // of UTF-8
    QStringList texts;
    for (const CsvField &field : fields.first(std::min(fields.size(), mostFields))) {
        const std::string_view text = field.text().substr(0, mostBytes);
        texts.append(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).left(mostChars));
    }
    return texts;
}

} // namespace

QVector<qint64> CsvCounts::linesOf(const QVector<RaggedRow> &rows)
{
    QVector<qint64> lines;
    for (const RaggedRow &row : rows)
        lines.append(row.line);
    return lines;
}

QString CsvReader::nameWithoutHeader(qsizetype column)
{
    return Words::tr("Column %1").arg(column + 1);
}

Result<std::unique_ptr<CsvReader>> CsvReader::open(const QString &path, const CsvFormat &format)
{
    auto text = TextBlocks::open(path, format.encoding);
    if (!text)
        return text.error();
    std::unique_ptr<CsvReader> reader(new CsvReader);
    reader->m_format = format;
    reader->m_parser = std::make_unique<CsvParser>(std::move(text).value(), format.delimiter, format.quote);
    reader->readHeader();
    if (reader->m_fault)
        return reader->m_fault->toError();
    return reader;
}

void CsvReader::skipBlankLines(bool &found)
{
    while (found && m_parser->isBlank() && (m_format.blankLines == BlankLines::Skip || m_format.hasHeader)) {
        ++m_counts.blankLines;
        found = m_parser->next();
    }
}

/// The names of the header's rows, of which the parser stands on the first; afterwards it stands on the last.
QStringList CsvReader::readNames(bool &found)
{
    QVector<QStringList> rows;
    const int wanted = std::clamp(m_format.headerRows, 1, mostHeaderRows);
    while (found && rows.size() < wanted) {
        QStringList row;
        for (const CsvField &field : m_parser->fields())
            row.append(textOf(field));
        rows.append(row);
        if (rows.size() == wanted)
            break;
        found = m_parser->next();
        skipBlankLines(found);
    }
    return joinedNames(rows);
}

/// Skips what stands above, then takes the names from the header or counts the fields of the first row.
void CsvReader::readHeader()
{
    bool found = m_parser->next();
    while (found && m_parser->line() <= m_format.skipLines)
        found = m_parser->next();
    skipBlankLines(found);
    const bool named = found && m_format.hasHeader;
    m_headerLine = named ? m_parser->line() : 0;
    const QStringList names = named ? readNames(found) : QStringList();
    m_fault = m_parser->fault();
    const qsizetype seen = named ? names.size() : found ? static_cast<qsizetype>(m_parser->fields().size()) : 0;
    const qsizetype count = m_format.columnCount > 0 ? m_format.columnCount : seen;
    m_namesInHeader = named ? std::min(seen, count) : 0;
    for (qsizetype i = 0; i < count; ++i) {
        const QString name = i < m_namesInHeader ? names[i] : QString();
        m_names.append(name.trimmed().isEmpty() ? nameWithoutHeader(i) : name);
    }
    m_isLookedAt = found && !m_format.hasHeader;
}

/// The parser's next row, without blank lines.
bool CsvReader::nextParsed()
{
    while (true) {
        const bool found = m_isLookedAt || m_parser->next();
        m_isLookedAt = false;
        if (!found) {
            m_fault = m_parser->fault();
            return false;
        }
        if (!m_parser->isBlank() || m_format.blankLines == BlankLines::Row)
            return true;
        ++m_counts.blankLines;
    }
}

/// Counts the ragged row that the parser stands on.
void CsvReader::note(qint64 &count, QVector<RaggedRow> &rows) const
{
    ++count;
    if (rows.size() >= CsvCounts::listed)
        return;
    const auto fields = m_parser->fields();
    const auto columns = static_cast<size_t>(columnCount());
    RaggedRow row{m_parser->line(), {}, std::ssize(fields), columnCount(), {}};
    row.start = beginningOf(fields.first(std::min(fields.size(), columns)));
    if (fields.size() > columns)
        row.beyond = beginningOf(fields.subspan(columns));
    rows.append(row);
}

/// What is to be done with the ragged row that the parser stands on.
RaggedRows CsvReader::treatmentOf(bool isShort) const
{
    const RaggedRows wish = isShort ? m_format.shortRows : m_format.longRows;
    if (isShort || wish != RaggedRows::FillNull)
        return wish;
    const auto extra = m_parser->fields().subspan(static_cast<size_t>(columnCount()));
    const bool blank = std::all_of(extra.begin(), extra.end(), [](const CsvField &field) { return field.size == 0; });
    return blank ? RaggedRows::FillNull : RaggedRows::Stop;
}

/// The next row with as many fields as there are columns, in m_fields.
bool CsvReader::nextFitting()
{
    const auto columns = static_cast<size_t>(columnCount());
    while (nextParsed()) {
        m_line = m_parser->line();
        const auto fields = m_parser->fields();
        const bool isShort = fields.size() < columns;
        const bool isBlankRow = isShort && m_parser->isBlank();
        if (fields.size() != columns && !isBlankRow) {
            isShort ? note(m_counts.shortRows, m_counts.firstShort) : note(m_counts.longRows, m_counts.firstLong);
            const RaggedRows treatment = treatmentOf(isShort);
            if (treatment == RaggedRows::Stop) {
                m_fault = m_parser->faultInRow(isShort ? CsvFaultKind::ShortRow : CsvFaultKind::LongRow);
                m_fault->expected = static_cast<qint64>(columns);
                return false;
            }
            if (treatment == RaggedRows::Skip) {
                ++m_counts.rowsLeftOut;
                continue;
            }
        }
        m_fields = fields;
        if (fields.size() == columns)
            return true;
        m_row.assign(fields.begin(), fields.begin() + static_cast<qptrdiff>(std::min(fields.size(), columns)));
        m_row.resize(columns, CsvField{nullptr, 0, false});
        m_fields = m_row;
        return true;
    }
    return false;
}

CsvReader::HeldRow CsvReader::hold() const
{
    HeldRow row{m_line, {}, {m_fields.begin(), m_fields.end()}};
    for (const CsvField &field : m_fields)
        row.text.append(field.text());
    return row;
}

/// As nextFitting(), but so far behind that the rows at the end are never given.
bool CsvReader::nextHeld()
{
    const auto behind = static_cast<size_t>(m_format.skipRowsAtEnd);
    while (m_held.size() <= behind) {
        if (!nextFitting()) {
            m_counts.rowsAtEnd = m_fault ? 0 : static_cast<qint64>(m_held.size());
            return false;
        }
        m_held.push_back(hold());
    }
    m_given = std::move(m_held.front());
    m_held.pop_front();
    size_t at = 0;
    for (CsvField &field : m_given.fields) {
        field.data = m_given.text.data() + at;
        at += field.size;
    }
    m_fields = m_given.fields;
    m_line = m_given.line;
    return true;
}

bool CsvReader::nextRow()
{
    if (m_fault || columnCount() == 0)
        return false;
    const bool found = m_format.skipRowsAtEnd > 0 ? nextHeld() : nextFitting();
    m_counts.rows += found ? 1 : 0;
    return found;
}

Result<qsizetype> CsvReader::read(RowBatch &batch, qsizetype limit)
{
    Q_ASSERT(batch.columnCount() == columnCount());
    qsizetype given = 0;
    while (given < limit && nextRow()) {
        batch.beginRow(m_line);
        for (const CsvField &field : m_fields)
            batch.addCell(field.isNull() ? CellKind::Null : CellKind::Text, field.text());
        ++given;
    }
    if (given == 0 && m_fault && limit > 0)
        return m_fault->toError();
    return given;
}

CsvCounts CsvReader::counts() const
{
    CsvCounts counts = m_counts;
    counts.cellsWithLineBreaks = m_parser->cellsWithLineBreaks();
    counts.strayQuotes = m_parser->strayQuotes();
    counts.firstStrayQuoteLine = m_parser->firstStrayQuoteLine();
    return counts;
}

} // namespace rowdesk
