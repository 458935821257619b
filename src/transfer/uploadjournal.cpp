#include "transfer/uploadjournal.h"

#include "transfer/datafolder.h"
#include "transfer/journalschema.h"
#include "transfer/journalsql.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rowdesk {
namespace {

const QLatin1String lostCode("journal_lost");

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

ApiError refused(const QString &file, const QString &why)
{
    return {
        ErrorKind::Local,
        0,
        {},
        tr("The journal of uploads %1 can't be used: %2").arg(file, why),
        tr("Nothing is sent. Move that file elsewhere to begin a new journal; uploads that it knows can then not be "
           "continued."),
        {}};
}

/// The same for a statement that failed; a journal that another program is busy with has nothing wrong with it.
ApiError refused(const QString &file, const ApiError &cause, const QString &why)
{
    return isJournalBusy(cause) ? cause : refused(file, why);
}

/// Makes a folder that only its owner can look into.
bool makePrivateFolder(const QString &path)
{
    if (!QDir().mkpath(path))
        return false;
    return ::chmod(QFile::encodeName(path).constData(), 0700) == 0;
}

/// SQLite gives its side files the rights of the database's file, so that one must be there first. One that is there is
/// not opened: closing it would take away the locks of every other journal that this program has open on it (fcntl(2)),
/// and the next program to end would then delete the log under them.
bool makePrivateFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const int file = ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return errno == EEXIST && ::chmod(name.constData(), 0600) == 0;
    const bool fine = ::fchmod(file, 0600) == 0;
    ::close(file);
    return fine;
}

/// The first value of what a statement gives; not valid when it gives nothing.
Result<QVariant> value(const QString &connection, const QString &statement)
{
    Result<QSqlQuery> query = runSql(connection, statement);
    if (!query)
        return query.error();
    return query.value().next() ? query->value(0) : QVariant();
}

/// The same as text, or why it could not be had, for what is compared with the one good answer.
QString said(const QString &connection, const char *statement)
{
    const Result<QVariant> answer = value(connection, QString::fromLatin1(statement));
    return answer ? answer->toString() : answer.error().message;
}

} // namespace

QString UploadJournal::defaultFolder()
{
    return dataFolder(QStringLiteral("uploads"));
}

UploadJournal::UploadJournal(QString folder, QString connection)
    : m_folder(std::move(folder))
    , m_connection(std::move(connection))
    , m_statements(std::make_unique<SqlStatements>(m_connection))
{
}

UploadJournal::~UploadJournal()
{
    m_statements.reset();
    {
        QSqlDatabase database = QSqlDatabase::database(m_connection, false);
        database.close();
    }
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::shared_ptr<UploadJournal>> UploadJournal::open(const QString &folder, Durability durability)
{
    const QString file = folder + QStringLiteral("/journal.db");
    if (!makePrivateFolder(folder) || !makePrivateFolder(folder + QStringLiteral("/spool")) ||
        !makePrivateFolder(folder + QStringLiteral("/leftout")) || !makePrivateFile(file))
        return refused(file, tr("it can't be written there."));
    const QString connection = QUuid::createUuid().toString();
    std::shared_ptr<UploadJournal> journal(new UploadJournal(folder, connection));
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(file);
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
        if (!database.open())
            return refused(file, database.lastError().databaseText() + QLatin1Char('.'));
    }
    if (const std::optional<ApiError> error = journal->prepare(durability))
        return *error;
    journal->m_files = journal->filesNow();
    journal->removeOrphans();
    return journal;
}

UploadJournal::FilesOnDisk UploadJournal::filesNow() const
{
    FilesOnDisk files;
    constexpr std::array<const char *, std::tuple_size_v<FilesOnDisk>> suffixes{"", "-wal", "-shm"};
    const QByteArray database = QFile::encodeName(m_folder + QStringLiteral("/journal.db"));
    for (size_t i = 0; i < files.size(); ++i) {
        struct stat facts = {};
        if (::stat((database + suffixes[i]).constData(), &facts) == 0)
            files[i] = {facts.st_dev, facts.st_ino, facts.st_size};
    }
    return files;
}

/// None of the files gets shorter while it is in use: the log is written over from its beginning once it was copied
/// into the database, and keeps its length.
bool UploadJournal::isInPlace() const
{
    const FilesOnDisk now = filesNow();
    return std::equal(now.begin(), now.end(), m_files.begin(), [](const FileOnDisk &is, const FileOnDisk &was) {
        return is.device == was.device && is.number == was.number && is.size >= was.size;
    });
}

/// After a commit, which may have made them longer. Another file in the place of one stays another, whatever its size.
void UploadJournal::noteSizes()
{
    const FilesOnDisk now = filesNow();
    for (size_t i = 0; i < now.size(); ++i)
        m_files[i].size = std::max(m_files[i].size, now[i].size);
}

bool isJournalLost(const ApiError &error)
{
    return error.code == lostCode;
}

