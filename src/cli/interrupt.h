#pragma once

#include <QObject>

#include <array>
#include <memory>

class QSocketNotifier;

namespace rowdesk::cli {

/// While it lives, Ctrl+C, SIGTERM and the end of the terminal do not end the program but are told here, so that a
/// command can stop in order and say what is in the table. The second one ends the program as usual. One at a time.
class Interrupt : public QObject
{
    Q_OBJECT
public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

signals:
    void asked();

private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace rowdesk::cli
