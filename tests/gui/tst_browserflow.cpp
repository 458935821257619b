#include "app/appcontext.h"
#include "gui/openurl.h"
#include "gui/signindialog.h"
#include "keychains.h"
#include "sandbox/sandboxserver.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QLineEdit>
#include <QNetworkReply>
#include <QPushButton>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace rowdesk;

/// Signing in with the browser in the whole program; this test is the browser.
class TestBrowserFlow : public QObject
{
    Q_OBJECT

    static constexpr int patience = 30'000;

public slots:
    void browse(const QUrl &url) { m_opened = url; }

private:
    StartOptions options() const
    {
        StartOptions options;
        options.settingsFile = m_folder.filePath(u"settings.json"_qs);
        options.profilesFile = m_folder.filePath(u"profiles.json"_qs);
        options.sandboxDir = m_folder.filePath(u"sandbox"_qs);
        return options;
    }

    std::unique_ptr<AppContext> program()
    {
        auto context = std::make_unique<AppContext>(options(), std::make_unique<SharedKeychain>(&m_keychain));
        context->start();
        return context;
    }

    SignInDialog *askFor(AppContext &context, const QString &redirect)
    {
        context.window()->actions().signIn->trigger();
        SignInDialog *dialog = context.signIn()->dialog();
        const auto fill = [dialog](const QString &name, const QString &text) {
            dialog->findChild<QLineEdit *>(name)->setText(text);
        };
        auto *method = dialog->findChild<QComboBox *>(u"method"_qs);
        method->setCurrentIndex(method->findData(QVariant::fromValue(AuthMethod::AuthorizationCode)));
        fill(u"clientId"_qs, u"demo"_qs);
        fill(u"clientSecret"_qs, u"demo-secret"_qs);
        fill(u"name"_qs, u"Acme"_qs);
        fill(u"address"_qs, m_server->url().toString());
        fill(u"redirect"_qs, redirect);
        m_opened.clear();
        dialog->findChild<QPushButton *>(u"signIn"_qs)->click();
        return dialog;
    }

    /// One request without following redirects.
    std::unique_ptr<QNetworkReply> request(const QUrl &url, const QByteArray &form = {})
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/x-www-form-urlencoded"_qs);
        std::unique_ptr<QNetworkReply> reply(form.isEmpty() ? m_browser.get(request) : m_browser.post(request, form));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, patience))
            qWarning("no answer from %s", url.toEncoded().constData());
        return reply;
    }

    /// Fills in the form of the page and sends it; where it leads.
    QUrl submit(const QString &user, const QString &password)
    {
        const QString html = QString::fromUtf8(request(m_opened)->readAll());
        QUrlQuery form;
        static const QRegularExpression hidden(u"type=hidden name=\"([^\"]*)\" value=\"([^\"]*)\""_qs);
        for (auto it = hidden.globalMatch(html); it.hasNext();) {
            const QRegularExpressionMatch field = it.next();
            form.addQueryItem(field.captured(1), QString::fromLatin1(QUrl::toPercentEncoding(
                                                     field.captured(2).replace(u"&amp;"_qs, u"&"_qs))));
        }
        form.addQueryItem(u"user"_qs, QString::fromLatin1(QUrl::toPercentEncoding(user)));
        form.addQueryItem(u"password"_qs, password);
        return QUrl::fromEncoded(
            request(m_opened.adjusted(QUrl::RemoveQuery), form.toString(QUrl::FullyEncoded).toLatin1())
                ->rawHeader("Location"));
    }

    static QString anyPort() { return u"http://127.0.0.1:0/callback"_qs; }

    QTemporaryDir m_folder;
    std::unique_ptr<SandboxServer> m_server;
    QHash<QString, Secrets> m_keychain;
    QNetworkAccessManager m_browser;
    QUrl m_opened;

