#pragma once

#include "net/apiclient.h"
#include "net/call.h"

#include <QObject>

#include <optional>
#include <vector>

namespace rowdesk {

/// What every authorised request passes before it is sent. It lets one question to the Authorizer run at a time and
/// gives its answer to everybody who waits: fifty parallel 401s make one renewal.
class RequestGate : public QObject
{
    Q_OBJECT
public:
    using Ticket = quint64;

    explicit RequestGate(QObject *parent = nullptr);

    void setAuthorizer(Authorizer *authorizer) { m_authorizer = authorizer; }
    Authorizer *authorizer() const { return m_authorizer; }

    /// The ticket of a request that is about to be sent: says which credentials it used.
    Ticket ticket() { return ++m_lastTicket; }

    /// Waits until credentials are at hand.
    Call<Done> pass();
    /// The request with this ticket was answered 401. Done when newer credentials are there; an error when they can't
    /// be had. A request that was sent before the last renewal learns its result instead of starting another.
    Call<Done> renew(Ticket ticket);

private:
    void askNext();
    void settle(const Result<Done> &result);

    Authorizer *m_authorizer = nullptr;
    enum class Question { None, Ready, Renew } m_asked = Question::None;
    std::vector<Completion<Done>> m_waitingForReady;
    std::vector<Completion<Done>> m_waitingForRenewal;
    Ticket m_lastTicket = 0;
    Ticket m_settledUpTo = 0; ///< requests up to this ticket used credentials that the last renewal replaced
    std::optional<Result<Done>> m_lastRenewal;
};

} // namespace rowdesk
