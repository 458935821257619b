#pragma once

#include <QByteArray>
#include <QStringDecoder>

#include <optional>
#include <string>
#include <vector>

namespace rowdesk::test {

/// A text file read the slow and obvious way, one character after the other: what the fast reader is held against.
struct ReferenceCsv
{
    using Field = std::optional<std::string>; ///< nothing at all is no value, "" is an empty text
    struct Row
    {
        qint64 line;
        std::vector<Field> fields;
        bool isBlank() const { return fields.size() == 1 && !fields[0]; }
    };
    std::vector<Row> rows;
    bool isDamaged = false;

    ReferenceCsv(QByteArray bytes, char delimiter, char quote) : m_delimiter(delimiter), m_quote(quote)
    {
        if (bytes.startsWith("\xef\xbb\xbf"))
            bytes = bytes.mid(3);
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(bytes);
        isDamaged = decoder.hasError() || text.contains(QChar(0));
        m_text = bytes.toStdString();
        while (!isDamaged && m_at < m_text.size())
            readRow();
    }

private:
    bool isAt(char c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    bool isLineEnd() const { return isAt('\n') || isAt('\r'); }

    void readRow()
    {
        Row row{m_line, {}};
        while (true) {
            row.fields.push_back(readField());
            if (isDamaged)
                return;
            if (isAt(m_delimiter)) {
                ++m_at;
                continue;
            }
            break;
        }
        if (isAt('\r'))
            ++m_at, m_at += isAt('\n') ? 1 : 0;
        else if (isAt('\n'))
            ++m_at;
        ++m_line;
        rows.push_back(std::move(row));
    }

    Field readField()
    {
        std::string text;
        const bool quoted = m_quote && isAt(m_quote);
        if (!quoted) {
            while (m_at < m_text.size() && !isLineEnd() && !isAt(m_delimiter))
                text += m_text[m_at++];
            return text.empty() ? Field() : Field(text);
        }
        ++m_at;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == m_quote) {
                if (!isAt(m_quote)) {
                    isDamaged = m_at < m_text.size() && !isLineEnd() && !isAt(m_delimiter);
                    return text;
                }
                ++m_at;
            } else if (c == '\n' || (c == '\r' && !isAt('\n'))) {
                ++m_line;
            }
            text += c;
        }
        isDamaged = true; // the quote never closed
        return text;
    }

    std::string m_text;
    size_t m_at = 0;
    qint64 m_line = 1;
    char m_delimiter;
    char m_quote;
};

} // namespace rowdesk::test
