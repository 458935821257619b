#pragma once

#include "sandbox/http.h"

#include <QAbstractHttpServer>
#include <QPointer>

#include <functional>
#include <mutex>
#include <vector>

namespace rowdesk::sandbox {

/// The sandbox's end of HTTP: reads requests with Qt's server, writes the answers itself.
///
/// Qt's own responders can't be kept until a later turn of the event loop (a client that leaves meanwhile crashes them)
/// and can't break off an answer. So this writes to the socket, which it watches, and can be slow, cut short or silent.
/// A limit of Qt 6.4's reader: in a path that begins with two slashes, the first piece is lost.
/// Lives in one thread. Requests of one connection are answered in their order, one at a time.
class HttpFront : public QAbstractHttpServer
{
    Q_OBJECT
public:
    /// Gives the answer; may be called from any thread, once. Does nothing when the client has gone.
    using Answer = std::function<void(HttpReply)>;
    /// Runs in this object's thread and returns at once.
    using Handler = std::function<void(const HttpRequest &, Answer)>;

    explicit HttpFront(Handler handler, QObject *parent = nullptr);
    ~HttpFront() override;

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

signals:
    /// There are answers to send. From the thread that gave one.
    void answered();

private:
    class Connection;
    struct Answered;
    Connection *connectionOf(QTcpSocket *socket);
    void sendAnswers();

    Handler m_handler;
    std::mutex m_lock; ///< of m_answers
    std::vector<Answered> m_answers;
};

} // namespace rowdesk::sandbox
