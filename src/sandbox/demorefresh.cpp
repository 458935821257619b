#include "sandbox/demorefresh.h"

#include "sandbox/cellvalue.h"
#include "sandbox/rowcodec.h"

#include <QCoreApplication>
#include <QDate>

namespace rowdesk::sandbox {
namespace {

using namespace Qt::StringLiterals;

QString tr(const char *text)
{
    return QCoreApplication::translate("DemoRefresh", text);
}

int firstOfType(const Schema &schema, ColumnType type)
{
    for (int i = 0; i < schema.columns.size(); ++i) {
        if (schema.columns.at(i).type == type)
            return i;
    }
    return -1;
}

QDate dateIn(const Cells &cells, int column)
{
    return QDate::fromString(QString::fromLatin1(splitCells(cells).at(column).mid(1, 10)), Qt::ISODate);
}

/// The same row a day later.
Cells nextDay(const Cells &cells, int dateColumn)
{
    QList<QByteArray> row = splitCells(cells);
    row[dateColumn] = '"' + dateIn(cells, dateColumn).addDays(1).toString(Qt::ISODate).toLatin1() + '"';
    return row.join('\n');
}

/// The same row with its first number a tenth higher.
Cells corrected(const Cells &cells, int numberColumn)
{
    QList<QByteArray> row = splitCells(cells);
    row[numberColumn] = QByteArray::number(row.at(numberColumn).toDouble() + 0.1, 'f', 1);
    return row.join('\n');
}

} // namespace

std::optional<RefreshMode> refreshModeFromName(const QString &name)
{
    if (name == u"reload" || name == u"rebuild" || name == u"recreate")
        return RefreshMode::Reload;
    if (name == u"update")
        return RefreshMode::Update;
    if (name == u"append")
        return RefreshMode::Append;
    if (name == u"updateappend")
        return RefreshMode::UpdateAppend;
    return std::nullopt;
}

Result<Done> refreshDataset(DatasetStore &store, const Dataset &dataset, RefreshMode mode)
{
    const int dateColumn = firstOfType(dataset.schema, ColumnType::Date);
    const int numberColumn = firstOfType(dataset.schema, ColumnType::Number);
    if (!dataset.refreshable || dateColumn < 0 || numberColumn < 0)
        return rejected(u"NotRefreshable"_s,
                        tr("The dataset “%1” has no source to refresh it from.").arg(dataset.name));
    const Result<QMap<qint64, Cells>> rows = store.rows(dataset);
    if (!rows)
        return rows.error();
    QDate newest;
    for (const Cells &cells : *rows)
        newest = newest.isValid() ? qMax(newest, dateIn(cells, dateColumn)) : dateIn(cells, dateColumn);
    DatasetStore::Change change;
    for (auto row = rows->cbegin(); row != rows->cend(); ++row) {
        if (dateIn(row.value(), dateColumn) != newest)
            continue;
        if (mode != RefreshMode::Append)
            change.replaced.insert(row.key(), corrected(row.value(), numberColumn));
        if (mode != RefreshMode::Update)
            change.appended.append(nextDay(row.value(), dateColumn));
    }
    return store.apply(dataset.id, change, tr("Refreshed from the source"));
}

} // namespace rowdesk::sandbox
