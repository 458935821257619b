#include "net/exchange.h"

#include "net/requestfactory.h"

#include <QNetworkAccessManager>
#include <QSslError>

#include <algorithm>

namespace rowdesk {

namespace {

QList<std::pair<QByteArray, QByteArray>> headersOf(const QNetworkReply &reply)
{
    QList<std::pair<QByteArray, QByteArray>> headers;
    for (const auto &[name, value] : reply.rawHeaderPairs())
        headers.append({name.toLower(), value});
    return headers;
}

/// Bytes kept free behind an answer: readers of JSON look that far ahead, and would have to copy it to get them.
constexpr qsizetype roomBehind = 64;

/// 0 when nothing believable is announced.
qint64 announcedLength(const QNetworkReply &reply)
{
    return std::max<qint64>(reply.header(QNetworkRequest::ContentLengthHeader).toLongLong(), 0);
}

/// Qt says NoError to a body that ends before its Content-Length, and to lengths that make no sense.
bool isBodyComplete(const Answer &answer, bool mayBePacked)
{
    const QByteArray coding = answer.header("content-encoding").toLower();
    const bool isPacked = !coding.isEmpty() && coding != "identity";
    const QByteArray length = answer.header("content-length").trimmed();
    if (answer.status == 204 || answer.status == 304)
        return true;
    if (isPacked && !mayBePacked)
        return false; // nobody asked for it, nobody can read it
    if (!length.isEmpty()) {
        bool isNumber = false;
        const qint64 announced = length.toLongLong(&isNumber);
        return isNumber && announced >= 0 && (isPacked || announced == answer.body.size());
    }
    // A chunk that can't be read ends up as an empty body without an error. One that is cut may pass as whole: the
    // reader of an answer must read it to its end.
    return !(answer.body.isEmpty() && answer.header("transfer-encoding").toLower().contains("chunked"));
}

} // namespace

Exchange::Exchange(QNetworkAccessManager *manager, const Request &request, QNetworkRequest network,
                   GateDevice::Gate gate, QObject *parent)
    : QObject(parent), m_manager(manager), m_request(request), m_network(std::move(network)), m_gate(gate)
{
    m_idle.setSingleShot(true);
    m_deadline.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, [this] { stop(TransportFacts::Stop::IdleTimeout); });
    connect(&m_deadline, &QTimer::timeout, this, [this] { stop(TransportFacts::Stop::Deadline); });
}

Exchange::~Exchange()
{
    m_done = true;
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    // Qt's thread may have asked for more of the body already, and the reply would read it.
    if (m_body)
        m_body->setParent(m_reply);
    m_reply->abort();
    m_reply->deleteLater();
}

void Exchange::start()
{
    m_clock.start();
    send();
    watch();
    m_deadline.start(m_request.deadline);
    touch();
}

void Exchange::send()
{
    if (m_request.verb == Request::Verb::Get) {
        m_reply = m_manager->get(m_network);
        return;
    }
    // Always a device, also for no bytes at all: a request without one would be sent again by Qt.
    m_body = new GateDevice(m_request.body, m_gate, this);
    connect(m_body, &GateDevice::drained, this, [this] {
        if (!m_done && drained)
            drained([body = QPointer<GateDevice>(m_body)] {
                if (body)
                    body->release();
            });
    });
    switch (m_request.verb) {
    case Request::Verb::Post:
        m_reply = m_manager->post(m_network, m_body);
        break;
    case Request::Verb::Put:
        m_reply = m_manager->put(m_network, m_body);
        break;
    default:
        m_reply = m_manager->sendCustomRequest(m_network, verbName(m_request.verb), m_body);
        break;
    }
}

