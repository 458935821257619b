#pragma once

#include "gui/signinrequest.h"

#include <QDialog>

#include <memory>

namespace Ui {
class SignInDialog;
}

namespace rowdesk {

enum class Icon;

/// Collects a SignInRequest and shows how trying it goes. Whoever listens to signInWanted() tries, and answers with
/// showFailure() or accept(); until then what was typed stays.
class SignInDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SignInDialog(QStringList takenNames, QWidget *parent = nullptr);
    ~SignInDialog() override;

    SignInRequest request() const;
    /// Fills in a profile whose secrets are wanted again. Its own name is not "taken".
    void setProfile(const Profile &profile);
    /// Where secrets go, when it is not the keychain. The profile without them can still be remembered.
    void setSecretsNote(const QString &note);

    /// While trying: the browser has the word. Shows the link as well, for another browser than the one that opened, or
    /// for when none did.
    void showWaitingForBrowser(const QUrl &link, bool opened);
    /// Ends a try: which step failed, in words.
    void showFailure(const ApiError &error);
    bool isTrying() const { return m_trying; }
    QString resultText() const;

signals:
    void signInWanted(const SignInRequest &request);
    /// The user gave up the try that is under way; the dialog stays.
    void stopWanted();

public slots:
    void reject() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showMethod();
    void showHint();
    void showState();
    /// Wrapped sentences need height that a dialog does not give by itself.
    void growToFit();
    void startTrying();
    void setTrying(bool trying);
    void showResult(Icon picture, const QString &text);

    std::unique_ptr<Ui::SignInDialog> m_ui;
    QStringList m_takenNames;
    QString m_apiVersion;
    bool m_trying = false;
};

} // namespace rowdesk
