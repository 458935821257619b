#pragma once

#include "auth/profilestore.h"
#include "auth/secretstore.h"
#include "gui/signinrequest.h"

#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>
#include <optional>

class QWidget;

namespace rowdesk {

class Accounts;
class SignInDialog;

/// Signing in as a person does it: a dialog, profiles kept for next time, secrets in the keychain. When there is no
/// keychain, secrets stay in memory and the person is told.
class SignInFlow : public QObject
{
    Q_OBJECT
public:
    /// `accounts` and `window` (the parent of dialogs) are not owned and live longer.
    SignInFlow(Accounts *accounts, ProfileStore profiles, std::unique_ptr<SecretStore> keychain, QWidget *window);
    ~SignInFlow() override;

    QStringList profileNames() const;
    /// Why the stored profiles could not be read; they are left as they are then, and new ones last for this run.
    const std::optional<ApiError> &storeProblem() const { return m_storeProblem; }
    /// The dialog while it is open, else null.
    SignInDialog *dialog() const;
    /// Asks for an account; `known` fills in one whose secrets are wanted again, `failure` says why.
    void ask(const std::optional<Profile> &known = {}, const std::optional<ApiError> &failure = {});
    /// Signs in with a stored profile; asks when its secrets are not at hand.
    void open(const QString &profileName);
    /// Signs out and removes the profile's secrets from the keychain and from memory.
    void signOut();
    /// Forgets a profile and its secrets; signs out when it is the one signed in.
    void remove(const QString &profileName);

signals:
    /// Something worth saying in the window; stays until the next. `details` are for who asks.
    void notice(const QString &sentence, const QString &details = {});
    void profilesChanged();

private:
    void tryStored(const Profile &profile);
    void ended();
    void failed(const Profile &profile, const ApiError &error);
    void tryAsked(const SignInRequest &request);
    bool openBrowser(const QUrl &link);
    void remember(const SignInRequest &request);
    /// Where the secrets of a profile are kept, these replace them.
    void keepSecrets(const Profile &profile, const Secrets &secrets);
    void writeToKeychain(const QString &name, const Secrets &secrets);
    void removeSecrets(const QString &name, bool fromKeychain);
    void storeProfile(const Profile &profile);
    void loadProfiles();

    Accounts *m_accounts;
    ProfileStore m_store;
    QVector<Profile> m_profiles;
    std::optional<ApiError> m_storeProblem;
    std::unique_ptr<SecretStore> m_keychain;
    std::unique_ptr<SecretStore> m_memory;
    QSet<QString> m_sessionOnly; ///< names of profiles whose secrets are not for the keychain
    QString m_keychainProblem;   ///< set once the keychain has refused a secret
    QWidget *m_window;
    QPointer<SignInDialog> m_dialog;
    std::optional<SignInRequest> m_asked; ///< what the dialog asked to try
};

} // namespace rowdesk
