#pragma once

#include "api/dataservice.h"
#include "core/tablesnapshot.h"

#include <memory>

namespace rowdesk {

/// What an upload asks of a service. The real one is serviceTarget(); simulations bring their own.
class UploadTarget
{
public:
    virtual ~UploadTarget() = default;

    virtual QString address() const = 0; ///< the service's base address
    virtual Dialect::RowShape rowShape() const = 0;
    virtual Call<QString> create(const DataService::NewTable &table) = 0;
    virtual Call<QVector<DatasetInfo>> list(const QString &name) = 0;
    virtual Call<DataService::Appended> append(const QString &id, const QByteArray &body, qint64 rows,
                                               ApiClient::Gate gate) = 0;
    /// All rows as they are now; an error when they could not be read to their end.
    virtual Call<TableSnapshot> read(const QString &id) = 0;
};

std::shared_ptr<UploadTarget> serviceTarget(DataService service);

} // namespace rowdesk
