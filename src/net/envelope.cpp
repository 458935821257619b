#include "net/envelope.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

#include <cstring>
#include <optional>

namespace rowdesk {

namespace {

/// A longer body is a page, whose reader reads the whole of it, envelope included; here its beginning is enough.
constexpr qsizetype longestRead = 64 * 1024;
constexpr qsizetype beginning = 4 * 1024;
constexpr qsizetype longestText = 2000;

/// Walks the keys of the top-level object without building anything.
class TopLevel
{
public:
    explicit TopLevel(const QByteArray &body)
        : m_body(body), m_end(body.size() <= longestRead ? body.size() : beginning)
    {
    }

    bool isObject = false;
    bool hasDuplicates = false;
    bool saysError = false;
    QSet<QByteArray> keys;

    void walk()
    {
        if (m_body.startsWith("\xEF\xBB\xBF"))
            m_at = 3;
        if (next() != '{')
            return;
        isObject = true;
        ++m_at;
        while (next() == '"') {
            const std::optional<QByteArray> key = string();
            if (!key || next() != ':')
                return;
            ++m_at;
            note(*key);
            if (!skipValue() || next() != ',')
                return;
            ++m_at;
        }
    }

private:
    /// The next character that is not white space; 0 at the end. Does not pass it.
    char next()
    {
        while (m_at < m_end &&
               (m_body[m_at] == ' ' || m_body[m_at] == '\t' || m_body[m_at] == '\n' || m_body[m_at] == '\r'))
            ++m_at;
        return m_at < m_end ? m_body[m_at] : '\0';
    }

    std::optional<QByteArray> string()
    {
        const qsizetype start = m_at + 1;
        if (!skipString())
            return std::nullopt;
        return m_body.mid(start, m_at - 1 - start);
    }

    bool skipString()
    {
        for (++m_at; m_at < m_end; ++m_at) {
            const char *quote = static_cast<const char *>(
                std::memchr(m_body.constData() + m_at, '"', static_cast<size_t>(m_end - m_at)));
            if (!quote)
                return false;
            m_at = quote - m_body.constData();
            qsizetype slashes = 0;
            while (m_body[m_at - 1 - slashes] == '\\')
                ++slashes;
            if (slashes % 2 == 0) {
                ++m_at;
                return true;
            }
        }
        return false;
    }

    bool skipValue()
    {
        int depth = 0;
        for (next(); m_at < m_end;) {
            const char c = m_body[m_at];
            if (c == '"') {
                if (!skipString())
                    return false;
                continue;
            }
            if (depth == 0 && (c == ',' || c == '}'))
                return true;
            if (c == '{' || c == '[')
                ++depth;
            if (c == '}' || c == ']')
                --depth;
            ++m_at;
        }
        return false;
    }

    void note(const QByteArray &key)
    {
        static const QSet<QByteArray> ours{"success", "error", "result", "data", "ErrorCode", "ErrorDescription"};
        hasDuplicates = hasDuplicates || (ours.contains(key) && keys.contains(key));
        keys.insert(key);
        const char first = next();
        if (key == "success")
            saysError = saysError || first == 'f';
        else if (key == "error" || key == "ErrorCode")
            // null, false, "" and {} are ways to say that there is none.
            saysError = saysError || !(first == 'n' || first == 'f' || isEmptyValue());
    }

    bool isEmptyValue() const { return m_body.mid(m_at, 2) == "\"\"" || m_body.mid(m_at, 2) == "{}"; }

    const QByteArray &m_body;
    qsizetype m_at = 0;
    const qsizetype m_end;
};

QString textOf(const QJsonObject &object, const QStringList &names)
{
    for (const QString &name : names) {
        const QJsonValue value = object.value(name);
        if (value.isString() && !value.toString().isEmpty())
            return plainForeignText(value.toString());
        if (value.isDouble())
            return QString::number(value.toDouble(), 'g', 15);
    }
    return {};
}

bool insertedRows(const QJsonObject &object)
{
    const QJsonValue value = object.value(QLatin1String("rows_inserted"));
    return value.toDouble() > 0 || value.toString().toDouble() > 0;
}

void readWords(const QByteArray &body, Envelope &envelope)
{
    const QJsonObject top = QJsonDocument::fromJson(body).object();
    const QJsonValue error = top.value(QLatin1String("error"));
    const QJsonObject inner = error.toObject();
    envelope.code = textOf(inner, {QStringLiteral("code"), QStringLiteral("Code")});
    envelope.description = textOf(inner, {QStringLiteral("description"), QStringLiteral("message"),
                                          QStringLiteral("Description"), QStringLiteral("Message")});
    if (envelope.code.isEmpty() && error.isString())
        envelope.code = plainForeignText(error.toString());
    if (envelope.code.isEmpty())
        envelope.code = textOf(top, {QStringLiteral("ErrorCode"), QStringLiteral("code")});
    if (envelope.description.isEmpty()) {
        envelope.description =
            textOf(top, {QStringLiteral("error_description"), QStringLiteral("ErrorDescription"),
                         QStringLiteral("description"), QStringLiteral("Message"), QStringLiteral("message")});
    }
    envelope.saysRowsInserted =
        insertedRows(top) || insertedRows(inner) || insertedRows(top.value(QLatin1String("result")).toObject());
}

/// A body that consists of a message and nothing else, whatever the status, is a service that has nothing to give.
bool isBareMessage(const QSet<QByteArray> &keys)
{
    static const QSet<QByteArray> words{"Message", "message", "MessageDetail", "ErrorDescription", "error_description"};
    return !keys.isEmpty() && (keys - words).isEmpty();
}

} // namespace

QString plainForeignText(const QString &text)
{
    QString plain = text.left(longestText);
    for (QChar &c : plain) {
        if (c.category() == QChar::Other_Control)
            c = QLatin1Char(' ');
    }
    return plain.trimmed();
}

bool isMarkup(const QByteArray &contentType, const QByteArray &body)
{
    const QByteArray type = contentType.toLower();
    if (type.contains("html") || type.startsWith("text/xml") || type.startsWith("application/xml"))
        return true;
    qsizetype at = body.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    while (at < body.size() && QChar::isSpace(uchar(body[at])))
        ++at;
    return at < body.size() && body[at] == '<';
}

Envelope readEnvelope(const QByteArray &body, int status)
{
    TopLevel top(body);
    top.walk();
    Envelope envelope;
    envelope.isObject = top.isObject;
    envelope.hasDuplicates = top.hasDuplicates;
    if (!top.isObject)
        return envelope;
    const bool failed = status >= 400;
    static const QSet<QByteArray> known{"success", "error",   "ErrorCode", "ErrorDescription",
                                        "Message", "message", "code"};
    envelope.isError = top.saysError || isBareMessage(top.keys) || (failed && top.keys.intersects(known));
    if (envelope.isError)
        readWords(body, envelope);
    return envelope;
}

} // namespace rowdesk
