#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace rowdesk {

/// What kind of "no" an operation ended with. Callers branch on this, never on the text.
enum class ErrorKind {
    Network,        ///< name not found, refused, unreachable, connection lost: nothing usable was received
    Timeout,        ///< no answer within the idle or the total deadline
    Tls,            ///< the secure connection could not be made or trusted
    Cancelled,      ///< aborted by the user or by the owner going away
    WrongAddress,   ///< something answered, but not a ClicData API (HTML, a redirect, an unusable address)
    Credentials,    ///< 401, or the token endpoint refused the id, the secret or the password
    Forbidden,      ///< 403: signed in, but not allowed to do this
    NotFound,       ///< 404: no such object
    RateLimited,    ///< 429: too many requests
    Rejected,       ///< the service understood the request and said no (validation, name taken, …)
    Server,         ///< 5xx
    BadAnswer,      ///< an answer that can't be read as what was asked for
    OutcomeUnknown, ///< a write whose answer was lost: it may or may not have been carried out
    File,           ///< a local file could not be read or written
    Local,          ///< this machine said no (keychain, database, disk)
    Usage           ///< the caller asked for something impossible
};

/// Why an operation did not give a value. Every text is plain text: show it as such.
struct ApiError {
    ErrorKind kind = ErrorKind::BadAnswer;
    int httpStatus = 0; ///< 0 when there was no HTTP answer
    QString code;       ///< the service's own code, for example "APIVersionRequired"; may be empty
    QString message;    ///< one sentence: what happened, where
    QString hint;       ///< one sentence: what to do next; may be empty
    QString requestId;  ///< the X-Request-Id this request was sent with; may be empty

    /// message and hint as one line, for a status line or stderr.
    QString text() const { return hint.isEmpty() ? message : message + QLatin1Char(' ') + hint; }
};

/// The value of an operation that answers nothing but "done".
struct Done {
};

/// Either a T or an ApiError. Check with `if (result)`; value() and error() assert that they are asked the right thing.
template<typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_value(std::in_place_index<0>, std::move(value)) {}
    Result(ApiError error) : m_value(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_value.index() == 0; }
    const T &value() const & { Q_ASSERT(*this); return *std::get_if<0>(&m_value); }
    T &value() & { Q_ASSERT(*this); return *std::get_if<0>(&m_value); }
    T &&value() && { Q_ASSERT(*this); return std::move(*std::get_if<0>(&m_value)); }
    const ApiError &error() const { Q_ASSERT(!*this); return *std::get_if<1>(&m_value); }

    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }

private:
    std::variant<T, ApiError> m_value;
};

} // namespace rowdesk
