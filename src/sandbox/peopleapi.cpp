#include "sandbox/peopleapi.h"

#include "sandbox/rowcodec.h"
#include "sandbox/signinapi.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <functional>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("PeopleApi", text);
}

const QString team = u"team"_s;
const QString user = u"user"_s;

/// Copies the named members from what was sent, when they are there.
void take(QJsonObject &document, const QJsonObject &sent, std::initializer_list<QLatin1StringView> members)
{
    for (const QLatin1StringView member : members) {
        if (sent.contains(member))
            document.insert(member, sent.value(member));
    }
}

/// An array without the elements for which `is` holds.
QJsonArray without(const QJsonArray &array, const std::function<bool(const QJsonValue &)> &is)
{
    QJsonArray rest;
    for (const auto &value : array) {
        if (!is(value))
            rest.append(value);
    }
    return rest;
}

HttpReply created(const ApiCall &call, const Result<qint64> &id)
{
    if (!id)
        return call.refusal(id.error());
    const QByteArray digits = QByteArray::number(*id);
    return call.said(digits, "{\"id\":" + digits + '}');
}

HttpReply done(const ApiCall &call, const Result<Done> &result)
{
    return result ? call.said("success", "{}") : call.refusal(result.error());
}

using Change = std::function<Result<Done>(QJsonObject &document, const QJsonObject &sent)>;

/// Finds the document that the path names, has it changed by what was sent, and stores it.
HttpReply change(const ApiCall &call, Services &services, const QString &kind, const Change &change)
{
    const Result<qint64> id = call.id();
    if (!id)
        return call.refusal(id.error());
    Result<QJsonObject> document = services.documents.find(kind, *id);
    if (!document)
        return call.refusal(document.error());
    const Result<QJsonObject> sent = bodyObject(call);
    if (!sent)
        return call.refusal(sent.error());
    if (const Result<Done> changed = change(document.value(), *sent); !changed)
        return call.refusal(changed.error());
    return done(call, services.documents.replace(kind, *document));
}

/// The name must be there and differ from the other teams' names.
Result<Done> checkTeam(const QJsonObject &document, Services &services)
{
    const QString name = document.value("name"_L1).toString();
    if (name.trimmed().isEmpty())
        return rejected(u"InvalidName"_s, tr("The name of the team is blank."));
    const Result<QVector<QJsonObject>> teams = services.documents.list(team);
    if (!teams)
        return teams.error();
    for (const QJsonObject &other : *teams) {
        if (other.value("rec_id"_L1) != document.value("rec_id"_L1) &&
            other.value("name"_L1).toString().compare(name, Qt::CaseInsensitive) == 0)
            return rejected(u"NameNotUnique"_s, tr("The account already has a team named “%1”.").arg(name));
    }
    return Done{};
}

HttpReply createTeam(const ApiCall &call, Services &services)
{
    const Result<QJsonObject> sent = bodyObject(call);
    if (!sent)
        return call.refusal(sent.error());
    QJsonObject document{{u"description"_s, u""_s}, {u"members"_s, QJsonArray()}, {u"parameters"_s, QJsonArray()}};
    take(document, *sent, {"name"_L1, "description"_L1});
    if (const Result<Done> fine = checkTeam(document, services); !fine)
        return call.refusal(fine.error());
    return created(call, services.documents.add(team, document));
}

/// POST and DELETE team/{id}/user.
Result<Done> changeMembers(QJsonObject &document, const QJsonObject &sent, Services &services, bool add)
{
    const qint64 id = sent.value("user_id"_L1).toVariant().toLongLong(); // a number, or a text of digits
    if (const Result<QJsonObject> found = services.documents.find(user, id); !found)
        return found.error();
    const QJsonArray before = document.value("members"_L1).toArray();
    QJsonArray members = without(before, [id](const QJsonValue &member) { return member.toInteger() == id; });
    if (!add && members.size() == before.size())
        return rejected(u"NotAMember"_s, tr("The user %1 is not a member of this team.").arg(id));
    if (add)
        members.append(id);
    document.insert(u"members"_s, members);
    return Done{};
}

