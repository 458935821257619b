#pragma once

#include "core/columnprofile.h"

#include <QCoreApplication>
#include <QVector>

namespace rowdesk {

/// Profiles as a person reads them.
class ProfileWords
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::ProfileWords)
public:
    struct Fact
    {
        QString name;
        QString value;
    };

    /// "numbers", "days", "text" …
    static QString content(ColumnContent content);
    /// A finding in two words, for a list: "trailing spaces".
    static QString hint(ColumnProfile::Hint hint);
    /// "188 (1.3 %)"; never 0 % for some, never 100 % for not all.
    static QString share(qint64 part, qint64 whole);
    /// Figures rounded for reading: 8 digits, or all before the point.
    static QString rounded(double value);
    /// "10.5 to 12.1"
    static QString range(const ColumnProfile::Bin &bin);

    /// What is to be said about a column, in order: rows, values, numbers, texts.
    static QVector<Fact> facts(const ColumnProfile &profile);
    /// All of it as text for the clipboard: facts, findings, most frequent values; `scope` says of which rows.
    static QString asText(const QString &column, const QString &scope, const ColumnProfile &profile);
};

} // namespace rowdesk
