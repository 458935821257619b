#pragma once

#include <QJsonObject>
#include <QString>

namespace rowdesk {

/// The account that the session is signed in to. Every member may be missing.
struct AccountInfo
{
    QString id;
    QString name;
    QString domain;
    QJsonObject other; ///< usage, limits and whatever else the service told, as it told it
};

/// Something of the account that has an id and a name.
struct NamedObject
{
    QString id;
    QString name;
    QJsonObject other; ///< every other member, as the service told it
};

} // namespace rowdesk
