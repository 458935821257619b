#pragma once

#include "models/tablequery.h"

#include <QStringList>

namespace rowdesk {

/// How the columns of a table are laid out, by name, so that it fits a table that has got or lost columns: those it
/// does not name come last and are shown. Widths are remembered apart.
struct ColumnLayout
{
    QStringList order;  ///< from the left; empty: as the table has them
    QStringList hidden; ///< not shown
    int frozen = 0;     ///< so many shown columns from the left stay in sight

    bool operator==(const ColumnLayout &) const = default;
};

/// What a person looks at in a table under a name of their own: filters, order of rows, layout of columns.
struct SavedView
{
    QString name;
    TableQuery::Question question;
    ColumnLayout layout;

    bool operator==(const SavedView &) const = default;
};

} // namespace rowdesk
