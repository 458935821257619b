#include "sandbox/apicall.h"

#include "sandbox/jsonstring.h"
#include "sandbox/rowcodec.h"

#include <QCoreApplication>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("ApiCall", text);
}

QByteArray envelope(const QByteArray &result, const QByteArray &more = {})
{
    return "{\"success\":true,\"result\":" + result + more + '}';
}

QByteArray paginationMember(const Pagination &pagination, const QString &version)
{
    const auto number = [](qint64 value) { return QByteArray::number(value); };
    QByteArray json = ",\"pagination\":{\"result_count\":" + number(pagination.count) +
                      ",\"result_total_count\":" + number(pagination.total) +
                      ",\"current_page\":" + number(pagination.page) + ",\"page_size\":" + number(pagination.pageSize);
    // The two spellings of "is there more" that programs in the field know.
    if (version == u"2025.3") {
        const qint64 last =
            pagination.total == 0 ? 1 : (pagination.total + pagination.pageSize - 1) / pagination.pageSize;
        json += ",\"last_page\":" + number(last);
    } else {
        json += ",\"has_more_results\":" + QByteArray(pagination.more ? "true" : "false");
    }
    return json + '}';
}

} // namespace

int statusOf(const ApiError &error)
{
    switch (error.kind) {
    case ErrorKind::Credentials:
        return 401;
    case ErrorKind::Forbidden:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::RateLimited:
        return 429;
    case ErrorKind::Local:
        return 500;
    default:
        return 400;
    }
}

QByteArray errorMember(const QString &code, const QString &description)
{
    return "\"error\":{\"code\":" + jsonString(code) + ",\"description\":" + jsonString(description) + '}';
}

ApiCall::ApiCall(const HttpRequest &request, QStringList path, QString version, Principal principal)
    : m_request(request), m_path(std::move(path)), m_version(std::move(version)), m_principal(std::move(principal))
{
}

bool ApiCall::is(QByteArrayView verb, qsizetype pieces) const
{
    const bool sameVerb = m_request.verb == verb || (verb == "GET" && m_request.verb == "HEAD");
    return sameVerb && m_path.size() == pieces;
}

Result<qint64> ApiCall::id(qsizetype piece) const
{
    bool number = false;
    const qint64 id = m_path.value(piece).toLongLong(&number);
    if (number)
        return id;
    ApiError error = rejected(u"NotFound"_s, tr("“%1” is not an id.").arg(m_path.value(piece).left(60)));
    error.kind = ErrorKind::NotFound;
    return error;
}

Result<qint64> ApiCall::number(QByteArrayView name, qint64 otherwise) const
{
    const QString text = parameter(name);
    if (text.isNull())
        return otherwise;
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    if (isNumber && value >= (name == "offset" ? 0 : 1))
        return value;
    return rejected(
        u"InvalidParameter"_s,
        tr("The parameter %1 is “%2”, not a number of the right size.").arg(QString::fromUtf8(name), text.left(60)));
}

std::optional<bool> ApiCall::flag(QByteArrayView name) const
{
    const QString text = parameter(name).toLower();
    if (text == u"true" || text == u"1" || text == u"yes")
        return true;
    if (text == u"false" || text == u"0" || text == u"no")
        return false;
    return std::nullopt;
}

HttpReply ApiCall::value(const QByteArray &json) const
{
    HttpReply reply;
    reply.body = isVersioned() ? envelope(json) : json;
    return reply;
}

HttpReply ApiCall::items(QByteArrayView member, const QByteArray &array,
                         const std::optional<Pagination> &pagination) const
{
    HttpReply reply;
    if (isVersioned())
        reply.body = envelope(array, pagination ? paginationMember(*pagination, m_version) : QByteArray());
    else
        reply.body = "{\"" + member.toByteArray() + "\":" + array + '}';
    return reply;
}

HttpReply ApiCall::said(const QByteArray &text, const QByteArray &result) const
{
    return isVersioned() ? value(result) : HttpReply::text(text);
}

HttpReply ApiCall::refusal(const ApiError &error) const
{
    HttpReply reply;
    const QByteArray member = errorMember(error.code, error.message);
    reply.body = isVersioned() ? "{\"success\":false," + member + '}' : '{' + member + '}';
    // The versioned dialect says no inside HTTP 200. History that is off is never 200, in either (contract §4).
    const bool inside = isVersioned() && error.kind == ErrorKind::Rejected && error.code != u"HistoryOff";
    reply.status = inside ? 200 : statusOf(error);
    return reply;
}

HttpReply ApiCall::noSuchCall() const
{
    ApiError error = rejected(
        u"NotFound"_s,
        tr("There is no call %1 %2.").arg(QString::fromLatin1(m_request.verb), QString::fromUtf8(m_request.target)));
    error.kind = ErrorKind::NotFound;
    return refusal(error);
}

} // namespace rowdesk::sandbox
