#include "transfer/uploadtarget.h"

#include "api/roweditservice.h"
#include "api/rowstream.h"
#include "transfer/onworker.h"
#include "transfer/uploadjournal.h"

namespace rowdesk {
namespace {

/// Reads a table once. Owns itself: gone once its call has finished.
class TableReading : public QObject
{
public:
    TableReading(ApiClient *client, const QString &id) : QObject(client), m_stream(client, {id, {}})
    {
        connect(&m_stream, &RowStream::ended, this, [this] {
            const ColumnStore &rows = *m_stream.store();
            if (rows.isComplete())
                m_completion.finish(rows.snapshot());
            else
                m_completion.finish(*rows.error());
            deleteLater();
        });
        m_completion.onAbort([self = QPointer(this)] {
            if (self)
                self->m_stream.stop();
        });
        m_stream.start();
    }

    Call<TableSnapshot> call() const { return m_completion.call(); }

private:
    RowStream m_stream;
    Completion<TableSnapshot> m_completion;
};

class ServiceTarget final : public UploadTarget
{
public:
    explicit ServiceTarget(DataService service) : m_service(service) {}

    QString address() const override { return m_service.client()->baseUrl().toString(); }
    QString account() const override { return m_service.client()->account(); }
    Call<DataService::TableFacts> facts(const QString &id) override { return m_service.facts(id); }
    Dialect::RowShape rowShape() const override { return m_service.rowShape(); }
    Call<QString> create(const DataService::NewTable &table) override { return m_service.create(table); }
    Call<QVector<DatasetInfo>> list(const QString &name) override { return m_service.list(name); }
    Call<DataService::Appended> append(const QString &id, const QByteArray &body, qint64 rows,
                                       ApiClient::Gate gate) override
    {
        return m_service.append(id, body, rows, std::move(gate));
    }
    int mostRemovalValues() const override { return RowEditService(m_service.client()).mostValues(); }
    Call<std::optional<qint64>> removeRows(const QString &id, const QString &column,
                                           const QVector<QByteArray> &values) override
    {
        return RowEditService(m_service.client()).remove(id, {{{column, values}}, false});
    }
    Call<TableSnapshot> read(const QString &id) override { return (new TableReading(m_service.client(), id))->call(); }
    Call<RowsPage> page(const QString &id, int number) override
    {
        ApiClient *client = m_service.client();
        return client->send(Dialect::of(client->apiVersion()).readRows(id, {}, number))
            .chain<RowsPage>([number](const Answer &answer) {
                return runOnWorker<RowsPage>([body = answer.body, number](const std::atomic_bool &cancelled) {
                    return PageDecoder().decode(body, number, &cancelled);
                });
            });
    }

private:
    DataService m_service;
};

} // namespace

Call<std::optional<qint64>> UploadTarget::removeRows(const QString &, const QString &, const QVector<QByteArray> &)
{
    return Call<std::optional<qint64>>::finished(ApiError{ErrorKind::Usage, 0, {}, {}, {}, {}});
}

Call<RowsPage> UploadTarget::page(const QString &, int)
{
    return Call<RowsPage>::finished(ApiError{ErrorKind::Usage, 0, {}, {}, {}, {}});
}

std::shared_ptr<UploadTarget> serviceTarget(DataService service)
{
    return std::make_shared<ServiceTarget>(service);
}

bool isUploadTo(const UploadTarget &target, const JournalJob &job)
{
    return job.account.isEmpty() ? job.service == target.address() : job.account == target.account();
}

} // namespace rowdesk
