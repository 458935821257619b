#include "gui/signindialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace rowdesk;

class TestSignInDialog : public QObject
{
    Q_OBJECT

    static QLineEdit *field(SignInDialog &dialog, const char *name)
    {
        return dialog.findChild<QLineEdit *>(QLatin1String(name));
    }
    static QPushButton *signIn(SignInDialog &dialog) { return dialog.findChild<QPushButton *>(u"signIn"_qs); }
    static void choose(SignInDialog &dialog, AuthMethod method)
    {
        auto *combo = dialog.findChild<QComboBox *>(u"method"_qs);
        combo->setCurrentIndex(combo->findData(QVariant::fromValue(method)));
    }

private slots:
    void asksForWhatTheMethodNeeds_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<QStringList>("fields");
        const auto all = [](std::initializer_list<const char *> names) {
            QStringList list;
            for (const char *name : names)
                list.append(QLatin1String(name));
            return list;
        };
        QTest::newRow("client credentials") << int(AuthMethod::ClientCredentials) << all({"clientId", "clientSecret"});
        QTest::newRow("browser") << int(AuthMethod::AuthorizationCode) << all({"clientId", "clientSecret"});
        QTest::newRow("basic") << int(AuthMethod::Basic) << all({"clientId", "user", "password"});
        QTest::newRow("api key") << int(AuthMethod::ApiKey) << all({"apiKey"});
    }

    void asksForWhatTheMethodNeeds()
    {
        QFETCH(int, method);
        QFETCH(QStringList, fields);
        SignInDialog dialog({});
        dialog.show();
        choose(dialog, static_cast<AuthMethod>(method));
        QStringList visible;
        for (const char *name : {"clientId", "clientSecret", "user", "password", "apiKey"}) {
            if (field(dialog, name)->isVisible())
                visible.append(QLatin1String(name));
        }
        QCOMPARE(visible, fields);
        // Each missing value is named, and the button waits for all of them.
        for (const QString &name : fields) {
            QVERIFY(!signIn(dialog)->isEnabled());
            QVERIFY(!dialog.resultText().isEmpty());
            QTest::keyClicks(dialog.findChild<QLineEdit *>(name), u"x"_qs);
        }
        QVERIFY(signIn(dialog)->isEnabled());
        QCOMPARE(dialog.request().profile.method, static_cast<AuthMethod>(method));
    }

    void handsOverOnlyTheSecretsOfTheMethod()
    {
        SignInDialog dialog({});
        field(dialog, "clientId")->setText(u" my-id \n"_qs);
        field(dialog, "clientSecret")->setText(u" secret "_qs);
        field(dialog, "password")->setText(u" pass word "_qs);
        field(dialog, "user")->setText(u"me@example.com"_qs);
        SignInRequest request = dialog.request();
        QCOMPARE(request.profile.clientId, u"my-id"_qs);
        QCOMPARE(request.secrets.clientSecret, u"secret"_qs);
        QVERIFY(request.secrets.password.isEmpty());
        choose(dialog, AuthMethod::Basic);
        request = dialog.request();
        QVERIFY(request.secrets.clientSecret.isEmpty());
        QCOMPARE(request.secrets.password, u" pass word "_qs); // a password may begin with a blank
        QCOMPARE(request.profile.user, u"me@example.com"_qs);
    }

    void refusesAnAddressThatIsNotSafe()
    {
        SignInDialog dialog({});
        field(dialog, "clientId")->setText(u"a"_qs);
        field(dialog, "clientSecret")->setText(u"b"_qs);
        QVERIFY(signIn(dialog)->isEnabled());
        field(dialog, "address")->setText(u"http://api.example.com/"_qs);
        QVERIFY(!signIn(dialog)->isEnabled());
        QVERIFY(!dialog.resultText().isEmpty());
        field(dialog, "address")->setText(u"http://127.0.0.1:8080"_qs);
        QVERIFY(signIn(dialog)->isEnabled());
        QCOMPARE(dialog.request().profile.baseUrl.port(), 8080);
    }

    void namesOfAccountsAreUnique()
    {
        SignInDialog dialog({u"Acme"_qs, u"my-id"_qs});
        field(dialog, "clientId")->setText(u"my-id"_qs);
        field(dialog, "clientSecret")->setText(u"s"_qs);
        QCOMPARE(dialog.request().profile.name, u"my-id (2)"_qs);
        field(dialog, "name")->setText(u"acme"_qs);
        QVERIFY(!signIn(dialog)->isEnabled());
        Profile known;
        known.name = u"Acme"_qs;
        known.clientId = u"my-id"_qs;
        dialog.setProfile(known);
        QVERIFY(signIn(dialog)->isEnabled());
    }

    void aFailureIsSaidInPlaceAndKeepsWhatWasTyped()
    {
        SignInDialog dialog({});
        dialog.show();
        field(dialog, "clientId")->setText(u"a"_qs);
        field(dialog, "clientSecret")->setText(u"b"_qs);
        QSignalSpy wanted(&dialog, &SignInDialog::signInWanted);
        QSignalSpy stopped(&dialog, &SignInDialog::stopWanted);
        signIn(dialog)->click();
        QCOMPARE(wanted.count(), 1);
        QVERIFY(dialog.isTrying());
        QVERIFY(!signIn(dialog)->isEnabled());
        dialog.reject(); // Esc stops the try first, then closes
        QCOMPARE(stopped.count(), 1);
        QVERIFY(dialog.isVisible());

        dialog.showFailure({ErrorKind::Credentials, 401, {}, u"The secret was refused."_qs, u"Copy it again."_qs, {}});
        QVERIFY(dialog.isVisible());
        QVERIFY(!dialog.isTrying());
        QVERIFY(dialog.resultText().contains(u"The secret was refused. Copy it again."_qs));
        QCOMPARE(field(dialog, "clientSecret")->text(), u"b"_qs);
        QVERIFY(signIn(dialog)->isEnabled());
        dialog.reject();
        QVERIFY(!dialog.isVisible());
    }

    void everyKindOfFailureNamesItsStep()
    {
        QSet<QString> steps;
        for (const ErrorKind kind :
             {ErrorKind::Network, ErrorKind::Tls, ErrorKind::WrongAddress, ErrorKind::Credentials, ErrorKind::Forbidden,
              ErrorKind::Local, ErrorKind::Cancelled, ErrorKind::Server})
            steps.insert(signInStep(kind));
        QCOMPARE(steps.size(), 8);
    }

    void tabGoesDownTheForm()
    {
        SignInDialog dialog({});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QStringList order;
        for (int i = 0; i < 5; ++i) {
            order.append(dialog.focusWidget()->objectName());
            QTest::keyClick(dialog.focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(order,
                 (QStringList{u"clientId"_qs, u"clientSecret"_qs, u"name"_qs, u"remember"_qs, u"advancedSwitch"_qs}));
    }

    void theBrowserNeedsAnAddressToComeBackTo()
    {
        SignInDialog dialog({});
        dialog.show();
        field(dialog, "clientId")->setText(u"a"_qs);
        field(dialog, "clientSecret")->setText(u"b"_qs);
        dialog.findChild<QToolButton *>(u"advancedSwitch"_qs)->setChecked(true);
        QVERIFY(!field(dialog, "redirect")->isVisible());
        choose(dialog, AuthMethod::AuthorizationCode);
        QVERIFY(field(dialog, "redirect")->isVisible());
        QCOMPARE(dialog.request().profile.redirectUrl, QUrl(u"http://127.0.0.1:18765/callback"_qs));
        QCOMPARE(dialog.request().secrets.clientSecret, u"b"_qs);
        QVERIFY(signIn(dialog)->isEnabled());
        field(dialog, "redirect")->setText(u"http://example.com:80/callback"_qs);
        QVERIFY(!signIn(dialog)->isEnabled());
        QVERIFY2(dialog.resultText().contains(u"not one of this computer"_qs), qUtf8Printable(dialog.resultText()));
        field(dialog, "redirect")->setText(u"http://localhost:4711/back"_qs);
        QVERIFY(signIn(dialog)->isEnabled());
        QVERIFY(dialog.findChild<QLabel *>(u"hint"_qs)->text().contains(u"http://localhost:4711/back"_qs));
    }

    void whileTheBrowserHasTheWordItsLinkCanBeCopied()
    {
        SignInDialog dialog({});
        dialog.show();
        choose(dialog, AuthMethod::AuthorizationCode);
        field(dialog, "clientId")->setText(u"a"_qs);
        field(dialog, "clientSecret")->setText(u"b"_qs);
        QVERIFY(!field(dialog, "link")->isVisible());
        signIn(dialog)->click();
        const QUrl link(u"https://example.com/authorize?state=%26"_qs);
        dialog.showWaitingForBrowser(link, false);
        QVERIFY(dialog.resultText().startsWith(u"No browser could be opened"_qs));
        QVERIFY(field(dialog, "link")->isVisible() && field(dialog, "link")->isEnabled());
        dialog.findChild<QPushButton *>(u"copyLink"_qs)->click();
        QCOMPARE(QApplication::clipboard()->text(), u"https://example.com/authorize?state=%26"_qs);
        dialog.showFailure({ErrorKind::Timeout, 0, {}, u"The browser did not come back."_qs, {}, {}});
        QCOMPARE(dialog.resultText(), u"Stopped at: the browser.\nThe browser did not come back."_qs);
        QVERIFY(!field(dialog, "link")->isVisible());
    }

    void advancedIsClosedUntilItIsNeeded()
    {
        SignInDialog dialog({});
        dialog.show();
        QVERIFY(!field(dialog, "address")->isVisible());
        Profile gateway;
        gateway.baseUrl = QUrl(u"https://gateway.example.com/clicdata/"_qs);
        dialog.setProfile(gateway);
        QVERIFY(field(dialog, "address")->isVisible());
    }
};

QTEST_MAIN(TestSignInDialog)
#include "tst_signindialog.moc"
