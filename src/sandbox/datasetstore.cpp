#include "sandbox/datasetstore.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 alive = std::numeric_limits<qint64>::max();

QString tr(const char *text)
{
    return QCoreApplication::translate("DatasetStore", text);
}

ApiError refusal(ErrorKind kind, const QString &code, const QString &message)
{
    ApiError error;
    error.kind = kind;
    error.code = code;
    error.message = message;
    return error;
}

QString schemaText(const Schema &schema)
{
    QJsonArray columns;
    for (const ColumnSpec &column : schema.columns)
        columns.append(QJsonArray{column.name, columnTypeName(column.type)});
    return QString::fromUtf8(QJsonDocument(columns).toJson(QJsonDocument::Compact));
}

Schema schemaFromText(const QString &text)
{
    Schema schema;
    for (const auto &value : QJsonDocument::fromJson(text.toUtf8()).array()) {
        const QJsonArray pair = value.toArray();
        schema.columns.append(
            {pair.at(0).toString(), columnTypeFromName(pair.at(1).toString()).value_or(ColumnType::Text)});
    }
    return schema;
}

const QString datasetColumns = u"SELECT id, name, description, columns, unique_key, history, refreshable, generator,"
                               " version, row_count, changed FROM dataset "_s;

Dataset readDataset(const QSqlQuery &query)
{
    Dataset dataset;
    dataset.id = query.value(0).toLongLong();
    dataset.name = query.value(1).toString();
    dataset.description = query.value(2).toString();
    dataset.schema = schemaFromText(query.value(3).toString());
    dataset.uniqueKey = query.value(4).toString().split(u'\n', Qt::SkipEmptyParts);
    dataset.history = query.value(5).toBool();
    dataset.refreshable = query.value(6).toBool();
    dataset.generator = query.value(7).toString();
    dataset.version = query.value(8).toLongLong();
    dataset.rows = query.value(9).toLongLong();
    dataset.changed = query.value(10).toString();
    return dataset;
}

const QString versionColumns = u"SELECT number, created, rows, comment FROM version "_s;

Version readVersion(const QSqlQuery &query)
{
    return {query.value(0).toLongLong(), query.value(1).toString(), query.value(2).toLongLong(),
            query.value(3).toString()};
}

ApiError historyOff(const Dataset &dataset)
{
    return refusal(ErrorKind::Rejected, u"HistoryOff"_s,
                   tr("Data History is off for the dataset “%1”.").arg(dataset.name));
}

/// Puts rows into one version of a dataset.
class RowInserter
{
public:
    RowInserter(Database &db, const Dataset &dataset)
        : m_db(db), m_insert(db.prepare(u"INSERT INTO row(dataset, position, born, died, cells) VALUES(?,?,?,?,?)"_s))
    {
        m_insert.bindValue(0, dataset.id);
        m_insert.bindValue(2, dataset.version);
        m_insert.bindValue(3, alive);
    }

    bool add(qint64 position, const Cells &cells)
    {
        m_insert.bindValue(1, position);
        m_insert.bindValue(4, cells);
        return m_db.execute(m_insert);
    }

private:
    Database &m_db;
    QSqlQuery m_insert;
};

} // namespace

QString timestamp()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
}

std::pair<qint64, qint64> PageStarts::nearest(const QString &state, qint64 offset) const
{
    const std::lock_guard lock(m_mutex);
    const auto pages = m_starts.constFind(state);
    if (pages == m_starts.constEnd())
        return {0, -1};
    auto after = pages->upperBound(offset);
    if (after == pages->constBegin())
        return {0, -1};
    --after;
    return {after.key(), after.value()};
}

void PageStarts::remember(const QString &state, qint64 offset, qint64 position)
{
    const std::lock_guard lock(m_mutex);
    if (++m_count > 100'000) { // a bound on memory, not a tuning knob: forgetting costs one walk
        m_starts.clear();
        m_count = 1;
    }
    m_starts[state].insert(offset, position);
}

