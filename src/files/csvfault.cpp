#include "files/csvfault.h"

#include <QCoreApplication>
#include <QLocale>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CsvFault)
};

QString number(qint64 value)
{
    return QLocale().toString(value);
}

QString placeOf(const CsvFault &fault)
{
    if (fault.column == 0)
        return Words::tr("Line %1").arg(number(fault.line));
    return Words::tr("Line %1, character %2 (field %3, byte %4)")
        .arg(number(fault.line), number(fault.column), number(fault.field), number(fault.byte));
}

struct Text
{
    const char *code;
    QString what;
    QString hint;
};

Text quoteText(const CsvFault &fault)
{
    const QString hint = Words::tr("Add the missing quote, or read the file with “quotes are text”.");
    switch (fault.kind) {
    case CsvFaultKind::UnterminatedQuote:
        return {"csv.unterminated-quote",
                Words::tr("a quote opens in line %1 and never closes.").arg(number(fault.openedLine)), hint};
    case CsvFaultKind::TextAfterQuote:
        return {"csv.text-after-quote",
                Words::tr("text follows the closing quote of a field that opened in line %1.")
                    .arg(number(fault.openedLine)),
                Words::tr("Double the quotes inside the field, or read the file with “quotes are text”.")};
    default:
        break;
    }
    if (fault.openedLine == 0)
        return {"csv.field-too-long", Words::tr("the field is longer than %1 bytes.").arg(number(csvLongestField)),
                Words::tr("Check the delimiter and whether the file is a table.")};
    return {
        "csv.field-too-long",
        Words::tr(
            "the quoted field that opens in line %1 is longer than %2 bytes; its closing quote seems to be missing.")
            .arg(number(fault.openedLine), number(csvLongestField)),
        hint};
}

Text bytesText(const CsvFault &fault)
{
    const QString detail = QString::fromLatin1(fault.detail);
    if (fault.kind == CsvFaultKind::NulByte)
        return {"csv.nul", Words::tr("there is a NUL character, which text does not have."),
                Words::tr("The file is damaged, not text, or in another encoding (UTF-16 for example).")};
    if (fault.kind == CsvFaultKind::InvalidBytes)
        return {"csv.encoding", Words::tr("the bytes here are not text in the chosen encoding (%1).").arg(detail),
                Words::tr("Choose another encoding, Windows-1252 or Latin-1 for example, and compare the text.")};
    return {"csv.read", Words::tr("the file could not be read on: %1").arg(QString::fromUtf8(fault.detail)),
            Words::tr("Check the file's drive and the connection to it, then start again.")};
}

Text shapeText(const CsvFault &fault)
{
    const QString counts = fault.found == 1
                               ? Words::tr("the row has 1 field where %1 are expected.").arg(number(fault.expected))
                               : Words::tr("the row has %1 fields where %2 are expected.")
                                     .arg(number(fault.found), number(fault.expected));
    switch (fault.kind) {
    case CsvFaultKind::ShortRow:
        return {"csv.short-row", counts, Words::tr("Correct the file, or choose to fill short rows with empty cells.")};
    case CsvFaultKind::LongRow:
        return {"csv.long-row", counts,
                Words::tr("Correct the file (is a delimiter inside a text without quotes?), or choose to skip such "
                          "rows, or to fill, which takes them when the fields beyond are empty.")};
    case CsvFaultKind::TooManyColumns:
        return {"csv.too-many-columns",
                Words::tr("the row has more than %1 fields, the most that a sheet or a table can have.")
                    .arg(number(csvMostColumns)),
                Words::tr("Check the delimiter, or split the file: no more columns can be read.")};
    default:
        return {"csv.row-too-long", Words::tr("the row is longer than %1 bytes.").arg(number(csvLongestRow)),
                Words::tr("Check the quotes and whether the file is a table.")};
    }
}

} // namespace

ApiError CsvFault::toError() const
{
    Text text;
    switch (kind) {
    case CsvFaultKind::UnterminatedQuote:
    case CsvFaultKind::TextAfterQuote:
    case CsvFaultKind::FieldTooLong:
        text = quoteText(*this);
        break;
    case CsvFaultKind::NulByte:
    case CsvFaultKind::InvalidBytes:
    case CsvFaultKind::ReadError:
        text = bytesText(*this);
        break;
    default:
        text = shapeText(*this);
    }
    return {ErrorKind::File,
            0,
            QString::fromLatin1(text.code),
            Words::tr("%1: %2", "place: what is wrong").arg(placeOf(*this), text.what),
            text.hint,
            {}};
}

} // namespace rowdesk
