#include "app/viewsettings.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rowdesk {

namespace {

constexpr qsizetype mostViews = 100;

/// How conditions are written, in the order of Filter::Op.
constexpr std::array operations{
    "equals",        "not_equals", "contains", "not_contains", "starts_with", "greater", "greater_or_equal", "less",
    "less_or_equal", "between",    "in",       "null",         "not_null",    "empty",   "not_empty"};
static_assert(operations.size() == static_cast<size_t>(Filter::Op::NotEmpty) + 1);

std::optional<Filter::Op> operationOf(const QString &word)
{
    for (size_t i = 0; i < operations.size(); ++i) {
        if (word == QLatin1String(operations[i]))
            return static_cast<Filter::Op>(i);
    }
    return std::nullopt;
}

QStringList readNames(const QJsonValue &value)
{
    QStringList names;
    for (const QJsonValue &name : value.toArray()) {
        if (name.isString())
            names.append(name.toString());
    }
    return names;
}

QJsonObject questionToJson(const TableQuery::Question &question)
{
    QJsonArray filters;
    for (const TableQuery::Condition &condition : question.conditions)
        filters.append(
            QJsonObject{{QStringLiteral("column"), condition.column},
                        {QStringLiteral("is"), QLatin1String(operations[static_cast<size_t>(condition.filter.op)])},
                        {QStringLiteral("values"), QJsonArray::fromStringList(condition.filter.operands)},
                        {QStringLiteral("match_case"), condition.filter.matchCase}});
    QJsonArray sort;
    for (const TableQuery::Order &order : question.orders)
        sort.append(
            QJsonObject{{QStringLiteral("column"), order.column}, {QStringLiteral("descending"), order.descending}});
    return {{QStringLiteral("filters"), filters}, {QStringLiteral("sort"), sort}};
}

TableQuery::Question readQuestion(const QJsonObject &object)
{
    TableQuery::Question question;
    for (const QJsonValue &entry : object[QStringLiteral("filters")].toArray()) {
        const std::optional<Filter::Op> op = operationOf(entry[QStringLiteral("is")].toString());
        if (!op || !entry[QStringLiteral("column")].isString())
            continue;
        const Filter filter{-1, *op, readNames(entry[QStringLiteral("values")]),
                            entry[QStringLiteral("match_case")].toBool()};
        question.conditions.append({entry[QStringLiteral("column")].toString(), filter, {}});
    }
    for (const QJsonValue &entry : object[QStringLiteral("sort")].toArray()) {
        if (entry[QStringLiteral("column")].isString())
            question.orders.append(
                {entry[QStringLiteral("column")].toString(), entry[QStringLiteral("descending")].toBool()});
    }
    return question;
}

} // namespace

QJsonObject layoutToJson(const ColumnLayout &layout)
{
    return {{QStringLiteral("order"), QJsonArray::fromStringList(layout.order)},
            {QStringLiteral("hidden"), QJsonArray::fromStringList(layout.hidden)},
            {QStringLiteral("frozen"), layout.frozen}};
}

ColumnLayout readLayout(const QJsonObject &object)
{
    return {readNames(object[QStringLiteral("order")]), readNames(object[QStringLiteral("hidden")]),
            std::max(object[QStringLiteral("frozen")].toInt(), 0)};
}

QJsonArray viewsToJson(const QVector<SavedView> &views)
{
    QJsonArray array;
    for (const SavedView &view : views) {
        QJsonObject entry = questionToJson(view.question);
        entry[QStringLiteral("name")] = view.name;
        entry[QStringLiteral("columns")] = layoutToJson(view.layout);
        array.append(entry);
    }
    return array;
}

QVector<SavedView> readViews(const QJsonArray &array)
{
    QVector<SavedView> views;
    for (const QJsonValue &entry : array) {
        const QString name = entry[QStringLiteral("name")].toString();
        if (!name.isEmpty() && views.size() < mostViews)
            views.append(
                {name, readQuestion(entry.toObject()), readLayout(entry[QStringLiteral("columns")].toObject())});
    }
    return views;
}

} // namespace rowdesk
