#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QFile>

#include <memory>
#include <optional>

namespace rowdesk {

/// The text of a file in blocks of checked UTF-8, whatever its encoding. The byte order mark is left out.
///
/// Strict: the first byte that the encoding does not have, and the first NUL, end the text with damage(); no
/// replacement characters are ever made. Memory does not depend on the file's size. Use from one thread at a time.
class TextBlocks
{
public:
    /// What ended the text before the file's end.
    struct Damage
    {
        enum Kind { InvalidBytes, NulByte, ReadError } kind;
        qint64 byte;       ///< offset in the file
        QByteArray detail; ///< encoding and bytes in hex, or the system's words
    };

    /// Opens the file. `encoding` is a name that iconv knows. Errors: it can't be opened, or the encoding is unknown.
    static Result<std::unique_ptr<TextBlocks>> open(const QString &path, const QByteArray &encoding);
    ~TextBlocks();

    /// Writes up to `room` bytes of text (room >= 1024) and gives how many; 0 at the end or at damage.
    size_t read(char *to, size_t room);

    const std::optional<Damage> &damage() const { return m_damage; }
    /// Bytes of the file that were taken in.
    qint64 bytesRead() const { return m_offset; }
    qint64 size() const { return m_file.size(); }

    /// Offset in the file where the text read so far ends.
    qint64 textEnd() const { return m_damage ? m_damage->byte : m_offset - static_cast<qint64>(m_pending.size()); }

    /// Bytes that the file has for this piece of its text. For the places of errors only: it is slow.
    qint64 bytesOfText(const char *text, size_t length) const;

private:
    TextBlocks() = default;
    size_t readUtf8(char *to, size_t room);
    size_t readOther(char *to, size_t room);
    size_t fetch(char *to, size_t room);
    size_t keepGood(char *to, size_t size, bool last);
    void damageAt(Damage::Kind kind, qint64 byte, const char *bytes, size_t count);

    QFile m_file;
    QByteArray m_encoding;
    void *m_converter = nullptr; // iconv_t; null for UTF-8
    std::string m_pending;       // bytes of the file that are not text yet
    qint64 m_offset = 0;         // bytes taken from the file
    bool m_atEnd = false;
    std::optional<Damage> m_damage;
};

/// Size of the byte order mark at the start of these bytes in this encoding; 0 when there is none.
int byteOrderMarkSize(QByteArrayView start, QByteArrayView encoding);

} // namespace rowdesk
