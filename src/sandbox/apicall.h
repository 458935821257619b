#pragma once

#include "core/result.h"
#include "sandbox/credentials.h"
#include "sandbox/http.h"

#include <optional>

namespace rowdesk::sandbox {

/// Where a versioned answer stands in a longer list.
struct Pagination
{
    qint64 count = 0; ///< in this answer
    qint64 total = 0;
    qint64 page = 1;
    qint64 pageSize = 0;
    bool more = false;
};

/// One call of the API: what was asked, by whom, in which dialect; and how that dialect words an answer (contract §3).
class ApiCall
{
public:
    ApiCall(const HttpRequest &request, QStringList path, QString version, Principal principal);

    const QByteArray &verb() const { return m_request.verb; }
    bool isRead() const { return verb() == "GET" || verb() == "HEAD"; }
    const QByteArray &body() const { return m_request.body; }
    QString parameter(QByteArrayView name) const { return m_request.parameter(name); }
    /// The pieces after the root word ("data", "team", …).
    const QStringList &path() const { return m_path; }
    const Principal &principal() const { return m_principal; }
    const QString &version() const { return m_version; } ///< "" in the classic dialect
    bool isVersioned() const { return !m_version.isEmpty(); }

    /// Is it this verb (GET also stands for HEAD) with so many path pieces?
    bool is(QByteArrayView verb, qsizetype pieces) const;
    /// A path piece that must be an id; a NotFound error when it is no number.
    Result<qint64> id(qsizetype piece = 0) const;
    /// A positive whole number from the query, or `otherwise` when it is not given. Rejected: InvalidParameter.
    Result<qint64> number(QByteArrayView name, qint64 otherwise) const;
    /// A yes/no filter from the query: "true", "True", "1", … Empty when it is not given.
    std::optional<bool> flag(QByteArrayView name) const;

    /// A JSON value: bare in the classic dialect, the envelope's result in the versioned one.
    HttpReply value(const QByteArray &json) const;
    /// A list: `{"member":[…]}`, or the envelope with the list as its result.
    HttpReply items(QByteArrayView member, const QByteArray &array,
                    const std::optional<Pagination> &pagination = {}) const;
    /// What a write answers: bare text, or the envelope with this result.
    HttpReply said(const QByteArray &text, const QByteArray &result) const;
    HttpReply refusal(const ApiError &error) const;
    HttpReply noSuchCall() const;

private:
    const HttpRequest &m_request;
    QStringList m_path;
    QString m_version;
    Principal m_principal;
};

/// {"error":{"code","description"}}, which callers wrap or not.
QByteArray errorMember(const QString &code, const QString &description);

/// The HTTP status that an error has where the contract asks for a status.
int statusOf(const ApiError &error);

} // namespace rowdesk::sandbox
