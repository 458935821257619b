#pragma once

#include "auth/profile.h"
#include "core/result.h"

#include <QList>
#include <QProcessEnvironment>

namespace rowdesk::cli {

/// An account and what proves that it is ours.
struct Credentials
{
    Profile profile;
    Secrets secrets;
};

/// The account that the ROWDESK_… variables describe. ErrorKind::Usage names the first variable that is missing or
/// wrong, ErrorKind::WrongAddress an unusable address. Secrets are never repeated in an error.
Result<Credentials> credentialsFromEnvironment(const QProcessEnvironment &environment);

/// Each variable with what it is for, for the help.
QList<std::pair<QString, QString>> environmentHelp();

} // namespace rowdesk::cli
