#include "transfer/receipt.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
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

QJsonValue orNull(const std::optional<qint64> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QString timeText(qint64 msec)
{
    return msec > 0 ? QDateTime::fromMSecsSinceEpoch(msec, Qt::UTC).toString(Qt::ISODate) : QString();
}

QJsonArray decisionsJson(const QVector<UploadDecision> &decisions)
{
    QJsonArray told;
    for (const UploadDecision &decision : decisions) {
        told.append(QJsonObject{{QStringLiteral("at"), timeText(decision.at)},
                                {QStringLiteral("first_row"), decision.firstRow},
                                {QStringLiteral("rows"), decision.rows},
                                {QStringLiteral("choice"), decision.choice},
                                {QStringLiteral("question"), decision.shown}});
    }
    return told;
}

} // namespace

std::optional<qint64> Receipt::countDifference() const
{
    if (!rowsBefore || !rowsAfter)
        return std::nullopt;
    return *rowsAfter - *rowsBefore - rowsConfirmed;
}

bool Receipt::isCheckedRowByRow() const
{
    return complete && rowsConfirmed > 0 && (evidence == Evidence::Marker || evidence == Evidence::Key);
}

bool Receipt::isSound() const
{
    return complete && (countDifference().value_or(0) == 0 || isCheckedRowByRow());
}

bool Receipt::isUndone() const
{
    return rowsRemoved > 0 && !removalOpen;
}

QJsonObject Receipt::toJson() const
{
    const std::optional<qint64> difference = countDifference();
    QJsonObject told{
        {QStringLiteral("job"), job},
        {QStringLiteral("id"), idValue(datasetId)},
        {QStringLiteral("target"), orNull(datasetName)},
        {QStringLiteral("file"), sourceName},
        {QStringLiteral("file_bytes"), file.size < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(file.size)},
        {QStringLiteral("file_sha256"), orNull(QString::fromLatin1(file.sha256))},
        {QStringLiteral("rows_read"), rowsRead},
        {QStringLiteral("rows_sent"), rowsSent},
        {QStringLiteral("rows_confirmed"), rowsConfirmed},
        {QStringLiteral("rows_skipped"), rowsSkipped},
        {QStringLiteral("rows_unknown"), rowsUnknown},
        {QStringLiteral("complete"), complete},
        {QStringLiteral("rows_before"), orNull(rowsBefore)},
        {QStringLiteral("rows_after"), orNull(rowsAfter)},
        {QStringLiteral("reconciles"), difference ? QJsonValue(*difference == 0) : QJsonValue()},
        {QStringLiteral("checked_row_by_row"), isCheckedRowByRow()},
        {QStringLiteral("version_before"), orNull(versionBefore)},
        {QStringLiteral("version_after"), orNull(versionAfter)},
        {QStringLiteral("begun"), orNull(timeText(begunAt))},
        {QStringLiteral("ended"), orNull(timeText(endedAt))}};
    if (rowsFound > 0)
        told.insert(QStringLiteral("rows_found_by_reading"), rowsFound);
    if (rowsSentAgain > 0)
        told.insert(QStringLiteral("rows_sent_again"), rowsSentAgain);
    if (rowsRemoved > 0)
        told.insert(QStringLiteral("rows_removed"), rowsRemoved);
    if (removalOpen)
        told.insert(QStringLiteral("removal_open"), true);
    if (!leftOutFile.isEmpty())
        told.insert(QStringLiteral("left_out_file"), leftOutFile);
    if (!decisions.isEmpty())
        told.insert(QStringLiteral("decisions"), decisionsJson(decisions));
    return told;
}

QString Receipt::summary() const
{
    if (complete) {
        const QString all = tr("All %1 rows are in the table.").arg(rowsConfirmed);
        return isSound() ? all : all + QLatin1Char(' ') + countSentence();
    }
    if (tableUnknown) {
        return tr("Whether the table %1 was made is not known; no row was sent to it.").arg(datasetName);
    }
    QStringList parts{tr("%1 rows are in the table").arg(rowsConfirmed)};
    if (rowsUnknown > 0)
        parts << tr("%1 rows from row %2 on may or may not be").arg(rowsUnknown).arg(firstUnknownRow);
    if (rowsSkipped > 0)
        parts << tr("%1 were left out").arg(rowsSkipped);
    parts << tr("nothing else was stored");
    return parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

} // namespace rowdesk
