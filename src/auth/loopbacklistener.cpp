#include "auth/loopbacklistener.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTimer>

namespace rowdesk {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::BrowserSignIn)
};

constexpr qsizetype longestHead = 8 * 1024;
constexpr int patienceMs = 10'000;
constexpr int mostPeers = 200;

QByteArray page(const char *status, const QString &sentence)
{
    const QByteArray body =
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Rowdesk</title></head><body><p>" +
        sentence.toHtmlEscaped().toUtf8() + "</p></body></html>";
    return QByteArray("HTTP/1.1 ") + status +
           "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src "
           "'none'\r\n"
           "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n" +
           body;
}

QByteArray headerOf(const QByteArray &head, const QByteArray &lowerCaseName)
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == lowerCaseName)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

bool isLoopbackName(const QString &host)
{
    return host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost");
}

} // namespace

Result<Done> checkRedirectUrl(const QUrl &redirectUrl)
{
    if (redirectUrl.scheme() == QLatin1String("http") && isLoopbackName(redirectUrl.host()) &&
        redirectUrl.port() >= 0 && !redirectUrl.path().isEmpty())
        return Done{};
    return ApiError{
        ErrorKind::Usage,
        0,
        {},
        Words::tr("The address to come back to, %1, is not one of this computer.").arg(redirectUrl.toDisplayString()),
        Words::tr("It looks like http://127.0.0.1:18765/callback."),
        {}};
}

LoopbackListener::LoopbackListener(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackListener::accept);
}

Result<Done> LoopbackListener::listen(const QUrl &redirectUrl)
{
    if (const Result<Done> usable = checkRedirectUrl(redirectUrl); !usable)
        return usable;
    m_path = redirectUrl.path();
    if (!m_server.listen(QHostAddress::LocalHost, quint16(redirectUrl.port()))) {
        return ApiError{
            ErrorKind::Local,
            0,
            {},
            Words::tr("Port %1 of this computer, where the browser comes back to, is in use.").arg(redirectUrl.port()),
            Words::tr("End the other program, or register another port for the API application in ClicData "
                      "and enter it here."),
            {}};
    }
    return Done{};
}

void LoopbackListener::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        if (m_server.children().size() > mostPeers) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        // Whoever says nothing, or says it a byte at a time, does not stay.
        QTimer::singleShot(patienceMs, socket, [socket] { socket->abort(); });
    }
}

void LoopbackListener::read(QTcpSocket *socket)
{
    // Left in the socket until it is complete: nothing is kept of what is not a request.
    const QByteArray head = socket->peek(longestHead);
    const qsizetype end = head.indexOf("\r\n\r\n");
    if (end >= 0) {
        socket->readAll();
        socket->disconnect(this);
        return reply(socket, head.left(end));
    }
    if (head.size() >= longestHead)
        socket->abort();
}

bool LoopbackListener::isForUs(const QByteArray &head, QUrl &target) const
{
    const QList<QByteArray> words = head.left(head.indexOf('\r')).split(' ');
    if (words.size() != 3 || words[0] != "GET" || !words[2].startsWith("HTTP/1.") || !words[1].startsWith('/') ||
        words[1].startsWith("//")) {
        return false;
    }
    // A page elsewhere whose name was made to point here names itself in Host.
    const QUrl host(QLatin1String("http://") + QString::fromLatin1(headerOf(head, "host")), QUrl::StrictMode);
    if (!isLoopbackName(host.host()) || host.port(80) != m_server.serverPort())
        return false;
    target = QUrl::fromEncoded(words[1], QUrl::StrictMode);
    return target.isValid() && target.path() == m_path;
}

void LoopbackListener::reply(QTcpSocket *socket, const QByteArray &head)
{
    QUrl target;
    Verdict verdict = Verdict::Ignored;
    if (m_server.isListening() && isForUs(head, target) && judge)
        verdict = judge(QUrlQuery(target));
    switch (verdict) {
    case Verdict::SignedIn:
        socket->write(page("200 OK", Words::tr("Rowdesk has received the answer. You can close this page.")));
        break;
    case Verdict::Refused:
        socket->write(
            page("200 OK", Words::tr("The sign-in was not completed. Rowdesk says why; you can close this page.")));
        break;
    case Verdict::Ignored:
        socket->write(page("404 Not Found", Words::tr("Nothing is waiting for this address.")));
        break;
    }
    if (verdict != Verdict::Ignored)
        m_server.close();
    socket->disconnectFromHost();
}

} // namespace rowdesk
