#include "api/historyservice.h"

#include "api/codec.h"
#include "api/dialect.h"

#include <QCoreApplication>

#include <algorithm>

namespace rowdesk {
namespace {

/// Newest first where the service numbers its versions; else in its own order.
void sortNewestFirst(QVector<VersionInfo> &versions)
{
    const auto number = [](const VersionInfo &info) {
        bool ok = false;
        const qint64 value = info.version.toLongLong(&ok);
        return ok ? value : -1;
    };
    if (std::any_of(versions.begin(), versions.end(), [&](const VersionInfo &info) { return number(info) < 0; }))
        return;
    std::stable_sort(versions.begin(), versions.end(),
                     [&](const VersionInfo &a, const VersionInfo &b) { return number(a) > number(b); });
}

/// The service says only "no" (API contract §4): the hint names what that can mean.
ApiError explained(ApiError error)
{
    if (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Rejected) {
        error.hint = QCoreApplication::translate(
            "Api",
            "Check the id; if it is right, Data History is off for this dataset: its owner or an administrator of "
            "the account can switch it on in ClicData.");
    }
    return error;
}

} // namespace

HistoryService::HistoryService(ApiClient *client) : m_client(client) {}

Call<QVector<VersionInfo>> HistoryService::versions(const QString &datasetId) const
{
    Completion<QVector<VersionInfo>> completion;
    const Call<Answer> call = m_client->send(Dialect::of(m_client->apiVersion()).listVersions(datasetId));
    completion.onAbort([call] { call.abort(); });
    call.then(completion.guard(), [completion](const Result<Answer> &answer) {
        if (!answer)
            return completion.finish(explained(answer.error()));
        Result<ListPage<VersionInfo>> page = decodeVersions(answer->body);
        if (!page)
            return completion.finish(page.error());
        sortNewestFirst(page.value().entries);
        completion.finish(std::move(page.value().entries));
    });
    return completion.call();
}

} // namespace rowdesk
