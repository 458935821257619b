#pragma once

#include "api/dataservice.h"
#include "api/jsonpage.h"
#include "core/tablesnapshot.h"

#include <memory>

namespace rowdesk {

struct JournalJob;

/// What an upload asks of a service. The real one is serviceTarget(); simulations bring their own.
class UploadTarget
{
public:
    virtual ~UploadTarget() = default;

    virtual QString address() const = 0; ///< the service's base address
    /// What names the account, in this session and in later ones.
    virtual QString account() const { return address(); }
    virtual Dialect::RowShape rowShape() const = 0;
    /// How many rows the table has and which version it is at, as far as the service tells without reading it.
    virtual Call<DataService::TableFacts> facts(const QString &)
    {
        return Call<DataService::TableFacts>::finished(DataService::TableFacts{});
    }
    virtual Call<QString> create(const DataService::NewTable &table) = 0;
    virtual Call<QVector<DatasetInfo>> list(const QString &name) = 0;
    virtual Call<DataService::Appended> append(const QString &id, const QByteArray &body, qint64 rows,
                                               ApiClient::Gate gate) = 0;
    /// How many values one removeRows() may name.
    virtual int mostRemovalValues() const { return 1; }
    /// Removes the rows that have one of these values (JSON) in the column; gives how many, when the service tells.
    virtual Call<std::optional<qint64>> removeRows(const QString &id, const QString &column,
                                                   const QVector<QByteArray> &values);
    /// All rows as they are now; an error when they could not be read to their end.
    virtual Call<TableSnapshot> read(const QString &id) = 0;
    /// One page of them, from 1; an error when the service has no pages.
    virtual Call<RowsPage> page(const QString &id, int number);
};

std::shared_ptr<UploadTarget> serviceTarget(DataService service);

/// Whether an upload of the journal goes to this account. What an older Rowdesk wrote tells the address alone.
bool isUploadTo(const UploadTarget &target, const JournalJob &job);

} // namespace rowdesk
