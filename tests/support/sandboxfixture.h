#pragma once

#include "sandbox/sandboxserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

#include <memory>

namespace rowdesk::test {

/// What the sandbox answered.
struct HttpAnswer
{
    int status = 0; ///< 0: no answer
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QByteArray supportedVersions; ///< header api-supported-versions
    QByteArray location;
    QByteArray retryAfter;
    QByteArray contentType;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QString errorCode() const
    {
        return json().value(QLatin1StringView("error")).toObject().value(QLatin1StringView("code")).toString();
    }
};

/// A running sandbox and a plain HTTP client for it, for tests.
///
/// The client is a bare QNetworkAccessManager, which sends a request again when the connection was dropped before an
/// answer: under a `drop` fault the ledger shows more than one call. Use a socket, or the program's own client, there.
class SandboxFixture
{
public:
    /// Demo data, faults allowed, a temporary folder.
    static SandboxOptions demoOptions()
    {
        SandboxOptions options;
        options.demo = true;
        options.allowFaults = true;
        return options;
    }

    explicit SandboxFixture(SandboxOptions options = demoOptions())
        : m_server(std::make_unique<SandboxServer>(std::move(options)))
    {
        m_headers.emplaceBack("CLICDATA-API-KEY", "demo-key");
    }

    bool start() { return m_server->start(); }
    SandboxServer &server() { return *m_server; }
    QUrl url(const QString &path = {}) const { return QUrl(m_server->url().toString() + path); }

    /// The headers of every call; the API key at first.
    void setHeaders(QList<std::pair<QByteArray, QByteArray>> headers) { m_headers = std::move(headers); }

    /// Sends one request and waits for its end. Redirects are not followed.
    HttpAnswer call(const QByteArray &verb, const QString &path, const QByteArray &body = {},
                    const QByteArray &contentType = "application/json")
    {
        QNetworkRequest request(url(path));
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        if (!body.isEmpty())
            request.setHeader(QNetworkRequest::ContentTypeHeader, contentType);
        for (const auto &[name, value] : m_headers)
            request.setRawHeader(name, value);
        // As a custom verb, HEAD would wait for a body that never comes.
        const std::unique_ptr<QNetworkReply> reply(verb == "HEAD" ? m_manager.head(request)
                                                                  : m_manager.sendCustomRequest(request, verb, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished() && !finished.wait(60'000))
            return {};
        HttpAnswer answer;
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        answer.body = reply->readAll();
        answer.error = reply->error();
        answer.supportedVersions = reply->rawHeader("api-supported-versions");
        answer.location = reply->rawHeader("Location");
        answer.retryAfter = reply->rawHeader("Retry-After");
        answer.contentType = reply->rawHeader("Content-Type");
        return answer;
    }
    HttpAnswer get(const QString &path) { return call("GET", path); }
    HttpAnswer post(const QString &path, const QByteArray &body) { return call("POST", path, body); }

    /// Sets fault switches (resources/sandbox/README.md); true when they were taken.
    bool fault(const QByteArray &json) { return post(QStringLiteral("_sandbox/faults"), json).status == 200; }
    bool clearFaults() { return call("DELETE", QStringLiteral("_sandbox/faults")).status == 200; }
    /// Every write that came in: {"verb","path","applied",…}.
    QJsonArray ledger()
    {
        return get(QStringLiteral("_sandbox/ledger")).json().value(QLatin1StringView("calls")).toArray();
    }

    /// All rows of "data/ID" or "data/ID/v/N", page by page.
    QJsonArray rows(const QString &path)
    {
        QJsonArray all;
        for (int page = 1;; ++page) {
            const QJsonObject answer = get(path + QStringLiteral("?page=%1").arg(page)).json();
            for (const QJsonValue &row : answer.value(QLatin1StringView("data")).toArray())
                all.append(row);
            if (!answer.value(QLatin1StringView("has_more_data")).toBool())
                return all;
        }
    }

private:
    std::unique_ptr<SandboxServer> m_server;
    QNetworkAccessManager m_manager;
    QList<std::pair<QByteArray, QByteArray>> m_headers;
};

} // namespace rowdesk::test
