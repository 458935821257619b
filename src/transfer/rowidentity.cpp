#include "transfer/rowidentity.h"

#include "transfer/canonicalvalue.h"

namespace rowdesk {
namespace {

void add(QByteArray &row, const QByteArray &value)
{
    row += QByteArray::number(value.size()) + ':' + value;
}

} // namespace

RowIdentity::RowIdentity(const JournalJob &job, const TableSnapshot &table, bool allColumns)
{
    for (int i = 0; i < job.columns.columns.size(); ++i) {
        const ColumnSpec &column = job.columns.columns[i];
        const bool marks = job.evidence == Evidence::Marker && column.name == markerColumn;
        const bool keys = job.evidence == Evidence::Key && job.keyColumns.contains(column.name);
        if (!allColumns && !marks && !keys)
            continue;
        m_columns.append(i);
        m_types.append(column.type);
        m_places.append(table.columnIndex(column.name));
    }
}

bool RowIdentity::isInTable() const
{
    return !m_columns.isEmpty() && !m_places.contains(-1);
}

QByteArray RowIdentity::of(const PayloadRow &sent) const
{
    QByteArray row;
    for (int i = 0; i < m_columns.size(); ++i)
        add(row, canonicalJson(m_types[i], sent.values[size_t(m_columns[i])]));
    return row;
}

QByteArray RowIdentity::of(const TableSnapshot &table, qsizetype line, std::string &scratch) const
{
    QByteArray row;
    for (int i = 0; i < m_columns.size(); ++i) {
        if (m_places[i] < 0)
            add(row, {});
        else
            add(row, canonicalValue(m_types[i], table.cell(line, m_places[i], scratch)));
    }
    return row;
}

bool isLanded(BatchState state)
{
    return state == BatchState::Confirmed || state == BatchState::ConfirmedByReading ||
           state == BatchState::AssumedLanded;
}

QVector<QByteArray> identitiesOf(const LookQuestion &question, const RowIdentity &identity, const QByteArray &payload)
{
    QVector<QByteArray> rows;
    if (payload.isEmpty())
        return rows;
    for (const PayloadRow &row : payloadRows(question.job.shape, payload))
        rows.append(identity.of(row));
    return rows;
}

Result<QVector<QByteArray>> identitiesOf(const LookQuestion &question, const RowIdentity &identity,
                                         const JournalBatch &batch)
{
    const Result<QByteArray> payload = readPayload(question.spool, batch);
    if (!payload)
        return payload.error();
    return identitiesOf(question, identity, *payload);
}

qint64 landedRows(const LookQuestion &question)
{
    qint64 rows = 0;
    for (qsizetype i = 0; i < question.batches.size(); ++i) {
        const JournalBatch &batch = question.batches[i];
        if (i == question.batch)
            continue;
        if (isLanded(batch.state))
            rows += batch.rows;
        else if (batch.state == BatchState::Superseded)
            rows += batch.rowsConfirmed;
    }
    return rows;
}

} // namespace rowdesk
