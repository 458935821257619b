#pragma once

#include "core/result.h"

#include <QObject>
#include <QTcpServer>
#include <QUrl>
#include <QUrlQuery>

#include <functional>

class QTcpSocket;

namespace rowdesk {

/// Whether a browser can be told to come back to this address: http://127.0.0.1 or http://localhost with a port (0:
/// any) and a path. ErrorKind::Usage, with a hint of what it looks like, when it can't.
Result<Done> checkRedirectUrl(const QUrl &redirectUrl);

/// Waits on 127.0.0.1 for the browser to come back from signing in. Anybody on this machine can talk to it, so it takes
/// nothing but a short GET of its own path, believes nothing, and answers with pages that repeat nothing.
class LoopbackListener : public QObject
{
    Q_OBJECT
public:
    enum class Verdict {
        Ignored, ///< not what was waited for: go on waiting
        SignedIn,
        Refused ///< the person or the service said no
    };

    explicit LoopbackListener(QObject *parent = nullptr);

    /// Asked about each request for the path; anything but Ignored ends the listening.
    std::function<Verdict(const QUrlQuery &)> judge;

    /// Starts. ErrorKind::Local when the port is taken, ErrorKind::Usage when checkRedirectUrl() refuses the address.
    Result<Done> listen(const QUrl &redirectUrl);
    void close() { m_server.close(); }
    bool isListening() const { return m_server.isListening(); }
    quint16 port() const { return m_server.serverPort(); }

private:
    void accept();
    void read(QTcpSocket *socket);
    void reply(QTcpSocket *socket, const QByteArray &head);
    bool isForUs(const QByteArray &head, QUrl &target) const;

    QTcpServer m_server;
    QString m_path;
};

} // namespace rowdesk
