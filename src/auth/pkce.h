#pragma once

#include <QByteArray>

namespace rowdesk {

/// Proof that whoever exchanges an authorization code is who asked for it (RFC 7636).
struct Pkce
{
    QByteArray verifier;  ///< 43 characters; goes to the token endpoint
    QByteArray challenge; ///< its SHA-256; goes through the browser
};

/// A fresh pair; from the system's random numbers.
Pkce makePkce();

/// The S256 challenge of a verifier.
QByteArray pkceChallenge(const QByteArray &verifier);

/// 256 random bits as 43 characters that may stand in an address.
QByteArray randomAddressText();

/// Compares in a time that does not tell how far they agree.
bool isEqualInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace rowdesk
