#include "sandbox/accountapi.h"

#include "sandbox/demorefresh.h"
#include "sandbox/peopleapi.h"

#include <QFile>
#include <QJsonArray>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

HttpReply account(const ApiCall &call, Services &services)
{
    const Result<QVector<Dataset>> datasets = services.datasets.list();
    if (!datasets)
        return call.refusal(datasets.error());
    const Result<QVector<QJsonObject>> users = services.documents.list(u"user"_s);
    if (!users)
        return call.refusal(users.error());
    qint64 rows = 0;
    for (const Dataset &dataset : *datasets)
        rows += dataset.rows;
    const QJsonObject usage{{u"datasets"_s, datasets->size()}, {u"rows"_s, rows}, {u"users"_s, users->size()}};
    const QJsonObject limits{{u"datasets"_s, 10'000}, {u"rows"_s, 100'000'000}, {u"users"_s, 1'000}};
    return call.value(documentJson(call, {{u"rec_id"_s, 1},
                                          {u"name"_s, u"Local sandbox"_s},
                                          {u"domain"_s, u"127.0.0.1"_s},
                                          {u"usage"_s, usage},
                                          {u"limits"_s, limits}}));
}

HttpReply activity(const ApiCall &call, Services &services, const QString &kind, QByteArrayView member)
{
    const Result<QVector<QJsonObject>> all = services.documents.list(kind);
    return all ? documentItems(call, member, *all) : call.refusal(all.error());
}

/// A picture of the program's own resources, as base64. Empty when the dashboard has none.
QByteArray picture(const QJsonObject &dashboard, QLatin1StringView which)
{
    QFile file(u":/sandbox/%1-%2.png"_s.arg(dashboard.value("picture"_L1).toString(), which));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toBase64() : QByteArray();
}

HttpReply listDashboards(const ApiCall &call, Services &services)
{
    const Result<QVector<QJsonObject>> all = services.documents.list(u"dashboard"_s);
    if (!all)
        return call.refusal(all.error());
    const QString name = call.parameter("name");
    QVector<QJsonObject> wanted;
    for (QJsonObject dashboard : *all) {
        if (!name.isNull() && dashboard.value("name"_L1).toString() != name)
            continue;
        if (call.flag("includethumbnail").value_or(false))
            dashboard.insert(u"thumbnail"_s, QString::fromLatin1(picture(dashboard, "thumbnail"_L1)));
        dashboard.remove("picture"_L1);
        wanted.append(dashboard);
    }
    return documentItems(call, "dashboards", wanted);
}

HttpReply triggerSchedule(const ApiCall &call, Services &services, QJsonObject schedule)
{
    const Result<QVector<Dataset>> datasets = services.datasets.list();
    if (!datasets)
        return call.refusal(datasets.error());
    const QJsonArray names = schedule.value("datasets"_L1).toArray();
    for (const Dataset &dataset : *datasets) {
        if (!names.contains(dataset.name))
            continue;
        if (const Result<Done> done = refreshDataset(services.datasets, dataset, RefreshMode::Reload); !done)
            return call.refusal(done.error());
    }
    schedule.insert(u"last_run"_s, timestamp());
    schedule.insert(u"last_status"_s, u"success"_s);
    if (const Result<Done> stored = services.documents.replace(u"schedule"_s, schedule); !stored)
        return call.refusal(stored.error());
    return call.said("success", "{}");
}

} // namespace

HttpReply answerAccount(const ApiCall &call, Services &services)
{
    if (call.is("GET", 0))
        return account(call, services);
    if (call.is("GET", 2) && call.path() == QStringList{u"activity"_s, u"users"_s})
        return activity(call, services, u"useractivity"_s, "users");
    if (call.is("GET", 2) && call.path() == QStringList{u"activity"_s, u"dashboards"_s})
        return activity(call, services, u"dashboardactivity"_s, "dashboards");
    return call.noSuchCall();
}

HttpReply answerDashboard(const ApiCall &call, Services &services)
{
    if (call.is("GET", 0))
        return listDashboards(call, services);
    const QString which = call.is("GET", 2) ? call.path().at(1) : QString();
    if (which != u"thumbnail" && which != u"snapshot")
        return call.noSuchCall();
    const Result<qint64> id = call.id();
    const Result<QJsonObject> dashboard =
        id ? services.documents.find(u"dashboard"_s, *id) : Result<QJsonObject>(id.error());
    if (!dashboard)
        return call.refusal(dashboard.error());
    const QByteArray base64 = picture(*dashboard, which == u"thumbnail" ? "thumbnail"_L1 : "snapshot"_L1);
    return call.said(base64, '"' + base64 + '"');
}

HttpReply answerSchedule(const ApiCall &call, Services &services)
{
    const bool trigger = (call.is("POST", 2) || call.is("GET", 2)) && call.path().at(1) == u"trigger";
    if (call.is("GET", 0)) {
        const Result<QVector<QJsonObject>> all = services.documents.list(u"schedule"_s);
        return all ? documentItems(call, "schedules", *all) : call.refusal(all.error());
    }
    if (!trigger && !call.is("GET", 1))
        return call.noSuchCall();
    const Result<qint64> id = call.id();
    const Result<QJsonObject> schedule =
        id ? services.documents.find(u"schedule"_s, *id) : Result<QJsonObject>(id.error());
    if (!schedule)
        return call.refusal(schedule.error());
    if (trigger)
        return triggerSchedule(call, services, *schedule);
    // One schedule comes as a list of one: clients read "schedules" either way.
    return call.isVersioned() ? call.value(documentJson(call, *schedule))
                              : documentItems(call, "schedules", {*schedule});
}

} // namespace rowdesk::sandbox
