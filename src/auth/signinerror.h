#pragma once

#include "auth/profile.h"
#include "core/result.h"

namespace rowdesk {

/// What can be wrong when signing in, as a person would name it.
enum class SignInFault {
    UnknownClient,  ///< the client id
    WrongSecret,    ///< the client secret
    ClientOrSecret, ///< one of the two; the service does not say which
    WrongPerson,    ///< client id, user or password of the Basic method; never told apart
    WrongKey,       ///< the API key
    Expired,        ///< the browser sign-in must be repeated
    MethodRefused,  ///< this application may not sign in this way
    NoApiHere,      ///< a web server without a ClicData API at this address
    Interrupted,    ///< the answer to a token that can be used once was lost
    Other           ///< the error says it itself: network, certificate, web page, server fault
};

/// Which fault an error of signing in is. A service may answer the same code for a wrong id and a wrong secret; its
/// description is read for which one it was.
SignInFault signInFault(const ApiError &error, AuthMethod method);

/// The error in words that name the field to look at. Faults of the kind Other pass unchanged.
ApiError signInError(const ApiError &error, AuthMethod method, const QString &host);

} // namespace rowdesk
