#include "net/requestgate.h"

namespace rowdesk {

RequestGate::RequestGate(QObject *parent) : QObject(parent) {}

Call<Done> RequestGate::pass()
{
    if (!m_authorizer)
        return Call<Done>::finished(Done{});
    const Call<Done> answer = m_waitingForReady.emplace_back().call();
    askNext();
    return answer;
}

Call<Done> RequestGate::renew(Ticket ticket)
{
    if (!m_authorizer)
        return Call<Done>::finished(Done{});
    if (ticket <= m_settledUpTo && m_lastRenewal)
        return Call<Done>::finished(*m_lastRenewal);
    const Call<Done> answer = m_waitingForRenewal.emplace_back().call();
    askNext();
    return answer;
}

void RequestGate::askNext()
{
    if (m_asked != Question::None)
        return;
    if (!m_waitingForRenewal.empty())
        m_asked = Question::Renew;
    else if (!m_waitingForReady.empty())
        m_asked = Question::Ready;
    else
        return;
    const Call<Done> question = m_asked == Question::Renew ? m_authorizer->renew() : m_authorizer->ready();
    question.then(this, [this](const Result<Done> &result) { settle(result); });
}

void RequestGate::settle(const Result<Done> &result)
{
    std::vector<Completion<Done>> settled;
    if (m_asked == Question::Renew) {
        m_settledUpTo = m_lastTicket;
        m_lastRenewal = result;
        settled.swap(m_waitingForRenewal);
    } else {
        settled.swap(m_waitingForReady);
    }
    m_asked = Question::None;
    for (const Completion<Done> &waiting : settled)
        waiting.finish(result);
    askNext();
}

} // namespace rowdesk
