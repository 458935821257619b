#include "net/request.h"

#include <QStringList>

namespace rowdesk {

namespace {

QString encodedPiece(const QString &piece)
{
    // QUrl reads "%2E" back as ".", so a dot piece cannot be encoded once; encoded twice it is a name that exists
    // nowhere.
    if (piece == QLatin1String("."))
        return QStringLiteral("%252E");
    if (piece == QLatin1String(".."))
        return QStringLiteral("%252E%252E");
    // "a//b" is "a/b" to many servers: another object.
    if (piece.isEmpty())
        return QStringLiteral("%20");
    return QString::fromLatin1(QUrl::toPercentEncoding(piece));
}

} // namespace

QString makePath(std::initializer_list<QString> pieces)
{
    QStringList encoded;
    for (const QString &piece : pieces)
        encoded << encodedPiece(piece);
    return encoded.join(QLatin1Char('/'));
}

QUrlQuery makeQuery(std::initializer_list<std::pair<QString, QString>> items)
{
    QUrlQuery query;
    for (const auto &[name, value] : items) {
        query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(name)),
                           QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    return query;
}

Request Request::get(QString path, QUrlQuery query)
{
    Request request;
    request.path = std::move(path);
    request.query = std::move(query);
    return request;
}

Request Request::write(Verb verb, QString path, QByteArray body)
{
    Request request;
    request.verb = verb;
    request.path = std::move(path);
    request.body = std::move(body);
    request.effect = Effect::Write;
    request.deadline = std::chrono::milliseconds(120'000);
    return request;
}

QByteArray Answer::header(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

} // namespace rowdesk
