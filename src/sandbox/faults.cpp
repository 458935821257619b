#include "sandbox/faults.h"

#include "sandbox/apicall.h"
#include "sandbox/jsonreader.h"
#include "sandbox/jsonstring.h"
#include "sandbox/rowcodec.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("Faults", text);
}

/// Members that are not among the known ones would be faults that silently do nothing.
std::optional<ApiError> unknownMember(const QJsonObject &object, const QSet<QString> &known)
{
    for (const QString &key : object.keys()) {
        if (!known.contains(key))
            return rejected(u"InvalidFault"_s, tr("“%1” is no fault switch.").arg(key));
    }
    return std::nullopt;
}

/// Writes a value again with every number as a text.
void appendWithNumbersAsText(QByteArray &out, const JsonValue &value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Object: {
        out.append('{');
        const auto members = value.members();
        for (size_t i = 0; i < members.size(); ++i) {
            out.append(i > 0 ? "," : "");
            appendJsonString(out, members[i].first);
            out.append(':');
            appendWithNumbersAsText(out, members[i].second);
        }
        out.append('}');
        break;
    }
    case JsonValue::Kind::Array:
        out.append('[');
        for (JsonValue element = value.first(); !element.isAbsent();) {
            appendWithNumbersAsText(out, element);
            element = element.next();
            out.append(element.isAbsent() ? "" : ",");
        }
        out.append(']');
        break;
    case JsonValue::Kind::Number:
    case JsonValue::Kind::String:
        appendJsonString(out, value.text());
        break;
    default:
        out.append(value.text().data(), static_cast<qsizetype>(value.text().size()));
    }
}

QByteArray withNumbersAsText(const QByteArray &body)
{
    const JsonDocument document(body);
    if (!document.isValid())
        return body;
    QByteArray out;
    appendWithNumbersAsText(out, document.root());
    return out;
}

/// Lowers the number that follows "rows_inserted":.
QByteArray withFewerRows(QByteArray body, qint64 minus)
{
    static const QByteArray key("\"rows_inserted\":");
    const qsizetype at = body.indexOf(key);
    if (at < 0)
        return body;
    const qsizetype begin = at + key.size();
    qsizetype end = begin;
    while (end < body.size() && body.at(end) >= '0' && body.at(end) <= '9')
        ++end;
    const qint64 count = body.mid(begin, end - begin).toLongLong();
    return body.replace(begin, end - begin, QByteArray::number(qMax<qint64>(0, count - minus)));
}

} // namespace

HttpReply FaultEffect::spoil(HttpReply reply) const
{
    reply.delayMs = latencyMs;
    reply.dropped = dropBefore || dropAfter;
    reply.cutAfter = cutAfter;
    if (status > 0)
        reply.status = status;
    if (retryAfter >= 0)
        reply.headers.emplaceBack("Retry-After", QByteArray::number(retryAfter));
    if (body)
        reply.body = *body;
    if (insertedMinus > 0)
        reply.body = withFewerRows(reply.body, insertedMinus);
    if (endless) {
        reply.body.replace("\"has_more_data\":false", "\"has_more_data\":true");
        reply.body.replace("\"has_more_results\":false", "\"has_more_results\":true");
    }
    if (wrongTypes)
        reply.body = withNumbersAsText(reply.body);
    if (malformed && !reply.body.isEmpty())
        reply.body.back() = '?';
    return reply;
}

Faults::Faults(Shared &shared) : m_shared(shared), m_pageSize(shared.pageSize), m_versionRules(shared.versionRules()) {}

