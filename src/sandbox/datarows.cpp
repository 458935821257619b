#include "sandbox/datarows.h"

#include "sandbox/dataapi.h"
#include "sandbox/jsonreader.h"
#include "sandbox/readings.h"
#include "sandbox/rowfilter.h"

#include <QCoreApplication>

#include <functional>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 largestPage = 5000;

QString tr(const char *text)
{
    return QCoreApplication::translate("DataRows", text);
}

/// Which rows are asked for: `size` rows as page `page`, or from row `offset`.
struct Window
{
    qint64 page = 1;
    qint64 size = 0;
    bool byOffset = false;
    qint64 offset = 0;
};

Result<Window> windowOf(const ApiCall &call, int serverPageSize)
{
    Window window;
    window.byOffset = call.isVersioned() && (!call.parameter("limit").isNull() || !call.parameter("offset").isNull());
    // The classic dialect's page size is the server's alone.
    const Result<qint64> page = call.number("page", 1);
    const Result<qint64> size = call.isVersioned()
                                    ? call.number(window.byOffset ? "limit" : "page_size", serverPageSize)
                                    : Result<qint64>(serverPageSize);
    const Result<qint64> offset = call.number("offset", 0);
    for (const Result<qint64> *number : {&page, &size, &offset}) {
        if (!*number)
            return number->error();
    }
    window.page = *page;
    window.size = qMin(*size, qMax<qint64>(largestPage, serverPageSize));
    window.offset = window.byOffset ? *offset : (*page - 1) * window.size;
    return window;
}

struct RowsJson
{
    QByteArray array; ///< [{…},…]
    qint64 count = 0;
    bool more = false;
};

Result<RowsJson> storedRows(DatasetStore &store, const Dataset &dataset, const TableState &state, const Window &window)
{
    const Result<DatasetStore::Page> page = store.page(dataset, state.version, window.offset, window.size);
    if (!page)
        return page.error();
    RowsJson json;
    json.array.reserve(page->rows.size() * 200);
    json.array.append('[');
    RowWriter writer(dataset.schema);
    for (const Cells &cells : page->rows)
        writer.append(json.array, cells);
    json.array.append(']');
    json.count = page->rows.size();
    json.more = page->more;
    return json;
}

RowsJson generatedRows(const Window &window)
{
    RowsJson json;
    json.count = qBound<qint64>(0, readings::rowCount - window.offset, window.size);
    json.array.append('[');
    readings::appendRows(json.array, window.offset, json.count);
    json.array.append(']');
    json.more = window.offset + json.count < readings::rowCount;
    return json;
}

ApiError readOnly(const Dataset &dataset)
{
    return rejected(u"ReadOnly"_s, tr("The dataset “%1” is computed: its rows can't be changed.").arg(dataset.name));
}

/// What an update and a delete differ in.
struct RowEdit
{
    QByteArray counter; ///< member of the versioned answer
    QString comment;    ///< of the version
    std::function<Result<DatasetStore::Edit>(const JsonValue &body, RowFilter &filter)> make;
};

HttpReply editRows(const ApiCall &call, Services &services, const Dataset &dataset, const RowEdit &kind)
{
    if (!dataset.generator.isEmpty())
        return call.refusal(readOnly(dataset));
    const JsonDocument body(call.body());
    if (!body.isValid())
        return call.refusal(rejected(u"InvalidJson"_s, body.errorText()));
    Result<RowFilter> filter = readFilter(dataset.schema, body.root());
    if (!filter)
        return call.refusal(filter.error());
    const Result<DatasetStore::Edit> edit = kind.make(body.root(), filter.value());
    if (!edit)
        return call.refusal(edit.error());
    const Result<qint64> edited = services.datasets.edit(dataset.id, *edit, kind.comment);
    if (!edited)
        return call.refusal(edited.error());
    const QByteArray count = QByteArray::number(*edited);
    return call.said("success", "{\"" + kind.counter + "\":" + count + ",\"rows_found\":" + count + '}');
}

} // namespace

HttpReply answerRows(const ApiCall &call, Services &services, const Dataset &dataset, const TableState &state)
{
    const Result<Window> window = windowOf(call, services.shared.pageSize);
    if (!window)
        return call.refusal(window.error());
    const Result<RowsJson> rows = dataset.generator.isEmpty() ? storedRows(services.datasets, dataset, state, *window)
                                                              : Result<RowsJson>(generatedRows(*window));
    if (!rows)
        return call.refusal(rows.error());
    HttpReply reply;
    if (window->byOffset && call.version() == u"2021.08") {
        reply.body = "{\"data\":" + rows->array + '}';
        return reply;
    }
    if (call.isVersioned())
        return call.items("data", rows->array,
                          Pagination{rows->count, state.rows, window->page, window->size, rows->more});
    reply.body = "{\"data\":" + rows->array + ",\"has_more_data\":" + (rows->more ? "true}" : "false}");
    return reply;
}

HttpReply appendRows(const ApiCall &call, Services &services, const Dataset &dataset, RowShape shape)
{
    if (!dataset.generator.isEmpty())
        return call.refusal(readOnly(dataset));
    const JsonDocument body(call.body());
    if (!body.isValid())
        return call.refusal(rejected(u"InvalidJson"_s, body.errorText()));
    const Result<QVector<Cells>> rows = readRows(dataset.schema, body.root().member("data"), shape);
    if (!rows)
        return call.refusal(rows.error());
    if (shape == RowShape::Object && rows->size() > maxRowsPerInsert) {
        return call.refusal(
            rejected(u"TooManyRows"_s,
                     tr("%1 rows were sent; one call takes at most %2.").arg(rows->size()).arg(maxRowsPerInsert)));
    }
    const Result<Done> done = services.datasets.append(dataset.id, *rows, tr("%1 rows appended").arg(rows->size()));
    if (!done)
        return call.refusal(done.error());
    const QByteArray count = QByteArray::number(rows->size());
    return call.said("success", "{\"rows_inserted\":" + count + ",\"rows_found\":" + count + '}');
}

HttpReply updateRows(const ApiCall &call, Services &services, const Dataset &dataset)
{
    const auto update = [&](const JsonValue &body, RowFilter &filter) -> Result<DatasetStore::Edit> {
        const JsonValue data = body.member("data");
        const Result<QMap<int, QByteArray>> values =
            readCells(dataset.schema, data, data.isObject() ? RowShape::Object : RowShape::Pairs, 1);
        if (!values)
            return values.error();
        if (values->isEmpty())
            return rejected(u"InvalidData"_s, tr("The body names no column to change."));
        return DatasetStore::Edit([&filter, changes = *values](const Cells &cells) -> std::optional<Cells> {
            QList<QByteArray> row = splitCells(cells);
            if (!filter.takes(row))
                return std::nullopt;
            for (auto change = changes.cbegin(); change != changes.cend(); ++change)
                row[change.key()] = change.value();
            return row.join('\n');
        });
    };
    return editRows(call, services, dataset, {"rows_updated", tr("Rows updated"), update});
}

HttpReply deleteRows(const ApiCall &call, Services &services, const Dataset &dataset)
{
    const auto remove = [](const JsonValue &, RowFilter &filter) -> Result<DatasetStore::Edit> {
        return DatasetStore::Edit([&filter](const Cells &cells) -> std::optional<Cells> {
            return filter.takes(splitCells(cells)) ? std::optional<Cells>(Cells()) : std::nullopt;
        });
    };
    return editRows(call, services, dataset, {"rows_deleted", tr("Rows deleted"), remove});
}

} // namespace rowdesk::sandbox
