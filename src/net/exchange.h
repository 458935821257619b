#pragma once

#include "net/gatedevice.h"
#include "net/replyerror.h"

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QNetworkAccessManager;

namespace rowdesk {

/// One attempt: one request on the wire and the answer to it, or what became of it. Knows deadlines and limits, nothing
/// of policy. Calls `finished` exactly once and never from inside start(), unless it is destroyed first.
class Exchange : public QObject
{
    Q_OBJECT
public:
    struct Outcome
    {
        TransportFacts facts;
        Answer answer;
        QString tlsProblem; ///< the certificate's fault in words; empty when there is none
        qint64 milliseconds = 0;
        qint64 bytesSent = 0;
    };

    static constexpr std::chrono::milliseconds idleTimeout{30'000};

    Exchange(QNetworkAccessManager *manager, const Request &request, QNetworkRequest network, GateDevice::Gate gate,
             QObject *parent);
    ~Exchange() override;

    std::function<void(const Outcome &)> finished;
    std::function<void(std::function<void()> release)> drained;

    void start();
    /// Ends it with Stop::Aborted; `finished` follows.
    void abort() { stop(TransportFacts::Stop::Aborted); }
    /// What is known now; the truth about a request that is being given up.
    TransportFacts facts() const;

private:
    void send();
    void watch();
    void stop(TransportFacts::Stop why);
    void readMore();
    void finish();
    void touch();
    bool lastByteMayHaveLeft() const;
    Outcome outcome() const;

    QNetworkAccessManager *m_manager;
    Request m_request;
    QNetworkRequest m_network;
    GateDevice *m_body = nullptr; ///< null for GET
    QPointer<QNetworkReply> m_reply;
    QTimer m_idle;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    QByteArray m_answer;
    QString m_tlsProblem;
    TransportFacts::Stop m_stop = TransportFacts::Stop::None;
    int m_timesSent = 0;
    bool m_done = false;
    GateDevice::Gate m_gate;
};

} // namespace rowdesk
