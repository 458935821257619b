#include "sandbox/accountapi.h"

#include <QJsonDocument>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

HttpReply account(const ApiCall &call, Services &services)
{
    const Result<QVector<Dataset>> datasets = services.datasets.list();
    if (!datasets)
        return call.refusal(datasets.error());
    qint64 rows = 0;
    for (const Dataset &dataset : *datasets)
        rows += dataset.rows;
    return call.value(json({{u"id"_s, 1},
                            {u"name"_s, u"Local sandbox"_s},
                            {u"domain"_s, u"127.0.0.1"_s},
                            {u"usage"_s, QJsonObject{{u"datasets"_s, datasets->size()}, {u"rows"_s, rows}}},
                            {u"limits"_s, QJsonObject{{u"datasets"_s, 10'000}, {u"rows"_s, 100'000'000}}}}));
}

} // namespace

bool isViewer(DocumentStore &documents, const QString &email)
{
    if (email.isEmpty())
        return false;
    const Result<QVector<QJsonObject>> users = documents.list(u"user"_s);
    if (!users)
        return true;
    for (const QJsonObject &user : *users) {
        if (user.value(u"email"_s).toString().compare(email, Qt::CaseInsensitive) == 0)
            return user.value(u"role"_s).toString() == u"viewer";
    }
    return true; // removed meanwhile
}

HttpReply answerAccount(const QString &root, const ApiCall &call, Services &services)
{
    if (root == u"account" && call.is("GET", 0))
        return account(call, services);
    return call.noSuchCall();
}

} // namespace rowdesk::sandbox
