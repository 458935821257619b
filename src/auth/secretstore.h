#pragma once

#include "auth/profile.h"
#include "net/call.h"

#include <memory>

namespace rowdesk {

/// Where secrets live. Every call finishes within 10 seconds, whatever the keychain does, and never blocks.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    /// The secrets of a profile; empty Secrets when there are none. ErrorKind::Local when the store can't be used.
    virtual Call<Secrets> read(const QString &profile) = 0;
    virtual Call<Done> write(const QString &profile, const Secrets &secrets) = 0;
    virtual Call<Done> remove(const QString &profile) = 0;

    /// Whether what is written is there after a restart.
    virtual bool isPersistent() const = 0;
};

/// Keeps secrets in memory until the program ends ("session only").
std::unique_ptr<SecretStore> makeSessionSecretStore();

/// Keeps secrets in the system's keychain through QtKeychain, one JSON value below 2 KB a profile; never falls back to
/// a file. Without a keychain each call ends with ErrorKind::Local and a sentence that says so.
std::unique_ptr<SecretStore> makeKeychainSecretStore();

} // namespace rowdesk
