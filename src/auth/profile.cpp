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

} // namespace rowdesk
