#include "sandbox/credentials.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace rowdesk::sandbox {
namespace {

QByteArray randomToken()
{
    quint32 words[8];
    QRandomGenerator::system()->fillRange(words);
    return QByteArray(reinterpret_cast<const char *>(words), sizeof words)
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

std::optional<QByteArray> decodeBase64(const QByteArray &encoded)
{
    auto decoded = QByteArray::fromBase64Encoding(encoded, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(std::move(*decoded)) : std::nullopt;
}

} // namespace

QSet<QString> allScopes()
{
    return {QStringLiteral("account_read"), QStringLiteral("data_read"), QStringLiteral("data_write"),
            QStringLiteral("table_read"), QStringLiteral("table_write")};
}

Credentials::Grant Credentials::grant(const Principal &principal, bool renewable)
{
    Grant grant;
    grant.accessToken = randomToken();
    grant.expiresIn = m_lifetime;
    grant.scopes = principal.scopes;
    m_tokens.insert(grant.accessToken, {principal, QDateTime::currentDateTimeUtc().addSecs(m_lifetime)});
    if (renewable) {
        grant.refreshToken = randomToken();
        m_renewals.insert(grant.refreshToken, principal);
    }
    return grant;
}

Credentials::Grant Credentials::grantClient(const QSet<QString> &scopes)
{
    const std::lock_guard lock(m_mutex);
    return grant({{}, scopes}, false);
}

QString Credentials::issueCode(Consent consent)
{
    const std::lock_guard lock(m_mutex);
    const QString code = QString::fromLatin1(randomToken());
    consent.until = QDateTime::currentDateTimeUtc().addSecs(60);
    m_codes.insert(code, std::move(consent));
    return code;
}

std::optional<Credentials::Grant> Credentials::redeemCode(const QString &code, const QString &redirectUri,
                                                          const QString &verifier)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_codes.constFind(code);
    if (found == m_codes.constEnd())
        return std::nullopt;
    const Consent consent = *found;
    m_codes.erase(found); // one try only, right or wrong
    if (consent.until < QDateTime::currentDateTimeUtc() || consent.redirectUri != redirectUri)
        return std::nullopt;
    if (!consent.challenge.isEmpty()) {
        const QByteArray hash = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256);
        if (consent.challenge.toLatin1() !=
            hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))
            return std::nullopt;
    }
    return grant(consent.principal, true);
}

std::optional<Credentials::Grant> Credentials::renew(const QString &refreshToken)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_renewals.constFind(refreshToken.toLatin1());
    if (found == m_renewals.constEnd())
        return std::nullopt;
    const Principal principal = *found;
    m_renewals.erase(found);
    return grant(principal, true);
}

std::optional<Principal> Credentials::identify(const HttpRequest &request, const PasswordCheck &check)
{
    const QByteArray header = request.headers.value("authorization").trimmed();
    const qsizetype space = header.indexOf(' ');
    const QByteArray scheme = header.left(space < 0 ? header.size() : space).toLower();
    const QByteArray rest = space < 0 ? QByteArray() : header.mid(space + 1).trimmed();
    if (scheme == "basic")
        return identifyBasic(rest, check);
    if (scheme == "bearer") {
        const std::lock_guard lock(m_mutex);
        const auto token = m_tokens.constFind(rest);
        if (token == m_tokens.constEnd() || token->until <= QDateTime::currentDateTimeUtc())
            return std::nullopt;
        return token->principal;
    }
    if (header.isEmpty() && request.headers.value("clicdata-api-key") == QByteArray(apiKey.data(), apiKey.size()))
        return Principal{};
    return std::nullopt;
}

std::optional<Principal> Credentials::identifyBasic(const QByteArray &encoded, const PasswordCheck &check) const
{
    // base64( client_id ":" base64( user ":" password ) )
    const std::optional<QByteArray> outer = decodeBase64(encoded);
    const qsizetype outerColon = outer ? outer->indexOf(':') : -1;
    if (outerColon < 0 || QString::fromUtf8(outer->left(outerColon)) != clientId)
        return std::nullopt;
    const std::optional<QByteArray> inner = decodeBase64(outer->mid(outerColon + 1));
    const qsizetype innerColon = inner ? inner->indexOf(':') : -1;
    if (innerColon < 0)
        return std::nullopt;
    const QString user = QString::fromUtf8(inner->left(innerColon));
    if (!check(user, QString::fromUtf8(inner->mid(innerColon + 1))))
        return std::nullopt;
    return Principal{user, allScopes()};
}

void Credentials::setLifetime(int seconds)
{
    const std::lock_guard lock(m_mutex);
    m_lifetime = seconds;
}

void Credentials::expireTokens()
{
    const std::lock_guard lock(m_mutex);
    m_tokens.clear();
}

} // namespace rowdesk::sandbox
