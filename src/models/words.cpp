#include "models/words.h"

#include <QLocale>

#include <limits>

namespace rowdesk {
namespace {

/// tr() counts in int; beyond that only the plural form matters.
int pluralOf(qint64 count)
{
    return int(std::min<qint64>(count, std::numeric_limits<int>::max()));
}

bool turnsDirection(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

} // namespace

// A count of one has a sentence of its own, so that English reads well without a translation file.
QString Words::rows(qint64 count)
{
    return count == 1 ? tr("1 row") : tr("%Ln rows", nullptr, pluralOf(count));
}

QString Words::columns(qint64 count)
{
    return count == 1 ? tr("1 column") : tr("%Ln columns", nullptr, pluralOf(count));
}

QString Words::datasets(qint64 count)
{
    return count == 1 ? tr("1 dataset") : tr("%Ln datasets", nullptr, pluralOf(count));
}

QString Words::versions(qint64 count)
{
    return count == 1 ? tr("1 version") : tr("%Ln versions", nullptr, pluralOf(count));
}

QString Words::cells(qint64 count)
{
    return count == 1 ? tr("1 cell") : tr("%Ln cells", nullptr, pluralOf(count));
}

QString Words::number(qint64 value)
{
    return QLocale().toString(value);
}

QString Words::oneLine(const QString &text, qsizetype longest)
{
    // Far more than is shown need not be looked at: a cell may hold megabytes.
    const bool tooLong = text.size() > longest;
    const QString head = tooLong ? text.left(longest * 2 / 3) : text;
    const QString tail = tooLong ? text.right(longest / 3 - 1) : QString();
    QString shown;
    shown.reserve(longest);
    const auto append = [&shown](const QString &piece) {
        for (const QChar c : piece) {
            if (c == u'\n')
                shown += u'↵';
            else if (c == u'\t')
                shown += u'⇥';
            else if (c.category() == QChar::Other_Control)
                shown += u'␣';
            else if (!turnsDirection(c.unicode()))
                shown += c;
        }
    };
    append(head);
    if (tooLong)
        shown += u'…';
    append(tail);
    return shown;
}

QString Words::oneLine(const QStringList &names, const QString &between, qsizetype longest)
{
    QStringList shown;
    for (const QString &name : names)
        shown.append(oneLine(name, longest));
    return shown.join(between);
}

} // namespace rowdesk
