#pragma once

#include "transfer/payloadspool.h"
#include "transfer/readback.h"

namespace rowdesk {

/// The columns by which a row is told from others, and how their values are compared: those of the mark, of the key, or
/// all of them. Any thread.
class RowIdentity
{
public:
    RowIdentity(const JournalJob &job, const TableSnapshot &table, bool allColumns);

    /// Whether the table has all these columns.
    bool isInTable() const;
    QByteArray of(const PayloadRow &sent) const;
    QByteArray of(const TableSnapshot &table, qsizetype line, std::string &scratch) const;

private:
    QVector<int> m_columns; ///< of what was sent
    QVector<ColumnType> m_types;
    QVector<int> m_places; ///< of the table; -1: the table has no such column
};

/// Whether every row of a batch in this state is in the table, as far as anyone knows.
bool isLanded(BatchState state);

/// What the rows of a payload are known by, in the order they were sent. An empty payload has none.
QVector<QByteArray> identitiesOf(const LookQuestion &question, const RowIdentity &identity, const QByteArray &payload);
/// The same of a batch's payload, as the spool has it.
Result<QVector<QByteArray>> identitiesOf(const LookQuestion &question, const RowIdentity &identity,
                                         const JournalBatch &batch);

/// Rows of the job that are certainly in the table, without those in question.
qint64 landedRows(const LookQuestion &question);

} // namespace rowdesk
