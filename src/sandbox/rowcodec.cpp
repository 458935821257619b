#include "sandbox/rowcodec.h"

#include "sandbox/cellvalue.h"
#include "sandbox/jsonstring.h"

#include <QCoreApplication>
#include <QHash>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("RowCodec", text);
}

/// A value as an error shows it: short, and recognisable.
QString shown(const JsonValue &value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Absent:
        return tr("nothing");
    case JsonValue::Kind::Array:
        return tr("a list");
    case JsonValue::Kind::Object:
        return tr("an object");
    case JsonValue::Kind::String:
        return u"“%1”"_s.arg(value.toString().left(60));
    default:
        return value.toString().left(60);
    }
}

/// Column positions by name. Built once a call: calls carry many rows.
class ColumnIndex
{
public:
    explicit ColumnIndex(const Schema &schema) : m_schema(schema)
    {
        for (int i = 0; i < schema.columns.size(); ++i)
            m_positions.insert(schema.columns.at(i).name.toUtf8(), i);
    }
    int find(std::string_view name) const
    {
        return m_positions.value(QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size())), -1);
    }
    const Schema &schema() const { return m_schema; }

private:
    const Schema &m_schema;
    QHash<QByteArray, int> m_positions;
};

QString quotedName(std::string_view name)
{
    return u"“%1”"_s.arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
}

/// Puts one value into its place among a row's cells; an error says why not.
std::optional<ApiError> put(QVector<QByteArray> &cells, const ColumnIndex &index, std::string_view name,
                            const JsonValue &value, qint64 row)
{
    const int position = index.find(name);
    if (position < 0)
        return rejected(u"UnknownColumn"_s, tr("Row %1: the table has no column %2.").arg(row).arg(quotedName(name)));
    if (!cells.at(position).isNull())
        return rejected(u"DuplicateColumn"_s, tr("Row %1: column %2 appears twice.").arg(row).arg(quotedName(name)));
    const ColumnType type = index.schema().columns.at(position).type;
    std::optional<QByteArray> cell = storedCell(type, value);
    if (!cell) {
        return rejected(u"InvalidValue"_s,
                        tr("Row %1, column %2: the value %3 is not a %4.")
                            .arg(QString::number(row), quotedName(name), shown(value), columnTypeName(type)));
    }
    cells[position] = std::move(*cell);
    return std::nullopt;
}

std::optional<ApiError> fill(QVector<QByteArray> &cells, const ColumnIndex &index, const JsonValue &row, RowShape shape,
                             qint64 number)
{
    const bool fits = shape == RowShape::Pairs ? row.isArray() : row.isObject();
    if (!fits)
        return rejected(u"InvalidData"_s, tr("Row %1 is %2, not a row.").arg(QString::number(number), shown(row)));
    if (shape == RowShape::Object) {
        for (const auto &[name, value] : row.members()) {
            if (auto error = put(cells, index, name, value, number))
                return error;
        }
        return std::nullopt;
    }
    for (JsonValue cell = row.first(); !cell.isAbsent(); cell = cell.next()) {
        const JsonValue column = cell.member("column");
        const JsonValue value = cell.member("value");
        if (!column.isString() || value.isAbsent())
            return rejected(u"InvalidData"_s, tr("Row %1: a cell needs a “column” and a “value”.").arg(number));
        if (auto error = put(cells, index, column.text(), value, number))
            return error;
    }
    return std::nullopt;
}

} // namespace

ApiError rejected(const QString &code, const QString &message)
{
    ApiError error;
    error.kind = ErrorKind::Rejected;
    error.code = code;
    error.message = message;
    return error;
}

Result<QVector<Cells>> readRows(const Schema &schema, const JsonValue &data, RowShape shape)
{
    if (!data.isArray())
        return rejected(u"InvalidData"_s, tr("The body needs a member “data” that is a list of rows."));
    const ColumnIndex index(schema);
    QVector<Cells> rows;
    for (JsonValue row = data.first(); !row.isAbsent(); row = row.next()) {
        QVector<QByteArray> cells(schema.columns.size());
        if (auto error = fill(cells, index, row, shape, rows.size() + 1))
            return *error;
        Cells joined;
        for (int i = 0; i < cells.size(); ++i) {
            if (i > 0)
                joined.append('\n');
            joined.append(cells.at(i).isNull() ? QByteArrayView("null") : QByteArrayView(cells.at(i)));
        }
        rows.append(joined);
    }
    return rows;
}

Result<QMap<int, QByteArray>> readCells(const Schema &schema, const JsonValue &row, RowShape shape, qint64 rowNumber)
{
    QVector<QByteArray> cells(schema.columns.size());
    if (auto error = fill(cells, ColumnIndex(schema), row, shape, rowNumber))
        return *error;
    QMap<int, QByteArray> result;
    for (int i = 0; i < cells.size(); ++i) {
        if (!cells.at(i).isNull())
            result.insert(i, cells.at(i));
    }
    return result;
}

RowWriter::RowWriter(const Schema &schema)
{
    for (const ColumnSpec &column : schema.columns)
        m_keys.append(jsonString(column.name) + ':');
}

void RowWriter::append(QByteArray &out, const Cells &cells)
{
    out.append(m_first ? "{" : ",{");
    m_first = false;
    qsizetype begin = 0;
    for (qsizetype column = 0; column < m_keys.size(); ++column) {
        const qsizetype next = cells.indexOf('\n', begin);
        const qsizetype end = next < 0 ? cells.size() : next;
        if (column > 0)
            out.append(',');
        out.append(m_keys.at(column)).append(cells.constData() + begin, end - begin);
        begin = end + 1;
    }
    out.append('}');
}

QList<QByteArray> splitCells(const Cells &cells)
{
    return cells.split('\n');
}

} // namespace rowdesk::sandbox
