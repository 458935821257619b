#include "gui/signindialog.h"

#include "gui/icons.h"
#include "gui/look.h"
#include "net/apiclient.h"
#include "ui_signindialog.h"

#include <QApplication>
#include <QClipboard>

namespace rowdesk {

SignInDialog::SignInDialog(QStringList takenNames, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SignInDialog>())
    , m_takenNames(std::move(takenNames))
    , m_apiVersion(Profile().apiVersion)
{
    m_ui->setupUi(this);
    m_ui->title->setWeight(PlainLabel::Weight::Title);
    m_ui->hint->setWeight(PlainLabel::Weight::Quiet);
    m_ui->addressHint->setWeight(PlainLabel::Weight::Quiet);
    m_ui->rememberNote->setWeight(PlainLabel::Weight::Quiet);
    m_ui->address->setText(Profile().baseUrl.toString());
    m_ui->redirect->setText(Profile().redirectUrl.toString());
    m_ui->redirectHint->setWeight(PlainLabel::Weight::Quiet);
    m_ui->advanced->hide();
    m_ui->browser->hide();
    for (const AuthMethod method :
         {AuthMethod::ClientCredentials, AuthMethod::AuthorizationCode, AuthMethod::Basic, AuthMethod::ApiKey})
        m_ui->method->addItem(authMethodLabel(method), QVariant::fromValue(method));

    connect(m_ui->method, &QComboBox::currentIndexChanged, this, &SignInDialog::showMethod);
    for (QLineEdit *field : findChildren<QLineEdit *>()) {
        if (field != m_ui->link)
            connect(field, &QLineEdit::textChanged, this, &SignInDialog::showState);
    }
    connect(m_ui->redirect, &QLineEdit::textChanged, this, &SignInDialog::showHint);
    connect(m_ui->copyLink, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_ui->link->text()); });
    connect(m_ui->advancedSwitch, &QToolButton::toggled, this, [this](bool open) {
        m_ui->advanced->setVisible(open);
        m_ui->advancedSwitch->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        growToFit();
    });
    connect(m_ui->signIn, &QPushButton::clicked, this, &SignInDialog::startTrying);
    connect(m_ui->cancel, &QPushButton::clicked, this, &SignInDialog::reject);
    setMinimumWidth(fontMetrics().averageCharWidth() * 72);
    showMethod();
    m_ui->clientId->setFocus();
}

SignInDialog::~SignInDialog() = default;

SignInRequest SignInDialog::request() const
{
    SignInRequest request;
    Profile &profile = request.profile;
    profile.method = m_ui->method->currentData().value<AuthMethod>();
    profile.apiVersion = m_apiVersion;
    if (const Result<QUrl> address = checkBaseUrl(m_ui->address->text()))
        profile.baseUrl = *address;
    // Ids are pasted from web pages, with a space at the end. Passwords are taken as they are.
    if (profile.method != AuthMethod::ApiKey)
        profile.clientId = m_ui->clientId->text().trimmed();
    if (profile.method == AuthMethod::AuthorizationCode)
        profile.redirectUrl = QUrl(m_ui->redirect->text().trimmed(), QUrl::StrictMode);
    if (profile.method == AuthMethod::ClientCredentials || profile.method == AuthMethod::AuthorizationCode)
        request.secrets.clientSecret = m_ui->clientSecret->text().trimmed();
    if (profile.method == AuthMethod::Basic) {
        profile.user = m_ui->user->text().trimmed();
        request.secrets.password = m_ui->password->text();
    }
    if (profile.method == AuthMethod::ApiKey)
        request.secrets.apiKey = m_ui->apiKey->text().trimmed();
    profile.name = m_ui->name->text().trimmed();
    if (profile.name.isEmpty())
        profile.name = proposedProfileName(profile, m_takenNames);
    request.remember = m_ui->remember->isChecked();
    return request;
}

void SignInDialog::setProfile(const Profile &profile)
{
    m_takenNames.removeAll(profile.name);
    m_apiVersion = profile.apiVersion;
    m_ui->method->setCurrentIndex(std::max(0, m_ui->method->findData(QVariant::fromValue(profile.method))));
    m_ui->clientId->setText(profile.clientId);
    m_ui->user->setText(profile.user);
    m_ui->name->setText(profile.name);
    m_ui->address->setText(profile.baseUrl.toString());
    m_ui->redirect->setText(profile.redirectUrl.toString());
    m_ui->advancedSwitch->setChecked(profile.baseUrl != Profile().baseUrl ||
                                     profile.redirectUrl != Profile().redirectUrl);
    for (QLineEdit *field : {m_ui->clientSecret, m_ui->password, m_ui->apiKey}) {
        if (m_ui->form->isRowVisible(field))
            field->setFocus();
    }
}

void SignInDialog::setSecretsNote(const QString &note)
{
    m_ui->rememberNote->setText(note);
}

