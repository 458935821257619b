#include "auth/profile.h"

#include <array>
#include <utility>

namespace rowdesk {

namespace {

constexpr std::array methodNames{
    std::pair{AuthMethod::ClientCredentials, QLatin1String("client_credentials")},
    std::pair{AuthMethod::AuthorizationCode, QLatin1String("authorization_code")},
    std::pair{AuthMethod::Basic, QLatin1String("basic")},
    std::pair{AuthMethod::ApiKey, QLatin1String("api_key")},
};

} // namespace

QString authMethodName(AuthMethod method)
{
    for (const auto &[known, name] : methodNames) {
        if (known == method)
            return name;
    }
    return {};
}

std::optional<AuthMethod> authMethodFromName(QStringView name)
{
    for (const auto &[method, known] : methodNames) {
        if (known == name)
            return method;
    }
    return std::nullopt;
}

QString identityOf(const Profile &profile)
{
    if (!profile.identity.isEmpty())
        return profile.identity;
    const QString at = profile.baseUrl.toString() + QLatin1Char(' ');
    switch (profile.method) {
    case AuthMethod::ClientCredentials:
    case AuthMethod::Basic:
        // An API application belongs to one account.
        return at + profile.clientId;
    case AuthMethod::AuthorizationCode:
        return at + profile.clientId + QLatin1Char(' ') + profile.name;
    case AuthMethod::ApiKey:
        break;
    }
    return at + authMethodName(profile.method) + QLatin1Char(' ') + profile.name;
}

} // namespace rowdesk