Result<QVector<Dataset>> DatasetStore::list()
{
    QVector<Dataset> result;
    QSqlQuery query = m_db.run(datasetColumns + u"ORDER BY id"_s);
    while (query.next())
        result.append(readDataset(query));
    if (m_db.failed())
        return m_db.takeError();
    return result;
}

Result<Dataset> DatasetStore::find(qint64 id)
{
    QSqlQuery query = m_db.run(datasetColumns + u"WHERE id=?"_s, {id});
    if (m_db.failed())
        return m_db.takeError();
    if (!query.next())
        return refusal(ErrorKind::NotFound, u"DatasetNotFound"_s, tr("There is no dataset with the id %1.").arg(id));
    return readDataset(query);
}

Result<qint64> DatasetStore::create(const Dataset &dataset)
{
    const QVector<SchemaProblem> problems = checkSchema(dataset.schema);
    if (!problems.isEmpty()) {
        const int column = problems.first().column;
        const QString where = column < 0 ? QString() : tr("Column %1: ").arg(column + 1);
        return refusal(ErrorKind::Rejected, u"InvalidColumns"_s, where + problems.first().message);
    }
    if (dataset.name.trimmed().isEmpty())
        return refusal(ErrorKind::Rejected, u"InvalidName"_s, tr("The name of the table is blank."));
    Transaction transaction(m_db, Transaction::Mode::Write);
    const QString key = dataset.name.trimmed().toCaseFolded();
    QSqlQuery taken = m_db.run(u"SELECT id FROM dataset WHERE name_key=?"_s, {key});
    if (taken.next()) {
        return refusal(
            ErrorKind::Rejected, u"NameNotUnique"_s,
            tr("The account already has a dataset named “%1” (id %2).").arg(dataset.name, taken.value(0).toString()));
    }
    QSqlQuery query =
        m_db.run(u"INSERT INTO dataset(name, name_key, description, columns, unique_key, history, refreshable,"
                 " generator, version, row_count, next_position, changed) VALUES(?,?,?,?,?,?,?,?,0,?,0,?)"_s,
                 {dataset.name, key, dataset.description, schemaText(dataset.schema), dataset.uniqueKey.join(u'\n'),
                  dataset.history, dataset.refreshable, dataset.generator, dataset.rows, timestamp()});
    const qint64 id = query.lastInsertId().toLongLong();
    if (!transaction.commit())
        return m_db.takeError();
    return id;
}

Result<QVector<Version>> DatasetStore::versions(const Dataset &dataset)
{
    if (!dataset.history)
        return historyOff(dataset);
    QVector<Version> result;
    QSqlQuery query = m_db.run(versionColumns + u"WHERE dataset=? ORDER BY number DESC"_s, {dataset.id});
    while (query.next())
        result.append(readVersion(query));
    if (m_db.failed())
        return m_db.takeError();
    return result;
}

Result<Version> DatasetStore::version(const Dataset &dataset, qint64 number)
{
    if (!dataset.history)
        return historyOff(dataset);
    QSqlQuery query = m_db.run(versionColumns + u"WHERE dataset=? AND number=?"_s, {dataset.id, number});
    if (m_db.failed())
        return m_db.takeError();
    if (!query.next()) {
        return refusal(ErrorKind::NotFound, u"VersionNotFound"_s,
                       tr("The dataset “%1” has no version %2.").arg(dataset.name).arg(number));
    }
    return readVersion(query);
}

Result<DatasetStore::Page> DatasetStore::page(const Dataset &dataset, qint64 version, qint64 offset, qint64 count)
{
    const QString state = u"%1/%2"_s.arg(dataset.id).arg(version);
    const auto [knownOffset, knownPosition] = m_starts.nearest(state, offset);
    QSqlQuery query = m_db.run(u"SELECT position, cells FROM row WHERE dataset=? AND position>? AND born<=? AND died>?"
                               " ORDER BY position LIMIT ? OFFSET ?"_s,
                               {dataset.id, knownPosition, version, version, count + 1, offset - knownOffset});
    Page result;
    qint64 position = -1;
    while (query.next()) {
        if (result.rows.size() == count) {
            result.more = true;
            m_starts.remember(state, offset + count, position);
            break;
        }
        position = query.value(0).toLongLong();
        result.rows.append(query.value(1).toByteArray());
    }
    if (m_db.failed())
        return m_db.takeError();
    return result;
}

