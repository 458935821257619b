#pragma once

#include <QObject>

#include <memory>

namespace rowdesk {

class MainWindow;

/// Tells a person who looks elsewhere that an upload is over: the window asks for attention, and the desktop shows a
/// notification where it has such a service. While uploads run, the machine is asked not to go to sleep by itself.
class UploadNotifier : public QObject
{
    Q_OBJECT
public:
    /// The child of the window.
    explicit UploadNotifier(MainWindow *window);

private:
    void tell(const QString &title, const QString &outcome, const QString &text);
    void setBusy(bool busy);

    class Wakefulness;

    MainWindow *m_window;
    std::shared_ptr<Wakefulness> m_awake; ///< while it lives, the machine stays awake
};

} // namespace rowdesk
