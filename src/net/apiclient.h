#pragma once

#include "net/call.h"
#include "net/request.h"
#include "net/retrypolicy.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

class QNetworkAccessManager;
class QNetworkRequest;

namespace rowdesk {

class TransportLog;

/// How requests prove who they come from. Implemented by auth's Session; net knows no method of signing in.
class Authorizer
{
public:
    virtual ~Authorizer() = default;

    /// Makes sure that credentials are at hand (fetches a token when there is none or it is about to expire).
    virtual Call<Done> ready() = 0;
    /// Adds the headers. Called only after ready() said Done, and only for requests to the configured origin.
    virtual void authorize(QNetworkRequest &request) const = 0;
    /// The service said 401: gets new credentials, once however many requests ask at the same time.
    virtual Call<Done> renew() = 0;
    /// False for credentials that nobody can get anew (a key, a password): then a 401 is the last word.
    virtual bool isRenewable() const { return true; }
};

/// Sends requests and answers them with a Result. The one place for headers, deadlines, size limits, redirects (never
/// followed), retry of reads, one renewal on 401, the wait on 429, the mapping to ApiError and the redacted log.
///
/// Thread: the one it was made in. Transport rules: T1–T8 (one POST, ever), HTTP/1.1 only, no cookies, no cache.
class ApiClient : public QObject
{
    Q_OBJECT
public:
    /// The manager may be a fake; it is not owned. baseUrl: https, or http for a loopback address (checkBaseUrl).
    ApiClient(QNetworkAccessManager *manager, QUrl baseUrl, QObject *parent = nullptr);
    ~ApiClient() override;

    QUrl baseUrl() const;
    /// What records that outlive the session call the account (identityOf() of its profile); the base address until it
    /// is set. Holds no secret.
    void setAccount(const QString &account);
    QString account() const;
    /// Not owned; null for requests without credentials.
    void setAuthorizer(Authorizer *authorizer);
    /// "" for the classic dialect, else the value of the api_version parameter, for example "2025.3".
    void setApiVersion(const QString &version);
    QString apiVersion() const;
    /// What the service last said it accepts (response header api-supported-versions: API contract §1), as it spelled
    /// it; empty when it never said.
    QStringList supportedVersions() const;

    /// When and how often reads are repeated, and how long a 429 is waited for.
    void setRetryPolicy(const RetryPolicy &policy);
    /// One redacted line for each attempt. Owned by the client.
    TransportLog *log() const;

    /// Sends it. HTTP statuses outside 200–299 and error envelopes (any status, 200 included: API contract §3) arrive
    /// as ApiError; so a value is an answer that the service meant as success.
    Call<Answer> send(const Request &request);

    /// Sends a write whose last byte is held back until the call of `release`. `drained` is called when every other
    /// byte has been handed to the system; until release, an error or abort() is proof that the service did not carry
    /// it out. `drained` is called once: after a proven refusal (401, 429) the policy may send the request again, and
    /// what was released stays released.
    ///
    /// With `mayRepeat` the policy does not: the call ends with Credentials or RateLimited, and right before that
    /// `mayRepeat` is told after what time it may be sent again: none after a 401 once credentials were renewed, none
    /// after a 429 that names no time. For
    /// owners who want to look first whether the service kept its word.
    struct Gate
    {
        std::function<void(std::function<void()> release)> drained;
        std::function<void(std::chrono::milliseconds wait)> mayRepeat = {};
    };
    Call<Answer> sendGated(const Request &request, Gate gate);

signals:
    /// The service asked to wait (429) or a read is being repeated: for the status line.
    void waiting(int seconds, const QString &why);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Checks an address that a person typed: https (http only for loopback), a host, no user info, no query. A value is
/// the normalised address with a trailing slash; an error says what is wrong with it (ErrorKind::WrongAddress).
Result<QUrl> checkBaseUrl(const QString &typed);

} // namespace rowdesk
