#pragma once

#include <QByteArray>
#include <QString>

namespace rowdesk {

/// What to do with a row that has more or fewer fields than there are columns. Whatever is chosen, such rows are
/// counted.
enum class RaggedRows {
    Stop,     ///< the reading ends there with an error
    FillNull, ///< a short row's missing cells have no value; a long row's extra cells must be empty, else it is an
              ///< error
    Skip      ///< the row is left out
};

/// What to do with a line that has nothing on it.
enum class BlankLines {
    Skip, ///< it is no row
    Row   ///< it is a row without values; the only reading that loses nothing when there is a single column
};

/// How the text of a CSV file is to be read. The detector fills it, a person may change every part of it, and the
/// reader does exactly what it says. The reasons are sentences for that person; they have no effect.
struct CsvFormat
{
    QByteArray encoding = "UTF-8"; ///< a name that iconv knows
    char delimiter = ',';          ///< one ASCII character
    char quote = '"';              ///< 0: quotes are text like everything else
    qint64 skipLines = 0;          ///< lines above the header (or above the first row)
    bool hasHeader = true;
    int headerRows = 1;  ///< rows that have the names together, when there is a header: see joinedNames()
    int columnCount = 0; ///< 0: as many as the first line read has fields
    RaggedRows shortRows = RaggedRows::Stop;
    RaggedRows longRows = RaggedRows::Stop;
    BlankLines blankLines = BlankLines::Skip;
    qint64 skipRowsAtEnd = 0; ///< rows at the end that are totals and the like

    QString encodingReason;
    QString delimiterReason;
    QString quoteReason;
    QString headerReason;
    QString skipReason;
    QString columnsReason;
    bool encodingIsSure = true;  ///< false: show the runner-up too and let a person decide
    bool delimiterIsSure = true; ///< false: a tie or nothing to go by
    bool headerIsSure = true;    ///< false: the first line may as well be the other thing
    QByteArray otherEncoding;    ///< the runner-up, when the encoding is not sure

    /// Not sure, and nearly certain all the same: what spreadsheet programs of western countries write.
    bool encodingIsUsual() const { return !encodingIsSure && encoding == "WINDOWS-1252"; }
};

} // namespace rowdesk
