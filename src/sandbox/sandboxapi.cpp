#include "sandbox/sandboxapi.h"

#include "sandbox/accountapi.h"
#include "sandbox/apicall.h"
#include "sandbox/dataapi.h"
#include "sandbox/peopleapi.h"
#include "sandbox/rowcodec.h"
#include "sandbox/signinapi.h"

#include <QCoreApplication>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("SandboxApi", text);
}

const QStringList roots{u"oauth20"_s,   u"data"_s,     u"table"_s, u"account"_s,
                        u"dashboard"_s, u"schedule"_s, u"team"_s,  u"user"_s};

/// An answer of its own kind, outside of both dialects.
HttpReply bareError(int status, const QString &code, const QString &description)
{
    HttpReply reply;
    reply.status = status;
    reply.body = '{' + errorMember(code, description) + '}';
    return reply;
}

/// Which version a call is in: empty for the classic dialect. The error's code tells what is wrong with it.
Result<QString> versionOf(const HttpRequest &request, const QString &root, const VersionRules &rules)
{
    QString version = request.parameter("api_version");
    if (version.isEmpty()) {
        if (!rules.classicAllowed || root == u"table")
            return rejected(u"APIVersionRequired"_s, tr("The parameter api_version is needed."));
        return QString();
    }
    if (version == u"2022.1")
        version = u"2022.01"_s;
    if (!rules.accepted.contains(version))
        return rejected(u"InvalidVersion"_s, tr("The API version “%1” is not known.").arg(version.left(60)));
    return version;
}

/// May this caller do that? Empty when it may.
std::optional<ApiError> forbidden(const ApiCall &call, const QString &root, Services &services)
{
    const auto error = [](const QString &why) {
        ApiError no = rejected(u"Forbidden"_s, why);
        no.kind = ErrorKind::Forbidden;
        return no;
    };
    const QSet<QString> &scopes = call.principal().scopes;
    const bool aboutData = root == u"data" || root == u"table";
    const QString action = call.isRead() ? u"read"_s : u"write"_s;
    if (aboutData && !scopes.contains(u"data_"_s + action) && !scopes.contains(u"table_"_s + action))
        return error(tr("The permission data_%1 was not granted.").arg(action));
    if (root == u"account" && !scopes.contains(u"account_read"_s))
        return error(tr("The permission account_read was not granted."));
    if (!call.isRead() && isViewer(services.documents, call.principal().user))
        return error(tr("The user %1 may look but not change anything.").arg(call.principal().user));
    return std::nullopt;
}

using Answerer = HttpReply (*)(const ApiCall &, Services &);

/// Who answers the calls under a root.
Answerer answerUnder(const QString &root)
{
    static const QHash<QString, Answerer> answerers{{u"data"_s, answerData},         {u"table"_s, answerData},
                                                    {u"account"_s, answerAccount},   {u"dashboard"_s, answerDashboard},
                                                    {u"schedule"_s, answerSchedule}, {u"team"_s, answerTeam},
                                                    {u"user"_s, answerUser}};
    return answerers.value(root);
}

/// Nobody we know. In the envelope of the version asked for, so that a client's one error path reads it.
HttpReply unauthorized(const HttpRequest &request)
{
    const QString why = tr("The credentials are missing, wrong or expired.");
    HttpReply reply = bareError(401, u"Unauthorized"_s, why);
    if (!request.parameter("api_version").isEmpty())
        reply.body = "{\"success\":false," + errorMember(u"Unauthorized"_s, why) + '}';
    reply.headers.emplaceBack("WWW-Authenticate", "Bearer");
    return reply;
}

HttpReply answerCall(const HttpRequest &request, const QStringList &path, Services &services)
{
    const std::optional<Principal> principal =
        services.shared.credentials.identify(request, [&](const QString &user, const QString &password) {
            return isPasswordOf(services.documents, user, password);
        });
    if (!principal)
        return unauthorized(request);
    const QString &root = path.first();
    const Result<QString> version = versionOf(request, root, services.shared.versionRules());
    if (!version)
        return bareError(200, version.error().code, version.error().message);
    const ApiCall call(request, path.mid(1), *version, *principal);
    if (const std::optional<ApiError> error = forbidden(call, root, services))
        return call.refusal(*error);
    return answerUnder(root)(call, services);
}

} // namespace

QStringList apiPath(const HttpRequest &request)
{
    const QStringList segments = request.segments();
    for (qsizetype i = 0; i < segments.size(); ++i) {
        if (roots.contains(segments.at(i)))
            return segments.mid(i);
    }
    return {};
}

bool isWrite(const HttpRequest &request)
{
    const QStringList path = apiPath(request);
    if (path.isEmpty() || path.first() == u"oauth20")
        return false;
    return (request.verb != "GET" && request.verb != "HEAD") || path.value(2) == u"trigger";
}

HttpReply answerRequest(const HttpRequest &request, Services &services)
{
    const QStringList path = apiPath(request);
    HttpReply reply = path.isEmpty() ? bareError(404, u"NotFound"_s, tr("There is nothing at this address."))
                      : path.first() == u"oauth20" ? answerSignIn(request, path.mid(1), services)
                                                   : answerCall(request, path, services);
    reply.headers.emplaceBack("api-supported-versions",
                              services.shared.versionRules().accepted.join(u", "_s).toLatin1());
    return reply;
}

} // namespace rowdesk::sandbox
