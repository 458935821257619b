#include "core/schema.h"

#include <QHash>

#include <algorithm>

namespace rowdesk {
namespace {

QString tr(const char *text) { return QCoreApplication::translate("Schema", text); }

constexpr int longestName = 128;

/// The problem with one name on its own; empty when there is none.
QString problemWithName(const QString &name)
{
    if (name.trimmed().isEmpty())
        return tr("The name is blank.");
    if (name.size() > longestName)
        return tr("The name is longer than %1 characters.").arg(longestName);
    if (std::any_of(name.begin(), name.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
        return tr("The name holds a line break or another control character.");
    return {};
}

} // namespace

QStringList Schema::names() const
{
    QStringList result;
    result.reserve(columns.size());
    for (const ColumnSpec &column : columns)
        result.append(column.name);
    return result;
}

int Schema::indexOf(QStringView name) const
{
    for (int i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name)
            return i;
    }
    return -1;
}

QVector<SchemaProblem> checkSchema(const Schema &schema)
{
    QVector<SchemaProblem> problems;
    if (schema.columns.isEmpty())
        problems.append({-1, tr("A table needs at least one column.")});
    QHash<QString, int> firstWithName;
    for (int i = 0; i < schema.columns.size(); ++i) {
        const QString &name = schema.columns[i].name;
        const QString problem = problemWithName(name);
        if (!problem.isEmpty()) {
            problems.append({i, problem});
            continue;
        }
        const QString folded = name.trimmed().toCaseFolded();
        if (const auto seen = firstWithName.constFind(folded); seen != firstWithName.constEnd())
            problems.append({i, tr("The name is the same as that of column %1.").arg(*seen + 1)});
        else
            firstWithName.insert(folded, i);
    }
    return problems;
}

} // namespace rowdesk
