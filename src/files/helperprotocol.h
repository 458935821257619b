#pragma once

#include "files/xlsxformat.h"
#include "files/xlsxreader.h"

#include <QByteArray>

#include <array>
#include <cstring>
#include <string>

namespace rowdesk {

/// What the program that parses workbooks (rowdesk-filehelper) and the one that asks say to each other, over two pipes
/// of the same machine. Each message is a frame: its kind, its size, its bytes. Whoever reads trusts nothing: the other
/// side may have been taken over by a file.
enum class FrameKind : quint32 {
    Outline,   ///< asked: path, whether it may be large. Answered: sheets and ranges
    RowCounts, ///< asked: path, whether it may be large. Answered: a number for each sheet
    Detect,    ///< asked: path, whether it may be large, sheet. Answered: a format
    Rows,      ///< asked: path, format. Answered: Columns, any number of Block, End
    Columns,
    Block,
    End,
    Fault ///< answered instead of all that was still to come
};

struct Frame
{
    FrameKind kind = FrameKind::Fault;
    QByteArray bytes;
};

inline constexpr quint32 largestFrame = 64U << 20;

/// Puts values one after the other.
class Packer
{
public:
    template<typename T>
    requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void put(T value) { m_bytes.append(reinterpret_cast<const char *>(&value), sizeof(T)); }
    void putRaw(std::string_view bytes) { m_bytes.append(bytes); }
    void put(std::string_view text)
    {
        put(static_cast<quint32>(text.size()));
        m_bytes.append(text);
    }
    void put(const QString &text)
    {
        const QByteArray utf8 = text.toUtf8();
        put(std::string_view(utf8.constData(), static_cast<size_t>(utf8.size())));
    }
    qsizetype size() const { return static_cast<qsizetype>(m_bytes.size()); }
    QByteArray take()
    {
        const QByteArray taken(m_bytes.data(), size());
        m_bytes.clear();
        return taken;
    }

private:
    std::string m_bytes;
};

/// Takes values out again. Once something was not there, everything is zero and isBroken() is true.
class Unpacker
{
public:
    explicit Unpacker(const QByteArray &bytes) : m_left(bytes.constData(), static_cast<size_t>(bytes.size())) {}

    template<typename T>
    T take()
    {
        static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
        T value{};
        const std::string_view bytes = takeBytes(sizeof(T));
        if (bytes.size() == sizeof(T))
            std::memcpy(&value, bytes.data(), sizeof(T));
        return value;
    }
    std::string_view takeText() { return takeBytes(take<quint32>()); }
    QString takeString()
    {
        const std::string_view text = takeText();
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    bool isBroken() const { return m_broken; }
    bool atEnd() const { return m_left.empty(); }

private:
    std::string_view takeBytes(size_t count)
    {
        if (count > m_left.size()) {
            m_broken = true;
            m_left = {};
            return {};
        }
        const std::string_view taken = m_left.substr(0, count);
        m_left.remove_prefix(count);
        return taken;
    }
    std::string_view m_left;
    bool m_broken = false;
};

void pack(Packer &to, const ApiError &error);
ApiError unpackError(Unpacker &from);
void pack(Packer &to, const XlsxFormat &format);
XlsxFormat unpackFormat(Unpacker &from);
void pack(Packer &to, const XlsxWorkbook &outline); ///< sheets, ranges and what is in it besides; not the cell formats
XlsxWorkbook unpackOutline(Unpacker &from);
void pack(Packer &to, const QVector<qint64> &numbers);
QVector<qint64> unpackNumbers(Unpacker &from);
void pack(Packer &to, const XlsxCounts &counts);
XlsxCounts unpackCounts(Unpacker &from);

/// One cell: a byte for its kind, one for what is wrong with it, and its text.
inline void pack(Packer &to, const XlsxField &field)
{
    std::array<char, 6> head; // kind, issue, size of the text: there are many cells
    const auto size = static_cast<quint32>(field.cell.text.size());
    head[0] = static_cast<char>(static_cast<unsigned>(field.cell.kind) | (field.isShare ? 0x80U : 0U));
    head[1] = static_cast<char>(field.issue);
    std::memcpy(head.data() + 2, &size, sizeof size);
    to.putRaw({head.data(), head.size()});
    to.putRaw(field.cell.text);
}
/// False when it is no cell.
bool unpackField(Unpacker &from, XlsxField &field);

} // namespace rowdesk
