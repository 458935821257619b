#include "sandbox/signinapi.h"

#include "sandbox/jsonstring.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QUrl>
#include <QUrlQuery>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("SignInApi", text);
}

/// The fields of a form body.
class Form
{
public:
    explicit Form(const QByteArray &body)
    {
        for (const auto &[name, value] : decodeForm(body))
            m_fields.insert(name, value);
    }
    QString operator[](QLatin1StringView name) const { return m_fields.value(name); }

private:
    QHash<QString, QString> m_fields;
};

/// An OAuth error: the token endpoint's own shape (RFC 6749 §5.2).
HttpReply oauthError(int status, const char *code, const QString &description)
{
    HttpReply reply;
    reply.status = status;
    reply.body = "{\"error\":\"" + QByteArray(code) + "\",\"error_description\":" + jsonString(description) + '}';
    return reply;
}

HttpReply tokenReply(const Credentials::Grant &grant)
{
    HttpReply reply;
    reply.headers.emplaceBack("Cache-Control", "no-store");
    reply.body = "{\"access_token\":\"" + grant.accessToken +
                 "\",\"token_type\":\"bearer\",\"expires_in\":" + QByteArray::number(grant.expiresIn);
    if (!grant.refreshToken.isEmpty())
        reply.body += ",\"refresh_token\":\"" + grant.refreshToken + '"';
    reply.body += ",\"scope\":" + jsonString(QStringList(grant.scopes.begin(), grant.scopes.end()).join(u' ')) + '}';
    return reply;
}

/// The known permissions among those asked for; all when none is asked for.
QSet<QString> scopesOf(const QString &words)
{
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    return list.isEmpty() ? allScopes() : QSet<QString>(list.begin(), list.end()).intersect(allScopes());
}

HttpReply answerToken(const HttpRequest &request, Credentials &credentials)
{
    const Form form(request.body);
    // Words that clients can tell apart, as some services give them; the code is the same for both (RFC 6749 §5.2).
    if (form["client_id"_L1] != clientId)
        return oauthError(401, "invalid_client", u"unknown client"_s);
    if (form["client_secret"_L1] != clientSecret)
        return oauthError(401, "invalid_client", u"wrong secret"_s);
    const QString grantType = form["grant_type"_L1];
    if (grantType == u"client_credentials")
        return tokenReply(credentials.grantClient(scopesOf(form["scope"_L1])));
    std::optional<Credentials::Grant> grant;
    if (grantType == u"authorization_code")
        grant = credentials.redeemCode(form["code"_L1], form["redirect_uri"_L1], form["code_verifier"_L1]);
    else if (grantType == u"refresh_token")
        grant = credentials.renew(form["refresh_token"_L1]);
    else
        return oauthError(400, "unsupported_grant_type",
                          tr("The grant type “%1” is not known.").arg(grantType.left(60)));
    return grant ? tokenReply(*grant)
                 : oauthError(400, "invalid_grant", tr("The code or the refresh token is wrong, used or too old."));
}

