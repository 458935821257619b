#pragma once

#include "transfer/readback.h"
#include "transfer/uploadclock.h"
#include "transfer/uploadtarget.h"

#include <QObject>

#include <functional>

namespace rowdesk {

/// Looks at the table until it is certain, as far as that is possible, what became of a batch. Rows that are seen are
/// there; that rows are not there is said only after three equal looks over the job's settle time, since what was sent
/// may still be on its way. Reads the table's end where that is enough, else all of it. Lives in the client's thread.
class TableLook : public QObject
{
    Q_OBJECT
public:
    TableLook(std::shared_ptr<UploadTarget> target, std::shared_ptr<UploadClock> clock, LookQuestion question,
              QObject *parent);

    /// Called after each look.
    std::function<void(const Finding &)> looked;
    /// Called before a wait: after so many msec the table is looked at again. May be empty.
    std::function<void(qint64 msec)> resting;
    /// Called once, with the last word or with why there is none. Not after stop().
    std::function<void(const Result<Finding> &)> finished;

    void start();
    void stop();

private:
    void read();
    void readTail(const TailWish &wish);
    void compareTail(const TableTail &tail);
    void readAll();
    void compare(const TableSnapshot &table);
    void take(const Result<Finding> &finding);
    bool isSettled(const Finding &finding);
    void finish(const Result<Finding> &finding);

    static constexpr int equalLooks = 3;

    std::shared_ptr<UploadTarget> m_target;
    std::shared_ptr<UploadClock> m_clock;
    LookQuestion m_question;
    std::optional<Finding> m_last;
    int m_equal = 0;        ///< looks in a row that said the same
    qint64 m_equalFrom = 0; ///< when the first of them was asked for
    qint64 m_asked = 0;
    bool m_hasTail = true; ///< the table's pages lead to its end
    bool m_done = false;
};

} // namespace rowdesk
