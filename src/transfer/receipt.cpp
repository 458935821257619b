#include "transfer/receipt.h"

#include <QCoreApplication>
#include <QStringList>

namespace rowdesk {
namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("Transfer", text, nullptr, n);
}

/// Ids made of digits are JSON numbers, as the service writes them; any other id is text.
QJsonValue idValue(const QString &id)
{
    bool ok = false;
    const qint64 number = id.toLongLong(&ok);
    if (ok && QString::number(number) == id)
        return number;
    return id;
}

} // namespace

QJsonObject Receipt::toJson() const
{
    return {{QStringLiteral("job"), job},
            {QStringLiteral("id"), idValue(datasetId)},
            {QStringLiteral("rows_read"), rowsRead},
            {QStringLiteral("rows_sent"), rowsSent},
            {QStringLiteral("rows_confirmed"), rowsConfirmed},
            {QStringLiteral("rows_skipped"), rowsSkipped},
            {QStringLiteral("rows_unknown"), rowsUnknown},
            {QStringLiteral("complete"), complete}};
}

QString Receipt::summary() const
{
    if (complete)
        return tr("All %1 rows are in the table.").arg(rowsConfirmed);
    QStringList parts{tr("%1 rows are in the table").arg(rowsConfirmed)};
    if (rowsUnknown > 0)
        parts << tr("%1 rows from row %2 on may or may not be").arg(rowsUnknown).arg(firstUnknownRow);
    if (rowsSkipped > 0)
        parts << tr("%1 were left out").arg(rowsSkipped);
    parts << tr("nothing else was stored");
    return parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

} // namespace rowdesk
