#pragma once

#include "core/schema.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QVector>

#include <optional>

namespace rowdesk {

/// One dataset of the account's list. Only id and name are sure to be there; `other` keeps every member that the server
/// told beyond these, as it told it (API contract §4: "members beyond the list").
struct DatasetInfo
{
    QString id; ///< digits as the server wrote them ("rec_id" or "id")
    QString name;
    QString description;
    std::optional<qint64> rows;
    std::optional<Schema> schema;
    std::optional<int> versions; ///< number of history versions, when told
    std::optional<bool> history; ///< Data History on or off, when told
    std::optional<bool> refreshable;
    QString changed; ///< as told, ISO 8601; empty when not told
    QJsonObject other;
};

/// One history version of a dataset.
struct VersionInfo
{
    QString version;
    QString created; ///< as told, ISO 8601 in UTC; empty when not told
    std::optional<qint64> rows;
    QString comment;
    QJsonObject other;
};

} // namespace rowdesk
