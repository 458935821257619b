#pragma once

#include <QString>
#include <QVector>

namespace rowdesk {

/// A run of characters (UTF-16 units).
struct TextPart
{
    qsizetype start = 0;
    qsizetype length = 0;

    bool operator==(const TextPart &) const = default;
};

/// Which characters of two texts differ: `old` are those that only the old one has, `now` those that only the new one
/// has, both in order. Few and long parts rather than many short ones; no part cuts a character in two.
struct TextEdits
{
    QVector<TextPart> old;
    QVector<TextPart> now;
};

/// Finds the edits by the longest common subsequence; of texts longer than 400 characters between their common ends,
/// all that lies between.
TextEdits textEdits(const QString &old, const QString &now);

/// Parts of two texts in which they first differ, each at most `longest` characters with "…" where it was cut; short
/// texts as they are.
struct TextExcerpts
{
    QString old;
    QString now;
};
TextExcerpts textExcerpts(const QString &old, const QString &now, qsizetype longest);

} // namespace rowdesk
