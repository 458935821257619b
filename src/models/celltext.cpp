#include "models/celltext.h"

#include "models/words.h"

#include <QJsonDocument>

namespace rowdesk {
namespace {

constexpr int indentWidth = 2;

/// Writes JSON text anew with other blanks between its values. The text must be correct JSON.
class Indenter
{
public:
    QString write(const QString &text)
    {
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar c = text[i];
            if (c == u'"')
                i = copyString(text, i);
            else if (!c.isSpace())
                add(c);
        }
        return m_out;
    }

private:
    /// Gives the place of the closing quote.
    qsizetype copyString(const QString &text, qsizetype from)
    {
        qsizetype end = from + 1;
        while (text[end] != u'"')
            end += text[end] == u'\\' ? 2 : 1;
        beginValue();
        m_out += QStringView(text).mid(from, end - from + 1);
        return end;
    }

    void add(QChar c)
    {
        if (c == u'}' || c == u']') {
            --m_depth;
            if (!m_opened)
                newLine();
            m_opened = false;
            m_out += c;
            return;
        }
        beginValue();
        m_out += c;
        if (c == u'{' || c == u'[') {
            ++m_depth;
            m_opened = true;
        } else if (c == u',') {
            newLine();
        } else if (c == u':') {
            m_out += u' ';
        }
    }

    void beginValue()
    {
        if (m_opened)
            newLine();
        m_opened = false;
    }
    void newLine() { m_out += u'\n' + QString(m_depth * indentWidth, u' '); }

    QString m_out;
    qsizetype m_depth = 0;
    bool m_opened = false; ///< the last thing was an opening bracket
};

QString codePointMark(char32_t c)
{
    return u'⟨' + QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper() + u'⟩';
}

bool isUnseen(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return true;
    default:
        return false;
    }
}

} // namespace

std::optional<QString> CellText::prettyJson(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (!trimmed.startsWith(u'{') && !trimmed.startsWith(u'['))
        return std::nullopt;
    QJsonParseError error;
    QJsonDocument::fromJson(text.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        return std::nullopt;
    return Indenter().write(trimmed);
}

QString CellText::withMarks(const QString &text)
{
    QString shown;
    shown.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
        i += c > 0xFFFF;
        if (c == U' ')
            shown += u'·';
        else if (c == U'\t')
            shown += u'→';
        else if (c == U'\n')
            shown += QStringLiteral("↵\n");
        else if (isUnseen(c))
            shown += codePointMark(c);
        else
            shown += QString::fromUcs4(&c, 1);
    }
    return shown;
}

QString CellText::facts(const QString &text)
{
    qint64 characters = 0;
    for (const QChar c : text)
        characters += !c.isLowSurrogate();
    const qsizetype lines = text.count(u'\n') + 1;
    const QString length = characters == 1 ? tr("1 character") : tr("%1 characters").arg(Words::number(characters));
    return lines > 1 ? tr("%1, %2 lines").arg(length, Words::number(lines)) : length;
}

} // namespace rowdesk
