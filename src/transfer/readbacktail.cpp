// The end of a table compared with what was sent.
#include "transfer/rowidentity.h"

#include <algorithm>

namespace rowdesk {
namespace {

/// Confirmed rows that must be found in front of those in question.
constexpr qint64 controlRows = 100;

/// The batches that were stored right before the one in question, the nearest first: what the service stores is stored
/// in the order of the file, rows that were left to send again before those that follow them in it. Only those whose
/// rows are all certainly there.
QVector<qsizetype> controls(const LookQuestion &question)
{
    const qint64 before = question.batches[question.batch].firstRow;
    QVector<qsizetype> earlier;
    for (qsizetype i = 0; i < question.batches.size(); ++i) {
        const JournalBatch &batch = question.batches[i];
        const bool holdsNothing = batch.state == BatchState::Skipped || batch.state == BatchState::Rejected ||
                                  batch.state == BatchState::Planned ||
                                  (batch.state == BatchState::Superseded && batch.rowsConfirmed == 0);
        if (i != question.batch && batch.firstRow < before && !holdsNothing)
            earlier.append(i);
    }
    std::sort(earlier.begin(), earlier.end(), [&question](qsizetype a, qsizetype b) {
        return question.batches[a].firstRow > question.batches[b].firstRow;
    });
    QVector<qsizetype> chosen;
    qint64 rows = 0;
    for (const qsizetype index : earlier) {
        const BatchState state = question.batches[index].state;
        if (rows >= controlRows || (state != BatchState::Confirmed && state != BatchState::ConfirmedByReading))
            break;
        chosen.append(index);
        rows += question.batches[index].rows;
    }
    return chosen;
}

/// The last of the rows that were confirmed before, in the order in which they were sent.
Result<QVector<QByteArray>> controlIdentities(const LookQuestion &question, const RowIdentity &identity)
{
    QVector<QByteArray> rows;
    for (const qsizetype index : controls(question)) {
        Result<QVector<QByteArray>> before = identitiesOf(question, identity, question.batches[index]);
        if (!before)
            return before.error();
        rows = std::move(before).value() + rows;
    }
    return rows.mid(std::max<qsizetype>(0, rows.size() - controlRows));
}

QVector<QByteArray> tableIdentities(const RowIdentity &identity, const TableSnapshot &table)
{
    QVector<QByteArray> rows;
    std::string scratch;
    for (qsizetype row = 0; row < table.rowCount(); ++row)
        rows.append(identity.of(table, row, scratch));
    return rows;
}

bool endsWith(const QVector<QByteArray> &rows, qsizetype end, const QVector<QByteArray> &with)
{
    return end >= with.size() && std::equal(with.begin(), with.end(), rows.begin() + (end - with.size()));
}

/// Which of the wanted rows the last rows are, in their order; the others are missing. Empty: there are further rows
/// among them.
std::optional<QVector<int>> missingIn(const QVector<QByteArray> &wanted, const QByteArray *from, const QByteArray *to)
{
    QVector<int> missing;
    for (int i = 0; i < wanted.size(); ++i) {
        if (from != to && *from == wanted[i])
            ++from;
        else
            missing.append(i);
    }
    return from == to ? std::optional(missing) : std::nullopt;
}

/// The rows that are missing when the last `seen` rows of the table are of the wanted ones and `before` stands in front
/// of them; empty when they are not, or others are among them.
std::optional<QVector<int>> missingWhenSeen(qint64 seen, const QVector<QByteArray> &wanted,
                                            const QVector<QByteArray> &before, const QVector<QByteArray> &rows)
{
    const qsizetype place = rows.size() - qsizetype(seen);
    if (place < 0 || !endsWith(rows, place, before))
        return std::nullopt;
    return missingIn(wanted, rows.constData() + place, rows.constData() + rows.size());
}

/// Where the rows before look like those in question, the same end fits several answers: then the number of rows would
/// decide alone, and someone who removes rows makes it wrong.
bool isTheOnlyAnswer(qint64 seen, const QVector<QByteArray> &wanted, const QVector<QByteArray> &before,
                     const QVector<QByteArray> &rows)
{
    for (qint64 other = 0; other <= wanted.size(); ++other) {
        if (other != seen && missingWhenSeen(other, wanted, before, rows))
            return false;
    }
    return true;
}

/// All of it, or as many of the rows as the table has more than it would have without them.
std::optional<Finding> judgeByOrder(const LookQuestion &question, const TableTail &tail,
                                    const QVector<QByteArray> &wanted, const QVector<QByteArray> &before,
                                    const QVector<QByteArray> &rows)
{
    if (!question.job.rowsBefore)
        return std::nullopt;
    const qint64 seen = tail.total - *question.job.rowsBefore - landedRows(question);
    const bool isPossible = seen >= question.batches[question.batch].rowsConfirmed && seen <= wanted.size() &&
                            seen <= rows.size() && (seen == wanted.size() || !before.isEmpty());
    if (!isPossible)
        return std::nullopt;
    const auto missing = missingWhenSeen(seen, wanted, before, rows);
    if (!missing || (!before.isEmpty() && !isTheOnlyAnswer(seen, wanted, before, rows)))
        return std::nullopt;
    Finding finding;
    finding.verdict = missing->isEmpty() ? Finding::Verdict::All
                      : seen > 0         ? Finding::Verdict::Some
                                         : Finding::Verdict::None;
    finding.seen = seen;
    finding.missing = *missing;
    finding.tableRows = tail.total;
    finding.controlFound = !before.isEmpty();
    return finding;
}

/// With a mark of its own each row is known whoever writes beside it: all of them seen is enough.
std::optional<Finding> judgeByMarks(const TableTail &tail, const QVector<QByteArray> &wanted,
                                    const QVector<QByteArray> &rows)
{
    const bool areThere =
        std::all_of(wanted.begin(), wanted.end(), [&rows](const QByteArray &row) { return rows.count(row) == 1; });
    if (!areThere)
        return std::nullopt;
    Finding finding;
    finding.verdict = Finding::Verdict::All;
    finding.seen = wanted.size();
    finding.tableRows = tail.total;
    finding.controlFound = true; // they are their own
    return finding;
}

} // namespace

std::optional<TailWish> tailWish(const LookQuestion &question)
{
    const Evidence evidence = question.job.evidence;
    const bool hasOrder = evidence == Evidence::Key || evidence == Evidence::Content;
    const bool isKnown = question.job.rowsBefore.has_value();
    if (evidence != Evidence::Marker && !(hasOrder && isKnown))
        return std::nullopt;
    const qint64 rows = question.batches[question.batch].rows;
    const qint64 least = question.job.rowsBefore.value_or(0) + landedRows(question);
    return TailWish{rows + controlRows, least, least + rows, isKnown};
}

Result<std::optional<Finding>> compareWithTail(const LookQuestion &question, const TableTail &tail)
{
    const bool marks = question.job.evidence == Evidence::Marker;
    const RowIdentity identity(question.job, tail.rows, !marks);
    if (!identity.isInTable())
        return std::optional<Finding>();
    const Result<QVector<QByteArray>> wanted = identitiesOf(question, identity, question.batches[question.batch]);
    if (!wanted)
        return wanted.error();
    const Result<QVector<QByteArray>> before = controlIdentities(question, identity);
    if (!before)
        return before.error();
    const QVector<QByteArray> rows = tableIdentities(identity, tail.rows);
    std::optional<Finding> finding = judgeByOrder(question, tail, *wanted, *before, rows);
    if (!finding && marks)
        finding = judgeByMarks(tail, *wanted, rows);
    return finding;
}

} // namespace rowdesk
