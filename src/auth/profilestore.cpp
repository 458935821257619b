#include "auth/profilestore.h"

#include "core/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSet>
#include <QStandardPaths>

namespace rowdesk {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ProfileStore", text);
}

namespace key {
constexpr QLatin1StringView profiles("profiles");
constexpr QLatin1StringView name("name");
constexpr QLatin1StringView method("auth");
constexpr QLatin1StringView baseUrl("base_url");
constexpr QLatin1StringView apiVersion("api_version");
constexpr QLatin1StringView clientId("client_id");
constexpr QLatin1StringView user("user");
constexpr QLatin1StringView redirectUrl("redirect_url");
} // namespace key

ApiError localError(const QString &message, const QString &hint)
{
    return {ErrorKind::Local, 0, {}, message, hint, {}};
}

ApiError usageError(const QString &message)
{
    return {ErrorKind::Usage, 0, {}, message, {}, {}};
}

QJsonObject toJson(const Profile &profile)
{
    return {{key::name, profile.name},
            {key::method, authMethodName(profile.method)},
            {key::baseUrl, profile.baseUrl.toString(QUrl::FullyEncoded)},
            {key::apiVersion, profile.apiVersion},
            {key::clientId, profile.clientId},
            {key::user, profile.user},
            {key::redirectUrl, profile.redirectUrl.toString(QUrl::FullyEncoded)}};
}

/// Empty when a member that can't be guessed is missing or wrong.
std::optional<Profile> fromJson(const QJsonObject &object)
{
    Profile profile;
    profile.name = object[key::name].toString();
    const auto method = authMethodFromName(object[key::method].toString());
    const QUrl baseUrl(object[key::baseUrl].toString(), QUrl::StrictMode);
    if (profile.name.isEmpty() || !method || !baseUrl.isValid() || baseUrl.isEmpty())
        return std::nullopt;
    profile.method = *method;
    profile.baseUrl = baseUrl;
    profile.apiVersion = object[key::apiVersion].toString(profile.apiVersion);
    profile.clientId = object[key::clientId].toString();
    profile.user = object[key::user].toString();
    // Files written before the address could be set have none.
    if (object.contains(key::redirectUrl))
        profile.redirectUrl = QUrl(object[key::redirectUrl].toString(), QUrl::StrictMode);
    return profile;
}

/// Makes the folder of a file, for its owner alone when it is new.
bool makeFolderOf(const QString &path)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (QFileInfo(folder).isDir())
        return true;
    return QDir().mkpath(folder) &&
           QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

ProfileStore::ProfileStore(const QString &path) : m_path(path.isEmpty() ? defaultPath() : path) {}

QString ProfileStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/rowdesk/profiles.json");
}

Result<QVector<Profile>> ProfileStore::load() const
{
    QFile file(m_path);
    if (!file.exists())
        return QVector<Profile>();
    if (!file.open(QIODevice::ReadOnly))
        return localError(tr("The profiles in %1 can't be read: %2.").arg(m_path, file.errorString()), {});
    const ApiError damaged = localError(tr("The file of profiles, %1, is damaged.").arg(m_path),
                                        tr("Repair it or move it away; the secrets are kept elsewhere."));
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document[key::profiles].isArray())
        return damaged;
    QVector<Profile> profiles;
    for (const QJsonValue &entry : document[key::profiles].toArray()) {
        std::optional<Profile> profile = fromJson(entry.toObject());
        if (!profile)
            return damaged;
        profiles.append(*std::move(profile));
    }
    return profiles;
}

Result<Done> ProfileStore::save(const QVector<Profile> &profiles) const
{
    QJsonArray array;
    QSet<QString> names;
    for (const Profile &profile : profiles) {
        if (profile.name.isEmpty())
            return usageError(tr("A profile needs a name."));
        if (names.contains(profile.name))
            return usageError(tr("Two profiles are named %1.").arg(profile.name));
        names.insert(profile.name);
        array.append(toJson(profile));
    }
    QSaveFile file(m_path);
    const QByteArray json = QJsonDocument(QJsonObject{{key::profiles, array}}).toJson();
    const bool saved = makeFolderOf(m_path) && file.open(QIODevice::WriteOnly) &&
                       file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(json) == json.size() &&
                       commitWhole(file);
    if (!saved) {
        return localError(tr("The profiles could not be saved in %1: %2.").arg(m_path, file.errorString()),
                          tr("Check the folder's permissions and the free space."));
    }
    return Done{};
}

Result<Profile> ProfileStore::find(const QString &name) const
{
    const Result<QVector<Profile>> profiles = load();
    if (!profiles)
        return profiles.error();
    QStringList names;
    for (const Profile &profile : *profiles) {
        if (profile.name == name)
            return profile;
        names.append(profile.name);
    }
    if (names.isEmpty())
        return usageError(tr("There is no profile %1; no profile is set up yet.").arg(name));
    return usageError(tr("There is no profile %1. There are: %2.").arg(name, names.join(QStringLiteral(", "))));
}

} // namespace rowdesk
