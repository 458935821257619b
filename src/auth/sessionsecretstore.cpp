#include "auth/secretstore.h"

#include <QHash>

namespace rowdesk {

namespace {

class SessionSecretStore : public SecretStore
{
public:
    Call<Secrets> read(const QString &profile) override { return Call<Secrets>::finished(m_secrets.value(profile)); }

    Call<Done> write(const QString &profile, const Secrets &secrets) override
    {
        m_secrets.insert(profile, secrets);
        return Call<Done>::finished(Done{});
    }

    Call<Done> remove(const QString &profile) override
    {
        m_secrets.remove(profile);
        return Call<Done>::finished(Done{});
    }

    bool isPersistent() const override { return false; }

private:
    QHash<QString, Secrets> m_secrets;
};

} // namespace

std::unique_ptr<SecretStore> makeSessionSecretStore()
{
    return std::make_unique<SessionSecretStore>();
}

} // namespace rowdesk
