#include "files/diffreport.h"

#include "core/lookalikes.h"
#include "core/numberorder.h"
#include "files/diffcells.h"
#include "files/savedfile.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DiffReport)
};

/// A count of one has a sentence of its own, so that English reads well without a translation file.
QString counted(qint64 count, const QString &one, const QString &many, const QLocale &locale)
{
    return count == 1 ? one : many.arg(locale.toString(count));
}

QString problemSentence(const QString &table, const DiffKeyProblems &problems, size_t left, const QLocale &locale)
{
    const auto number = [&locale](qint64 value) { return locale.toString(value); };
    QString sentence = Words::tr("%1:").arg(table);
    if (problems.repeatedRows > 0) {
        sentence += QLatin1Char(' ') +
                    counted(problems.repeatedKeys, Words::tr("%1 rows share 1 key.").arg(number(problems.repeatedRows)),
                            Words::tr("%1 rows share %2 keys.").arg(number(problems.repeatedRows)), locale);
    }
    if (problems.blankRows > 0) {
        sentence += QLatin1Char(' ') + counted(problems.blankRows, Words::tr("1 row has a blank key."),
                                               Words::tr("%1 rows have a blank key."), locale);
    }
    return sentence + QLatin1Char(' ') +
           counted(qint64(left), Words::tr("1 row could not be paired; it counts as added or removed."),
                   Words::tr("%1 rows could not be paired; they count as added or removed."), locale);
}

QString toleranceWords(const DiffTolerance &tolerance)
{
    const QString amount = absoluteText(tolerance);
    const QString share =
        tolerance.relative > 0 ? Words::tr("%1 %").arg(relativeText(tolerance).chopped(1)) : QString();
    if (amount.isEmpty() || share.isEmpty())
        return amount + share;
    return Words::tr("%1 or %2", "amount, share").arg(amount, share);
}

void addColumnRemarks(const TableDiff &diff, QStringList &remarks)
{
    const auto name = [&diff](int column) { return diff.columns[static_cast<size_t>(column)].name; };
    for (const DiffColumn &column : diff.columns) {
        if (column.role == DiffColumn::Role::Added)
            remarks.append(Words::tr("Column %1 is new.").arg(column.name));
        else if (column.role == DiffColumn::Role::Removed)
            remarks.append(Words::tr("Column %1 is gone.").arg(column.name));
        else if (column.asText)
            remarks.append(Words::tr("Column %1 changed its type; it was compared as text.").arg(column.name));
        else if (column.retyped)
            remarks.append(Words::tr("Column %1 changed its type.").arg(column.name));
    }
    for (const DiffRename &rename : diff.renames) {
        remarks.append(Words::tr("%1 looks like %2 under another name: %3 % of its cells are the same.")
                           .arg(name(rename.added), name(rename.removed), QString::number(rename.share * 100, 'f', 1)));
    }
}

} // namespace

Result<Done> saveDiff(const DiffReport &report, const QString &path,
                      Result<Done> (*write)(const DiffReport &, const TextSink &), CancelFlag cancelled)
{
    const Result<std::unique_ptr<SavedFile>> file = SavedFile::open(path);
    if (!file)
        return file.error();
    SavedFile &saved = **file;
    const Result<Done> written = write(report, [&saved, cancelled](std::string &text) -> Result<Done> {
        if (isCancelled(cancelled))
            return exportStopped();
        return saved.write(text);
    });
    return written ? saved.finish() : written;
}

Result<Done> saveDiffAs(const DiffReport &report, const QString &path, CancelFlag cancelled)
{
    if (path.endsWith(QLatin1String(".xlsx"), Qt::CaseInsensitive))
        return writeDiffXlsx(report, path, cancelled);
    if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        return saveDiff(report, path, writeDiffCsv, cancelled);
    if (path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive))
        return saveDiff(report, path, writeDiffJson, cancelled);
    return saveDiff(
        report, path, [](const DiffReport &it, const TextSink &sink) { return writeDiffHtml(it, sink); }, cancelled);
}

ApiError exportStopped()
{
    return {ErrorKind::Cancelled, 0, {}, Words::tr("The export was stopped; no file was written."), {}, {}};
}

