#include "cli/account.h"

#include "auth/profilestore.h"

namespace rowdesk::cli {

Account::Account() = default;

Account::~Account() = default;

Call<ApiClient *> Account::open(const QString &profileName)
{
    return credentials(profileName).chain<ApiClient *>([this](const Credentials &credentials) {
        return signIn(credentials);
    });
}

Call<Credentials> Account::credentials(const QString &profileName)
{
    if (profileName.isEmpty())
        return Call<Credentials>::finished(credentialsFromEnvironment(QProcessEnvironment::systemEnvironment()));
    const Result<Profile> profile = ProfileStore().find(profileName);
    if (!profile)
        return Call<Credentials>::finished(profile.error());
    m_secretStore = makeKeychainSecretStore();
    return m_secretStore->read(profileName).map<Credentials>([profile = *profile](const Secrets &secrets) {
        return Result<Credentials>(Credentials{profile, secrets});
    });
}

Call<ApiClient *> Account::signIn(const Credentials &credentials)
{
    m_credentials = credentials;
    m_session = std::make_unique<Session>(&m_network, credentials.profile, credentials.secrets);
    connect(m_session.get(), &Session::refreshTokenChanged, this, &Account::keepRefreshToken);
    return m_session->signIn().map<ApiClient *>([this](Done) { return Result<ApiClient *>(m_session->client()); });
}

void Account::keepRefreshToken(const QString &token)
{
    m_credentials.secrets.refreshToken = token;
    if (m_secretStore)
        m_tokenKept = m_secretStore->write(m_credentials.profile.name, m_credentials.secrets);
}

Call<Done> Account::close()
{
    return m_tokenKept;
}

} // namespace rowdesk::cli
