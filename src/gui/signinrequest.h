#pragma once

#include "auth/profile.h"
#include "core/result.h"

#include <QStringList>

namespace rowdesk {

/// What the sign-in dialog collects.
struct SignInRequest
{
    Profile profile;
    Secrets secrets;
    bool remember = true; ///< keep the profile, and its secrets in the keychain
};

/// What is still missing before it makes sense to try; empty when nothing is. `takenNames`: profiles there are already.
QString signInProblem(const SignInRequest &request, const QStringList &takenNames);

/// A name for a profile without one: the client id or the user, made different from the names there are.
QString proposedProfileName(const Profile &profile, const QStringList &takenNames);

/// The method's name, and the sentence that says where its values are found.
QString authMethodLabel(AuthMethod method);
QString authMethodSentence(AuthMethod method);

/// Which step of signing in an error stopped at: "Finding the server", "Checking who you are", …
QString signInStep(ErrorKind kind);

} // namespace rowdesk
