#pragma once

#include "net/apiclient.h"
#include "net/exchange.h"
#include "net/requestgate.h"
#include "net/transportlog.h"

#include <QTimer>

#include <optional>

namespace rowdesk {

/// What the operations of one client share.
struct Transport
{
    QNetworkAccessManager *manager = nullptr;
    QUrl baseUrl;
    QString apiVersion;
    RetryPolicy policy;
    RequestGate *gate = nullptr;
    TransportLog *log = nullptr;
    QStringList supportedVersions;
    std::function<void(int seconds, const QString &why)> waiting;
};

/// One call of ApiClient::send: as many attempts as the policy allows. It owns itself (a child of the client, gone when
/// it has finished) and finishes its completion exactly once, with the truth even when the client is destroyed.
///
///     pass the gate → send → value | error
///       ↑    ↑                  ├ 401, first time: renew → send again
///       └────┴── wait ──────────┴ 429, or a read that broke
///
/// A gated write whose owner wants to know ends instead of being sent again: renewed, or with the time to wait.
class Operation : public QObject
{
    Q_OBJECT
public:
    Operation(Transport &transport, Request request, std::optional<ApiClient::Gate> gate, QObject *parent);
    ~Operation() override;

    Call<Answer> call() const { return m_completion.call(); }
    void start();
    void abort();

private:
    void passGate();
    void send();
    void judge(const Exchange::Outcome &outcome);
    bool goesOn(const ApiError &error, const Exchange::Outcome &outcome);
    void renew(const ApiError &refusal);
    void waitAndRepeat(std::chrono::milliseconds time, const QString &why);
    void record(const Exchange::Outcome &outcome, const std::optional<ApiError> &error);
    void finish(Result<Answer> result);
    ApiError cancelled() const;
    void askOwner(std::function<void()> letGo);
    void release();
    QString host() const;

    Transport &m_transport;
    Request m_request;
    std::optional<ApiClient::Gate> m_gate;
    Completion<Answer> m_completion;
    Exchange *m_exchange = nullptr;
    QTimer m_wait;
    RequestGate::Ticket m_ticket = 0;
    int m_readRepeats = 0;
    int m_rateLimitWaits = 0;
    bool m_renewed = false;
    bool m_askedOwner = false;     ///< whether Gate::drained was called
    bool m_released = false;       ///< whether the owner let the last byte go, in whichever attempt
    std::function<void()> m_letGo; ///< opens the gate of the running attempt
};

} // namespace rowdesk
