#pragma once

#include "core/result.h"

#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <optional>

namespace rowdesk {

/// Calls `take` for each row that a statement finds, until it gives an error. An error also where the rows can't be
/// read to their end: fewer rows than there are would be another upload. `connection`: name of the QSqlDatabase, of the
/// calling thread.
std::optional<ApiError> readRows(const QString &connection, const QString &statement, const QVariantList &values,
                                 const std::function<std::optional<ApiError>(const QSqlQuery &)> &take);

} // namespace rowdesk
