#include "auth/signinerror.h"

#include <QCoreApplication>

#include <vector>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::SignIn)
};

/// One row of the table: the first one that matches counts. An empty text or 0 matches everything.
struct Row
{
    QLatin1String code;
    QLatin1String saying; ///< part of the service's own words, in lower case
    SignInFault fault;
};

const std::vector<Row> &oauthRows()
{
    using L = QLatin1String;
    static const std::vector<Row> rows{
        {L("invalid_client"), L("unknown client"), SignInFault::UnknownClient},
        {L("invalid_client"), L("client not found"), SignInFault::UnknownClient},
        {L("invalid_client"), L("no such client"), SignInFault::UnknownClient},
        {L("invalid_client"), L("client id or"), SignInFault::ClientOrSecret},
        {L("invalid_client"), L("wrong secret"), SignInFault::WrongSecret},
        {L("invalid_client"), L("invalid secret"), SignInFault::WrongSecret},
        {L("invalid_client"), L("invalid client secret"), SignInFault::WrongSecret},
        {L("invalid_client"), L(""), SignInFault::ClientOrSecret},
        {L("invalid_grant"), L(""), SignInFault::Expired},
        {L("unauthorized_client"), L(""), SignInFault::MethodRefused},
        {L("unsupported_grant_type"), L(""), SignInFault::MethodRefused},
    };
    return rows;
}

SignInFault refusedCredentials(AuthMethod method)
{
    switch (method) {
    case AuthMethod::ClientCredentials:
        return SignInFault::ClientOrSecret;
    case AuthMethod::AuthorizationCode:
        return SignInFault::Expired;
    case AuthMethod::Basic:
        return SignInFault::WrongPerson;
    case AuthMethod::ApiKey:
        return SignInFault::WrongKey;
    }
    return SignInFault::Other;
}

struct Sentence
{
    ErrorKind kind;
    QString message;
    QString hint;
};

Sentence sentenceFor(SignInFault fault, const QString &host)
{
    switch (fault) {
    case SignInFault::UnknownClient:
        return {ErrorKind::Credentials, Words::tr("%1 does not know this client id.").arg(host),
                Words::tr("Copy the client id of the API application from ClicData again.")};
    case SignInFault::WrongSecret:
        return {ErrorKind::Credentials, Words::tr("%1 knows the client id, but the client secret is wrong.").arg(host),
                Words::tr("Enter the secret again, or make a new one for this API application in ClicData.")};
    case SignInFault::ClientOrSecret:
        return {ErrorKind::Credentials,
                Words::tr("%1 did not accept the client id or the client secret; it does not say which.").arg(host),
                Words::tr("Copy both from the API application in ClicData again.")};
    case SignInFault::WrongPerson:
        return {
            ErrorKind::Credentials,
            Words::tr("%1 did not accept the client id, the user or the password; it does not say which.").arg(host),
            Words::tr("Enter all three again.")};
    case SignInFault::WrongKey:
        return {ErrorKind::Credentials, Words::tr("%1 did not accept the API key.").arg(host),
                Words::tr("Copy the key from ClicData again; it may have been replaced or withdrawn.")};
    case SignInFault::Expired:
        return {ErrorKind::Credentials, Words::tr("The browser sign-in to %1 is no longer valid.").arg(host),
                Words::tr("Sign in with the browser again.")};
    case SignInFault::MethodRefused:
        return {ErrorKind::Credentials,
                Words::tr("%1 does not let this API application sign in in this way.").arg(host),
                Words::tr("Choose another way of signing in, or change the API application in ClicData.")};
    case SignInFault::NoApiHere:
        return {ErrorKind::WrongAddress,
                Words::tr("%1 answers, but there is no ClicData API at this address.").arg(host),
                Words::tr("Check the address and its path; the usual one is https://api.clicdata.com/.")};
    case SignInFault::Interrupted:
        return {ErrorKind::Network, Words::tr("The answer of %1 to the sign-in was lost.").arg(host),
                Words::tr("Nothing was changed. Sign in with the browser again.")};
    case SignInFault::Other:
        break;
    }
    return {ErrorKind::BadAnswer, {}, {}};
}

} // namespace

SignInFault signInFault(const ApiError &error, AuthMethod method)
{
    for (const Row &row : oauthRows()) {
        if (error.code == row.code && error.message.contains(row.saying, Qt::CaseInsensitive))
            return row.fault;
    }
    switch (error.kind) {
    case ErrorKind::Credentials:
        return refusedCredentials(method);
    case ErrorKind::NotFound:
        return SignInFault::NoApiHere;
    case ErrorKind::OutcomeUnknown:
        return SignInFault::Interrupted;
    case ErrorKind::Rejected:
        return error.httpStatus == 405 ? SignInFault::NoApiHere : SignInFault::Other;
    default:
        return SignInFault::Other;
    }
}

ApiError signInError(const ApiError &error, AuthMethod method, const QString &host)
{
    const SignInFault fault = signInFault(error, method);
    // Without an answer of the service it is our own sentence, which says already what is missing.
    const bool isOurs = error.httpStatus == 0 && error.kind == ErrorKind::Credentials;
    if (fault == SignInFault::Other || isOurs)
        return error;
    Sentence sentence = sentenceFor(fault, host);
    return {sentence.kind, error.httpStatus, error.code, sentence.message, sentence.hint, error.requestId};
}

} // namespace rowdesk
