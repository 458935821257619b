#pragma once

#include "core/tablefilter.h"

#include <QCoreApplication>
#include <QVector>

namespace rowdesk {

/// Filters as a person reads and chooses them.
class FilterWords
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::FilterWords)
public:
    /// "temp_max > 30", "city is one of Lille, Zürich", "amount has no value". Foreign text is made safe for one line.
    static QString sentence(const QString &column, const Filter &filter);
    /// The condition in a list of them: "is", "contains", ">" …
    static QString condition(Filter::Op op);
    /// The conditions that make sense for such a column, the most wanted one first.
    static QVector<Filter::Op> conditionsFor(ColumnContent content);
    /// How many values the condition takes: 0, 1, 2 or -1 for any number.
    static int valueCount(Filter::Op op);
};

} // namespace rowdesk
