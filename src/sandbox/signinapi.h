#pragma once

#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// Answers oauth20/token and oauth20/authorize (contract §2). `path` is what follows "oauth20".
HttpReply answerSignIn(const HttpRequest &request, const QStringList &path, Services &services);

/// Is this a user of the account with this password?
bool isPasswordOf(DocumentStore &documents, const QString &email, const QString &password);

/// What is stored instead of a password.
QString passwordHash(const QString &password);

/// Adds the two users that every sandbox knows when there is none: demo@example.com may do everything,
/// viewer@example.com (password "viewer") may only look.
Result<Done> addUsersWhenNone(DocumentStore &documents);

} // namespace rowdesk::sandbox
