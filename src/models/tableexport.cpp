#include "models/tableexport.h"

#include "models/tablequery.h"
#include "models/tabletext.h"
#include "models/words.h"

#include <algorithm>

namespace rowdesk {

TableExport::TableExport(TableModel *model, TableQuery *query, const QItemSelection &selection,
                         const std::optional<Schema> &schema, QObject *parent)
    : QObject(parent), m_model(model), m_query(query), m_selection(selection), m_schema(schema)
{
}

QVector<TableExport::Scope> TableExport::scopes() const
{
    QVector<Scope> scopes;
    if (m_query->isFiltered())
        scopes.append(Scope::Shown);
    scopes.append(Scope::All);
    if (!m_model->store()->isComplete() && m_model->knownRows() > 0)
        scopes.append(Scope::Loaded);
    // A single cell is where the cursor stands, not a choice.
    const bool chosen =
        m_selection.size() > 1 ||
        (!m_selection.isEmpty() && (m_selection.first().width() > 1 || m_selection.first().height() > 1));
    if (chosen)
        scopes.append(Scope::Selected);
    return scopes;
}

QString TableExport::scopeText(Scope scope) const
{
    const bool complete = m_model->store()->isComplete();
    const QString loaded = Words::rows(m_model->knownRows());
    switch (scope) {
    case Scope::Selected:
        return tr("The selection: %1, %2")
            .arg(Words::rows(qint64(selectedBlock(m_selection).rows.size())), Words::columns(selectedColumns().size()));
    case Scope::Shown:
        if (complete)
            return tr("The rows that meet the filters: %1 of %2").arg(Words::number(m_model->rowCount()), loaded);
        return tr("The rows that meet the filters, of all rows: the rest is loaded first (%1 so far)").arg(loaded);
    case Scope::Loaded:
        return tr("Only what is loaded so far: %1, not the whole table").arg(loaded);
    case Scope::All:
        break;
    }
    return complete ? tr("All %1").arg(loaded) : tr("All rows: the rest is loaded first (%1 so far)").arg(loaded);
}

QString TableExport::amount(Scope scope) const
{
    const bool known = m_model->store()->isComplete();
    switch (scope) {
    case Scope::Selected:
        return Words::rows(qint64(selectedBlock(m_selection).rows.size()));
    case Scope::Shown:
        return known ? Words::rows(m_model->rowCount()) : tr("the filtered rows");
    case Scope::Loaded:
        return Words::rows(m_model->knownRows());
    case Scope::All:
        break;
    }
    return known ? Words::rows(m_model->knownRows()) : tr("all rows");
}

void TableExport::start(Scope scope, const ExportOptions &options, const QString &path)
{
    if (m_state != State::Idle)
        return;
    m_scope = scope;
    m_options = options;
    m_path = path;
    m_state = State::Waiting;
    const bool needsAll = scope == Scope::All || scope == Scope::Shown;
    if (needsAll && m_model->store()->state() == ColumnStore::State::Stopped)
        emit readingWanted();
    tableChanged();
    emit changed();
}

bool TableExport::isReady() const
{
    switch (m_scope) {
    case Scope::Selected:
    case Scope::Loaded:
        return true;
    case Scope::Shown:
        return m_model->store()->isComplete() && m_query->isCaughtUp();
    case Scope::All:
        break;
    }
    return m_model->store()->isComplete();
}

void TableExport::tableChanged()
{
    if (m_state != State::Waiting)
        return;
    if (isReady())
        return write();
    const ColumnStore &store = *m_model->store();
    if (store.state() == ColumnStore::State::Stopped && store.error()) {
        ApiError error = *store.error();
        error.message = tr("The rows are not all there (%1 came), so nothing was written. %2")
                            .arg(Words::number(store.rowCount()), error.message);
        return finish(error);
    }
    if (store.isComplete())
        m_query->catchUp();
    emit changed();
}

void TableExport::cancel()
{
    if (m_state == State::Idle)
        return;
    // A file that is complete already is there and can't be taken back: the worker has the last word.
    if (m_state == State::Writing)
        return m_writing.askToStop();
    finish(ApiError{ErrorKind::Cancelled, 0, {}, tr("The export was cancelled. Nothing was written."), {}, {}});
}

QVector<int> TableExport::selectedColumns() const
{
    return selectedBlock(m_selection).columns;
}

TableModel::RowOrder TableExport::selectedRows() const
{
    auto rows = std::make_shared<std::vector<quint32>>();
    for (const int row : selectedBlock(m_selection).rows)
        rows->push_back(static_cast<quint32>(m_model->sourceRow(row)));
    return rows;
}

/// What the column is: the service's word, else what its values are.
ColumnSpec TableExport::columnSpec(int column) const
{
    const ColumnStore &store = *m_model->store();
    const QString name = store.columnName(column);
    const int known = m_schema ? m_schema->indexOf(name) : -1;
    if (known >= 0)
        return m_schema->columns[known];
    switch (store.content(column)) {
    case ColumnContent::Numbers:
        return {name, ColumnType::Number};
    case ColumnContent::Bools:
        return {name, ColumnType::Checkbox};
    case ColumnContent::Days:
        return {name, ColumnType::Date};
    case ColumnContent::Moments:
        return {name, ColumnType::DateTime};
    case ColumnContent::Nothing:
    case ColumnContent::Text:
    case ColumnContent::Mixed:
        break;
    }
    return {name, ColumnType::Text};
}

ExportRows TableExport::rows() const
{
    ExportRows rows{m_model->store()->snapshot(), nullptr, {}, {}};
    if (m_scope == Scope::Selected) {
        rows.columns = selectedColumns();
        rows.order = selectedRows();
    } else {
        for (int column = 0; column < rows.table.columnCount(); ++column)
            rows.columns.append(column);
        if (m_scope == Scope::Shown || (!m_query->isFiltered() && m_query->isCaughtUp()))
            rows.order = m_model->rowOrder(); // sorted as it is shown
    }
    for (const int column : rows.columns)
        rows.schema.columns.append(columnSpec(column));
    return rows;
}

void TableExport::write()
{
    m_state = State::Writing;
    m_writing.start([rows = rows(), options = m_options,
                     path = m_path](FileWork &work) { return writeRows(rows, options, path, &work); },
                    [this](const Result<Exported> &written) { finish(written); });
    emit changed();
}

void TableExport::finish(const Result<Exported> &result)
{
    m_state = State::Idle;
    emit changed();
    emit finished(result);
}

} // namespace rowdesk
