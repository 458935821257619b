#include "auth/session.h"

#include "auth/apiversion.h"
#include "auth/headerauthorizer.h"
#include "auth/signinerror.h"
#include "auth/tokenauthorizer.h"
#include "net/requestfactory.h"

#include <QCoreApplication>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::SignIn)
};

/// The first read of a session: small, and every account may ask it.
Request harmlessRead()
{
    return Request::get(QStringLiteral("account"));
}

bool isAboutVersion(const ApiError &error)
{
    return error.code == QLatin1String("APIVersionRequired") || error.code == QLatin1String("InvalidVersion");
}

} // namespace

class Session::Private
{
public:
    /// One signIn(): what is left to try, and what to stop.
    struct SignIn
    {
        Completion<Done> completion;
        QStringList untried;
        Call<Answer> running;
        bool askedService = false; ///< whether the versions the service named are in `untried`
    };

    void makeAuthorizer(Session *session, Secrets secrets)
    {
        switch (profile.method) {
        case AuthMethod::Basic:
            authorizer = HeaderAuthorizer::basic(profile, secrets);
            break;
        case AuthMethod::ApiKey:
            authorizer = HeaderAuthorizer::apiKey(secrets);
            break;
        default: {
            auto token = std::make_unique<TokenAuthorizer>(client.get(), profile, std::move(secrets));
            QObject::connect(token.get(), &TokenAuthorizer::refreshTokenChanged, session,
                             &Session::refreshTokenChanged);
            tokens = token.get();
            authorizer = std::move(token);
        }
        }
        client->setAuthorizer(authorizer.get());
        client->setAccount(identityOf(profile));
    }

    void probe(Session *session, const std::shared_ptr<SignIn> &flow)
    {
        flow->running = client->send(harmlessRead());
        flow->running.then(session,
                           [this, session, flow](const Result<Answer> &result) { judge(session, flow, result); });
    }

    void judge(Session *session, const std::shared_ptr<SignIn> &flow, const Result<Answer> &result)
    {
        if (result || isSignedInAnyway(result.error()))
            return flow->completion.finish(Done{});
        if (!isAboutVersion(result.error()))
            return flow->completion.finish(signInError(result.error(), profile.method, hostForPeople(profile.baseUrl)));
        if (profile.apiVersion == QLatin1String("auto"))
            learnVersions(*flow);
        if (flow->untried.isEmpty())
            return flow->completion.finish(noCommonVersion(result.error()));
        client->setApiVersion(flow->untried.takeFirst());
        probe(session, flow);
    }

    /// The service has spoken: who we are is settled, and only this one question is not ours to ask.
    bool isSignedInAnyway(const ApiError &error) const
    {
        if (error.kind == ErrorKind::Forbidden)
            return error.httpStatus == 403 && (!tokens || tokens->hasToken());
        return error.kind == ErrorKind::NotFound && tokens && tokens->hasToken();
    }

    void learnVersions(SignIn &flow) const
    {
        if (std::exchange(flow.askedService, true))
            return;
        const QStringList supported = client->supportedVersions();
        const QString best = newestCommonVersion(supported);
        // A service that does not say what it accepts is asked with one version after the other.
        flow.untried = supported.isEmpty() ? knownApiVersions() : best.isEmpty() ? QStringList() : QStringList{best};
    }

    ApiError noCommonVersion(ApiError error) const
    {
        const QStringList supported = client->supportedVersions();
        error.kind = ErrorKind::Rejected;
        error.message = Words::tr("%1 does not speak a version of the API that this program knows.")
                            .arg(hostForPeople(profile.baseUrl));
        if (profile.apiVersion != QLatin1String("auto"))
            error.message = Words::tr("%1 does not accept the API version %2.")
                                .arg(hostForPeople(profile.baseUrl), profile.apiVersion);
        error.hint = supported.isEmpty() ? Words::tr("Set the version of the account to auto.")
                                         : Words::tr("It accepts: %1.").arg(supported.join(QLatin1String(", ")));
        return error;
    }

    Profile profile;
    std::unique_ptr<Authorizer> authorizer;
    std::unique_ptr<ApiClient> client; ///< uses the authorizer, so it goes first
    TokenAuthorizer *tokens = nullptr; ///< the authorizer, when it is one of tokens
};

Session::Session(QNetworkAccessManager *manager, Profile profile, Secrets secrets, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->profile = std::move(profile);
    d->client = std::make_unique<ApiClient>(manager, d->profile.baseUrl);
    d->makeAuthorizer(this, std::move(secrets));
}

Session::~Session() = default;

const Profile &Session::profile() const
{
    return d->profile;
}

ApiClient *Session::client() const
{
    return d->client.get();
}

Call<Done> Session::signIn()
{
    const QString &wanted = d->profile.apiVersion;
    const bool classic = wanted == QLatin1String("auto") || wanted == QLatin1String("classic");
    d->client->setApiVersion(classic ? QString() : normalApiVersion(wanted));

    auto flow = std::make_shared<Private::SignIn>();
    const Call<Done> call = flow->completion.call();
    flow->completion.onAbort([flow = std::weak_ptr(flow)] {
        if (const auto running = flow.lock())
            running->running.abort();
    });
    d->probe(this, flow);
    return call;
}

} // namespace rowdesk
