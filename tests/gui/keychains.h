#pragma once

#include "auth/secretstore.h"

#include <QHash>

namespace rowdesk {

/// A keychain that is not there.
class NoKeychain : public SecretStore
{
public:
    Call<Secrets> read(const QString &) override { return Call<Secrets>::finished(problem()); }
    Call<Done> write(const QString &, const Secrets &) override { return Call<Done>::finished(problem()); }
    Call<Done> remove(const QString &) override { return Call<Done>::finished(problem()); }
    bool isPersistent() const override { return true; }

private:
    static ApiError problem() { return {ErrorKind::Local, 0, {}, QStringLiteral("There is no keychain."), {}, {}}; }
};

/// A keychain in memory that outlives the program run that uses it.
class SharedKeychain : public SecretStore
{
public:
    explicit SharedKeychain(QHash<QString, Secrets> *entries) : m_entries(entries) {}
    Call<Secrets> read(const QString &name) override { return Call<Secrets>::finished(m_entries->value(name)); }
    Call<Done> write(const QString &name, const Secrets &secrets) override
    {
        m_entries->insert(name, secrets);
        return Call<Done>::finished(Done{});
    }
    Call<Done> remove(const QString &name) override
    {
        m_entries->remove(name);
        return Call<Done>::finished(Done{});
    }
    bool isPersistent() const override { return true; }

private:
    QHash<QString, Secrets> *m_entries;
};

} // namespace rowdesk
