#include "cli/interrupt.h"

#include <QSocketNotifier>

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace rowdesk::cli {
namespace {

int writeEnd = -1;

/// Only what a signal handler may do; the event loop reads the byte.
void onSignal(int)
{
    const char byte = 1;
    if (write(writeEnd, &byte, 1) < 0)
        _exit(1);
}

void setHandler(void (*handler)(int), int flags)
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = flags;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        // What was ignored from the start stays so: that is what nohup is for.
        struct sigaction before = {};
        sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN)
            sigaction(signal, &action, nullptr);
    }
}

} // namespace

Interrupt::Interrupt(QObject *parent) : QObject(parent)
{
    if (pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    writeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        emit asked();
    });
    // After the first signal the usual handling is back: a second one ends the program.
    setHandler(onSignal, static_cast<int>(SA_RESETHAND));
}

Interrupt::~Interrupt()
{
    if (m_pipe[0] < 0)
        return;
    setHandler(SIG_DFL, 0);
    m_notifier.reset();
    close(m_pipe[0]);
    close(m_pipe[1]);
}

} // namespace rowdesk::cli
