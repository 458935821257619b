#pragma once

#include <QWidget>

namespace rowdesk {

class PlainLabel;

/// The first page: three ways to begin, each with a sentence. All by keyboard.
class WelcomePage : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);

    /// A file waits for an account: says so above the choices. Empty: none does.
    void showWaitingFile(const QString &name);

signals:
    void sampleDataWanted();
    void signInWanted();
    void openFileWanted();

private:
    PlainLabel *m_waiting;
};

} // namespace rowdesk
