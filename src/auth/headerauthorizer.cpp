#include "auth/headerauthorizer.h"

#include <QCoreApplication>
#include <QNetworkRequest>

#include <algorithm>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::SignIn)
};

ApiError usage(const QString &message, const QString &hint)
{
    return {ErrorKind::Usage, 0, {}, message, hint, {}};
}

Result<QByteArray> keyHeader(const QString &key)
{
    const QByteArray value = key.trimmed().toUtf8();
    const bool fits = std::all_of(value.begin(), value.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (value.isEmpty() || !fits) {
        return usage(Words::tr("The API key is empty or holds characters that no key has."),
                     Words::tr("Copy the key from ClicData again."));
    }
    return value;
}

} // namespace

Result<QByteArray> basicHeader(const QString &clientId, const QString &user, const QString &password)
{
    if (clientId.isEmpty() || clientId.contains(QLatin1Char(':'))) {
        return usage(Words::tr("The client id is empty or holds a colon, which no client id has."),
                     Words::tr("Copy the client id of the API application from ClicData again."));
    }
    if (user.contains(QLatin1Char(':')))
        return usage(Words::tr("The user name holds a colon, so it can't be told from the password."), {});
    const QByteArray person = (user + QLatin1Char(':') + password).toUtf8().toBase64();
    return "Basic " + (clientId.toUtf8() + ':' + person).toBase64();
}

HeaderAuthorizer::HeaderAuthorizer(QByteArray name, Result<QByteArray> value)
    : m_name(std::move(name)), m_value(std::move(value))
{
}

std::unique_ptr<HeaderAuthorizer> HeaderAuthorizer::basic(const Profile &profile, const Secrets &secrets)
{
    return std::make_unique<HeaderAuthorizer>("Authorization",
                                              basicHeader(profile.clientId, profile.user, secrets.password));
}

std::unique_ptr<HeaderAuthorizer> HeaderAuthorizer::apiKey(const Secrets &secrets)
{
    return std::make_unique<HeaderAuthorizer>("CLICDATA-API-KEY", keyHeader(secrets.apiKey));
}

Call<Done> HeaderAuthorizer::ready()
{
    return m_value ? Call<Done>::finished(Done{}) : Call<Done>::finished(m_value.error());
}

void HeaderAuthorizer::authorize(QNetworkRequest &request) const
{
    if (m_value)
        request.setRawHeader(m_name, *m_value);
}

Call<Done> HeaderAuthorizer::renew()
{
    return ready();
}

} // namespace rowdesk
