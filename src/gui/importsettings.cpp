#include "gui/importsettings.h"

#include "files/csvdetector.h"

namespace rowdesk {
namespace {

constexpr int mostSkipped = 10; // lines offered in the menus

QString delimiterName(char delimiter)
{
    switch (delimiter) {
    case ',':
        return ImportSettings::tr("Comma “,”");
    case ';':
        return ImportSettings::tr("Semicolon “;”");
    case '\t':
        return ImportSettings::tr("Tab");
    case '|':
        return ImportSettings::tr("Vertical bar “|”");
    case ':':
        return ImportSettings::tr("Colon “:”");
    case csvNoDelimiter:
        return ImportSettings::tr("One column");
    default:
        return ImportSettings::tr("Separator “%1”").arg(QChar::fromLatin1(delimiter));
    }
}

QString quoteName(char quote)
{
    return quote == 0 ? ImportSettings::tr("Quotes are text")
                      : ImportSettings::tr("Quotes %1").arg(QChar::fromLatin1(quote));
}

} // namespace

ImportSettings::ImportSettings(QWidget *parent) : SettingsBar(parent)
{
    m_encoding = addPart(tr("Encoding of the file"));
    m_delimiter = addPart(tr("What separates the columns"));
    m_quote = addPart(tr("Quotes around values"));
    m_header = addPart(tr("First row"));
    m_skip = addPart(tr("Lines above the table"));
    m_end = addPart(tr("Rows below the table"));
}

void ImportSettings::show(const CsvFormat &format)
{
    m_format = format;
    showEncoding();
    showDelimiter();
    showQuote();
    showHeader();
    showSkip();
    showEnd();
}

void ImportSettings::change(const std::function<void(CsvFormat &)> &edit)
{
    CsvFormat format = m_format;
    edit(format);
    emit formatChosen(format);
}

void ImportSettings::showEncoding()
{
    const QString now = QString::fromLatin1(m_format.encoding);
    QString reason = m_format.encodingReason;
    if (!m_format.encodingIsSure && !m_format.otherEncoding.isEmpty())
        reason += u' ' + tr("It could also be %1.").arg(QString::fromLatin1(m_format.otherEncoding));
    const bool doubtful = !m_format.encodingIsSure && !m_format.encodingIsUsual();
    fill(m_encoding, doubtful ? QStringLiteral("⚠ ") + now : now, reason);
    QVector<QByteArray> offered = commonEncodings();
    for (const QByteArray &known : {m_format.otherEncoding, m_format.encoding}) {
        if (!known.isEmpty() && !offered.contains(known))
            offered.prepend(known);
    }
    for (const QByteArray &encoding : std::as_const(offered)) {
        choice(m_encoding, QString::fromLatin1(encoding), encoding == m_format.encoding,
               [this, encoding] { emit encodingChosen(encoding); });
    }
}

void ImportSettings::showDelimiter()
{
    const QString now = delimiterName(m_format.delimiter);
    fill(m_delimiter, m_format.delimiterIsSure ? now : QStringLiteral("⚠ ") + now, m_format.delimiterReason);
    for (const char delimiter : {',', ';', '\t', '|', ':', csvNoDelimiter}) {
        choice(m_delimiter, delimiterName(delimiter), delimiter == m_format.delimiter,
               [this, delimiter] { emit delimiterChosen(delimiter); });
    }
}

void ImportSettings::showQuote()
{
    fill(m_quote, quoteName(m_format.quote), m_format.quoteReason);
    for (const char quote : {'"', '\'', '\0'}) {
        choice(m_quote, quoteName(quote), quote == m_format.quote,
               [this, quote] { change([quote](CsvFormat &format) { format.quote = quote; }); });
    }
}

void ImportSettings::showHeader()
{
    const int now = m_format.hasHeader ? m_format.headerRows : 0;
    fill(m_header, m_format.headerIsSure ? headerText(now) : QStringLiteral("⚠ ") + headerText(now),
         m_format.headerReason);
    for (const int rows : headerChoices(now)) {
        choice(m_header, headerText(rows), rows == now, [this, rows] {
            change([rows](CsvFormat &format) {
                format.hasHeader = rows > 0;
                format.headerRows = std::max(rows, 1);
                format.headerIsSure = true;
                format.headerReason = tr("Chosen by you.");
            });
        });
    }
}

void ImportSettings::showSkip()
{
    const auto text = [](qint64 lines) { return tr("From line %1").arg(lines + 1); };
    fill(m_skip, text(m_format.skipLines), m_format.skipReason);
    const qint64 last = std::max<qint64>(mostSkipped, m_format.skipLines);
    for (qint64 lines = 0; lines <= last; ++lines) {
        choice(m_skip, text(lines), lines == m_format.skipLines,
               [this, lines] { change([lines](CsvFormat &format) { format.skipLines = lines; }); });
    }
}

void ImportSettings::showEnd()
{
    const auto text = [](qint64 rows) {
        return rows == 0   ? tr("To the last row")
               : rows == 1 ? tr("Without the last row")
                           : tr("Without the last %1 rows").arg(rows);
    };
    fill(m_end, text(m_format.skipRowsAtEnd), tr("Totals and remarks at the end are no rows of the table."));
    for (int rows = 0; rows <= mostSkipped; ++rows) {
        choice(m_end, text(rows), rows == m_format.skipRowsAtEnd,
               [this, rows] { change([rows](CsvFormat &format) { format.skipRowsAtEnd = rows; }); });
    }
}

} // namespace rowdesk
