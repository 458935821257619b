#include "sandbox/faultapi.h"

#include "sandbox/apicall.h"
#include "sandbox/ledger.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("FaultApi", text);
}

HttpReply refusal(int status, const QString &code, const QString &description)
{
    HttpReply reply;
    reply.status = status;
    reply.body = '{' + errorMember(code, description) + '}';
    return reply;
}

HttpReply setFaults(const HttpRequest &request, Faults &faults)
{
    QJsonParseError problem;
    const QJsonDocument wishes = QJsonDocument::fromJson(request.body, &problem);
    if (!wishes.isObject())
        return refusal(400, u"InvalidJson"_s, tr("A JSON object is needed: %1").arg(problem.errorString()));
    const Result<Done> set = faults.set(wishes.object());
    return set ? HttpReply::text("success") : refusal(400, set.error().code, set.error().message);
}

} // namespace

bool isFaultCall(const HttpRequest &request)
{
    return request.segments().value(0) == u"_sandbox";
}

HttpReply answerFaultCall(const HttpRequest &request, Faults &faults, Services &services)
{
    const QString word = request.segments().value(1);
    if (word == u"faults" && request.verb == "POST")
        return setFaults(request, faults);
    if (word == u"faults" && request.verb == "DELETE") {
        faults.clear();
        return HttpReply::text("success");
    }
    if (word == u"ledger" && request.verb == "GET") {
        const Result<QByteArray> json = Ledger(services.database).json();
        if (!json)
            return refusal(500, json.error().code, json.error().message);
        HttpReply reply;
        reply.body = *json;
        return reply;
    }
    return refusal(404, u"NotFound"_s, tr("There is no such switch."));
}

} // namespace rowdesk::sandbox
