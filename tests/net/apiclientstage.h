#pragma once

#include "net/apiclient.h"
#include "support/await.h"
#include "support/fakenetworkaccessmanager.h"

#include <QTest>

namespace rowdesk::test {

inline RetryPolicy quickPolicy()
{
    RetryPolicy policy;
    policy.base = policy.rateLimitBase = std::chrono::milliseconds(1);
    return policy;
}

inline QByteArray statusLine(const FakeRequest &request)
{
    return request.verb + ' ' + request.url.toEncoded();
}

/// Credentials that can be scripted.
class FakeAuthorizer : public Authorizer
{
public:
    int token = 1;
    int renewals = 0;
    bool refuses = false;

    Call<Done> ready() override { return Call<Done>::finished(Done{}); }
    void authorize(QNetworkRequest &request) const override
    {
        request.setRawHeader("Authorization", "Bearer token" + QByteArray::number(token));
    }
    Call<Done> renew() override
    {
        ++renewals;
        if (refuses)
            return Call<Done>::finished(ApiError{ErrorKind::Credentials, 401, {}, QStringLiteral("refused"), {}, {}});
        ++token;
        return Call<Done>::finished(Done{});
    }
};

inline Request append(const QByteArray &body = "{\"data\":[]}")
{
    return Request::write(Request::Verb::Post,
                          makePath({QStringLiteral("data"), QStringLiteral("1"), QStringLiteral("row")}), body);
}

/// A client over a fake network, quick to repeat.
class ApiClientStage
{
protected:
    void setUp();

    std::unique_ptr<FakeNetworkAccessManager> m_network;
    std::unique_ptr<ApiClient> m_client;
};

inline void ApiClientStage::setUp()
{
    m_client.reset();
    m_network = std::make_unique<FakeNetworkAccessManager>();
    m_client = std::make_unique<ApiClient>(m_network.get(), QUrl(QStringLiteral("https://api.example.com/base/")));
    m_client->setRetryPolicy(quickPolicy());
}

} // namespace rowdesk::test
