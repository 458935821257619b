#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <utility>

namespace rowdesk::sandbox {

/// A request as it came over the wire, taken apart but not judged.
struct HttpRequest
{
    QByteArray verb;                       ///< "GET", "POST", …
    QByteArray target;                     ///< path and query as sent, percent-encoded
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    /// The path's pieces, decoded; empty pieces (doubled or trailing slashes) are left out.
    QStringList segments() const;
    /// The first value of a query parameter; null when it is not there. "+" is a space, as forms send it.
    QString parameter(QByteArrayView name) const;
};

/// The pairs of a query string or form body, decoded.
QList<std::pair<QString, QString>> decodeForm(const QByteArray &encoded);

/// What is sent back, with the ways to break it that faults ask for.
struct HttpReply
{
    int status = 200;
    QByteArray body;
    QByteArray contentType = QByteArrayLiteral("application/json; charset=utf-8");
    QList<std::pair<QByteArray, QByteArray>> headers;

    int delayMs = 0;      ///< wait this long before answering
    bool dropped = false; ///< close the connection instead of answering
    qint64 cutAfter = -1; ///< send so many bytes of the body, then close; -1: all

    static HttpReply text(const QByteArray &body);
};

} // namespace rowdesk::sandbox
