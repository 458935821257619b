#include "auth/pkce.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace rowdesk {

namespace {

constexpr auto addressSafe = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

QByteArray randomAddressText()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    QByteArray bytes;
    for (const quint32 word : words) {
        for (int shift = 0; shift < 32; shift += 8)
            bytes += char((word >> shift) & 0xffU);
    }
    return bytes.toBase64(addressSafe);
}

QByteArray pkceChallenge(const QByteArray &verifier)
{
    return QCryptographicHash::hash(verifier, QCryptographicHash::Sha256).toBase64(addressSafe);
}

Pkce makePkce()
{
    const QByteArray verifier = randomAddressText();
    return {verifier, pkceChallenge(verifier)};
}

bool isEqualInConstantTime(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= unsigned(uchar(a[i])) ^ unsigned(uchar(b[i]));
    return difference == 0;
}

} // namespace rowdesk
