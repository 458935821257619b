#pragma once

/// Begins to count anew; gives how many calls there were that could have gone wrong.
extern "C" long restartFailingCalls();

#ifdef QT_CORE_LIB
#include <QFile>

namespace rowdesk::test {

/// While it lives, one call of this very program goes wrong: see failingcalls.cpp. For tests that link
/// rowdesk_failingcallshere.
class FailingCall
{
public:
    /// `at`: from 1. `how`: the error's name.
    FailingCall(const char *kind, const QString &folder, int at, const char *how = "ENOSPC") : m_at(at)
    {
        qputenv("FAIL_FOLDER", QFile::encodeName(folder));
        qputenv("FAIL_AT", QByteArray::number(at));
        qputenv("FAIL_HOW", how);
        restartFailingCalls();
        qputenv("FAIL_KIND", kind);
    }
    ~FailingCall() { end(); }
    Q_DISABLE_COPY_MOVE(FailingCall)

    /// Nothing goes wrong any more. Whether something did.
    bool end()
    {
        if (m_at > 0) {
            qunsetenv("FAIL_KIND");
            m_struck = restartFailingCalls() >= m_at;
            m_at = 0;
        }
        return m_struck;
    }

private:
    int m_at;
    bool m_struck = false;
};

} // namespace rowdesk::test
#endif
