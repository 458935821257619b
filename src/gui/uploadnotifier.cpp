#include "gui/uploadnotifier.h"

#include "gui/mainwindow.h"
#include "gui/uploadspage.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>

namespace rowdesk {

/// The system's promise not to sleep: a descriptor that is kept open. Empty where there is no such service.
class UploadNotifier::Wakefulness
{
public:
    QDBusUnixFileDescriptor promise;
};

UploadNotifier::UploadNotifier(MainWindow *window) : QObject(window), m_window(window)
{
    connect(window->uploadsPage(), &UploadsPage::uploadEnded, this, &UploadNotifier::tell);
    connect(window->uploadsPage(), &UploadsPage::openCountChanged, this, [this](int count) { setBusy(count > 0); });
}

void UploadNotifier::tell(const QString &title, const QString &outcome, const QString &text)
{
    if (m_window->isActiveWindow() || QApplication::activeModalWidget())
        return;
    QApplication::alert(m_window);
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    // Names of files and tables are foreign text, and the body of a notification is markup.
    const QString body = title.toHtmlEscaped() + QLatin1Char('\n') + text.toHtmlEscaped();
    call << QCoreApplication::applicationName() << 0U << QStringLiteral("rowdesk") << tr("Upload: %1").arg(outcome)
         << body << QStringList() << QVariantMap() << -1;
    bus.send(call); // nobody there: nothing happens
}

void UploadNotifier::setBusy(bool busy)
{
    if (!busy) {
        m_awake.reset();
        return;
    }
    if (m_awake)
        return;
    m_awake = std::make_shared<Wakefulness>();
    const QDBusConnection bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    call << QStringLiteral("sleep:idle") << QStringLiteral("Rowdesk") << tr("An upload is running")
         << QStringLiteral("block");
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [awake = std::weak_ptr(m_awake)](QDBusPendingCallWatcher *done) {
                const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *done;
                if (const auto still = awake.lock(); still && !reply.isError())
                    still->promise = reply.value();
                done->deleteLater();
            });
}

} // namespace rowdesk
