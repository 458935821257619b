#pragma once

#include "core/columntype.h"

#include <QString>
#include <QStringList>
#include <QVector>

namespace rowdesk {

/// A column as the account or the user names it.
struct ColumnSpec {
    QString name;
    ColumnType type = ColumnType::Text;

    bool operator==(const ColumnSpec &) const = default;
};

/// The ordered columns of a table.
struct Schema {
    QVector<ColumnSpec> columns;

    QStringList names() const;
    /// Position of the column with exactly this name, or -1.
    int indexOf(QStringView name) const;

    bool operator==(const Schema &) const = default;
};

/// What is wrong with a schema that someone wants to create; nothing is wrong when the list is empty.
struct SchemaProblem {
    int column = -1; ///< position, or -1 when it concerns the whole schema
    QString message; ///< one sentence
};

/// Live checks of the New table grid and of `data create`: no columns, blank names, names that differ in nothing but
/// case, control characters, names longer than 128 characters (our own limit; the API documents none).
QVector<SchemaProblem> checkSchema(const Schema &schema);

} // namespace rowdesk