Result<QMap<qint64, Cells>> DatasetStore::rows(const Dataset &dataset)
{
    QMap<qint64, Cells> result;
    QSqlQuery query = m_db.run(u"SELECT position, cells FROM row WHERE dataset=? AND died=? ORDER BY position"_s,
                               {dataset.id, alive});
    while (query.next())
        result.insert(result.cend(), query.value(0).toLongLong(), query.value(1).toByteArray());
    if (m_db.failed())
        return m_db.takeError();
    return result;
}

Result<Done> DatasetStore::append(qint64 id, const QVector<Cells> &rows, const QString &comment)
{
    Change change;
    change.appended = rows;
    return apply(id, change, comment);
}

Result<Done> DatasetStore::apply(qint64 id, const Change &change, const QString &comment)
{
    Transaction transaction(m_db, Transaction::Mode::Write);
    const Result<Dataset> dataset = find(id);
    if (!dataset)
        return dataset.error();
    store(*dataset, change, comment);
    if (!transaction.commit())
        return m_db.takeError();
    return Done{};
}

Result<qint64> DatasetStore::edit(qint64 id, const Edit &edit, const QString &comment)
{
    Transaction transaction(m_db, Transaction::Mode::Write);
    const Result<Dataset> dataset = find(id);
    if (!dataset)
        return dataset.error();
    const Result<QMap<qint64, Cells>> current = rows(*dataset);
    if (!current)
        return current.error();
    Change change;
    for (auto row = current->cbegin(); row != current->cend(); ++row) {
        const std::optional<Cells> edited = edit(row.value());
        if (!edited)
            continue;
        if (edited->isNull())
            change.removed.append(row.key());
        else
            change.replaced.insert(row.key(), *edited);
    }
    store(*dataset, change, comment);
    if (!transaction.commit())
        return m_db.takeError();
    return change.removed.size() + change.replaced.size();
}

void DatasetStore::kill(const Dataset &dataset, qint64 position)
{
    // Without history nobody can ask for the old row again.
    if (dataset.history)
        m_db.run(u"UPDATE row SET died=? WHERE dataset=? AND position=? AND died=?"_s,
                 {dataset.version, dataset.id, position, alive});
    else
        m_db.run(u"DELETE FROM row WHERE dataset=? AND position=?"_s, {dataset.id, position});
}

void DatasetStore::store(Dataset dataset, const Change &change, const QString &comment)
{
    const qsizetype added = change.inserted.size() + change.appended.size();
    if (added + change.replaced.size() + change.removed.size() == 0)
        return;
    dataset.version += 1;
    dataset.rows += added - change.removed.size();
    for (const qint64 position : change.removed)
        kill(dataset, position);
    RowInserter inserter(m_db, dataset);
    for (auto row = change.replaced.cbegin(); row != change.replaced.cend(); ++row) {
        kill(dataset, row.key());
        inserter.add(row.key(), row.value());
    }
    for (auto row = change.inserted.cbegin(); row != change.inserted.cend(); ++row)
        inserter.add(row.key(), row.value());
    QSqlQuery next = m_db.run(u"SELECT next_position FROM dataset WHERE id=?"_s, {dataset.id});
    qint64 position = next.next() ? next.value(0).toLongLong() : 0;
    next.finish();
    for (const Cells &cells : change.appended) {
        if (!inserter.add(position++, cells))
            break;
    }
    const QString now = change.when.isEmpty() ? timestamp() : change.when;
    m_db.run(u"UPDATE dataset SET version=?, row_count=?, next_position=?, changed=? WHERE id=?"_s,
             {dataset.version, dataset.rows, position, now, dataset.id});
    if (dataset.history)
        m_db.run(u"INSERT INTO version(dataset, number, created, rows, comment) VALUES(?,?,?,?,?)"_s,
                 {dataset.id, dataset.version, now, dataset.rows, comment});
}

} // namespace rowdesk::sandbox