void SignInDialog::showMethod()
{
    const auto method = m_ui->method->currentData().value<AuthMethod>();
    const bool inBrowser = method == AuthMethod::AuthorizationCode;
    m_ui->signIn->setText(inBrowser ? tr("&Open the browser") : tr("&Sign in"));
    m_ui->advancedForm->setRowVisible(m_ui->redirect, inBrowser);
    m_ui->advancedForm->setRowVisible(m_ui->redirectHint, inBrowser);
    m_ui->form->setRowVisible(m_ui->clientId, method != AuthMethod::ApiKey);
    m_ui->form->setRowVisible(m_ui->clientSecret, method == AuthMethod::ClientCredentials || inBrowser);
    m_ui->form->setRowVisible(m_ui->user, method == AuthMethod::Basic);
    m_ui->form->setRowVisible(m_ui->password, method == AuthMethod::Basic);
    m_ui->form->setRowVisible(m_ui->apiKey, method == AuthMethod::ApiKey);
    showHint();
    showState();
    growToFit();
}

void SignInDialog::showHint()
{
    const auto method = m_ui->method->currentData().value<AuthMethod>();
    QString hint = authMethodSentence(method);
    if (method == AuthMethod::AuthorizationCode)
        hint += QLatin1Char(' ') +
                tr("Its redirect address there must be %1").arg(m_ui->redirect->text().trimmed().left(100));
    m_ui->hint->setText(hint);
}

void SignInDialog::growToFit()
{
    layout()->activate();
    const int wanted = std::max(minimumSizeHint().height(), layout()->totalHeightForWidth(width()));
    if (height() < wanted)
        resize(width(), wanted);
}

void SignInDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    growToFit();
}

void SignInDialog::showState()
{
    const SignInRequest now = request();
    m_ui->name->setPlaceholderText(proposedProfileName(now.profile, m_takenNames));
    QString problem = signInProblem(now, m_takenNames);
    if (const Result<QUrl> address = checkBaseUrl(m_ui->address->text()); problem.isEmpty() && !address)
        problem = address.error().text();
    m_ui->signIn->setEnabled(problem.isEmpty() && !m_trying);
    if (!m_trying)
        showResult(Icon::Info, problem);
}

void SignInDialog::startTrying()
{
    setTrying(true);
    showResult(Icon::Info, tr("Signing in at %1…").arg(request().profile.baseUrl.host()));
    emit signInWanted(request());
}

void SignInDialog::showWaitingForBrowser(const QUrl &link, bool opened)
{
    m_ui->link->setText(link.toString(QUrl::FullyEncoded));
    m_ui->link->setCursorPosition(0);
    m_ui->browser->show();
    showResult(opened ? Icon::Info : Icon::Warning,
               opened ? tr("Waiting for the browser: sign in there. If no page opened, copy the link into a browser "
                           "of this computer.")
                      : tr("No browser could be opened. Copy the link into a browser of this computer; Rowdesk is "
                           "waiting for it."));
    m_ui->copyLink->setFocus();
}

void SignInDialog::setTrying(bool trying)
{
    m_trying = trying;
    m_ui->browser->hide();
    for (QWidget *field : findChildren<QWidget *>()) {
        if ((qobject_cast<QLineEdit *>(field) || qobject_cast<QComboBox *>(field)) && field != m_ui->link)
            field->setEnabled(!trying);
    }
    m_ui->signIn->setEnabled(!trying);
    m_ui->cancel->setText(trying ? tr("Stop") : tr("Cancel"));
}

void SignInDialog::showFailure(const ApiError &error)
{
    // A port that is taken, a browser that never came back: neither has to do with the keychain or the server.
    const bool inBrowser =
        m_ui->browser->isVisibleTo(this) || (m_trying && request().profile.method == AuthMethod::AuthorizationCode);
    const bool atBrowser = inBrowser && (error.kind == ErrorKind::Local || error.kind == ErrorKind::Timeout ||
                                         error.kind == ErrorKind::Usage);
    setTrying(false);
    showResult(Icon::Error, (atBrowser ? tr("Stopped at: the browser.") : signInStep(error.kind)) + QLatin1Char('\n') +
                                error.text());
    m_ui->signIn->setFocus();
}

void SignInDialog::showResult(Icon picture, const QString &text)
{
    m_ui->resultText->setText(text);
    m_ui->resultIcon->setVisible(!text.isEmpty());
    m_ui->resultIcon->setPixmap(icon(picture).pixmap(QSize(look::edge, look::edge), devicePixelRatioF()));
    growToFit();
}

QString SignInDialog::resultText() const
{
    return m_ui->resultText->text();
}

void SignInDialog::reject()
{
    if (m_trying) {
        emit stopWanted();
        return;
    }
    QDialog::reject();
}

} // namespace rowdesk
