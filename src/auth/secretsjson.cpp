#include "auth/secretsjson.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::SecretStore)
};

constexpr qsizetype largestValue = 2048;
constexpr int formatVersion = 1;

} // namespace

Result<QByteArray> encodeSecrets(const Secrets &secrets)
{
    QJsonObject object{{QStringLiteral("v"), formatVersion}};
    const auto put = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            object.insert(name, value);
    };
    put(QStringLiteral("client_secret"), secrets.clientSecret);
    put(QStringLiteral("password"), secrets.password);
    put(QStringLiteral("api_key"), secrets.apiKey);
    put(QStringLiteral("refresh_token"), secrets.refreshToken);
    const QByteArray value = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (value.size() >= largestValue) {
        return ApiError{ErrorKind::Local,
                        0,
                        {},
                        Words::tr("The secrets are too long for the keychain."),
                        Words::tr("Keep them for this session only."),
                        {}};
    }
    return value;
}

Result<Secrets> decodeSecrets(const QByteArray &value)
{
    const QJsonObject object = QJsonDocument::fromJson(value).object();
    if (object.value(QLatin1String("v")).toInt() != formatVersion) {
        return ApiError{ErrorKind::Local,
                        0,
                        {},
                        Words::tr("The keychain's entry for this account can't be read."),
                        Words::tr("Enter the secrets again; the entry is then replaced."),
                        {}};
    }
    Secrets secrets;
    secrets.clientSecret = object.value(QLatin1String("client_secret")).toString();
    secrets.password = object.value(QLatin1String("password")).toString();
    secrets.apiKey = object.value(QLatin1String("api_key")).toString();
    secrets.refreshToken = object.value(QLatin1String("refresh_token")).toString();
    return secrets;
}

} // namespace rowdesk
