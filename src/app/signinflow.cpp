#include "app/signinflow.h"

#include "app/accounts.h"
#include "gui/openurl.h"
#include "gui/signindialog.h"

#include <algorithm>

namespace rowdesk {

SignInFlow::SignInFlow(Accounts *accounts, ProfileStore profiles, std::unique_ptr<SecretStore> keychain,
                       QWidget *window)
    : m_accounts(accounts)
    , m_store(std::move(profiles))
    , m_keychain(std::move(keychain))
    , m_memory(makeSessionSecretStore())
    , m_window(window)
{
    connect(accounts, &Accounts::changed, this, &SignInFlow::ended);
    connect(accounts, &Accounts::failed, this, &SignInFlow::failed);
    connect(accounts, &Accounts::secretsChanged, this, &SignInFlow::keepSecrets);
    loadProfiles();
}

SignInFlow::~SignInFlow() = default;

void SignInFlow::loadProfiles()
{
    if (const Result<QVector<Profile>> stored = m_store.load())
        m_profiles = *stored;
    else
        m_storeProblem = stored.error();
}

QStringList SignInFlow::profileNames() const
{
    QStringList names;
    for (const Profile &profile : m_profiles)
        names.append(profile.name);
    return names;
}

SignInDialog *SignInFlow::dialog() const
{
    return m_dialog;
}

void SignInFlow::ask(const std::optional<Profile> &known, const std::optional<ApiError> &failure)
{
    if (m_dialog)
        m_dialog->done(QDialog::Rejected);
    m_dialog = new SignInDialog(profileNames(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (known)
        m_dialog->setProfile(*known);
    if (!m_keychainProblem.isEmpty())
        m_dialog->setSecretsNote(m_keychainProblem);
    if (failure)
        m_dialog->showFailure(*failure);
    connect(m_dialog, &SignInDialog::signInWanted, this, &SignInFlow::tryAsked);
    connect(m_dialog, &SignInDialog::stopWanted, this, [this] {
        m_accounts->stop();
        m_asked.reset();
        if (m_dialog)
            m_dialog->showFailure({ErrorKind::Cancelled, 0, {}, tr("Nothing was changed."), {}, {}});
    });
    m_dialog->open();
}

void SignInFlow::tryAsked(const SignInRequest &request)
{
    m_asked = request;
    if (request.profile.method != AuthMethod::AuthorizationCode)
        return m_accounts->signIn(request.profile, request.secrets);
    m_accounts->signInWithBrowser(request.profile, request.secrets,
                                  [this](const QUrl &link) { return openBrowser(link); });
}

bool SignInFlow::openBrowser(const QUrl &link)
{
    const bool opened = openInBrowser(link);
    // The link is on the screen: without a browser here, one elsewhere on this computer can still be used.
    if (m_dialog)
        m_dialog->showWaitingForBrowser(link, opened);
    return opened || m_dialog;
}

void SignInFlow::open(const QString &profileName)
{
    const auto found = std::find_if(m_profiles.cbegin(), m_profiles.cend(),
                                    [&](const Profile &profile) { return profile.name == profileName; });
    if (found != m_profiles.cend())
        tryStored(*found);
}

void SignInFlow::tryStored(const Profile &profile)
{
    emit notice(tr("Signing in as %1…").arg(profile.name));
    m_memory->read(profile.name).then(this, [this, profile](const Result<Secrets> &kept) {
        if (kept && !kept->isEmpty())
            return m_accounts->signIn(profile, *kept);
        m_keychain->read(profile.name).then(this, [this, profile](const Result<Secrets> &stored) {
            if (stored && !stored->isEmpty())
                return m_accounts->signIn(profile, *stored);
            emit notice({});
            ask(profile, stored ? std::nullopt : std::optional(stored.error()));
        });
    });
}

void SignInFlow::ended()
{
    if (m_dialog && m_asked)
        m_dialog->accept();
    if (const std::optional<SignInRequest> request = std::exchange(m_asked, std::nullopt))
        remember(*request);
}

void SignInFlow::failed(const Profile &profile, const ApiError &error)
{
    if (m_dialog && m_asked) {
        m_dialog->showFailure(error);
        return;
    }
    emit notice({});
    if (error.kind == ErrorKind::Credentials && profileNames().contains(profile.name))
        ask(profile, error);
    else
        emit notice(tr("Signing in as %1 ended: %2").arg(profile.name, error.text()));
}

void SignInFlow::remember(const SignInRequest &request)
{
    const QString &name = request.profile.name;
    m_memory->write(name, request.secrets);
    if (!request.remember) {
        m_sessionOnly.insert(name);
        return;
    }
    m_sessionOnly.remove(name);
    storeProfile(request.profile);
    writeToKeychain(name, request.secrets);
}

void SignInFlow::keepSecrets(const Profile &profile, const Secrets &secrets)
{
    if (m_asked && m_asked->profile.name == profile.name) {
        m_asked->secrets = secrets; // remembered once signing in has succeeded
        return;
    }
    m_memory->write(profile.name, secrets);
    if (profileNames().contains(profile.name) && !m_sessionOnly.contains(profile.name))
        writeToKeychain(profile.name, secrets);
}

void SignInFlow::writeToKeychain(const QString &name, const Secrets &secrets)
{
    m_keychain->write(name, secrets).then(this, [this](const Result<Done> &written) {
        if (written)
            return;
        m_keychainProblem = tr("No keychain here: secrets are kept until Rowdesk closes.");
        emit notice(m_keychainProblem, written.error().text());
    });
}

void SignInFlow::storeProfile(const Profile &profile)
{
    const auto same = [&](const Profile &other) { return other.name == profile.name; };
    if (const auto old = std::find_if(m_profiles.begin(), m_profiles.end(), same); old != m_profiles.end())
        *old = profile;
    else
        m_profiles.append(profile);
    // Saving over a file that could not be read would take away what is in it.
    if (m_storeProblem)
        emit notice(m_storeProblem->text());
    else if (const Result<Done> saved = m_store.save(m_profiles); !saved)
        emit notice(saved.error().text());
    emit profilesChanged();
}

void SignInFlow::signOut()
{
    if (const Session *session = m_accounts->session()) {
        const QString name = session->profile().name;
        removeSecrets(name, profileNames().contains(name));
    }
    m_accounts->signOut();
}

void SignInFlow::removeSecrets(const QString &name, bool fromKeychain)
{
    m_memory->remove(name);
    if (!fromKeychain)
        return;
    m_keychain->remove(name).then(this, [this, name](const Result<Done> &removed) {
        if (!removed)
            emit notice(tr("The secret of %1 may still be in the keychain: %2").arg(name, removed.error().message));
    });
}

void SignInFlow::remove(const QString &profileName)
{
    QVector<Profile> left = m_profiles;
    const auto removed = left.removeIf([&](const Profile &profile) { return profile.name == profileName; });
    if (removed == 0)
        return;
    // The file first: a profile without secrets asks for them, secrets without a profile are never found again.
    const Result<Done> saved = m_storeProblem ? Result<Done>(*m_storeProblem) : m_store.save(left);
    if (!saved) {
        emit notice(tr("%1 was not removed: %2").arg(profileName, saved.error().text()));
        return;
    }
    m_profiles = left;
    if (const Session *session = m_accounts->session(); session && session->profile().name == profileName)
        m_accounts->signOut();
    removeSecrets(profileName, true);
    emit profilesChanged();
}

} // namespace rowdesk
