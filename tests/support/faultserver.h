#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>
#include <QUrl>

#include <deque>
#include <functional>

class QTcpSocket;

namespace rowdesk::test {

/// One line of the ledger: a request whose last byte has arrived, so that a service could carry it out.
struct LedgerEntry
{
    QByteArray verb;
    QByteArray target;
    QByteArray head;
    QByteArray body;

    QByteArray header(const QByteArray &lowerCaseName) const;
};

/// What the server does with one connection's next request.
struct Fault
{
    enum class End {
        KeepOpen, ///< wait for another request
        Close,    ///< orderly end (FIN)
        Reset     ///< RST
    };

    /// Act after this many bytes of the request (head and body) have arrived; -1: when it is complete.
    qint64 afterBytes = -1;
    /// Sent as it is; empty: nothing is said.
    QByteArray response;
    End end = End::Close;
    int dripMs = 0;            ///< > 0: the response goes out one byte per so many milliseconds
    QByteArray endless;        ///< not empty: sent again and again until the peer goes
    int delayMs = 0;           ///< before the response
    bool hang = false;         ///< says nothing and stays
    bool honoursClose = false; ///< a request with "Connection: close" is answered with the same, and closed

    /// A well-formed answer on a connection that stays open.
    static Fault answer(int status, const QByteArray &body, const QByteArray &contentType = "application/json",
                        const QByteArray &moreHeaders = {});
    static Fault raw(const QByteArray &response, End end = End::Close);
    static Fault cut(qint64 afterBytes, End end);
};

/// A web server that does what it is told, on 127.0.0.1, with or without TLS, and remembers in a ledger what arrived
/// complete. Raw sockets: nothing is corrected on the way.
class FaultServer : public QTcpServer
{
    Q_OBJECT
public:
    explicit FaultServer(QObject *parent = nullptr);

    /// With a configuration it speaks TLS.
    void setTls(const QSslConfiguration &configuration) { m_tls = configuration; }
    bool start();
    QUrl url() const;

    /// One fault for each request, in order; then `fallback`.
    std::deque<Fault> script;
    Fault fallback = Fault::answer(200, "{}");
    /// Instead of the script.
    std::function<Fault(const LedgerEntry &)> respond;

    const QList<LedgerEntry> &ledger() const { return m_ledger; }
    int completed(const QByteArray &verb) const;
    int connections() const { return m_connections; }
    /// Requests of which at least one byte arrived.
    int begun() const { return m_begun; }
    /// Bytes of the newest request so far, for tests of a gate.
    qint64 bytesOfLastRequest() const { return m_bytesOfLastRequest; }
    void clear();

signals:
    void received();

protected:
    void incomingConnection(qintptr handle) override;

private:
    struct Peer
    {
        QByteArray input;
        bool acted = false;
        Fault fault;
        bool chosen = false;
    };

    void serve(QTcpSocket *socket);
    void consume(QTcpSocket *socket);
    void act(QTcpSocket *socket, const Fault &fault);
    void speak(QTcpSocket *socket, const Fault &fault);
    void drip(QTcpSocket *socket, const Fault &fault);
    void pour(QTcpSocket *socket, const Fault &fault);
    static void end(QTcpSocket *socket, Fault::End how);

    QSslConfiguration m_tls;
    QHash<QTcpSocket *, Peer> m_peers;
    QList<LedgerEntry> m_ledger;
    int m_connections = 0;
    int m_begun = 0;
    qint64 m_bytesOfLastRequest = 0;
};

} // namespace rowdesk::test