HttpReply page(int status, const QString &content)
{
    HttpReply reply;
    reply.status = status;
    reply.contentType = "text/html; charset=utf-8";
    reply.headers.emplaceBack("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    reply.body =
        u"<!doctype html><html lang=en><meta charset=utf-8><title>Sandbox sign-in</title><style>body{font:16px "
        "sans-serif;max-width:22em;margin:4em auto}label,input{display:block;width:100%;margin:.4em "
        "0}</style><h1>Local sandbox</h1>%1</html>"_s.arg(content)
            .toUtf8();
    return reply;
}

QString signInForm(const Form &fields, const QString &problem)
{
    QString html = problem.isEmpty() ? QString() : u"<p><strong>%1</strong></p>"_s.arg(problem.toHtmlEscaped());
    html += u"<p>%1</p><form method=post>"_s.arg(tr("Sign in to let the program use this account.").toHtmlEscaped());
    for (const QLatin1StringView name : {"response_type"_L1, "client_id"_L1, "redirect_uri"_L1, "scope"_L1, "state"_L1,
                                         "code_challenge"_L1, "code_challenge_method"_L1})
        html += u"<input type=hidden name=\"%1\" value=\"%2\">"_s.arg(name, fields[name].toHtmlEscaped());
    return html +
           u"<label>%1<input name=user value=\"%2\" autofocus></label><label>%3<input type=password name=password>"
           "</label><button>%4</button></form>"_s.arg(tr("E-mail address").toHtmlEscaped(),
                                                      fields["user"_L1].toHtmlEscaped(), tr("Password").toHtmlEscaped(),
                                                      tr("Sign in").toHtmlEscaped());
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    return url.isValid() && url.scheme() == u"http" &&
           (host == u"127.0.0.1" || host == u"localhost" || host == u"::1") && url.userInfo().isEmpty() &&
           !url.hasFragment();
}

/// What is wrong with an authorization request; empty when nothing is. Such errors are never sent to the address.
QString problemWith(const Form &fields)
{
    if (fields["client_id"_L1] != clientId)
        return tr("This client id is not registered.");
    if (fields["response_type"_L1] != u"code")
        return tr("The response type must be “code”.");
    if (!isLoopback(QUrl(fields["redirect_uri"_L1], QUrl::StrictMode)))
        return tr("The sandbox redirects to loopback addresses only.");
    const QString method = fields["code_challenge_method"_L1];
    if (!fields["code_challenge"_L1].isEmpty() && method != u"S256")
        return tr("The code challenge method must be S256.");
    return {};
}

HttpReply redirectWithCode(const Form &fields, Credentials &credentials)
{
    Credentials::Consent consent;
    consent.principal = {fields["user"_L1], scopesOf(fields["scope"_L1])};
    consent.redirectUri = fields["redirect_uri"_L1];
    consent.challenge = fields["code_challenge"_L1];
    QUrl target(consent.redirectUri, QUrl::StrictMode);
    QUrlQuery query(target);
    query.addQueryItem(u"code"_s, credentials.issueCode(consent));
    if (const QString state = fields["state"_L1]; !state.isEmpty())
        query.addQueryItem(u"state"_s, QString::fromLatin1(QUrl::toPercentEncoding(state)));
    target.setQuery(query);
    HttpReply reply;
    reply.status = 302;
    reply.contentType.clear();
    reply.headers.emplaceBack("Location", target.toEncoded());
    return reply;
}

HttpReply answerAuthorize(const HttpRequest &request, Services &services)
{
    const bool submitted = request.verb == "POST";
    const qsizetype mark = request.target.indexOf('?');
    const Form fields(submitted ? request.body : mark < 0 ? QByteArray() : request.target.mid(mark + 1));
    if (const QString problem = problemWith(fields); !problem.isEmpty())
        return page(400, u"<p>%1</p>"_s.arg(problem.toHtmlEscaped()));
    if (!submitted)
        return page(200, signInForm(fields, {}));
    if (!isPasswordOf(services.documents, fields["user"_L1], fields["password"_L1]))
        return page(401, signInForm(fields, tr("The address or the password is wrong.")));
    return redirectWithCode(fields, services.shared.credentials);
}

} // namespace

HttpReply answerSignIn(const HttpRequest &request, const QStringList &path, Services &services)
{
    if (path == QStringList{u"token"_s} && request.verb == "POST")
        return answerToken(request, services.shared.credentials);
    if (path == QStringList{u"authorize"_s} && (request.verb == "GET" || request.verb == "POST"))
        return answerAuthorize(request, services);
    return oauthError(404, "invalid_request", tr("There is no such sign-in call."));
}

QString passwordHash(const QString &password)
{
    quint32 salt[4];
    QRandomGenerator::system()->fillRange(salt);
    const QByteArray saltHex = QByteArray(reinterpret_cast<const char *>(salt), sizeof salt).toHex();
    return QString::fromLatin1(
        saltHex + '$' + QCryptographicHash::hash(saltHex + password.toUtf8(), QCryptographicHash::Sha256).toHex());
}

bool isPasswordOf(DocumentStore &documents, const QString &email, const QString &password)
{
    const Result<QVector<QJsonObject>> users = documents.list(u"user"_s);
    if (!users)
        return false;
    for (const QJsonObject &user : *users) {
        if (user.value(u"email"_s).toString().compare(email, Qt::CaseInsensitive) != 0)
            continue;
        const QByteArray stored = user.value(u"password_hash"_s).toString().toLatin1();
        const QByteArray saltHex = stored.left(stored.indexOf('$'));
        return stored == saltHex + '$' +
                             QCryptographicHash::hash(saltHex + password.toUtf8(), QCryptographicHash::Sha256).toHex();
    }
    return false;
}

Result<Done> addUsersWhenNone(DocumentStore &documents)
{
    const Result<QVector<QJsonObject>> users = documents.list(u"user"_s);
    if (!users)
        return users.error();
    if (!users->isEmpty())
        return Done{};
    const auto add = [&documents](const QString &email, const QString &first, const QString &role,
                                  const QString &password) {
        return documents.add(u"user"_s, {{u"email"_s, email},
                                         {u"first_name"_s, first},
                                         {u"last_name"_s, u"Sandbox"_s},
                                         {u"role"_s, role},
                                         {u"password_hash"_s, passwordHash(password)}});
    };
    for (const Result<qint64> &added : {add(u"demo@example.com"_s, u"Demo"_s, u"administrator"_s, u"demo"_s),
                                        add(u"viewer@example.com"_s, u"Viewer"_s, u"viewer"_s, u"viewer"_s)}) {
        if (!added)
            return added.error();
    }
    return Done{};
}

} // namespace rowdesk::sandbox
