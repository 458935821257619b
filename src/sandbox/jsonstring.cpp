#include "sandbox/jsonstring.h"

namespace rowdesk::sandbox {

void appendJsonString(QByteArray &out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out.append('"');
    size_t plain = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text.data() + plain, static_cast<qsizetype>(i - plain));
        plain = i + 1;
        out.append('\\');
        if (c >= 0x20)
            out.append(text[i]);
        else if (c == '\n')
            out.append('n');
        else if (c == '\r')
            out.append('r');
        else if (c == '\t')
            out.append('t');
        else
            out.append("u00", 3).append(hex[c >> 4]).append(hex[c & 15]);
    }
    out.append(text.data() + plain, static_cast<qsizetype>(text.size() - plain));
    out.append('"');
}

QByteArray jsonString(const QString &text)
{
    QByteArray out;
    const QByteArray utf8 = text.toUtf8();
    appendJsonString(out, {utf8.constData(), static_cast<size_t>(utf8.size())});
    return out;
}

} // namespace rowdesk::sandbox
