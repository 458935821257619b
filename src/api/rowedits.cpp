#include "api/rowedits.h"

#include "api/jsontext.h"
#include "api/jsonvalue.h"

#include <QCoreApplication>

namespace rowdesk {
namespace {

QByteArray quoted(const QString &text)
{
    QByteArray out;
    appendJsonString(out, text.toStdString());
    return out;
}

QByteArray joined(const QVector<QByteArray> &parts)
{
    return QByteArrayList(parts.begin(), parts.end()).join(',');
}

QByteArray cell(const QString &column, const QByteArray &json)
{
    return R"({"column":)" + quoted(column) + R"(,"value":)" + json + '}';
}

QByteArray scope(const RowFilter &filter)
{
    return filter.firstOnly ? R"("first")" : R"("all")";
}

/// The members that say which rows, without the braces.
QByteArray filterMembers(Dialect::RowShape shape, const RowFilter &filter)
{
    QVector<QByteArray> parts;
    for (const RowCondition &condition : filter.conditions) {
        parts << (shape == Dialect::RowShape::Cells
                      ? cell(condition.column, condition.values.first())
                      : R"({"name":)" + quoted(condition.column) + R"(,"comparator":"equals","values":[)" +
                            joined(condition.values) + "]}");
    }
    if (shape == Dialect::RowShape::Cells)
        return R"("multiplerows":)" + scope(filter) + R"(,"find":[)" + joined(parts) + ']';
    return R"("multiple_rows":)" + scope(filter) + R"(,"filter":{"condition":[{"columns":[)" + joined(parts) +
           R"(],"operator":"and"}]})";
}

} // namespace

QByteArray encodeRemoval(Dialect::RowShape shape, const RowFilter &filter)
{
    return '{' + filterMembers(shape, filter) + '}';
}

QByteArray encodeUpdate(Dialect::RowShape shape, const RowFilter &filter, const QVector<ColumnValue> &values)
{
    QVector<QByteArray> parts;
    const bool cells = shape == Dialect::RowShape::Cells;
    for (const ColumnValue &value : values)
        parts << (cells ? cell(value.column, value.json) : quoted(value.column) + ':' + value.json);
    const QByteArray data = (cells ? "[" : "{") + joined(parts) + (cells ? "]" : "}");
    return '{' + filterMembers(shape, filter) + R"(,"data":)" + data + '}';
}

Result<std::optional<qint64>> decodeEdited(const QByteArray &body, std::string_view counter)
{
    const QByteArray trimmed = body.trimmed();
    if (trimmed.isEmpty() || trimmed.startsWith('<')) {
        return ApiError{ErrorKind::OutcomeUnknown,
                        0,
                        {},
                        QCoreApplication::translate("Api", "The service's answer does not say whether rows changed."),
                        QCoreApplication::translate("Api", "Read the table to see."),
                        {}};
    }
    const Result<JsonValue> root = JsonValue::parse(body);
    if (!root || !root->isObject())
        return std::optional<qint64>(); // bare text is the documented success
    const JsonValue *result = root->find("result");
    const JsonValue *place = result ? result : &*root;
    const JsonValue *count = place->isObject() ? place->find(counter) : nullptr;
    return count ? count->asWholeNumber() : std::optional<qint64>();
}

} // namespace rowdesk
