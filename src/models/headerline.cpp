#include "models/headerline.h"

namespace rowdesk {
namespace {

QString unquoted(const QString &field)
{
    const QString trimmed = field.trimmed();
    if (trimmed.size() < 2 || !trimmed.startsWith(u'"') || !trimmed.endsWith(u'"'))
        return trimmed;
    return trimmed.sliced(1, trimmed.size() - 2).replace(QLatin1StringView("\"\""), QLatin1StringView("\"")).trimmed();
}

/// Splits outside of double quotes.
QStringList split(const QString &line, QChar separator)
{
    QStringList fields;
    QString field;
    bool quoted = false;
    for (const QChar c : line) {
        if (c == u'"')
            quoted = !quoted;
        if (c == separator && !quoted) {
            fields.append(unquoted(field));
            field.clear();
        } else {
            field += c;
        }
    }
    fields.append(unquoted(field));
    return fields;
}

} // namespace

QStringList namesFromHeaderText(const QString &text)
{
    QStringList lines;
    for (const QString &line : QString(text).replace(u'\r', u'\n').split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line);
    }
    if (lines.isEmpty())
        return {};
    for (const QChar separator : {u'\t', u';', u','}) {
        const QStringList fields = split(lines.first(), separator);
        if (fields.size() > 1)
            return fields;
    }
    QStringList names;
    for (const QString &line : std::as_const(lines))
        names.append(unquoted(line));
    return names;
}

} // namespace rowdesk
