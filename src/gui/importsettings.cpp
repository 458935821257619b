#include "gui/importsettings.h"

#include "files/csvdetector.h"
#include "gui/flowlayout.h"
#include "gui/look.h"
#include "models/plaintooltip.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

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

ImportSettings::ImportSettings(QWidget *parent) : QWidget(parent)
{
    new FlowLayout(this, look::hair);
    m_encoding = addPart(tr("Encoding of the file"));
    m_delimiter = addPart(tr("What separates the columns"));
    m_quote = addPart(tr("Quotes around values"));
    m_header = addPart(tr("First row"));
    m_skip = addPart(tr("Lines above the table"));
    m_end = addPart(tr("Rows below the table"));
}

ImportSettings::Part ImportSettings::addPart(const QString &name)
{
    auto *button = new QToolButton(this);
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAutoRaise(true);
    button->setProperty("part", name);
    layout()->addWidget(button);
    return {button, menu};
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

void ImportSettings::fill(const Part &part, const QString &text, const QString &reason)
{
    part.menu->clear();
    part.button->setText(withoutMnemonic(text));
    const QString name = part.button->property("part").toString();
    part.button->setToolTip(plainToolTip(reason.isEmpty() ? name : name + u'\n' + reason));
    part.button->setAccessibleName(name + QLatin1StringView(": ") + text);
    part.button->setAccessibleDescription(reason);
    if (!reason.isEmpty()) {
        part.menu->addAction(withoutMnemonic(reason))->setEnabled(false);
        part.menu->addSeparator();
    }
}

void ImportSettings::choice(const Part &part, const QString &text, bool chosen, const std::function<void()> &choose)
{
    QAction *action = part.menu->addAction(withoutMnemonic(text));
    action->setCheckable(true);
    action->setChecked(chosen);
    // Later: the choice leads to a new menu, and this one must not go while it speaks.
    connect(action, &QAction::triggered, this, choose, Qt::QueuedConnection);
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
    fill(m_encoding, m_format.encodingIsSure ? now : QStringLiteral("⚠ ") + now, reason);
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
    fill(m_header, m_format.hasHeader ? tr("Header in line %1").arg(m_format.skipLines + 1) : tr("No header"),
         m_format.headerReason);
    for (const bool header : {true, false}) {
        choice(m_header, header ? tr("The first row has the names of the columns") : tr("The first row has values"),
               header == m_format.hasHeader,
               [this, header] { change([header](CsvFormat &format) { format.hasHeader = header; }); });
    }
}

void ImportSettings::showSkip()
{
    fill(m_skip,
         m_format.skipLines == 0   ? tr("Nothing above")
         : m_format.skipLines == 1 ? tr("1 line above left out")
                                   : tr("%1 lines above left out").arg(m_format.skipLines),
         m_format.skipReason);
    for (int lines = 0; lines <= mostSkipped; ++lines) {
        choice(m_skip,
               lines == 0 ? tr("The table begins in the first line") : tr("The table begins in line %1").arg(lines + 1),
               lines == m_format.skipLines,
               [this, lines] { change([lines](CsvFormat &format) { format.skipLines = lines; }); });
    }
}

void ImportSettings::showEnd()
{
    const auto text = [](qint64 rows) {
        return rows == 0   ? tr("Nothing below")
               : rows == 1 ? tr("Last row left out")
                           : tr("Last %1 rows left out").arg(rows);
    };
    fill(m_end, text(m_format.skipRowsAtEnd), tr("Totals and remarks at the end are no rows of the table."));
    for (int rows = 0; rows <= mostSkipped; ++rows) {
        choice(m_end, text(rows), rows == m_format.skipRowsAtEnd,
               [this, rows] { change([rows](CsvFormat &format) { format.skipRowsAtEnd = rows; }); });
    }
}

} // namespace rowdesk
