#include "cli/accountcommands.h"

#include "api/accountservice.h"
#include "api/scheduleservice.h"
#include "cli/jsonline.h"
#include "cli/output.h"

namespace rowdesk::cli {
namespace {

int printLine(const std::string &json)
{
    printText(QString::fromStdString(json) + QLatin1Char('\n'));
    return ExitDone;
}

std::string objectJson(const NamedObject &object)
{
    return JsonLine().addId("id", object.id).add("name", object.name).addAll(object.other).text();
}

Result<Action> account(const QCommandLineParser &, const QStringList &)
{
    return Action([](ApiClient *client) {
        return AccountService(client).account().map<int>([](const AccountInfo &info) -> Result<int> {
            JsonLine line;
            line.addId("id", info.id).add("name", info.name).add("domain", info.domain);
            return printLine(line.addAll(info.other).text());
        });
    });
}

Result<Action> listSchedules(const QCommandLineParser &, const QStringList &)
{
    return Action([](ApiClient *client) {
        return ScheduleService(client).list().map<int>([](const QVector<NamedObject> &schedules) -> Result<int> {
            std::string json = "[";
            for (const NamedObject &schedule : schedules)
                json += (json.size() > 1 ? "," : "") + objectJson(schedule);
            return printLine(JsonLine().addRaw("schedules", json + ']').text());
        });
    });
}

Result<Action> details(const QCommandLineParser &, const QStringList &arguments)
{
    return Action([id = arguments[0]](ApiClient *client) {
        return ScheduleService(client).details(id).map<int>(
            [](const NamedObject &schedule) -> Result<int> { return printLine(objectJson(schedule)); });
    });
}

Result<Action> trigger(const QCommandLineParser &, const QStringList &arguments)
{
    return Action([id = arguments[0]](ApiClient *client) {
        return ScheduleService(client).trigger(id).map<int>(
            [id](Done) -> Result<int> { return printLine(JsonLine().addId("id", id).add("triggered", true).text()); });
    });
}

} // namespace

QList<Command> accountCommands()
{
    return {{{}, {}, {}, tr("Shows the account that is signed in to: name, usage, limits."), {}, account}};
}

QList<Command> scheduleCommands()
{
    const QString id = QStringLiteral("ID");
    return {
        {QStringLiteral("list"), {}, {}, tr("Lists the schedules."), {}, listSchedules},
        {QStringLiteral("details"), id, {}, tr("Shows one schedule."), {}, details},
        {QStringLiteral("trigger"), id, {}, tr("Runs a schedule now."), {}, trigger},
    };
}

} // namespace rowdesk::cli