QString numberChange(const CellView &old, const CellView &now)
{
    if (old.kind != CellKind::Number || now.kind != CellKind::Number)
        return {};
    const std::optional<Decimal> before = decimalValue(old.text);
    const std::optional<Decimal> after = decimalValue(now.text);
    const std::optional<Decimal> difference = before && after ? subtract(*after, *before) : std::nullopt;
    if (!difference)
        return {};
    std::string text;
    formatDecimal(*difference, text);
    const auto withSign = [](const QString &number) {
        return number.startsWith(QLatin1Char('-')) ? QChar(u'\u2212') + number.mid(1) : QLatin1Char('+') + number;
    };
    const QString number = withSign(QString::fromStdString(text));
    if (before->mantissa == 0)
        return number;
    const double share = toDouble(*difference) / std::abs(toDouble(*before)) * 100;
    if (std::abs(share) < 0.05)
        return number;
    const int digits = std::abs(share) < 10 ? 1 : 0;
    return Words::tr("%1, %2 %").arg(number, withSign(QString::number(share, 'f', digits)));
}

QString changeNote(const CellView &old, const CellView &now)
{
    const auto kind = [](const CellView &cell) {
        switch (cell.kind) {
        case CellKind::Number:
            return Words::tr("a number");
        case CellKind::Bool:
            return Words::tr("true or false");
        case CellKind::Json:
            return Words::tr("nested JSON");
        case CellKind::Text:
        case CellKind::Null:
            break;
        }
        return Words::tr("text");
    };
    switch (unseenDifference(old, now)) {
    case Unseen::Nothing:
        break;
    case Unseen::Kind:
        return Words::tr("%1, now %2").arg(kind(old), kind(now));
    case Unseen::Accents:
        return Words::tr("accents composed of other characters");
    case Unseen::LineBreaks:
        return Words::tr("other line breaks");
    case Unseen::Blanks:
        return Words::tr("other blanks or characters without a shape");
    }
    return numberChange(old, now);
}

QString reconcilingLine(const TableDiff &diff, const QLocale &locale)
{
    const auto number = [&locale](qint64 value) { return locale.toString(value); };
    return QStringLiteral("%1 \u2212 %2 + %3 = %4")
        .arg(number(diff.rowsA), number(qint64(diff.removed.size())), number(qint64(diff.added.size())),
             number(diff.rowsB));
}

QStringList diffRules(const DiffOptions &options)
{
    QStringList remarks;
    remarks.append(
        options.key.isEmpty()
            ? Words::tr("Without a key whole rows were compared: an edited row is one removed and one added.")
            : Words::tr("Rows were matched by %1.").arg(options.key.join(QStringLiteral(", "))));
    if (!options.ignored.isEmpty())
        remarks.append(Words::tr("Not compared: %1.").arg(options.ignored.join(QStringLiteral(", "))));
    QStringList same;
    if (options.trim)
        same.append(Words::tr("blanks at both ends"));
    if (options.ignoreCase)
        same.append(Words::tr("upper and lower case"));
    if (options.nullIsEmpty)
        same.append(Words::tr("no value or empty text"));
    if (options.datesOnly)
        same.append(Words::tr("the time of day"));
    if (!same.isEmpty())
        remarks.append(Words::tr("Not regarded as a difference: %1.").arg(same.join(QStringLiteral(", "))));
    if (options.asWritten)
        remarks.append(Words::tr("Every character counts: 1.0 is not 1."));
    QStringList tolerant = options.tolerances.keys();
    tolerant.sort();
    for (const QString &name : tolerant) {
        remarks.append(Words::tr("Numbers of %1 are the same when they differ by at most %2.")
                           .arg(name, toleranceWords(options.tolerances.value(name))));
    }
    return remarks;
}

QStringList diffRemarks(const DiffReport &report, const QLocale &locale)
{
    QStringList remarks;
    const TableDiff &diff = report.diff;
    if (diff.keysA.any())
        remarks.append(problemSentence(report.a.name, diff.keysA, diff.unpairedA.size(), locale));
    if (diff.keysB.any())
        remarks.append(problemSentence(report.b.name, diff.keysB, diff.unpairedB.size(), locale));
    if (diff.lookAlikes > 0) {
        remarks.append(
            counted(diff.lookAlikes,
                    Words::tr("1 row counts as removed and as added although its key looks the same but for blanks, "
                              "case, accents or zeros."),
                    Words::tr("%1 rows count as removed and as added although their keys look the same but for blanks, "
                              "case, accents or zeros."),
                    locale));
    }
    addColumnRemarks(diff, remarks);
    return remarks;
}

} // namespace rowdesk
