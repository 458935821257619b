#include "cli/progress.h"

#include <cstdio>
#include <unistd.h>
#include <utility>

namespace rowdesk::cli {
namespace {

constexpr qint64 millisecondsBetween = 100;
constexpr const char *clearLine = "\r\033[K";

} // namespace

Progress::Progress() : m_isTerminal(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress()
{
    clear();
}

void Progress::clear()
{
    if (std::exchange(m_shown, false))
        std::fputs(clearLine, stderr);
}

void Progress::show(const QString &text)
{
    if (!m_isTerminal || (m_last.isValid() && m_last.elapsed() < millisecondsBetween))
        return;
    m_last.start();
    m_shown = true;
    std::fprintf(stderr, "%s%s", clearLine, qPrintable(text));
    std::fflush(stderr);
}

} // namespace rowdesk::cli
