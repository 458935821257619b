#include "gui/signinrequest.h"

#include "auth/loopbacklistener.h"

#include <QCoreApplication>

namespace rowdesk {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("SignIn", text);
}

} // namespace

QString signInProblem(const SignInRequest &request, const QStringList &takenNames)
{
    const Profile &profile = request.profile;
    const Secrets &secrets = request.secrets;
    switch (profile.method) {
    case AuthMethod::ClientCredentials:
    case AuthMethod::AuthorizationCode:
        if (profile.clientId.isEmpty())
            return words(QT_TRANSLATE_NOOP("SignIn", "The client id is missing."));
        if (secrets.clientSecret.isEmpty())
            return words(QT_TRANSLATE_NOOP("SignIn", "The client secret is missing."));
        if (const Result<Done> usable = checkRedirectUrl(profile.redirectUrl);
            !usable && profile.method == AuthMethod::AuthorizationCode)
            return usable.error().text();
        break;
    case AuthMethod::Basic:
        if (profile.clientId.isEmpty())
            return words(QT_TRANSLATE_NOOP("SignIn", "The client id is missing."));
        if (profile.clientId.contains(QLatin1Char(':')))
            return words(QT_TRANSLATE_NOOP("SignIn", "A client id can't contain a colon."));
        if (profile.user.isEmpty())
            return words(QT_TRANSLATE_NOOP("SignIn", "The user is missing."));
        if (secrets.password.isEmpty())
            return words(QT_TRANSLATE_NOOP("SignIn", "The password is missing."));
        break;
    case AuthMethod::ApiKey:
        if (secrets.apiKey.isEmpty())
            return words(QT_TRANSLATE_NOOP("SignIn", "The API key is missing."));
        break;
    }
    if (takenNames.contains(profile.name, Qt::CaseInsensitive))
        return words(QT_TRANSLATE_NOOP("SignIn", "Another account has this name already."));
    return {};
}

QString proposedProfileName(const Profile &profile, const QStringList &takenNames)
{
    QString base = profile.method == AuthMethod::Basic ? profile.user : profile.clientId;
    if (base.isEmpty())
        base = words(QT_TRANSLATE_NOOP("SignIn", "My account"));
    QString name = base;
    for (int n = 2; takenNames.contains(name, Qt::CaseInsensitive); ++n)
        name = QStringLiteral("%1 (%2)").arg(base).arg(n);
    return name;
}

QString authMethodLabel(AuthMethod method)
{
    switch (method) {
    case AuthMethod::ClientCredentials:
        return words(QT_TRANSLATE_NOOP("SignIn", "Client id and secret"));
    case AuthMethod::AuthorizationCode:
        return words(QT_TRANSLATE_NOOP("SignIn", "Sign in with the browser"));
    case AuthMethod::Basic:
        return words(QT_TRANSLATE_NOOP("SignIn", "User and password"));
    case AuthMethod::ApiKey:
        return words(QT_TRANSLATE_NOOP("SignIn", "API key"));
    }
    return {};
}

QString authMethodSentence(AuthMethod method)
{
    switch (method) {
    case AuthMethod::ClientCredentials:
        return words(QT_TRANSLATE_NOOP(
            "SignIn", "Belongs to an API application of the account. An administrator finds both in the "
                      "web app's account settings, under API."));
    case AuthMethod::AuthorizationCode:
        return words(QT_TRANSLATE_NOOP(
            "SignIn", "Opens the browser, where you sign in as yourself; Rowdesk never sees the password. "
                      "Needs the id and secret of an API application, which an administrator sets up in the web "
                      "app's account settings, under API."));
    case AuthMethod::Basic:
        return words(QT_TRANSLATE_NOOP(
            "SignIn", "The name and password of the web app, and the client id of an API application from "
                      "its account settings."));
    case AuthMethod::ApiKey:
        return words(QT_TRANSLATE_NOOP("SignIn",
                                       "One key that an administrator creates in the web app's account settings. "
                                       "It can do whatever its owner can."));
    }
    return {};
}

QString signInStep(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: reaching the server."));
    case ErrorKind::Tls:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: the secure connection."));
    case ErrorKind::WrongAddress:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: the base address."));
    case ErrorKind::Credentials:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: checking who you are."));
    case ErrorKind::Forbidden:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: permission to read."));
    case ErrorKind::Local:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: this computer's keychain."));
    case ErrorKind::Cancelled:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped by you."));
    default:
        return words(QT_TRANSLATE_NOOP("SignIn", "Stopped at: the server's answer."));
    }
}

} // namespace rowdesk
