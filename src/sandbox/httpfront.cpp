#include "sandbox/httpfront.h"

#include <QHttpServerRequest>
#include <QMetaEnum>
#include <QQueue>
#include <QTcpSocket>
#include <QTimer>

namespace rowdesk::sandbox {
namespace {

QByteArray reason(int status)
{
    switch (status) {
    case 200:
        return QByteArrayLiteral("OK");
    case 302:
        return QByteArrayLiteral("Found");
    case 400:
        return QByteArrayLiteral("Bad Request");
    case 401:
        return QByteArrayLiteral("Unauthorized");
    case 403:
        return QByteArrayLiteral("Forbidden");
    case 404:
        return QByteArrayLiteral("Not Found");
    case 405:
        return QByteArrayLiteral("Method Not Allowed");
    case 409:
        return QByteArrayLiteral("Conflict");
    case 429:
        return QByteArrayLiteral("Too Many Requests");
    case 500:
        return QByteArrayLiteral("Internal Server Error");
    case 503:
        return QByteArrayLiteral("Service Unavailable");
    default:
        return QByteArrayLiteral("Status");
    }
}

QByteArray headOf(const HttpReply &reply, bool close)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' + reason(reply.status) +
                      "\r\nContent-Length: " + QByteArray::number(reply.body.size());
    if (!reply.contentType.isEmpty())
        head += "\r\nContent-Type: " + reply.contentType;
    for (const auto &[name, value] : reply.headers)
        head += "\r\n" + name + ": " + value;
    return head + (close ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
}

HttpRequest copyOf(const QHttpServerRequest &request)
{
    HttpRequest copy;
    const char *verb = QMetaEnum::fromType<QHttpServerRequest::Method>().valueToKey(static_cast<int>(request.method()));
    copy.verb = QByteArray(verb).toUpper();
    copy.target = request.url().toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    for (const auto &[name, value] : request.headers())
        copy.headers.insert(name.toLower(), value);
    copy.body = request.body();
    return copy;
}

} // namespace

struct HttpFront::Answered
{
    QPointer<Connection> connection;
    HttpReply reply;
};

/// The requests of one socket, answered one after the other. A child of the socket, so it goes when the client goes.
class HttpFront::Connection : public QObject
{
public:
    Connection(QTcpSocket *socket, HttpFront *front) : QObject(socket), m_socket(socket), m_front(front)
    {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    void take(const HttpRequest &request)
    {
        m_waiting.enqueue(request);
        if (!m_busy)
            handleNext();
    }

private:
    void handleNext()
    {
        if (m_waiting.isEmpty())
            return;
        m_busy = true;
        const HttpRequest request = m_waiting.dequeue();
        m_headOnly = request.verb == "HEAD";
        m_close = request.headers.value("connection").toLower() == "close";
        // The answer comes from another thread. It travels by way of the front, which outlives every worker; whether
        // this connection still exists is asked in its own thread.
        m_front->m_handler(request, [front = m_front, here = QPointer<Connection>(this)](HttpReply reply) {
            {
                const std::lock_guard guard(front->m_lock);
                front->m_answers.push_back({here, std::move(reply)});
            }
            emit front->answered();
        });
    }

public:
    void answerAfterDelay(const HttpReply &reply)
    {
        QTimer::singleShot(reply.delayMs, this, [this, reply] { answer(reply); });
    }

private:
    void answer(const HttpReply &reply)
    {
        if (reply.dropped) {
            m_socket->abort();
            return;
        }
        // One write: a head that travels alone makes clients wait for the body's delayed acknowledgement (40 ms).
        QByteArray bytes = headOf(reply, m_close);
        if (!m_headOnly)
            bytes += reply.cutAfter < 0 ? reply.body : reply.body.left(reply.cutAfter);
        m_socket->write(bytes);
        if (m_close || reply.cutAfter >= 0) {
            m_socket->disconnectFromHost(); // after what was written has left
            return;
        }
        m_busy = false;
        handleNext();
    }

    QTcpSocket *m_socket;
    HttpFront *m_front;
    QQueue<HttpRequest> m_waiting;
    bool m_busy = false;
    bool m_headOnly = false;
    bool m_close = false;
};

HttpFront::HttpFront(Handler handler, QObject *parent) : QAbstractHttpServer(parent), m_handler(std::move(handler))
{
    connect(this, &HttpFront::answered, this, &HttpFront::sendAnswers, Qt::QueuedConnection);
}

HttpFront::~HttpFront() = default;

void HttpFront::sendAnswers()
{
    std::unique_lock guard(m_lock);
    const std::vector<Answered> answers = std::exchange(m_answers, {});
    guard.unlock();
    for (const Answered &answer : answers) {
        if (answer.connection)
            answer.connection->answerAfterDelay(answer.reply);
    }
}

HttpFront::Connection *HttpFront::connectionOf(QTcpSocket *socket)
{
    for (QObject *child : socket->children()) {
        if (auto *connection = dynamic_cast<Connection *>(child))
            return connection;
    }
    return new Connection(socket, this);
}

bool HttpFront::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    connectionOf(socket)->take(copyOf(request));
    return true;
}

void HttpFront::missingHandler(const QHttpServerRequest &, QTcpSocket *socket)
{
    socket->abort(); // handleRequest takes every request, so nothing comes here
}

} // namespace rowdesk::sandbox