Result<Faults::Rule> Faults::readRule(const QJsonObject &object)
{
    static const QSet<QString> known{u"verb"_s,           u"path"_s,    u"at"_s,          u"times"_s,
                                     u"latency_ms"_s,     u"drop"_s,    u"carried_out"_s, u"status"_s,
                                     u"retry_after"_s,    u"body"_s,    u"error"_s,       u"cut"_s,
                                     u"inserted_minus"_s, u"endless"_s, u"wrong_types"_s, u"malformed"_s};
    if (const auto error = unknownMember(object, known))
        return *error;
    Rule rule;
    rule.verb = object.value("verb"_L1).toString().toLatin1();
    rule.path = object.value("path"_L1).toString().toUtf8();
    rule.at = object.value("at"_L1).toInt(1);
    rule.times = object.value("times"_L1).toInt(1);
    FaultEffect &effect = rule.effect;
    effect.latencyMs = object.value("latency_ms"_L1).toInt();
    const QString drop = object.value("drop"_L1).toString();
    effect.dropBefore = drop == u"before";
    effect.dropAfter = drop == u"after";
    if (!drop.isEmpty() && !effect.dropBefore && !effect.dropAfter)
        return rejected(u"InvalidFault"_s, tr("“drop” is “before” or “after”."));
    effect.status = object.value("status"_L1).toInt();
    effect.retryAfter = object.value("retry_after"_L1).toInt(-1);
    if (object.contains("body"_L1))
        effect.body = object.value("body"_L1).toString().toUtf8();
    if (const QJsonObject error = object.value("error"_L1).toObject(); !error.isEmpty())
        effect.body = "{\"success\":false," +
                      errorMember(error.value("code"_L1).toString(), error.value("description"_L1).toString()) + '}';
    effect.cutAfter = object.value("cut"_L1).toInteger(-1);
    effect.insertedMinus = object.value("inserted_minus"_L1).toInteger();
    effect.endless = object.value("endless"_L1).toBool();
    effect.wrongTypes = object.value("wrong_types"_L1).toBool();
    effect.malformed = object.value("malformed"_L1).toBool();
    // An answer that is made up comes from a service that did not do what it was asked, unless the rule says otherwise.
    const bool madeUp = effect.status > 0 || effect.body;
    effect.carriedOut = !effect.dropBefore && object.value("carried_out"_L1).toBool(!madeUp);
    return rule;
}

Result<Done> Faults::applySettings(const QJsonObject &wishes)
{
    if (wishes.contains("latency_ms"_L1))
        m_latencyMs = wishes.value("latency_ms"_L1).toInt();
    if (wishes.contains("page_size"_L1))
        m_shared.pageSize = qMax(1, wishes.value("page_size"_L1).toInt(m_pageSize));
    if (wishes.contains("token_lifetime"_L1))
        m_shared.credentials.setLifetime(wishes.value("token_lifetime"_L1).toInt(Credentials::usualLifetime));
    if (wishes.value("expire_tokens"_L1).toBool())
        m_shared.credentials.expireTokens();
    VersionRules rules = m_shared.versionRules();
    rules.classicAllowed = wishes.value("classic"_L1).toBool(rules.classicAllowed);
    if (wishes.contains("api_versions"_L1)) {
        rules.accepted.clear();
        for (const auto &version : wishes.value("api_versions"_L1).toArray())
            rules.accepted.append(version.toString());
    }
    m_shared.setVersionRules(rules);
    return Done{};
}

Result<Done> Faults::set(const QJsonObject &wishes)
{
    static const QSet<QString> known{u"latency_ms"_s, u"page_size"_s,    u"token_lifetime"_s, u"expire_tokens"_s,
                                     u"classic"_s,    u"api_versions"_s, u"rules"_s};
    if (const auto error = unknownMember(wishes, known))
        return *error;
    QVector<Rule> rules;
    for (const auto &value : wishes.value("rules"_L1).toArray()) {
        const Result<Rule> rule = readRule(value.toObject());
        if (!rule)
            return rule.error();
        rules.append(*rule);
    }
    const std::lock_guard lock(m_mutex);
    m_rules += rules;
    return applySettings(wishes);
}

void Faults::clear()
{
    const std::lock_guard lock(m_mutex);
    m_rules.clear();
    m_latencyMs = 0;
    m_shared.pageSize = m_pageSize;
    m_shared.credentials.setLifetime(Credentials::usualLifetime);
    m_shared.setVersionRules(m_versionRules);
}

bool Faults::isAny()
{
    const std::lock_guard locked(m_mutex);
    return !m_rules.isEmpty() || m_latencyMs > 0;
}

FaultEffect Faults::effectOn(const HttpRequest &request)
{
    const std::lock_guard lock(m_mutex);
    FaultEffect effect;
    bool struck = false;
    for (Rule &rule : m_rules) {
        if ((!rule.verb.isEmpty() && rule.verb != request.verb) || !request.target.contains(rule.path))
            continue;
        ++rule.seen;
        const bool strikes = rule.seen >= rule.at && (rule.times == 0 || rule.seen < rule.at + rule.times);
        if (strikes && !struck) { // the first rule that strikes decides
            effect = rule.effect;
            struck = true;
        }
    }
    effect.latencyMs += m_latencyMs;
    return effect;
}

} // namespace rowdesk::sandbox
