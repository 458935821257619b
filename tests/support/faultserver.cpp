#include "support/faultserver.h"

#include <QSslSocket>
#include <QTcpSocket>

#include <sys/socket.h>

namespace rowdesk::test {

namespace {

/// A complete request at the beginning of the input, and its length; 0 when more is to come.
qsizetype parse(const QByteArray &input, LedgerEntry &entry)
{
    const qsizetype headEnd = input.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return 0;
    entry.head = input.left(headEnd);
    const QList<QByteArray> first = entry.head.left(entry.head.indexOf("\r\n")).split(' ');
    entry.verb = first.value(0);
    entry.target = first.value(1);
    const qsizetype length = entry.header("content-length").toLongLong();
    if (input.size() < headEnd + 4 + length)
        return 0;
    entry.body = input.mid(headEnd + 4, length);
    return headEnd + 4 + length;
}

} // namespace

QByteArray LedgerEntry::header(const QByteArray &lowerCaseName) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (line.left(colon).toLower() == lowerCaseName)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

Fault Fault::answer(int status, const QByteArray &body, const QByteArray &contentType, const QByteArray &moreHeaders)
{
    Fault fault;
    fault.response = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: " + contentType +
                     "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + moreHeaders + "\r\n" + body;
    fault.end = End::KeepOpen;
    fault.honoursClose = true;
    return fault;
}

Fault Fault::raw(const QByteArray &response, End end)
{
    Fault fault;
    fault.response = response;
    fault.end = end;
    return fault;
}

Fault Fault::cut(qint64 afterBytes, End end)
{
    Fault fault;
    fault.afterBytes = afterBytes;
    fault.end = end;
    return fault;
}

FaultServer::FaultServer(QObject *parent) : QTcpServer(parent) {}

bool FaultServer::start()
{
    return listen(QHostAddress::LocalHost, 0);
}

QUrl FaultServer::url() const
{
    QUrl url;
    url.setScheme(m_tls.isNull() ? QStringLiteral("http") : QStringLiteral("https"));
    url.setHost(m_tls.isNull() ? QStringLiteral("127.0.0.1") : QStringLiteral("localhost"));
    url.setPort(serverPort());
    url.setPath(QStringLiteral("/"));
    return url;
}

int FaultServer::completed(const QByteArray &verb) const
{
    return int(std::count_if(m_ledger.begin(), m_ledger.end(), [&](const LedgerEntry &e) { return e.verb == verb; }));
}

void FaultServer::clear()
{
    // An endless answer to the test before is still being written.
    for (QTcpSocket *socket : findChildren<QTcpSocket *>()) {
        socket->abort();
        socket->deleteLater();
    }
    m_ledger.clear();
    script.clear();
    m_connections = 0;
    m_begun = 0;
}

void FaultServer::incomingConnection(qintptr handle)
{
    ++m_connections;
    QTcpSocket *socket = m_tls.isNull() ? new QTcpSocket(this) : new QSslSocket(this);
    socket->setSocketDescriptor(handle);
    serve(socket);
    if (auto *secure = qobject_cast<QSslSocket *>(socket)) {
        secure->setSslConfiguration(m_tls);
        secure->startServerEncryption();
    }
}

void FaultServer::serve(QTcpSocket *socket)
{
    m_peers.insert(socket, {});
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { consume(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
        m_peers.remove(socket);
        socket->deleteLater();
    });
}

void FaultServer::consume(QTcpSocket *socket)
{
    if (!m_peers.contains(socket))
        return;
    Peer &peer = m_peers[socket];
    const QByteArray more = socket->readAll();
    m_begun += peer.input.isEmpty() && !more.isEmpty() && !peer.acted;
    peer.input += more;
    m_bytesOfLastRequest = peer.input.size();
    if (peer.acted)
        return;
    if (!peer.chosen && !respond) {
        peer.chosen = true;
        peer.fault = script.empty() ? fallback : script.front();
        if (!script.empty())
            script.pop_front();
    }
    LedgerEntry entry;
    const qsizetype length = parse(peer.input, entry);
    if (length > 0)
        m_ledger.append(entry);
    emit received();
    const bool early = peer.chosen && peer.fault.afterBytes >= 0 && peer.input.size() >= peer.fault.afterBytes;
    if (length == 0 && !early)
        return;
    peer.input.remove(0, length);
    Fault fault = respond ? respond(entry) : peer.fault;
    if (fault.honoursClose && entry.header("connection").toLower() == "close") {
        fault.response.replace(fault.response.indexOf("\r\n\r\n"), 2, "\r\nConnection: close\r\n");
        fault.end = Fault::End::Close;
    }
    peer.chosen = false;
    peer.acted = fault.end != Fault::End::KeepOpen || early || fault.hang;
    act(socket, fault);
}

void FaultServer::act(QTcpSocket *socket, const Fault &fault)
{
    if (fault.hang)
        return;
    if (fault.delayMs > 0) {
        QTimer::singleShot(fault.delayMs, socket, [this, socket, fault] { speak(socket, fault); });
        return;
    }
    speak(socket, fault);
}

void FaultServer::speak(QTcpSocket *socket, const Fault &fault)
{
    if (fault.dripMs > 0)
        return drip(socket, fault);
    socket->write(fault.response);
    socket->flush();
    if (!fault.endless.isEmpty())
        return pour(socket, fault);
    end(socket, fault.end);
}

void FaultServer::drip(QTcpSocket *socket, const Fault &fault)
{
    auto *timer = new QTimer(socket);
    connect(timer, &QTimer::timeout, socket, [socket, timer, fault, at = qsizetype(0)]() mutable {
        if (at >= fault.response.size()) {
            timer->stop();
            return end(socket, fault.end);
        }
        socket->write(fault.response.mid(at++, 1));
        socket->flush();
    });
    timer->start(fault.dripMs);
}

void FaultServer::pour(QTcpSocket *socket, const Fault &fault)
{
    const auto more = [socket, fault] {
        while (socket->bytesToWrite() < 256 * 1024 && socket->state() == QAbstractSocket::ConnectedState)
            socket->write(fault.endless);
    };
    connect(socket, &QTcpSocket::bytesWritten, socket, more);
    more();
}

void FaultServer::end(QTcpSocket *socket, Fault::End how)
{
    if (how == Fault::End::KeepOpen)
        return;
    if (how == Fault::End::Close)
        return socket->disconnectFromHost();
    const linger hard{1, 0};
    setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    socket->abort();
}

} // namespace rowdesk::test