/// SQLite writes on into files that were deleted or emptied, and notices nothing.
std::optional<ApiError> UploadJournal::checkInPlace()
{
    if (isInPlace())
        return std::nullopt;
    m_files = {}; // for good: whatever is written next may give them their old length again
    return ApiError{ErrorKind::Local,
                    0,
                    lostCode,
                    tr("The journal of uploads was deleted, replaced or cut short while it was in use."),
                    tr("Nothing more is sent, and this upload can't be continued: what was known about its rows is "
                       "gone. Look in the table which of them arrived. To send the others, import the file again in "
                       "the window and leave out the rows that are already there."),
                    {}};
}

std::optional<ApiError> UploadJournal::prepare(Durability durability)
{
    const QString file = m_folder + QStringLiteral("/journal.db");
    int version = 0;
    if (std::optional<ApiError> error = checkKind(version))
        return error;
    m_durability = durability;
    const bool synced = durability == Durability::Synced;
    for (const char *pragma :
         {"PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON", "PRAGMA foreign_keys=ON", "PRAGMA journal_mode=WAL",
          synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF"}) {
        if (const auto set = runSql(m_connection, QString::fromLatin1(pragma)); !set)
            return refused(file, set.error(), set.error().message);
    }
    SqlTransaction writing(m_connection);
    if (writing.error())
        return refused(file, *writing.error(), tr("it can't be written."));
    // Again, now that nobody else can make it at the same time.
    if (std::optional<ApiError> error = checkKind(version))
        return error;
    const QStringList changes = version == 0               ? journalSchema()
                                : version < journalVersion ? journalMigration()
                                                           : QStringList();
    for (const QString &statement : changes) {
        if (const auto made = runSql(m_connection, statement); !made)
            return refused(file, made.error(), made.error().message);
    }
    if (std::optional<ApiError> error = checkWhole())
        return error;
    if (const auto done = writing.commit(); !done)
        return refused(file, done.error(), done.error().message);
    return std::nullopt;
}

std::optional<ApiError> UploadJournal::checkKind(int &found)
{
    const QString file = m_folder + QStringLiteral("/journal.db");
    int read[3] = {};
    constexpr std::array questions{"PRAGMA application_id", "PRAGMA user_version",
                                   "SELECT count(*) FROM sqlite_master"};
    for (size_t i = 0; i < questions.size(); ++i) {
        const Result<QVariant> answer = value(m_connection, QString::fromLatin1(questions[i]));
        if (!answer)
            return refused(file, answer.error(), tr("it is damaged or no journal at all."));
        read[i] = answer->toInt();
    }
    const auto [id, version, tables] = read;
    found = version;
    if (id == 0 && found == 0 && tables == 0)
        return std::nullopt;
    if (id != journalApplicationId)
        return refused(file, tr("another program made it."));
    if (found > journalVersion)
        return refused(file, tr("a newer Rowdesk made it."));
    if (found < 1)
        return refused(file, tr("it is of an unknown version."));
    return std::nullopt;
}

std::optional<ApiError> UploadJournal::checkWhole()
{
    const QString file = m_folder + QStringLiteral("/journal.db");
    if (said(m_connection, "PRAGMA integrity_check") != QLatin1String("ok"))
        return refused(file, tr("it is damaged."));
    if (!said(m_connection, "PRAGMA foreign_key_check").isEmpty())
        return refused(file, tr("its entries contradict each other."));
    if (said(m_connection,
             "SELECT count(*) FROM sqlite_master WHERE name IN "
             "('job','batch','attempt','evidence','decision','lease','one_in_flight')") != QLatin1String("7"))
        return refused(file, tr("parts of it are missing."));
    return std::nullopt;
}

QString UploadJournal::leftOutPath(const QString &job) const
{
    return m_folder + QStringLiteral("/leftout/") + job + QStringLiteral(".csv");
}

QString UploadJournal::spoolPath(const QString &job) const
{
    return m_folder + QStringLiteral("/spool/") + job + QStringLiteral(".spool");
}

/// Spools of uploads that never got into the journal: nothing of them was sent. Whoever is still writing one holds a
/// lock on it.
void UploadJournal::removeOrphans() const
{
    const QDir folder(m_folder + QStringLiteral("/spool"));
    for (const QFileInfo &spool : folder.entryInfoList({QStringLiteral("*.spool")}, QDir::Files)) {
        const QByteArray path = QFile::encodeName(spool.filePath());
        const int file = ::open(path.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
        if (file < 0)
            continue;
        if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
            const Result<JournalJob> owner = job(spool.completeBaseName());
            const bool orphan =
                owner ? owner->state == JournalJob::State::Done || owner->state == JournalJob::State::Abandoned
                      : owner.error().kind == ErrorKind::NotFound;
            if (orphan)
                ::unlink(path.constData());
        }
        ::close(file);
    }
}

} // namespace rowdesk
