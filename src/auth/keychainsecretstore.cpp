#include "auth/secretsjson.h"
#include "auth/secretstore.h"

#include <QCoreApplication>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::SecretStore)
};

constexpr int patienceMs = 10'000;

QString serviceName()
{
    return QStringLiteral("rowdesk");
}

ApiError unusable(const QString &what)
{
    return {
        ErrorKind::Local,
        0,
        {},
        what,
        Words::tr("Nothing was written to a file instead. Unlock or start the keychain, or keep the secrets for this "
                  "session only."),
        {}};
}

ApiError keychainError(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return unusable(Words::tr("The system's keychain is locked or denied access."));
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return unusable(Words::tr("This system has no keychain that can be used."));
    default:
        return unusable(Words::tr("The system's keychain can't be used: %1").arg(job.errorString().left(200)));
    }
}

/// Runs a job to its end, however long that takes, but answers within ten seconds. A job is never deleted while it
/// runs: the library goes on using it. Hence no parent, and autoDelete.
template<typename T, typename Job>
Call<T> run(Job *job, const QString &profile, std::function<Result<T>(const Job &)> read)
{
    Completion<T> completion;
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(profile);
    auto *patience = new QTimer(job);
    patience->setSingleShot(true);
    QObject::connect(patience, &QTimer::timeout, job,
                     [completion] { completion.finish(unusable(Words::tr("The system's keychain did not answer."))); });
    QObject::connect(job, &QKeychain::Job::finished, job,
                     [completion, job, read](QKeychain::Job *) { completion.finish(read(*job)); });
    patience->start(patienceMs);
    job->start();
    return completion.call();
}

class KeychainSecretStore : public SecretStore
{
public:
    Call<Secrets> read(const QString &profile) override
    {
        using Job = QKeychain::ReadPasswordJob;
        return run<Secrets, Job>(new Job(serviceName()), profile, [](const Job &job) -> Result<Secrets> {
            if (job.error() == QKeychain::EntryNotFound)
                return Secrets{};
            if (job.error() != QKeychain::NoError)
                return keychainError(job);
            return decodeSecrets(job.binaryData());
        });
    }

    Call<Done> write(const QString &profile, const Secrets &secrets) override
    {
        using Job = QKeychain::WritePasswordJob;
        const Result<QByteArray> value = encodeSecrets(secrets);
        if (!value)
            return Call<Done>::finished(value.error());
        auto *job = new Job(serviceName());
        job->setBinaryData(*value);
        return run<Done, Job>(job, profile, [](const Job &done) -> Result<Done> {
            return done.error() == QKeychain::NoError ? Result<Done>(Done{}) : keychainError(done);
        });
    }

    Call<Done> remove(const QString &profile) override
    {
        using Job = QKeychain::DeletePasswordJob;
        return run<Done, Job>(new Job(serviceName()), profile, [](const Job &job) -> Result<Done> {
            const bool gone = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
            return gone ? Result<Done>(Done{}) : keychainError(job);
        });
    }

    bool isPersistent() const override { return true; }
};

} // namespace

std::unique_ptr<SecretStore> makeKeychainSecretStore()
{
    return std::make_unique<KeychainSecretStore>();
}

} // namespace rowdesk
