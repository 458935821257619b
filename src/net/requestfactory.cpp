#include "net/requestfactory.h"

#include <QCoreApplication>
#include <QUuid>

namespace rowdesk {

namespace {

bool staysBelow(const QString &path)
{
    if (path.startsWith(QLatin1Char('/')) || path.contains(QLatin1String("//")) || path.contains(QLatin1Char('\\')))
        return false;
    for (const QChar c : path) {
        if (c == QLatin1Char('?') || c == QLatin1Char('#') || c.unicode() <= 0x20 || c.unicode() >= 0x7f)
            return false;
    }
    const QStringList pieces = QUrl::fromPercentEncoding(path.toLatin1()).split(QLatin1Char('/'));
    return !pieces.contains(QLatin1String("..")) && !pieces.contains(QLatin1String("."));
}

QUrl address(const QUrl &base, const Request &request, const QString &apiVersion)
{
    QUrl url = base;
    QString path = base.path(QUrl::FullyEncoded);
    if (!path.endsWith(QLatin1Char('/')))
        path += QLatin1Char('/');
    url.setPath(path + request.path, QUrl::StrictMode);
    QUrlQuery query = request.query;
    if (request.versioned && !apiVersion.isEmpty())
        query.addQueryItem(QStringLiteral("api_version"), apiVersion);
    QString text = query.toString(QUrl::FullyEncoded);
    // Servers read "+" as a space; here it is always a plus.
    text.replace(QLatin1Char('+'), QLatin1String("%2B"));
    if (!text.isEmpty())
        url.setQuery(text, QUrl::StrictMode);
    return url;
}

void applyTransportRules(QNetworkRequest &network)
{
    using N = QNetworkRequest;
    network.setAttribute(N::Http2AllowedAttribute, false);
    network.setAttribute(N::HttpPipeliningAllowedAttribute, false);
    network.setAttribute(N::RedirectPolicyAttribute, N::ManualRedirectPolicy);
    network.setAttribute(N::CookieLoadControlAttribute, N::Manual);
    network.setAttribute(N::CookieSaveControlAttribute, N::Manual);
    network.setAttribute(N::AuthenticationReuseAttribute, N::Manual);
    network.setAttribute(N::CacheLoadControlAttribute, N::AlwaysNetwork);
    network.setAttribute(N::CacheSaveControlAttribute, false);
    network.setAttribute(N::DoNotBufferUploadDataAttribute, true);
    network.setTransferTimeout(0); // ours are stricter: see Exchange
}

} // namespace

QByteArray verbName(Request::Verb verb)
{
    switch (verb) {
    case Request::Verb::Get:
        return "GET";
    case Request::Verb::Post:
        return "POST";
    case Request::Verb::Put:
        return "PUT";
    case Request::Verb::Delete:
        return "DELETE";
    }
    return "GET";
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == QLatin1String("https") ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

QString hostForPeople(const QUrl &url)
{
    // Encoded: a name in foreign letters is shown as what it really is.
    QString host = url.host(QUrl::FullyEncoded);
    return url.port() < 0 ? host : host + QLatin1Char(':') + QString::number(url.port());
}

Result<QNetworkRequest> makeNetworkRequest(const QUrl &base, const Request &request, const QString &apiVersion)
{
    const QUrl url = address(base, request, apiVersion);
    if (!staysBelow(request.path) || !url.isValid() || !isSameOrigin(url, base) || !url.userInfo().isEmpty()) {
        return ApiError{
            ErrorKind::Usage,
            0,
            {},
            QCoreApplication::translate("rowdesk::Network", "The path %1 is not one of the API.").arg(request.path),
            {},
            {}};
    }
    QNetworkRequest network(url);
    applyTransportRules(network);
    network.setRawHeader("Accept", "application/json");
    network.setRawHeader("User-Agent", "Rowdesk/" ROWDESK_VERSION);
    network.setRawHeader("X-Request-Id", QUuid::createUuid().toByteArray(QUuid::WithoutBraces));
    if (request.verb != Request::Verb::Get) {
        network.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        network.setHeader(QNetworkRequest::ContentTypeHeader, request.contentType);
    }
    // Qt takes half a gzip stream, and noise, for a whole answer. Only pages of rows are worth packing, and their
    // reader notices damage; of everything else the length can be checked.
    const bool isPage = request.effect == Request::Effect::Read && request.answerLimit > Request().answerLimit;
    if (!isPage)
        network.setRawHeader("Accept-Encoding", "identity");
    if (request.effect == Request::Effect::Write) {
        // A connection of its own: on one that was kept open the service may be hanging up this very moment, and then
        // nobody knows whether the write arrived. The verify name changes nothing but Qt's choice of connection.
        network.setRawHeader("Connection", "close");
        network.setPeerVerifyName(url.host());
    }
    return network;
}

} // namespace rowdesk