void Exchange::watch()
{
    QNetworkReply *reply = m_reply;
    connect(reply, &QNetworkReply::requestSent, this, [this] {
        ++m_timesSent;
        touch();
    });
    connect(reply, &QNetworkReply::uploadProgress, this, &Exchange::touch);
    connect(reply, &QNetworkReply::metaDataChanged, this, &Exchange::touch);
    connect(reply, &QNetworkReply::readyRead, this, &Exchange::readMore);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = errors.first().errorString();
    });
    // Queued: a reply may be finished before post() returns.
    connect(reply, &QNetworkReply::finished, this, &Exchange::finish, Qt::QueuedConnection);
    connect(reply, &QObject::destroyed, this, [this] {
        if (m_stop == TransportFacts::Stop::None)
            m_stop = TransportFacts::Stop::Aborted;
        QMetaObject::invokeMethod(this, &Exchange::finish, Qt::QueuedConnection);
    });
}

void Exchange::touch()
{
    if (m_done)
        return;
    const bool isWrite = m_request.effect == Request::Effect::Write;
    const bool answering = m_reply && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    // A service that works on a write is silent for as long as it takes; giving up would only make the outcome unknown.
    if (isWrite && lastByteMayHaveLeft() && !answering)
        m_idle.stop();
    else
        m_idle.start(idleTimeout);
}

void Exchange::stop(TransportFacts::Stop why)
{
    if (m_done || m_stop != TransportFacts::Stop::None)
        return;
    m_stop = why;
    if (m_reply)
        m_reply->abort();
    QMetaObject::invokeMethod(this, &Exchange::finish, Qt::QueuedConnection);
}

void Exchange::readMore()
{
    if (m_done || m_stop != TransportFacts::Stop::None || !m_reply)
        return;
    touch();
    if (m_answer.isEmpty())
        m_answer.reserve(std::min(announcedLength(*m_reply), m_request.answerLimit) + roomBehind);
    const qsizetype before = m_answer.size();
    const qint64 there = std::min(m_reply->bytesAvailable(), m_request.answerLimit + 1 - before);
    m_answer.resize(before + there);
    m_answer.resize(before + std::max<qint64>(m_reply->read(m_answer.data() + before, there), 0));
    if (m_answer.size() > m_request.answerLimit)
        stop(TransportFacts::Stop::TooLarge);
}

void Exchange::finish()
{
    if (m_done)
        return;
    readMore();
    m_done = true;
    m_idle.stop();
    m_deadline.stop();
    const Outcome result = outcome();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater();
    }
    if (finished)
        std::exchange(finished, {})(result);
}

bool Exchange::lastByteMayHaveLeft() const
{
    if (m_body && m_body->size() > 0)
        return m_body->isHandedOut();
    if (m_timesSent > 0)
        return true;
    if (!m_reply)
        return m_clock.isValid();
    // Without a body there is no last byte to watch: only an error of connecting proves that nothing was sent.
    using N = QNetworkReply;
    switch (m_reply->error()) {
    case N::ConnectionRefusedError:
    case N::HostNotFoundError:
    case N::SslHandshakeFailedError:
    case N::ProxyConnectionRefusedError:
    case N::ProxyNotFoundError:
        return false;
    default:
        return true;
    }
}

TransportFacts Exchange::facts() const
{
    TransportFacts facts;
    facts.stop = m_stop;
    facts.timesSent = m_timesSent;
    facts.lastByteLeft = lastByteMayHaveLeft();
    if (m_reply) {
        facts.error = m_reply->error();
        facts.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    }
    return facts;
}

Exchange::Outcome Exchange::outcome() const
{
    Outcome result;
    result.facts = facts();
    result.tlsProblem = m_tlsProblem;
    result.milliseconds = m_clock.elapsed();
    result.bytesSent = m_body ? m_body->handedOut() : 0;
    result.answer.status = result.facts.status;
    result.answer.body = m_answer;
    result.answer.requestId = QString::fromLatin1(m_network.rawHeader("X-Request-Id"));
    result.answer.url = m_network.url();
    if (m_reply) {
        result.answer.headers = headersOf(*m_reply);
        result.answer.contentType = result.answer.header("content-type");
    }
    result.facts.bodyComplete = isBodyComplete(result.answer, !m_network.hasRawHeader("Accept-Encoding"));
    return result;
}

} // namespace rowdesk
