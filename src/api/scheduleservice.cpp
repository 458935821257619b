#include "api/scheduleservice.h"

#include "api/codec.h"
#include "api/pages.h"

namespace rowdesk {
namespace {

QString schedule()
{
    return QStringLiteral("schedule");
}

Request pageOfSchedules(int page)
{
    Request request = Request::get(makePath({schedule()}));
    if (page > 1)
        request.query.addQueryItem(QStringLiteral("page"), QString::number(page));
    return request;
}

} // namespace

ScheduleService::ScheduleService(ApiClient *client) : m_client(client) {}

Call<QVector<NamedObject>> ScheduleService::list() const
{
    const PagedList<NamedObject> list{pageOfSchedules, decodeNamedObjects};
    return readAllPages(m_client, list).map<QVector<NamedObject>>([](ListPage<NamedObject> page) {
        return Result<QVector<NamedObject>>(std::move(page.entries));
    });
}

Call<NamedObject> ScheduleService::details(const QString &id) const
{
    return m_client->send(Request::get(makePath({schedule(), id}))).map<NamedObject>([](const Answer &answer) {
        return decodeNamedObject(answer.body);
    });
}

Call<Done> ScheduleService::trigger(const QString &id) const
{
    const QString path = makePath({schedule(), id, QStringLiteral("trigger")});
    return m_client->send(Request::write(Request::Verb::Post, path, {})).map<Done>([](const Answer &) {
        return Result<Done>(Done{});
    });
}

} // namespace rowdesk
