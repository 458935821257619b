#include "models/rowswords.h"

#include "models/words.h"

namespace rowdesk {

QString RowsWords::state(const ColumnStore &store)
{
    const QString rows = Words::rows(store.rowCount());
    switch (store.state()) {
    case ColumnStore::State::Loading:
        return store.rowCount() == 0 ? tr("first page of rows, loading…") : tr("loading, %1 so far…").arg(rows);
    case ColumnStore::State::Complete:
        return store.rowCount() == 0 ? tr("no rows") : tr("all %1").arg(rows);
    case ColumnStore::State::Stopped:
        break;
    }
    if (!store.error() || store.error()->kind == ErrorKind::Cancelled)
        return tr("stopped at %1; there may be more on the server").arg(rows);
    return tr("stopped at %1: %2").arg(rows, store.error()->text());
}

QString RowsWords::scope(const ColumnStore &store, qint64 count)
{
    const QString rows = Words::rows(count);
    const bool filtered = count < store.rowCount();
    switch (store.state()) {
    case ColumnStore::State::Complete:
        return filtered ? tr("of the %1 that the filters leave").arg(rows) : tr("of all %1").arg(rows);
    case ColumnStore::State::Loading:
        return filtered ? tr("of the %1 that the filters leave of those loaded so far").arg(rows)
                        : tr("of the %1 loaded so far").arg(rows);
    case ColumnStore::State::Stopped:
        break;
    }
    return filtered ? tr("of the %1 that the filters leave of those loaded before reading stopped").arg(rows)
                    : tr("of the %1 loaded before reading stopped").arg(rows);
}

QString RowsWords::whyNotWhole(const ColumnStore &store)
{
    if (store.state() != ColumnStore::State::Stopped)
        return {};
    const QString what =
        tr("These are not all rows of the table: reading stopped after %1.").arg(Words::rows(store.rowCount()));
    return store.error() ? what + u' ' + store.error()->text() : what;
}

QString RowsWords::kind(CellKind kind)
{
    switch (kind) {
    case CellKind::Null:
        return tr("no value");
    case CellKind::Text:
        return tr("text");
    case CellKind::Number:
        return tr("number");
    case CellKind::Bool:
        return tr("true or false");
    case CellKind::Json:
        return tr("nested JSON");
    }
    return {};
}

} // namespace rowdesk
