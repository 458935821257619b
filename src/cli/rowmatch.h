#pragma once

#include "api/dataservice.h"
#include "api/roweditservice.h"

namespace rowdesk::cli {

/// What --where and --set of a table's rows mean: read by its columns and their types.
class RowMatch
{
public:
    /// Texts "COLUMN=VALUE"; in `set` also "COLUMN" for no value. ErrorKind::Usage says which one makes no sense.
    static Result<RowMatch> read(const Schema &table, const QStringList &where, const QStringList &set);

    RowFilter filter(bool firstOnly) const;
    const QVector<ColumnValue> &values() const { return m_values; }
    /// How many rows of the table match, found by reading all of it.
    Call<qint64> count(ApiClient *client, const QString &datasetId) const;

private:
    struct Test
    {
        ColumnSpec column;
        QByteArray json;
    };
    static Result<Test> readTest(const Schema &table, const QString &text);

    QVector<Test> m_tests;
    QVector<ColumnValue> m_values;
};

} // namespace rowdesk::cli