/// POST and DELETE team/{id}/parameter.
Result<Done> changeParameters(QJsonObject &document, const QJsonObject &sent, bool add)
{
    const QString name = sent.value("name"_L1).toString();
    if (name.isEmpty())
        return rejected(u"InvalidName"_s, tr("The name of the parameter is missing."));
    const QJsonArray before = document.value("parameters"_L1).toArray();
    QJsonArray parameters = without(before, [&name](const QJsonValue &parameter) {
        return parameter.toObject().value("name"_L1).toString() == name;
    });
    if (!add && parameters.size() == before.size())
        return rejected(u"NoSuchParameter"_s, tr("This team has no parameter “%1”.").arg(name));
    if (add)
        parameters.append(QJsonObject{{u"name"_s, name}, {u"value"_s, sent.value("value"_L1)}});
    document.insert(u"parameters"_s, parameters);
    return Done{};
}

Result<Done> checkUser(const QJsonObject &document, Services &services)
{
    static const QStringList roles{u"administrator"_s, u"editor"_s, u"viewer"_s};
    const QString email = document.value("email"_L1).toString();
    if (!email.contains(u'@'))
        return rejected(u"InvalidEmail"_s, tr("“%1” is not an e-mail address.").arg(email.left(60)));
    if (!roles.contains(document.value("role"_L1).toString()))
        return rejected(u"InvalidRole"_s, tr("The role is one of: %1.").arg(roles.join(u", "_s)));
    const Result<QVector<QJsonObject>> users = services.documents.list(user);
    if (!users)
        return users.error();
    for (const QJsonObject &other : *users) {
        if (other.value("rec_id"_L1) != document.value("rec_id"_L1) &&
            other.value("email"_L1).toString().compare(email, Qt::CaseInsensitive) == 0)
            return rejected(u"EmailNotUnique"_s, tr("The account already has a user %1.").arg(email));
    }
    return Done{};
}

Result<Done> setPassword(QJsonObject &document, const QJsonObject &sent)
{
    const QString password = sent.value("password"_L1).toString();
    if (password.isEmpty())
        return rejected(u"InvalidPassword"_s, tr("The password is missing."));
    document.insert(u"password_hash"_s, passwordHash(password));
    return Done{};
}

HttpReply createUser(const ApiCall &call, Services &services)
{
    const Result<QJsonObject> sent = bodyObject(call);
    if (!sent)
        return call.refusal(sent.error());
    QJsonObject document{{u"first_name"_s, u""_s}, {u"last_name"_s, u""_s}, {u"role"_s, u"editor"_s}};
    take(document, *sent, {"email"_L1, "first_name"_L1, "last_name"_L1, "role"_L1});
    if (const Result<Done> fine = checkUser(document, services); !fine)
        return call.refusal(fine.error());
    if (const Result<Done> fine = setPassword(document, *sent); !fine)
        return call.refusal(fine.error());
    return created(call, services.documents.add(user, document));
}

/// Removes the user, and the user's memberships.
HttpReply deleteUser(const ApiCall &call, Services &services)
{
    const Result<qint64> id = call.id();
    const Result<Done> removed = id ? services.documents.remove(user, *id) : Result<Done>(id.error());
    if (!removed)
        return call.refusal(removed.error());
    const Result<QVector<QJsonObject>> teams = services.documents.list(team);
    if (!teams)
        return call.refusal(teams.error());
    for (QJsonObject document : *teams) {
        const QJsonArray members = document.value("members"_L1).toArray();
        const QJsonArray rest = without(members, [&](const QJsonValue &member) { return member.toInteger() == *id; });
        if (rest.size() == members.size())
            continue;
        document.insert(u"members"_s, rest);
        if (const Result<Done> stored = services.documents.replace(team, document); !stored)
            return call.refusal(stored.error());
    }
    return done(call, removed);
}

