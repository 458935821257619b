#pragma once

#include "files/csvformat.h"
#include "files/csvparser.h"
#include "files/rowsource.h"

#include <QVector>

#include <deque>
#include <string>

namespace rowdesk {

/// A row with more or fewer fields than there are columns, for a person to find it by. Texts are cut.
struct RaggedRow
{
    qint64 line = 0;
    QStringList start;     ///< its first fields
    qsizetype fields = 0;  ///< how many it has
    qsizetype columns = 0; ///< how many there should be
    QStringList beyond;    ///< of a long row: the first ones that are too many
};

/// What a CSV file had besides ordinary rows, counted while it was read.
struct CsvCounts
{
    static constexpr int listed = 5; ///< of each kind the first rows are kept

    qint64 rows = 0;       ///< rows given
    qint64 blankLines = 0; ///< lines without anything that were left out
    qint64 shortRows = 0;
    qint64 longRows = 0;
    qint64 rowsLeftOut = 0; ///< of the short and the long ones, those that were not given
    qint64 rowsAtEnd = 0;   ///< left out because the format says that the end is no data
    qint64 cellsWithLineBreaks = 0;
    qint64 strayQuotes = 0; ///< quotes inside unquoted fields: taken as text
    qint64 firstStrayQuoteLine = 0;
    QVector<RaggedRow> firstShort;
    QVector<RaggedRow> firstLong;

    QVector<qint64> shortLines() const { return linesOf(firstShort); }
    QVector<qint64> longLines() const { return linesOf(firstLong); }

private:
    static QVector<qint64> linesOf(const QVector<RaggedRow> &rows);
};

/// The rows of a CSV file, exactly as its format says. Unquoted nothing is Null, quoted nothing is empty Text; every
/// other cell is Text. Memory does not depend on the size of the file.
class CsvReader final : public RowSource
{
public:
    /// Opens the file and reads its header. Errors are of kind File.
    static Result<std::unique_ptr<CsvReader>> open(const QString &path, const CsvFormat &format);

    /// What a column is called that has no name in the file: "Column 3".
    static QString nameWithoutHeader(qsizetype column);

    QStringList columnNames() const override { return m_names; }
    Result<qsizetype> read(RowBatch &batch, qsizetype limit) override;

    /// Moves to the next row that is to be given, without copying it: fields() has columnCount() fields then. False at
    /// the end and at a fault. (read() does the same and copies; do not mix the two.)
    bool nextRow();
    std::span<const CsvField> fields() const { return m_fields; }
    qint64 line() const { return m_line; }

    int columnCount() const { return static_cast<int>(m_names.size()); }
    /// Names as the header has them; less than columnCount() when the rows have more fields.
    qsizetype namesInHeader() const { return m_namesInHeader; }
    qint64 headerLine() const { return m_headerLine; } ///< where the header begins; 0 when there is none
    const std::optional<CsvFault> &fault() const { return m_fault; }
    CsvCounts counts() const;
    qint64 bytesRead() const { return m_parser->bytesRead(); }
    qint64 size() const { return m_parser->size(); }

private:
    /// A copy of a row that may turn out to belong to the end of the file that is no data.
    struct HeldRow
    {
        qint64 line;
        std::string text;
        std::vector<CsvField> fields; // sizes; where they are is known once the row rests
    };
    CsvReader() = default;
    void readHeader();
    void skipBlankLines(bool &found);
    QStringList readNames(bool &found);
    bool nextParsed();
    bool nextFitting();
    bool nextHeld();
    void note(qint64 &count, QVector<RaggedRow> &rows) const;
    RaggedRows treatmentOf(bool isShort) const;
    HeldRow hold() const;

    CsvFormat m_format;
    std::unique_ptr<CsvParser> m_parser;
    QStringList m_names;
    qsizetype m_namesInHeader = 0;
    qint64 m_headerLine = 0;
    bool m_isLookedAt = false; // the parser stands on a row that was only looked at
    qint64 m_line = 0;
    std::span<const CsvField> m_fields; // of the row given: the parser's, or those of m_row
    std::vector<CsvField> m_row;
    std::deque<HeldRow> m_held;
    HeldRow m_given{};
    std::optional<CsvFault> m_fault;
    CsvCounts m_counts;
};

} // namespace rowdesk
