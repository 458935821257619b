#pragma once

#include <QElapsedTimer>
#include <QString>

namespace rowdesk::cli {

/// One line on stderr that is written over while a command runs; silent when stderr is not a terminal.
class Progress
{
public:
    Progress();
    ~Progress();
    Q_DISABLE_COPY_MOVE(Progress)

    /// Shows the text, at most ten times a second.
    void show(const QString &text);
    /// Takes the line away for something that is to stay; show() brings it back.
    void clear();

private:
    bool m_isTerminal;
    bool m_shown = false;
    QElapsedTimer m_last;
};

} // namespace rowdesk::cli
