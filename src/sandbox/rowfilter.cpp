#include "sandbox/rowfilter.h"

#include "sandbox/cellvalue.h"
#include "sandbox/rowcodec.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("RowFilter", text);
}

ApiError unusable(const QString &why)
{
    return rejected(u"InvalidFilter"_s, why);
}

Result<std::string> comparable(const Schema &schema, int column, const JsonValue &value)
{
    const ColumnSpec &spec = schema.columns.at(column);
    const std::optional<QByteArray> cell = storedCell(spec.type, value);
    if (!cell) {
        return rejected(
            u"InvalidValue"_s,
            tr("The filter on column “%1”: a value is not a %2.").arg(spec.name, columnTypeName(spec.type)));
    }
    return comparableCell({cell->constData(), static_cast<size_t>(cell->size())});
}

Result<int> columnOf(const Schema &schema, const JsonValue &name)
{
    const int column = name.isString() ? schema.indexOf(name.toString()) : -1;
    if (column < 0)
        return rejected(u"UnknownColumn"_s,
                        tr("The filter names the column “%1”, which the table does not have.").arg(name.toString()));
    return column;
}

} // namespace

bool RowFilter::Test::holds(const QList<QByteArray> &cells) const
{
    const QByteArray cell = cells.value(column);
    const std::string value = comparableCell({cell.constData(), static_cast<size_t>(cell.size())});
    return std::find(values.begin(), values.end(), value) != values.end();
}

bool RowFilter::takes(const QList<QByteArray> &cells)
{
    if (m_firstOnly && m_taken)
        return false;
    const auto holds = [&cells](const Test &test) { return test.holds(cells); };
    for (const Condition &condition : m_conditions) {
        const std::vector<Test> &tests = condition.tests;
        if (!(condition.any ? std::any_of(tests.begin(), tests.end(), holds)
                            : std::all_of(tests.begin(), tests.end(), holds)))
            return false;
    }
    m_taken = true;
    return true;
}

/// Takes a filter's parts out of a body, one function a nesting level.
class FilterReader
{
public:
    explicit FilterReader(const Schema &schema) : m_schema(schema) {}

    using Test = RowFilter::Test;
    using Condition = RowFilter::Condition;

    /// [{"column","value"},…]: all of them must hold.
    Result<Condition> readFind(const JsonValue &find) const
    {
        Condition condition;
        for (JsonValue cell = find.first(); !cell.isAbsent(); cell = cell.next()) {
            const Result<int> column = columnOf(m_schema, cell.member("column"));
            if (!column)
                return column.error();
            const Result<std::string> value = comparable(m_schema, *column, cell.member("value"));
            if (!value)
                return value.error();
            condition.tests.push_back({*column, {*value}});
        }
        return condition;
    }

    /// {"columns":[…],"operator"}
    Result<Condition> readCondition(const JsonValue &json) const
    {
        Condition condition;
        condition.any = json.member("operator").toString().compare(u"or", Qt::CaseInsensitive) == 0;
        const JsonValue columns = json.member("columns");
        for (JsonValue column = columns.first(); !column.isAbsent(); column = column.next()) {
            Result<Test> test = readTest(column);
            if (!test)
                return test.error();
            condition.tests.push_back(std::move(test).value());
        }
        if (condition.tests.empty())
            return unusable(tr("A condition of the filter names no column."));
        return condition;
    }

private:
    /// {"name","comparator","values":[…]}
    Result<Test> readTest(const JsonValue &json) const
    {
        const Result<int> column = columnOf(m_schema, json.member("name"));
        if (!column)
            return column.error();
        if (const QString comparator = json.member("comparator").toString(); comparator != u"equals")
            return unusable(tr("The sandbox compares with “equals” only, not with “%1”.").arg(comparator.left(60)));
        Test test{*column, {}};
        const JsonValue values = json.member("values");
        for (JsonValue value = values.first(); !value.isAbsent(); value = value.next()) {
            const Result<std::string> text = comparable(m_schema, *column, value);
            if (!text)
                return text.error();
            test.values.push_back(*text);
        }
        return test;
    }

    const Schema &m_schema;
};

Result<RowFilter> readFilter(const Schema &schema, const JsonValue &body)
{
    RowFilter filter;
    const JsonValue classicWord = body.member("multiplerows");
    const QString word = (classicWord.isAbsent() ? body.member("multiple_rows") : classicWord).toString();
    if (!word.isEmpty() && word != u"all" && word != u"first")
        return unusable(tr("“%1” is neither “all” nor “first”.").arg(word.left(60)));
    filter.m_firstOnly = word != u"all";

    const FilterReader reader(schema);
    Result<RowFilter::Condition> found = reader.readFind(body.member("find"));
    if (!found)
        return found.error();
    if (!found->tests.empty())
        filter.m_conditions.push_back(std::move(found).value());
    const JsonValue conditions = body.member("filter").member("condition");
    for (JsonValue each = conditions.first(); !each.isAbsent(); each = each.next()) {
        Result<RowFilter::Condition> condition = reader.readCondition(each);
        if (!condition)
            return condition.error();
        filter.m_conditions.push_back(std::move(condition).value());
    }
    if (filter.m_conditions.empty())
        return unusable(tr("The body says nothing about which rows are meant (“find” or “filter”)."));
    return filter;
}

} // namespace rowdesk::sandbox
