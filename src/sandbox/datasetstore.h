#pragma once

#include "core/result.h"
#include "core/schema.h"
#include "sandbox/database.h"

#include <QByteArray>
#include <QHash>
#include <QMap>

#include <functional>
#include <mutex>

namespace rowdesk::sandbox {

/// A dataset as the sandbox keeps it.
struct Dataset
{
    qint64 id = 0;
    QString name;
    QString description;
    Schema schema;
    QStringList uniqueKey; ///< columns that together tell rows apart; may be empty
    bool history = true;   ///< Data History: every change adds a version
    bool refreshable = false;
    QString generator;  ///< "readings": rows are computed, not stored; empty: stored
    qint64 version = 0; ///< number of changes so far; the newest version's number when history is on
    qint64 rows = 0;
    QString changed; ///< ISO 8601, UTC
};

struct Version
{
    qint64 number = 0;
    QString created; ///< ISO 8601, UTC
    qint64 rows = 0;
    QString comment;
};

/// A row's cells as JSON fragments joined by line breaks, which no fragment holds (cellvalue.h).
using Cells = QByteArray;

/// Where in the file some rows of a table stand, so that a page needs no walk over the pages before it. Shared by all
/// threads' stores.
class PageStarts
{
public:
    /// The greatest known offset <= `offset` in this state of a table, and the position after which its row stands.
    std::pair<qint64, qint64> nearest(const QString &state, qint64 offset) const;
    void remember(const QString &state, qint64 offset, qint64 position);

private:
    mutable std::mutex m_mutex;
    QHash<QString, QMap<qint64, qint64>> m_starts;
    qsizetype m_count = 0;
};

/// Datasets, their rows and versions. One object a thread, all on one file; only one of them writes at a time.
///
/// Changes are all or nothing. Errors: NotFound (code DatasetNotFound, VersionNotFound), Rejected (the rules of the
/// API), Local (the file).
class DatasetStore
{
public:
    DatasetStore(Database &db, PageStarts &starts) : m_db(db), m_starts(starts) {}

    Result<QVector<Dataset>> list();
    Result<Dataset> find(qint64 id);
    /// The new dataset's id. Refused when the name is taken in any case, or the schema has a problem.
    Result<qint64> create(const Dataset &dataset);

    /// Newest first. Refused (HistoryOff) when the dataset keeps no history.
    Result<QVector<Version>> versions(const Dataset &dataset);
    Result<Version> version(const Dataset &dataset, qint64 number);

    struct Page
    {
        QVector<Cells> rows;
        bool more = false;
    };
    /// Up to `count` rows of a version of a stored dataset, from row `offset` (from 0).
    Result<Page> page(const Dataset &dataset, qint64 version, qint64 offset, qint64 count);

    /// Adds rows at the end as one new version. No rows: no version.
    Result<Done> append(qint64 id, const QVector<Cells> &rows, const QString &comment);

    /// What becomes of a row: kept (nullopt), replaced, or removed (null QByteArray).
    using Edit = std::function<std::optional<Cells>(const Cells &)>;
    /// Puts every current row through `edit`, in order; gives how many changed. None: no version.
    Result<qint64> edit(qint64 id, const Edit &edit, const QString &comment);

    /// All three kinds of change as one version. The keys of the maps are positions.
    struct Change
    {
        QMap<qint64, Cells> replaced;
        QVector<qint64> removed;
        QMap<qint64, Cells> inserted; ///< at positions that hold no row now
        QVector<Cells> appended;
        QString when; ///< the version's time, for sample data; empty: now
    };
    Result<Done> apply(qint64 id, const Change &change, const QString &comment);

    /// Current rows with their positions, in order.
    Result<QMap<qint64, Cells>> rows(const Dataset &dataset);

private:
    void store(Dataset dataset, const Change &change, const QString &comment);
    void kill(const Dataset &dataset, qint64 position);

    Database &m_db;
    PageStarts &m_starts;
};

/// Now, as the sandbox writes times.
QString timestamp();

} // namespace rowdesk::sandbox
