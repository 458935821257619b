#include "net/apiclient.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::BaseUrl)
};

ApiError wrong(const QString &message)
{
    return {ErrorKind::WrongAddress, 0, {}, message, Words::tr("An address looks like https://api.clicdata.com/."), {}};
}

bool isLoopback(const QString &host)
{
    if (host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

} // namespace

Result<QUrl> checkBaseUrl(const QString &typed)
{
    QString text = typed.trimmed();
    if (text.isEmpty())
        return wrong(Words::tr("The address is empty."));
    // "htp:/x" would otherwise become the host "htp" with an empty port. A colon before digits is a port, though.
    static const QRegularExpression schemeAlone(QStringLiteral("^[^/?#\\[]*:(?!//|[0-9]+(/|$))"));
    if (!text.contains(QLatin1String("://")) && !text.contains(QLatin1Char('@')) && !text.startsWith(u'[') &&
        schemeAlone.match(text).hasMatch())
        return wrong(Words::tr("%1 is not an address.").arg(text));
    if (!text.contains(QLatin1String("://")))
        text.prepend(QLatin1String("https://"));
    QUrl url(text, QUrl::TolerantMode); // as QUrl itself writes an address: a space in the path stands for %20
    if (!url.isValid() || url.host().isEmpty())
        return wrong(Words::tr("%1 is not an address.").arg(typed.trimmed()));
    const QString scheme = url.scheme();
    if (scheme != QLatin1String("https") && scheme != QLatin1String("http"))
        return wrong(
            Words::tr("The address begins with %1, but only https can be used.").arg(scheme + QLatin1String("://")));
    if (!url.userInfo().isEmpty() || text.section(QLatin1Char('/'), 2, 2).contains(QLatin1Char('@')))
        return wrong(Words::tr("The address contains a user name or a password; these are asked for separately."));
    if (url.hasQuery() || url.hasFragment())
        return wrong(Words::tr(
            "The address contains a question mark or a number sign; only scheme, host and path can be used."));
    if (scheme == QLatin1String("http") && !isLoopback(url.host()))
        return wrong(Words::tr("The address begins with http://, so secrets would travel unprotected. Use https://."));
    if (url.port() == 0)
        return wrong(Words::tr("The port 0 can't be used."));
    QString path = url.path(QUrl::FullyEncoded);
    if (!path.endsWith(QLatin1Char('/')))
        path += QLatin1Char('/');
    url.setPath(path, QUrl::StrictMode);
    return url;
}

} // namespace rowdesk
