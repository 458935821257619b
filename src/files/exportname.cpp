#include "files/tablewriter.h"

#include <QSet>

namespace rowdesk {
namespace {

/// Characters that a file system, a shell or a person would stumble over: separators, controls, marks that turn the
/// direction of text (and can make "gpj.exe" look like "exe.jpg").
bool isUnfit(QChar c)
{
    static const QString separators = QStringLiteral("/\\:*?\"<>|");
    const QChar::Category category = c.category();
    return separators.contains(c) || category == QChar::Other_Control || category == QChar::Other_Format ||
           category == QChar::Separator_Line || category == QChar::Separator_Paragraph ||
           category == QChar::Other_Surrogate;
}

bool isReserved(const QString &name)
{
    static const QSet<QString> reserved{QStringLiteral("con"), QStringLiteral("prn"), QStringLiteral("aux"),
                                        QStringLiteral("nul")};
    const QString base = name.section(u'.', 0, 0).trimmed().toLower();
    const bool port = base.size() == 4 &&
                      (base.startsWith(QStringLiteral("com")) || base.startsWith(QStringLiteral("lpt"))) &&
                      base[3].isDigit();
    return reserved.contains(base) || port;
}

} // namespace

QString exportFileName(const QString &datasetName, const QString &suffix)
{
    QString name;
    for (const uint code : datasetName.toUcs4()) {
        const bool wide = code > 0xFFFF;
        name += wide ? QString::fromUcs4(reinterpret_cast<const char32_t *>(&code), 1)
                : isUnfit(QChar(static_cast<char16_t>(code))) ? QStringLiteral("_")
                                                              : QString(QChar(static_cast<char16_t>(code)));
    }
    name = name.simplified();
    while (name.startsWith(u'.') || name.startsWith(u' ') || name.startsWith(u'-'))
        name.remove(0, 1);
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);
    if (name.isEmpty())
        name = QStringLiteral("table");
    if (isReserved(name))
        name.prepend(u'_');
    const QString end = u'.' + suffix;
    while (name.toUtf8().size() + end.toUtf8().size() > 200)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    return name + end;
}

} // namespace rowdesk
