#include "cli/environment.h"

#include "cli/command.h"

#include <QCryptographicHash>

namespace rowdesk::cli {
namespace {

constexpr QLatin1StringView baseUrlName("ROWDESK_BASE_URL");
constexpr QLatin1StringView authName("ROWDESK_AUTH");
constexpr QLatin1StringView clientIdName("ROWDESK_CLIENT_ID");
constexpr QLatin1StringView clientSecretName("ROWDESK_CLIENT_SECRET");
constexpr QLatin1StringView userName("ROWDESK_USER");
constexpr QLatin1StringView passwordName("ROWDESK_PASSWORD");
constexpr QLatin1StringView apiKeyName("ROWDESK_API_KEY");
constexpr QLatin1StringView apiVersionName("ROWDESK_API_VERSION");

/// The variables that a method needs.
QList<QLatin1StringView> neededBy(AuthMethod method)
{
    switch (method) {
    case AuthMethod::ClientCredentials:
        return {clientIdName, clientSecretName};
    case AuthMethod::Basic:
        return {clientIdName, userName, passwordName};
    case AuthMethod::ApiKey:
        return {apiKeyName};
    case AuthMethod::AuthorizationCode:
        break;
    }
    return {};
}

/// A key names its account only by itself. Enough of its hash to tell two keys from each other, too little to say which
/// key it is.
QString traceOf(const QString &apiKey)
{
    constexpr qsizetype bytes = 4;
    return QString::fromLatin1(
        QCryptographicHash::hash("rowdesk account " + apiKey.toUtf8(), QCryptographicHash::Sha256).left(bytes).toHex());
}

} // namespace

Result<Credentials> credentialsFromEnvironment(const QProcessEnvironment &environment)
{
    Credentials credentials;
    Profile &profile = credentials.profile;
    const QString word = environment.value(authName, authMethodName(AuthMethod::ClientCredentials));
    const std::optional<AuthMethod> method = authMethodFromName(word);
    if (!method || *method == AuthMethod::AuthorizationCode)
        return wrongUsage(tr("%1 is \"%2\"; it can be client_credentials, basic or api_key.").arg(authName, word));
    profile.method = *method;
    for (const QLatin1StringView name : neededBy(*method)) {
        if (environment.value(name).isEmpty())
            return wrongUsage(tr("%1 is not set; %2 sign-in needs it. Set it or use --profile NAME.").arg(name, word));
    }
    const Result<QUrl> baseUrl = checkBaseUrl(environment.value(baseUrlName, profile.baseUrl.toString()));
    if (!baseUrl)
        return baseUrl.error();
    profile.baseUrl = *baseUrl;
    profile.apiVersion = environment.value(apiVersionName, profile.apiVersion);
    profile.clientId = environment.value(clientIdName);
    profile.user = environment.value(userName);
    credentials.secrets.clientSecret = environment.value(clientSecretName);
    credentials.secrets.password = environment.value(passwordName);
    credentials.secrets.apiKey = environment.value(apiKeyName);
    if (*method == AuthMethod::ApiKey)
        profile.identity = identityOf(profile) + traceOf(credentials.secrets.apiKey);
    return credentials;
}

QList<std::pair<QString, QString>> environmentHelp()
{
    return {{authName, tr("client_credentials (the default), basic or api_key")},
            {clientIdName, tr("for client_credentials and basic")},
            {clientSecretName, tr("for client_credentials")},
            {userName, tr("for basic")},
            {passwordName, tr("for basic")},
            {apiKeyName, tr("for api_key")},
            {baseUrlName, tr("address of the API (default https://api.clicdata.com/)")},
            {apiVersionName, tr("auto (the default), classic, or a version such as 2025.3")}};
}

} // namespace rowdesk::cli
