#pragma once

#include "core/result.h"
#include "sandbox/http.h"
#include "sandbox/services.h"

#include <QJsonObject>
#include <QVector>

#include <mutex>
#include <optional>

namespace rowdesk::sandbox {

/// What a fault does to one call. resources/sandbox/README.md lists the members of a rule.
struct FaultEffect
{
    int latencyMs = 0;
    bool dropBefore = false;        ///< close the connection; nothing is carried out
    bool dropAfter = false;         ///< carry it out, then close the connection instead of answering
    bool carriedOut = true;         ///< false: answer as told, without carrying the call out
    int status = 0;                 ///< answer with this status; 0: as it comes
    int retryAfter = -1;            ///< seconds, in a Retry-After header; -1: none
    std::optional<QByteArray> body; ///< answer with this body
    qint64 cutAfter = -1;           ///< bytes of the body after which the connection is closed
    qint64 insertedMinus = 0;       ///< tell so many rows fewer in rows_inserted
    bool endless = false;           ///< say that there is always one more page
    bool wrongTypes = false;        ///< numbers as text
    bool malformed = false;         ///< JSON that can't be read, of the announced length

    /// The answer as the fault leaves it.
    HttpReply spoil(HttpReply reply) const;
};

/// The fault switches. Safe to use from any thread.
class Faults
{
public:
    /// `shared` receives the settings; what it holds now is what clear() goes back to.
    explicit Faults(Shared &shared);

    /// Takes settings and adds rules; a JSON object with members that are not known is refused as a whole.
    Result<Done> set(const QJsonObject &wishes);
    void clear();

    /// Whether there is any rule or delay.
    bool isAny();
    /// What happens to this call. Counts it for every rule that it matches.
    FaultEffect effectOn(const HttpRequest &request);

private:
    struct Rule
    {
        QByteArray verb; ///< empty: any
        QByteArray path; ///< part of the path and query; empty: any
        int at = 1;      ///< the first matching call it strikes, from 1
        int times = 1;   ///< how many calls from there on; 0: all
        int seen = 0;
        FaultEffect effect;
    };
    static Result<Rule> readRule(const QJsonObject &object);
    Result<Done> applySettings(const QJsonObject &wishes);

    Shared &m_shared;
    const int m_pageSize;
    const VersionRules m_versionRules;
    std::mutex m_mutex;
    int m_latencyMs = 0;
    QVector<Rule> m_rules;
};

} // namespace rowdesk::sandbox
