#include "transfer/journalrows.h"

#include "transfer/journalsql.h"

#include <QCoreApplication>
#include <QSqlError>

namespace rowdesk {

std::optional<ApiError> readRows(const QString &connection, const QString &statement, const QVariantList &values,
                                 const std::function<std::optional<ApiError>(const QSqlQuery &)> &take)
{
    Result<QSqlQuery> query = runSql(connection, statement, values);
    if (!query)
        return query.error();
    while (query.value().next()) {
        if (std::optional<ApiError> error = take(*query))
            return error;
    }
    // The end of the rows and a row that can't be read both end the loop.
    if (!query->lastError().isValid())
        return std::nullopt;
    return journalError(QCoreApplication::translate("Transfer", "The journal of uploads can't be read to its end: %1.")
                            .arg(query->lastError().databaseText()));
}

} // namespace rowdesk
