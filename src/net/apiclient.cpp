#include "net/apiclient.h"

#include "net/operation.h"

#include <QNetworkAccessManager>

namespace rowdesk {

class ApiClient::Private
{
public:
    RequestGate gate;
    TransportLog log;
    Transport transport;
    QString account;
};

ApiClient::ApiClient(QNetworkAccessManager *manager, QUrl baseUrl, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->transport.manager = manager;
    d->transport.baseUrl = std::move(baseUrl);
    d->transport.gate = &d->gate;
    d->transport.log = &d->log;
    d->transport.waiting = [this](int seconds, const QString &why) { emit waiting(seconds, why); };
}

ApiClient::~ApiClient()
{
    // Before the things they use.
    qDeleteAll(findChildren<Operation *>(QString(), Qt::FindDirectChildrenOnly));
}

QUrl ApiClient::baseUrl() const
{
    return d->transport.baseUrl;
}

void ApiClient::setAccount(const QString &account)
{
    d->account = account;
}

QString ApiClient::account() const
{
    return d->account.isEmpty() ? baseUrl().toString() : d->account;
}

void ApiClient::setAuthorizer(Authorizer *authorizer)
{
    d->gate.setAuthorizer(authorizer);
}

void ApiClient::setApiVersion(const QString &version)
{
    d->transport.apiVersion = version;
}

QString ApiClient::apiVersion() const
{
    return d->transport.apiVersion;
}

QStringList ApiClient::supportedVersions() const
{
    return d->transport.supportedVersions;
}

void ApiClient::setRetryPolicy(const RetryPolicy &policy)
{
    d->transport.policy = policy;
}

TransportLog *ApiClient::log() const
{
    return &d->log;
}

Call<Answer> ApiClient::send(const Request &request)
{
    auto *operation = new Operation(d->transport, request, std::nullopt, this);
    operation->start();
    return operation->call();
}

Call<Answer> ApiClient::sendGated(const Request &request, Gate gate)
{
    auto *operation = new Operation(d->transport, request, std::move(gate), this);
    operation->start();
    return operation->call();
}

} // namespace rowdesk
