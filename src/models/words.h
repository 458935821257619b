#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace rowdesk {

/// Small phrases that several places say, and foreign text made safe for one line of a window.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::Words)
public:
    /// "1 row", "10,000 rows" with the user's separators.
    static QString rows(qint64 count);
    /// "1 column", "3 columns".
    static QString columns(qint64 count);
    /// "1 dataset", "128 datasets".
    static QString datasets(qint64 count);
    /// "1 version", "4 versions".
    static QString versions(qint64 count);
    /// "1 cell", "3 cells".
    static QString cells(qint64 count);
    /// A number with the user's separators.
    static QString number(qint64 value);

    /// Foreign text for one line: line breaks and other control characters become visible marks, characters that turn
    /// the writing direction of what follows are taken out, and the middle is left out beyond `longest` characters.
    static QString oneLine(const QString &text, qsizetype longest = 60);
    /// Foreign names for one line, each cut as by oneLine(), with `between` between them.
    static QString oneLine(const QStringList &names, const QString &between, qsizetype longest = 40);
};

} // namespace rowdesk
