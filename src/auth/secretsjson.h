#pragma once

#include "auth/profile.h"
#include "core/result.h"

#include <QByteArray>

namespace rowdesk {

/// The secrets of one profile as one keychain value, below the 2,560 bytes that the smallest keychain takes.
/// ErrorKind::Local when they are longer than that.
Result<QByteArray> encodeSecrets(const Secrets &secrets);

/// The reverse. A value that is not ours is ErrorKind::Local: whoever reads it asks for the secrets again.
Result<Secrets> decodeSecrets(const QByteArray &value);

} // namespace rowdesk
