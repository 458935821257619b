#include "sandbox/http.h"

namespace rowdesk::sandbox {
namespace {

QString decodePiece(QByteArray piece)
{
    piece.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(piece));
}

} // namespace

QStringList HttpRequest::segments() const
{
    QStringList result;
    const qsizetype end = target.indexOf('?');
    for (const QByteArray &piece : target.left(end < 0 ? target.size() : end).split('/')) {
        if (!piece.isEmpty())
            result.append(QString::fromUtf8(QByteArray::fromPercentEncoding(piece)));
    }
    return result;
}

QString HttpRequest::parameter(QByteArrayView name) const
{
    const qsizetype mark = target.indexOf('?');
    if (mark < 0)
        return {};
    const QString wanted = QString::fromUtf8(name);
    for (const auto &[key, value] : decodeForm(target.mid(mark + 1))) {
        if (key == wanted)
            return value.isNull() ? QLatin1StringView("") : value;
    }
    return {};
}

QList<std::pair<QString, QString>> decodeForm(const QByteArray &encoded)
{
    QList<std::pair<QString, QString>> result;
    for (const QByteArray &pair : encoded.split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        result.emplaceBack(decodePiece(pair.left(equals < 0 ? pair.size() : equals)),
                           equals < 0 ? QString() : decodePiece(pair.mid(equals + 1)));
    }
    return result;
}

HttpReply HttpReply::text(const QByteArray &body)
{
    HttpReply reply;
    reply.contentType = QByteArrayLiteral("text/plain; charset=utf-8");
    reply.body = body;
    return reply;
}

} // namespace rowdesk::sandbox
