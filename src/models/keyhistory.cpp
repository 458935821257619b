#include "models/keyhistory.h"

#include "core/cellvalue.h"
#include "core/rowhash.h"
#include "core/wtf8.h"
#include "models/timewords.h"
#include "models/words.h"
#include "models/workspace.h"
#include "transfer/onworker.h"

namespace rowdesk {

KeyHistory::KeyHistory(Workspace *workspace, const QString &datasetId, QVector<KeyPart> key, QObject *parent)
    : QAbstractTableModel(parent), m_workspace(workspace), m_datasetId(datasetId), m_key(std::move(key))
{
    for (const KeyPart &part : m_key)
        m_columns.append(part.column);
}

KeyHistory::~KeyHistory()
{
    if (m_stop)
        m_stop();
}

QString KeyHistory::keyWords() const
{
    QStringList parts;
    for (const KeyPart &part : m_key) {
        const QString value = part.kind == CellKind::Null ? tr("null") : Words::oneLine(part.text);
        parts.append(QStringLiteral("%1 %2").arg(Words::oneLine(part.column), value));
    }
    return parts.join(QStringLiteral(", "));
}

QString KeyHistory::status() const
{
    if (!m_running)
        return m_status;
    if (m_all == 0)
        return tr("reading the list of versions…");
    const QString step = tr("version %1 of %2").arg(m_steps.size() + 1).arg(m_all);
    if (m_rowsSoFar == 0)
        return tr("%1; reading %2…").arg(m_plan, step);
    return tr("%1; reading %2: %3 so far…").arg(m_plan, step, Words::rows(m_rowsSoFar));
}

/// "4 versions, 2 of them loaded already, 5,622 rows to read".
QString KeyHistory::planWords() const
{
    qsizetype atHand = 0;
    qint64 rows = 0;
    bool isKnown = true;
    for (const VersionInfo &version : m_versions) {
        const bool isLoaded = m_loaded.contains(version.version);
        atHand += isLoaded ? 1 : 0;
        isKnown = isKnown && (isLoaded || version.rows);
        rows += isLoaded ? 0 : version.rows.value_or(0);
    }
    QStringList parts{Words::versions(m_versions.size())};
    if (atHand > 0)
        parts.append(tr("%1 of them loaded already").arg(atHand));
    if (isKnown && rows > 0)
        parts.append(tr("%1 to read").arg(Words::rows(rows)));
    return parts.join(QStringLiteral(", "));
}

void KeyHistory::start()
{
    m_running = true;
    emit statusChanged();
    const auto listing = m_workspace->versions(m_datasetId);
    m_stop = [listing] { listing.abort(); };
    listing.then(this, [this](Result<QVector<VersionInfo>> versions) {
        if (!m_running)
            return;
        if (!versions)
            return end(versions.error().text());
        takeVersions(std::move(versions).value());
    });
}

void KeyHistory::takeVersions(QVector<VersionInfo> versions)
{
    m_versions = std::move(versions);
    m_all = m_versions.size();
    m_plan = planWords();
    readNext();
}

void KeyHistory::stop()
{
    if (!m_running)
        return;
    if (m_stop)
        std::exchange(m_stop, {})();
    end(tr("stopped after %1 of %2 versions").arg(m_steps.size()).arg(m_all));
}

void KeyHistory::end(const QString &status)
{
    m_running = false;
    m_stop = {};
    m_loaded.clear();
    m_status = status;
    emit statusChanged();
}

void KeyHistory::readNext()
{
    if (m_versions.isEmpty())
        return end(m_all == 0 ? tr("no versions") : tr("all %1").arg(Words::versions(m_all)));
    m_rowsSoFar = 0;
    emit statusChanged();
    const VersionInfo version = m_versions.takeLast();
    if (m_loaded.contains(version.version))
        return look(version, m_loaded.take(version.version));
    const auto reading = m_workspace->wholeTable({{m_datasetId, version.version}, {}, version.version},
                                                 [self = QPointer(this)](qint64 rows) {
                                                     if (!self || !self->m_running)
                                                         return;
                                                     self->m_rowsSoFar = rows;
                                                     emit self->statusChanged();
                                                 });
    m_stop = [reading] { reading.abort(); };
    reading.then(this, [this, version](const Result<WholeTable> &whole) {
        if (!m_running)
            return;
        if (whole)
            return look(version, whole->table.rows);
        Step step;
        step.version = version;
        step.problem = whole.error().text();
        add(std::move(step));
        readNext();
    });
}

void KeyHistory::look(const VersionInfo &version, const TableSnapshot &rows)
{
    const auto finding = runOnWorker<Step>(
        [rows, version, key = m_key](const std::atomic_bool &) { return Result<Step>(find(rows, version, key)); });
    m_stop = [finding] { finding.abort(); };
    finding.then(this, [this](Result<Step> step) {
        if (!m_running)
            return;
        if (step)
            add(std::move(step).value());
        readNext();
    });
}

KeyHistory::Step KeyHistory::find(const TableSnapshot &rows, const VersionInfo &version, const QVector<KeyPart> &key)
{
    Step step;
    step.version = version;
    step.columns = rows.columnNames();
    std::vector<std::pair<ColumnCursor, CellValue>> parts;
    std::vector<std::string> texts(static_cast<size_t>(key.size()));
    std::vector<std::string> scratches(static_cast<size_t>(key.size()));
    const CellRule rule;
    std::vector<Segment> wanted;
    wanted.reserve(static_cast<size_t>(key.size()));
    for (qsizetype i = 0; i < key.size(); ++i) {
        const auto at = static_cast<size_t>(i);
        texts[at] = wtf8FromString(key[i].text);
        const CellView cell{key[i].kind, texts[at]};
        wanted.push_back(Segment::encode({&cell, 1}));
        const int column = rows.columnIndex(key[i].column);
        if (column < 0)
            return step; // a version without the column has no row of that key
        parts.emplace_back(ColumnCursor(rows, column), valueOf(&wanted.back(), 0, rule, scratches[at]));
    }
    std::string scratch;
    for (qsizetype row = 0; row < rows.rowCount(); ++row) {
        const bool isSame = std::ranges::all_of(parts, [&](auto &part) {
            const auto [segment, place] = part.first.at(static_cast<size_t>(row));
            return valueOf(segment, place, rule, scratch) == part.second;
        });
        if (!isSame || ++step.rows > 1)
            continue;
        for (int column = 0; column < rows.columnCount(); ++column) {
            const CellView cell = rows.cell(row, column, scratch);
            step.values.insert(step.columns[column],
                               {cell.kind, cell.kind == CellKind::Null ? QString() : stringFromWtf8(cell.text)});
        }
    }
    return step;
}

const KeyHistory::Step *KeyHistory::lastWithRow(int before) const
{
    for (int row = before - 1; row >= 0; --row) {
        const Step &step = m_steps[static_cast<size_t>(row)];
        if (step.problem.isEmpty())
            return step.rows > 0 ? &step : nullptr;
    }
    return nullptr;
}

void KeyHistory::add(Step step)
{
    if (const Step *before = lastWithRow(int(m_steps.size())); before && step.rows == 1 && before->rows == 1) {
        for (const QString &column : step.columns) {
            if (!(step.values.value(column) == before->values.value(column)))
                step.changed.append(column);
        }
    }
    QStringList fresh;
    for (const QString &column : step.columns) {
        if (!m_columns.contains(column))
            fresh.append(column);
    }
    if (!fresh.isEmpty()) {
        const int first = columnCount();
        beginInsertColumns({}, first, first + int(fresh.size()) - 1);
        m_columns += fresh;
        endInsertColumns();
    }
    const int row = int(m_steps.size());
    beginInsertRows({}, row, row);
    m_steps.push_back(std::move(step));
    endInsertRows();
}

QString KeyHistory::eventWords(int row) const
{
    const Step &step = m_steps[static_cast<size_t>(row)];
    if (!step.problem.isEmpty())
        return tr("could not be read: %1").arg(Words::oneLine(step.problem, 200));
    const Step *before = lastWithRow(row);
    if (step.rows == 0)
        return before ? tr("\u2212 gone") : tr("not there");
    if (step.rows > 1)
        return tr("%1 have this key").arg(Words::rows(step.rows));
    if (!before)
        return row == 0 ? tr("there") : tr("+ appears");
    if (step.changed.isEmpty())
        return tr("same");
    QStringList names;
    for (const QString &column : step.changed)
        names.append(Words::oneLine(column));
    return tr("~ changed: %1").arg(names.join(QStringLiteral(", ")));
}

int KeyHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

int KeyHistory::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(FirstValueColumn) + int(m_columns.size());
}

QVariant KeyHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Step &step = m_steps[static_cast<size_t>(index.row())];
    const QString column =
        index.column() < FirstValueColumn ? QString() : m_columns.at(index.column() - FirstValueColumn);
    const Value value = step.values.value(column);
    switch (role) {
    case ChangedRole:
        return !column.isEmpty() && step.changed.contains(column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((value.kind == CellKind::Number ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case VersionColumn:
        return Words::oneLine(step.version.version);
    case CreatedColumn:
        return timeWords(step.version.created, QDateTime::currentDateTime());
    case EventColumn:
        return eventWords(index.row());
    default:
        break;
    }
    if (step.rows == 0 || !step.columns.contains(column))
        return QString();
    if (value.kind == CellKind::Null)
        return tr("null");
    return value.text.isEmpty() ? tr("empty") : Words::oneLine(value.text, 200);
}

QVariant KeyHistory::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    switch (section) {
    case VersionColumn:
        return tr("Version");
    case CreatedColumn:
        return tr("Created");
    case EventColumn:
        return tr("What happened");
    default:
        return Words::oneLine(m_columns.at(section - FirstValueColumn));
    }
}

} // namespace rowdesk
