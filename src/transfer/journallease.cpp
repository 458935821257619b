// UploadJournal: one writer to a table at a time.
#include "transfer/journalsql.h"
#include "transfer/uploadjournal.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>

namespace rowdesk {
namespace {

QString firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

QString bootId()
{
    return firstLine(QStringLiteral("/proc/sys/kernel/random/boot_id"));
}

/// When a process started, in the kernel's ticks: tells it from a later one with the same number. Empty when it's gone.
QString startOf(qint64 pid)
{
    const QString stat = firstLine(QStringLiteral("/proc/%1/stat").arg(pid));
    // "pid (name) state …": the name may hold anything, so count from its end. proc(5): starttime is field 22.
    const QStringList fields = stat.mid(stat.lastIndexOf(QLatin1Char(')')) + 2).split(QLatin1Char(' '));
    constexpr qsizetype startField = 22 - 3;
    const bool gone = fields.size() <= startField || fields[0] == QLatin1String("Z");
    return gone ? QString() : fields[startField];
}

struct Holder
{
    QString job;
    qint64 pid = 0;
    QString started;
    QString boot;

    bool isAlive() const
    {
        const QString now = bootId();
        const QString there = startOf(pid);
        return boot == now && !started.isEmpty() && there == started;
    }
    bool isThisProgram() const { return pid == QCoreApplication::applicationPid(); }
};

Result<std::optional<Holder>> holder(const QString &connection, const QString &where, const QString &value)
{
    Result<QSqlQuery> query =
        runSql(connection, QStringLiteral("SELECT job_id, pid, started, boot_id FROM lease WHERE ") + where, {value});
    if (!query)
        return query.error();
    if (!query.value().next())
        return std::optional<Holder>();
    return std::optional(Holder{query->value(0).toString(), query->value(1).toLongLong(), query->value(2).toString(),
                                query->value(3).toString()});
}

} // namespace

Result<Done> UploadJournal::takeLease(const QString &dataset, const QString &job)
{
    if (std::optional<ApiError> error = checkInPlace())
        return *error;
    // A lease ends with the power: the next start has another boot id.
    return forgettably([&] { return writeLease(dataset, job); });
}

Result<Done> UploadJournal::writeLease(const QString &dataset, const QString &job)
{
    SqlTransaction writing(m_connection);
    if (writing.error())
        return *writing.error();
    const auto held = holder(m_connection, QStringLiteral("dataset_key=?"), dataset);
    if (!held)
        return held.error();
    if (*held && (*held)->isAlive() && (*held)->job != job) {
        return ApiError{ErrorKind::Local,
                        0,
                        {},
                        QCoreApplication::translate("Transfer", "Another upload to the same table is under way."),
                        QCoreApplication::translate("Transfer", "Nothing was sent. Wait until it has ended."),
                        {}};
    }
    if (*held && (*held)->isAlive() && !(*held)->isThisProgram()) {
        return ApiError{ErrorKind::Local,
                        0,
                        {},
                        QCoreApplication::translate("Transfer", "Another Rowdesk is working on this upload."),
                        QCoreApplication::translate("Transfer", "Nothing was sent. Continue it there."),
                        {}};
    }
    const qint64 pid = QCoreApplication::applicationPid();
    const auto taken = runSql(m_connection,
                              QStringLiteral("INSERT OR REPLACE INTO lease(dataset_key, job_id, pid, started, boot_id, "
                                             "t) VALUES(?,?,?,?,?,?)"),
                              {dataset, job, pid, startOf(pid), bootId(), QDateTime::currentMSecsSinceEpoch()});
    if (!taken)
        return taken.error();
    return writing.commit();
}

void UploadJournal::returnLease(const QString &job)
{
    (void)runSql(m_connection, QStringLiteral("DELETE FROM lease WHERE job_id=? AND pid=?"),
                 {job, QCoreApplication::applicationPid()});
}

bool UploadJournal::isHeldElsewhere(const QString &job) const
{
    const auto held = holder(m_connection, QStringLiteral("job_id=?"), job);
    return held && *held && (*held)->isAlive() && !(*held)->isThisProgram();
}

} // namespace rowdesk
