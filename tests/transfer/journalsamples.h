#pragma once

#include "transfer/uploadjournal.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

namespace rowdesk::test {

/// A batch of one row.
inline JournalBatch oneRowBatch(qint64 seq)
{
    JournalBatch batch;
    batch.seq = seq;
    batch.firstRow = seq;
    batch.rows = 1;
    batch.length = 1;
    batch.sha256 = QByteArray(32, 'x');
    return batch;
}

/// An upload of three rows to a table of seven, told apart by a key.
inline JournalJob sampleJob(const QString &id)
{
    JournalJob job;
    job.id = id;
    job.service = QStringLiteral("http://127.0.0.1:1/");
    job.datasetId = QStringLiteral("5");
    job.columns.columns = {{QStringLiteral("n"), ColumnType::Number}, {QStringLiteral("\"t\""), ColumnType::Date}};
    job.sourceName = QStringLiteral("rows.csv");
    job.mapping = "[0,1]";
    job.evidence = Evidence::Key;
    job.keyColumns = {QStringLiteral("n")};
    job.rowsBefore = 7;
    job.rowsPlanned = 3;
    job.createdAt = 1'700'000'000'000;
    return job;
}

/// Runs statements on the database of a journal from outside, as another program or a fault would.
inline void changeJournal(const QString &folder, const QStringList &statements)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
        database.setDatabaseName(folder + QStringLiteral("/journal.db"));
        QVERIFY(database.open());
        QSqlQuery query(database);
        for (const QString &statement : statements)
            QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("outside"));
}

/// A folder for a journal.
class JournalPlace
{
public:
    QString folder() const { return m_dir.filePath(QStringLiteral("data/uploads")); }
    QString file() const { return folder() + QStringLiteral("/journal.db"); }
    /// Opens or makes it; ends the test program when that fails.
    std::shared_ptr<UploadJournal> open() const
    {
        auto journal = UploadJournal::open(folder());
        if (!journal)
            qFatal("%s", qPrintable(journal.error().text()));
        return *journal;
    }
    /// The error with which it is refused.
    ApiError refusal() const
    {
        const auto journal = UploadJournal::open(folder());
        return journal ? ApiError{} : journal.error();
    }

private:
    QTemporaryDir m_dir;
};

} // namespace rowdesk::test
