#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <initializer_list>
#include <utility>

namespace rowdesk {

/// Joins path pieces with "/", each percent-encoded, so that no id or name can climb out of its place.
/// A piece that would climb ("." or "..") or vanish (empty) is written so that it names nothing.
QString makePath(std::initializer_list<QString> pieces);

/// A query whose values arrive exactly as given: "%", "+", "&" and "=" in them are data.
QUrlQuery makeQuery(std::initializer_list<std::pair<QString, QString>> items);

/// What one call of the API asks for. A plain value: no policy in it, that is ApiClient's.
struct Request
{
    enum class Verb { Get, Post, Put, Delete };
    enum class Effect {
        Read, ///< may be sent again by the retry policy
        Write ///< is carried out once at most: sent again only after 401 and 429, which prove that it was not; a lost
              ///< answer is ErrorKind::OutcomeUnknown
    };

    Verb verb = Verb::Get;
    QString path; ///< relative to the base address, pieces already encoded (makePath)
    QUrlQuery query;
    QByteArray body; ///< empty: no body is sent. DELETE with a body is legal here (API contract §4)
    QByteArray contentType = QByteArrayLiteral("application/json");
    Effect effect = Effect::Read;
    bool authorized = true;                     ///< false for the token endpoint
    bool versioned = true;                      ///< add api_version when the session speaks a versioned dialect
    qint64 answerLimit = 1'000'000;             ///< bytes of answer accepted (64 MB for pages of rows)
    std::chrono::milliseconds deadline{60'000}; ///< of one attempt from start to end, besides the 30 s idle timer

    /// A read with the defaults above.
    static Request get(QString path, QUrlQuery query = {});
    /// A write; its deadline is 120 s, because giving up early would only make its outcome unknown.
    static Request write(Verb verb, QString path, QByteArray body);
};

/// What came back: a complete HTTP answer, whatever its status.
struct Answer
{
    int status = 0;
    QByteArray body;
    QByteArray contentType;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< names in lower case
    QString requestId;
    QUrl url;

    QByteArray header(const QByteArray &lowerCaseName) const;
};

} // namespace rowdesk
