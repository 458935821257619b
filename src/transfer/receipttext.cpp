// Receipt: for people, and for the files they keep.
#include "core/wholefile.h"
#include "files/tablewriter.h"
#include "transfer/receipt.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocale>
#include <QSaveFile>

#include <cstdlib>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::Receipt)
};

QString number(qint64 value)
{
    return QLocale().toString(value);
}

QString rowsText(qint64 rows)
{
    return rows == 1 ? Words::tr("1 row") : Words::tr("%1 rows").arg(number(rows));
}

QString timeText(qint64 msec)
{
    return QDateTime::fromMSecsSinceEpoch(msec, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"));
}

using Facts = QVector<std::pair<QString, QString>>;

QString decidedAbout(const UploadDecision &decision)
{
    return Words::tr("Decided %1 about rows %2 to %3")
        .arg(timeText(decision.at), number(decision.firstRow), number(decision.firstRow + decision.rows - 1));
}

void add(Facts &facts, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        facts.append({name, value});
}

QString orUnknown(const std::optional<qint64> &count)
{
    return count ? number(*count) : Words::tr("not told by the service");
}

/// The count after, or why there is none.
QString countAfter(const Receipt &receipt)
{
    if (!receipt.rowsAfter && !receipt.complete)
        return Words::tr("not counted: the table is counted once every row is confirmed");
    return orUnknown(receipt.rowsAfter);
}

/// "500 (1–500)": which they are is of interest while some are not in the table.
QString withRanges(qint64 rows, const QVector<RowRange> &ranges, bool complete)
{
    return complete || ranges.isEmpty() ? number(rows) : number(rows) + QStringLiteral(" (%1)").arg(rangesText(ranges));
}

QString meansOf(Evidence evidence)
{
    switch (evidence) {
    case Evidence::Marker:
        return Words::tr("their marks");
    case Evidence::Key:
        return Words::tr("their keys");
    case Evidence::Content:
        return Words::tr("their values");
    case Evidence::Count:
    case Evidence::None:
        break;
    }
    return Words::tr("the number of its rows");
}

/// What became of the upload itself.
QString uploadOutcome(const Receipt &receipt)
{
    if (receipt.isSound())
        return Words::tr("complete");
    if (receipt.complete)
        return Words::tr("every row confirmed, but the table's count does not agree");
    return receipt.rowsUnknown > 0 ? Words::tr("not complete, some rows unknown") : Words::tr("not complete");
}

/// Empty while nobody has taken its rows out of the table again.
QString undoOutcome(const Receipt &receipt)
{
    if (receipt.isUndone())
        return Words::tr("undone, its rows were taken out of the table again");
    if (!receipt.removalOpen)
        return {};
    if (receipt.rowsRemoved == 0)
        return Words::tr("an undo was begun and not ended, rows may be gone from the table");
    return Words::tr("partly undone, %1 of %2 were taken out of the table again")
        .arg(number(receipt.rowsRemoved), rowsText(receipt.rowsConfirmed));
}

QString outcome(const Receipt &receipt)
{
    const QString undo = undoOutcome(receipt);
    return undo.isEmpty() ? uploadOutcome(receipt) : Words::tr("%1; before that: %2").arg(undo, uploadOutcome(receipt));
}

/// "Item", "Value": as CSV for people, with the guard against formulas.
Result<Done> saveCsv(const Receipt &receipt, const QString &path)
{
    const Schema columns{{{Words::tr("Item"), ColumnType::Text}, {Words::tr("Value"), ColumnType::Text}}};
    const Result<std::unique_ptr<TableWriter>> writer = openCsvWriter(path, columns, {});
    if (!writer)
        return writer.error();
    Facts lines = receipt.facts();
    for (const UploadDecision &decision : receipt.decisions)
        lines.append({decidedAbout(decision), decision.choice + QStringLiteral(": ") + decision.shown});
    RowBatch out(2);
    for (const auto &[name, value] : lines) {
        out.beginRow(out.rowCount() + 1);
        out.addCell(CellKind::Text, name.toStdString());
        out.addCell(CellKind::Text, value.toStdString());
    }
    if (const Result<Done> written = (*writer)->write(out); !written)
        return written;
    return (*writer)->finish();
}

} // namespace

QString rangesText(const QVector<RowRange> &ranges)
{
    constexpr int mostShown = 6;
    QStringList parts;
    for (const RowRange &range : ranges.mid(0, mostShown)) {
        const QString first = number(range.first);
        const QString span = range.first == range.last ? first : first + QChar(0x2013) + number(range.last);
        const bool isWhole = range.rows == range.last - range.first + 1;
        parts.append(isWhole ? span : Words::tr("%1 of %2").arg(number(range.rows), span));
    }
    if (ranges.size() > mostShown)
        parts.append(Words::tr("and others"));
    return parts.join(QStringLiteral(", "));
}

