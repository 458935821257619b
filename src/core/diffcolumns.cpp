#include "core/diffcolumns.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TableDiff", text);
}

ApiError usage(const QString &message, const QString &hint)
{
    return {ErrorKind::Usage, 0, {}, message, hint, {}};
}

/// A table that was read without a row does not always tell its columns.
bool tellsNothing(const DiffTable &table)
{
    return table.rows.columnCount() == 0;
}

std::optional<ApiError> checkNames(const DiffTable &a, const DiffTable &b, const DiffOptions &options)
{
    const auto has = [](const DiffTable &table, const QString &name) { return table.rows.columnIndex(name) >= 0; };
    for (const QString &name : options.key) {
        for (const DiffTable *table : {&a, &b}) {
            if (!has(*table, name) && !tellsNothing(*table)) {
                return usage(tr("%1 has no column \"%2\", so it can't be a key.").arg(table->name, name),
                             tr("Its columns: %1.").arg(table->rows.columnNames().join(QStringLiteral(", "))));
            }
        }
        if (options.ignored.contains(name))
            return usage(tr("Column \"%1\" can't be a key and be ignored.").arg(name), {});
    }
    QStringList others = options.ignored + options.tolerances.keys();
    if (tellsNothing(a) || tellsNothing(b))
        others.clear();
    for (const QString &name : others) {
        if (!has(a, name) && !has(b, name))
            return usage(tr("Neither table has a column \"%1\".").arg(name), {});
    }
    return std::nullopt;
}

DiffColumn::Role roleOf(const DiffColumn &column, const DiffOptions &options)
{
    if (column.inA < 0 || column.inB < 0)
        return column.inA < 0 ? DiffColumn::Role::Added : DiffColumn::Role::Removed;
    if (options.key.contains(column.name))
        return DiffColumn::Role::Key;
    return options.ignored.contains(column.name) ? DiffColumn::Role::Ignored : DiffColumn::Role::Compared;
}

bool isTime(ColumnContent content)
{
    return content == ColumnContent::Days || content == ColumnContent::Moments;
}

bool isRetyped(const DiffTable &a, const DiffTable &b, const DiffColumn &column, const DiffOptions &options)
{
    const ColumnContent before = a.rows.content(column.inA);
    const ColumnContent after = b.rows.content(column.inB);
    // Where only days count, days and moments are the same kind.
    if (before == after || before == ColumnContent::Nothing || after == ColumnContent::Nothing)
        return false;
    return !(options.datesOnly && isTime(before) && isTime(after));
}

} // namespace

bool isOtherKind(ColumnContent a, ColumnContent b)
{
    if (a == b || a == ColumnContent::Nothing || b == ColumnContent::Nothing)
        return false;
    const auto isText = [](ColumnContent content) {
        return content == ColumnContent::Text || content == ColumnContent::Days || content == ColumnContent::Moments;
    };
    return !isText(a) || !isText(b) || (isTime(a) && isTime(b));
}

Result<std::vector<DiffColumn>> matchColumns(const DiffTable &a, const DiffTable &b, const DiffOptions &options)
{
    if (const std::optional<ApiError> error = checkNames(a, b, options))
        return *error;
    std::vector<DiffColumn> columns;
    const auto add = [&](const QString &name) {
        DiffColumn column;
        column.name = name;
        column.inA = a.rows.columnIndex(name);
        column.inB = b.rows.columnIndex(name);
        column.role = roleOf(column, options);
        column.retyped = column.inA >= 0 && column.inB >= 0 && isRetyped(a, b, column, options);
        column.asText = column.retyped && isOtherKind(a.rows.content(column.inA), b.rows.content(column.inB));
        columns.push_back(column);
    };
    for (const QString &name : b.rows.columnNames())
        add(name);
    for (const QString &name : a.rows.columnNames()) {
        if (b.rows.columnIndex(name) < 0)
            add(name);
    }
    return columns;
}

CellRule ruleFor(const DiffColumn &column, const DiffOptions &options, bool exact)
{
    CellRule rule;
    rule.asText = column.asText || options.asWritten;
    rule.trim = options.trim;
    rule.ignoreCase = options.ignoreCase;
    rule.nullIsEmpty = options.nullIsEmpty;
    rule.datesOnly = options.datesOnly;
    if (!exact) {
        const DiffTolerance tolerance = options.tolerances.value(column.name);
        rule.absolute = tolerance.absolute;
        rule.relative = tolerance.relative;
    }
    return rule;
}

} // namespace rowdesk