HttpReply listOf(const ApiCall &call, Services &services, const QString &kind, QByteArrayView member)
{
    const Result<QVector<QJsonObject>> all = services.documents.list(kind);
    return all ? documentItems(call, member, *all) : call.refusal(all.error());
}

} // namespace

QByteArray documentJson(const ApiCall &call, QJsonObject document)
{
    document.remove("password_hash"_L1);
    if (call.isVersioned())
        document.insert(u"id"_s, document.take("rec_id"_L1));
    return QJsonDocument(document).toJson(QJsonDocument::Compact);
}

HttpReply documentItems(const ApiCall &call, QByteArrayView member, const QVector<QJsonObject> &documents)
{
    QByteArray array;
    for (const QJsonObject &document : documents)
        array += (array.isEmpty() ? "" : ",") + documentJson(call, document);
    const auto count = documents.size();
    return call.items(member, '[' + array + ']', Pagination{count, count, 1, qMax<qint64>(1, count), false});
}

Result<QJsonObject> bodyObject(const ApiCall &call)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(call.body(), &problem);
    if (!document.isObject())
        return rejected(u"InvalidJson"_s, tr("A JSON object is needed: %1").arg(problem.errorString()));
    return document.object();
}

bool isViewer(DocumentStore &documents, const QString &email)
{
    if (email.isEmpty())
        return false;
    const Result<QVector<QJsonObject>> users = documents.list(user);
    if (!users)
        return true;
    for (const QJsonObject &document : *users) {
        if (document.value("email"_L1).toString().compare(email, Qt::CaseInsensitive) == 0)
            return document.value("role"_L1).toString() == u"viewer";
    }
    return true;
}

HttpReply answerTeam(const ApiCall &call, Services &services)
{
    if (call.is("GET", 0))
        return listOf(call, services, team, "teams");
    if (call.is("POST", 0))
        return createTeam(call, services);
    if (call.is("PUT", 1)) {
        return change(call, services, team, [&](QJsonObject &document, const QJsonObject &sent) {
            take(document, sent, {"name"_L1, "description"_L1});
            return checkTeam(document, services);
        });
    }
    if (call.is("DELETE", 1)) {
        const Result<qint64> id = call.id();
        return done(call, id ? services.documents.remove(team, *id) : Result<Done>(id.error()));
    }
    const bool add = call.is("POST", 2);
    const QString part = add || call.is("DELETE", 2) ? call.path().at(1) : QString();
    if (part == u"user") {
        return change(call, services, team, [&](QJsonObject &document, const QJsonObject &sent) {
            return changeMembers(document, sent, services, add);
        });
    }
    if (part == u"parameter") {
        return change(call, services, team, [&](QJsonObject &document, const QJsonObject &sent) {
            return changeParameters(document, sent, add);
        });
    }
    return call.noSuchCall();
}

HttpReply answerUser(const ApiCall &call, Services &services)
{
    if (call.is("GET", 0))
        return listOf(call, services, user, "users");
    if (call.is("POST", 0))
        return createUser(call, services);
    if (call.is("GET", 1)) {
        const Result<qint64> id = call.id();
        const Result<QJsonObject> document = id ? services.documents.find(user, *id) : Result<QJsonObject>(id.error());
        return document ? call.value(documentJson(call, *document)) : call.refusal(document.error());
    }
    if (call.is("PUT", 1)) {
        return change(call, services, user, [&](QJsonObject &document, const QJsonObject &sent) {
            take(document, sent, {"email"_L1, "first_name"_L1, "last_name"_L1, "role"_L1});
            return checkUser(document, services);
        });
    }
    if (call.is("DELETE", 1))
        return deleteUser(call, services);
    if (call.is("PUT", 2) && call.path().at(1) == u"password")
        return change(call, services, user, setPassword);
    return call.noSuchCall();
}

} // namespace rowdesk::sandbox