private slots:
    void initTestCase()
    {
        SandboxOptions demo;
        demo.demo = true;
        m_server = std::make_unique<SandboxServer>(demo);
        QVERIFY(m_server->start());
        QDesktopServices::setUrlHandler(u"http"_qs, this, "browse");
        QDesktopServices::setUrlHandler(u"https"_qs, this, "browse");
        QDesktopServices::setUrlHandler(u"file"_qs, this, "browse");
    }

    void cleanupTestCase()
    {
        for (const QString &scheme : {u"http"_qs, u"https"_qs, u"file"_qs})
            QDesktopServices::unsetUrlHandler(scheme);
    }

    void onlyWebAddressesLeaveTheProgram()
    {
        for (const auto &url : {u"file:///etc/passwd"_qs, u"http://example.com/"_qs, u"https:///x"_qs, QString()}) {
            m_opened.clear();
            QVERIFY2(!openInBrowser(QUrl(url)), qUtf8Printable(url));
            QVERIFY(m_opened.isEmpty());
        }
        for (const auto &url : {u"https://example.com/"_qs, u"http://127.0.0.1:1/"_qs, u"http://localhost/"_qs}) {
            QVERIFY2(openInBrowser(QUrl(url)), qUtf8Printable(url));
            QCOMPARE(m_opened, QUrl(url));
        }
    }

    void signsInAndStaysSignedIn()
    {
        QString first;
        {
            const auto context = program();
            const QPointer<SignInDialog> dialog = askFor(*context, anyPort());
            QTRY_VERIFY(m_opened.isValid());
            QVERIFY(dialog->isTrying());
            QCOMPARE(dialog->findChild<QLineEdit *>(u"link"_qs)->text(), m_opened.toString(QUrl::FullyEncoded));
            QVERIFY(dialog->resultText().startsWith(u"Waiting for the browser"_qs));
            QVERIFY(!submit(u"demo@example.com"_qs, u"wrong"_qs).isValid());
            const QUrl back = submit(u"demo@example.com"_qs, u"demo"_qs);
            QCOMPARE(back.host(), u"127.0.0.1"_qs);
            QVERIFY(request(back)->readAll().contains("You can close this page"));
            QTRY_VERIFY_WITH_TIMEOUT(context->window()->workspace(), patience);
            QTRY_VERIFY(!dialog);
            QTRY_VERIFY(!m_keychain.value(u"Acme"_qs).refreshToken.isEmpty());
            first = m_keychain.value(u"Acme"_qs).refreshToken;
            context->window()->close();
        }
        // Each start renews: the token of the one before is used up, so the new one must have been kept.
        for (int start = 0; start < 2; ++start) {
            const auto context = program();
            QTRY_VERIFY_WITH_TIMEOUT(context->window()->workspace(), patience);
            QTRY_VERIFY(m_keychain.value(u"Acme"_qs).refreshToken != first);
            QVERIFY(!m_keychain.value(u"Acme"_qs).refreshToken.isEmpty());
            QCOMPARE(m_keychain.value(u"Acme"_qs).clientSecret, u"demo-secret"_qs);
            first = m_keychain.value(u"Acme"_qs).refreshToken;
            context->window()->close();
        }
        const auto context = program();
        QTRY_VERIFY_WITH_TIMEOUT(context->window()->workspace(), patience);
        context->window()->actions().signOut->trigger();
        QTRY_VERIFY(!m_keychain.contains(u"Acme"_qs));
    }

    void whatIsNotForTheKeychainStaysOutOfIt()
    {
        m_keychain.clear();
        QFile::remove(options().settingsFile);
        QFile::remove(options().profilesFile);
        const auto context = program();
        context->window()->actions().signIn->trigger();
        context->signIn()->dialog()->reject();
        SignInDialog *dialog = askFor(*context, anyPort());
        QTRY_VERIFY(m_opened.isValid());
        dialog->findChild<QCheckBox *>(u"remember"_qs)->setChecked(false);
        dialog->reject(); // stops the try: the box counts when trying begins
        QTRY_VERIFY(!dialog->isTrying());
        QVERIFY(dialog->isVisible());
        m_opened.clear();
        dialog->findChild<QPushButton *>(u"signIn"_qs)->click();
        QTRY_VERIFY(m_opened.isValid());
        (void)request(submit(u"demo@example.com"_qs, u"demo"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(context->window()->workspace(), patience);
        QVERIFY(m_keychain.isEmpty());
    }

    void denialIsSaid()
    {
        const auto context = program();
        const SignInDialog *dialog = askFor(*context, anyPort());
        QTRY_VERIFY(m_opened.isValid());
        const QUrlQuery asked(m_opened);
        QUrl back(asked.queryItemValue(u"redirect_uri"_qs, QUrl::FullyDecoded));
        back.setQuery(u"error=access_denied&state="_qs + asked.queryItemValue(u"state"_qs));
        QVERIFY(request(back)->readAll().contains("was not completed"));
        QTRY_VERIFY2(dialog->resultText().contains(u"Access was not granted in the browser"_qs),
                     qUtf8Printable(dialog->resultText()));
        QVERIFY(!dialog->isTrying());
    }

    void aPortInUseIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        const auto context = program();
        const SignInDialog *dialog = askFor(*context, u"http://127.0.0.1:%1/callback"_qs.arg(other.serverPort()));
        QTRY_VERIFY(!dialog->isTrying());
        QVERIFY2(dialog->resultText().startsWith(
                     u"Stopped at: the browser.\nPort %1 of this computer"_qs.arg(other.serverPort())),
                 qUtf8Printable(dialog->resultText()));
        QVERIFY(m_opened.isEmpty());
    }
};

QTEST_MAIN(TestBrowserFlow)
#include "tst_browserflow.moc"
