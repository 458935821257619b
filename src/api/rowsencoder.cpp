#include "api/codec.h"
#include "api/jsontext.h"

#include <QCoreApplication>

#include <vector>

namespace rowdesk {
namespace {

/// What stands before and behind each cell of a column, made once for all rows.
struct CellFrame
{
    QByteArray before;
    QByteArray after;
};

std::vector<CellFrame> cellFrames(Dialect::RowShape shape, const Schema &schema)
{
    std::vector<CellFrame> frames;
    frames.reserve(static_cast<size_t>(schema.columns.size()));
    for (const ColumnSpec &column : schema.columns) {
        const QByteArray separator = frames.empty() ? QByteArray() : QByteArrayLiteral(",");
        QByteArray name;
        appendJsonString(name, column.name.toStdString());
        if (shape == Dialect::RowShape::Cells)
            frames.push_back({separator + R"({"column":)" + name + R"(,"value":)", QByteArrayLiteral("}")});
        else
            frames.push_back({separator + name + ':', {}});
    }
    return frames;
}

/// False when the text can't be written as JSON.
bool appendValue(QByteArray &out, const CellView &cell)
{
    switch (cell.kind) {
    case CellKind::Null:
        out.append("null");
        return true;
    case CellKind::Bool:
    case CellKind::Json:
        break;
    case CellKind::Number:
        if (isJsonNumber(cell.text))
            break;
        [[fallthrough]];
    case CellKind::Text:
        if (!isUtf8(cell.text))
            return false;
        appendJsonString(out, cell.text);
        return true;
    }
    out.append(cell.text.data(), static_cast<qsizetype>(cell.text.size()));
    return true;
}

ApiError notUtf8(qint64 line, const QString &column)
{
    return {
        ErrorKind::Usage,
        0,
        {},
        QCoreApplication::translate("Api",
                                    "The value in line %1, column %2, holds characters that are not valid Unicode.")
            .arg(QString::number(line), column),
        QCoreApplication::translate("Api", "Correct the value, or choose the encoding that the file was saved with."),
        {}};
}

} // namespace

Result<QByteArray> encodeRows(Dialect::RowShape shape, const Schema &schema, const RowBatch &batch, qsizetype first,
                              qsizetype count)
{
    Q_ASSERT(batch.columnCount() == schema.columns.size());
    const bool cells = shape == Dialect::RowShape::Cells;
    const std::vector<CellFrame> frames = cellFrames(shape, schema);
    QByteArray out = QByteArrayLiteral(R"({"data":[)");
    for (qsizetype row = first; row < first + count; ++row) {
        if (row > first)
            out.append(',');
        out.append(cells ? '[' : '{');
        for (int column = 0; column < batch.columnCount(); ++column) {
            const CellFrame &frame = frames[static_cast<size_t>(column)];
            out.append(frame.before);
            if (!appendValue(out, batch.cell(row, column)))
                return notUtf8(batch.sourceLine(row), schema.columns[column].name);
            out.append(frame.after);
        }
        out.append(cells ? ']' : '}');
    }
    out.append("]}");
    return out;
}

} // namespace rowdesk