QString Receipt::lostSentence() const
{
    if (rowsFound == 0 && rowsSentAgain == 0)
        return {};
    if (rowsFound == 0)
        return Words::tr("No answer told whether %1 arrived; the table was read, they were not in it, and they were "
                         "sent again.")
            .arg(rowsText(rowsSentAgain));
    const QString found = Words::tr("No answer told whether %1 arrived; the table was read, and they were found in it "
                                    "by %2.")
                              .arg(rowsText(rowsFound), meansOf(evidence));
    if (rowsSentAgain == 0)
        return found;
    return found + QLatin1Char(' ') + Words::tr("Not in it, and sent again: %1.").arg(rowsText(rowsSentAgain));
}

QString Receipt::countSentence() const
{
    const QString found =
        isCheckedRowByRow() ? Words::tr("Each row was looked for in the table and is there exactly once.") : QString();
    const std::optional<qint64> difference = countDifference();
    if (!difference) {
        return found.isEmpty() ? Words::tr("The service does not tell how many rows the table has, so nothing but its "
                                           "own confirmations was checked.")
                               : found;
    }
    const QString went = Words::tr("The table went from %1 to %2").arg(rowsText(*rowsBefore), number(*rowsAfter));
    if (*difference == 0) {
        const QString sum = went + Words::tr(", which is what it had and what was sent.");
        return found.isEmpty() ? sum : sum + QLatin1Char(' ') + found;
    }
    const QString off = *difference > 0 ? Words::tr(", %1 more than it had and what was sent.")
                                        : Words::tr(", %1 fewer than it had and what was sent.");
    const QString text = went + off.arg(number(std::abs(*difference)));
    if (!found.isEmpty())
        return text + QLatin1Char(' ') + found + QLatin1Char(' ') + Words::tr("Something else changed the table.");
    return text + QLatin1Char(' ') +
           (*difference > 0 ? Words::tr("Something else added rows meanwhile, or rows arrived twice. Compare the table "
                                        "with the file.")
                            : Words::tr("Something else removed rows meanwhile, or rows are missing. Compare the table "
                                        "with the file."));
}

QVector<std::pair<QString, QString>> Receipt::facts() const
{
    const qint64 rest = rowsRead - rowsConfirmed - rowsSkipped - rowsUnknown;
    const bool wasChanged = rowsRemoved > 0 || removalOpen; // what was counted and checked then is past
    Facts known;
    add(known, Words::tr("Upload"), job);
    add(known, Words::tr("File"), sourceName);
    add(known, Words::tr("File size in bytes"), file.size < 0 ? QString() : number(file.size));
    add(known, Words::tr("File SHA-256"), QString::fromLatin1(file.sha256));
    add(known, Words::tr("Table"), datasetName);
    add(known, Words::tr("Table id"), datasetId);
    add(known, Words::tr("Begun"), begunAt > 0 ? timeText(begunAt) : QString());
    add(known, Words::tr("Ended"), endedAt > 0 ? timeText(endedAt) : QString());
    add(known, Words::tr("Outcome"), outcome(*this));
    add(known, Words::tr("Rows in the file"), number(rowsRead));
    add(known, Words::tr("Rows confirmed by the service"), withRanges(rowsConfirmed, inTable, complete));
    add(known, Words::tr("Rows left out on purpose"), number(rowsSkipped));
    add(known, Words::tr("Rows unknown"), withRanges(rowsUnknown, unknown, complete));
    add(known, Words::tr("Rows not sent or refused"), withRanges(rest, notSent, complete));
    add(known, Words::tr("Rows of the table before"), orUnknown(rowsBefore));
    add(known, wasChanged ? Words::tr("Rows of the table after the upload") : Words::tr("Rows of the table after"),
        countAfter(*this));
    add(known, Words::tr("Version before"), versionBefore);
    add(known, Words::tr("Version after"), versionAfter);
    add(known, wasChanged ? Words::tr("Check before the undo") : Words::tr("Check"),
        complete ? countSentence() : QString());
    add(known, Words::tr("Lost answers"), lostSentence());
    if (rowsRemoved > 0)
        add(known, Words::tr("Rows taken out of the table again"), number(rowsRemoved));
    if (isUndone())
        add(known, Words::tr("Rows of the upload still in the table"), Words::tr("none, the table was read"));
    if (error)
        add(known, Words::tr("Why it stopped"), error->message);
    return known;
}

QString Receipt::toText() const
{
    QString text;
    for (const auto &[name, value] : facts())
        text += name + QStringLiteral(": ") + value + QLatin1Char('\n');
    for (const UploadDecision &decision : decisions) {
        text += decidedAbout(decision) + QStringLiteral(": ") + decision.choice + QLatin1Char('\n') +
                Words::tr("Shown was: %1").arg(decision.shown) + QLatin1Char('\n');
    }
    return text;
}

Result<Done> saveReceipt(const Receipt &receipt, const QString &path)
{
    const QString kind = QFileInfo(path).suffix().toLower();
    if (kind == QLatin1String("csv"))
        return saveCsv(receipt, path);
    const QByteArray bytes =
        kind == QLatin1String("json") ? QJsonDocument(receipt.toJson()).toJson() : receipt.toText().toUtf8();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && commitWhole(file))
        return Done{};
    return ApiError{ErrorKind::File,
                    0,
                    {},
                    Words::tr("%1 can't be written: %2.").arg(path, file.errorString()),
                    Words::tr("The receipt was not saved. Choose another place."),
                    {}};
}

} // namespace rowdesk
