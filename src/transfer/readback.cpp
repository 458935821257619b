#include "transfer/readback.h"

#include "transfer/rowidentity.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace rowdesk {
namespace {

using V = Finding::Verdict;

QString tr(const char *text)
{
    return QCoreApplication::translate("Transfer", text);
}

/// How often each of the wanted rows is landed already: a batch that was superseded counts without what its child
/// holds.
std::optional<ApiError> countLanded(const LookQuestion &question, const RowIdentity &identity,
                                    QHash<QByteArray, qint64> &counts)
{
    for (qsizetype i = 0; i < question.batches.size(); ++i) {
        const JournalBatch &batch = question.batches[i];
        const qint64 own =
            i != question.batch && (isLanded(batch.state) || batch.state == BatchState::Superseded) ? 1 : 0;
        const qint64 weight = own - (batch.parent ? 1 : 0);
        if (weight == 0)
            continue;
        const Result<QVector<QByteArray>> rows = identitiesOf(question, identity, batch);
        if (!rows)
            return rows.error();
        for (const QByteArray &row : *rows) {
            if (const auto found = counts.find(row); found != counts.end())
                *found += weight;
        }
    }
    return std::nullopt;
}

/// The last batch that is certainly in the table: it must be found the same way, or the way is no good.
const JournalBatch *control(const LookQuestion &question)
{
    for (qsizetype i = question.batches.size() - 1; i >= 0; --i) {
        const BatchState state = question.batches[i].state;
        if (i != question.batch && (state == BatchState::Confirmed || state == BatchState::ConfirmedByReading))
            return &question.batches[i];
    }
    return nullptr;
}

/// What was sent, as it left.
struct Sent
{
    QByteArray wanted; ///< of the batch in question
    QByteArray known;  ///< of the control; empty: there is none
};

Result<Sent> readSent(const LookQuestion &question)
{
    const JournalBatch *known = control(question);
    const Result<QByteArray> wantedRows = readPayload(question.spool, question.batches[question.batch]);
    const Result<QByteArray> knownRows = known ? readPayload(question.spool, *known) : QByteArray();
    if (!wantedRows)
        return wantedRows.error();
    if (!knownRows)
        return knownRows.error();
    return Sent{*wantedRows, *knownRows};
}

void countTable(const RowIdentity &identity, const TableSnapshot &table, QHash<QByteArray, qint64> &counts)
{
    std::string scratch;
    for (qsizetype row = 0; row < table.rowCount(); ++row) {
        if (const auto found = counts.find(identity.of(table, row, scratch)); found != counts.end())
            ++*found;
    }
}

QHash<QByteArray, qint64> zeroes(const QVector<QByteArray> &rows)
{
    QHash<QByteArray, qint64> counts;
    for (const QByteArray &row : rows)
        counts.insert(row, 0);
    return counts;
}

Finding cannotTell(Finding finding, const QString &why)
{
    finding.verdict = V::CannotTell;
    finding.why = why;
    return finding;
}

/// Rows that look like this upload's markers and are none: the service changes values.
bool hasBrokenMarkers(const LookQuestion &question, const TableSnapshot &table)
{
    const int column = table.columnIndex(QString(markerColumn));
    constexpr qsizetype prefixLength = 8;
    const std::string prefix = question.job.id.left(prefixLength).toStdString();
    const std::string start = prefix + '-';
    std::string scratch;
    for (qsizetype row = 0; column >= 0 && row < table.rowCount(); ++row) {
        const std::string_view text = table.cell(row, column, scratch).text;
        const bool ours = text.find(prefix.substr(0, prefixLength / 2)) != std::string_view::npos;
        const bool whole =
            text.starts_with(start) && std::count(text.begin(), text.end(), '-') == 2 && text.back() != '-';
        if (ours && !whole)
            return true;
    }
    return false;
}

/// Verdict by a row's own name: safe whoever else writes to the table.
Finding judgeByName(const LookQuestion &question, const TableSnapshot &table, const QVector<QByteArray> &wanted,
                    const QHash<QByteArray, qint64> &counts, bool hasControl, Finding finding)
{
    bool twice = false;
    for (int i = 0; i < wanted.size(); ++i) {
        const qint64 count = counts.value(wanted[i]);
        twice = twice || count > 1;
        if (count > 0)
            ++finding.seen;
        else
            finding.missing.append(i);
    }
    const qint64 told = question.batches[question.batch].rowsConfirmed;
    if (counts.size() != wanted.size())
        return cannotTell(finding, tr("but two of these rows have the same key"));
    if (twice)
        finding.verdict = V::Wrong;
    else if (finding.missing.isEmpty())
        finding.verdict = V::All;
    else if (finding.seen < told)
        return cannotTell(finding, tr("but it has fewer of them than the service said it stored"));
    else
        finding.verdict = finding.seen > 0 ? V::Some : V::None;
    const bool untouched =
        question.job.rowsBefore && table.rowCount() == *question.job.rowsBefore + landedRows(question);
    if (finding.verdict == V::None && !hasControl && !untouched &&
        (question.job.evidence == Evidence::Key || hasBrokenMarkers(question, table)))
        return cannotTell(finding, tr("but no row of this upload is known to be there to compare with"));
    return finding;
}

/// Verdict by all values and the number of rows: only while nobody else changes the table.
Finding judgeByContent(const LookQuestion &question, const QVector<QByteArray> &wanted,
                       QHash<QByteArray, qint64> counts, Finding finding)
{
    for (int i = 0; i < wanted.size(); ++i) {
        qint64 &left = counts[wanted[i]];
        if (left > 0) {
            --left;
            ++finding.seen;
        } else {
            finding.missing.append(i);
        }
    }
    if (!question.job.rowsBefore)
        return cannotTell(finding, tr("but how many it had before is not known"));
    finding.extra = finding.tableRows - *question.job.rowsBefore - landedRows(question) - finding.seen;
    if (finding.extra != 0 && question.saidNotStored && finding.seen == 0) {
        finding.verdict = V::None; // someone else's rows
        return finding;
    }
    if (finding.extra != 0)
        return cannotTell(finding, tr("but it also changed for another reason"));
    if (finding.missing.isEmpty())
        finding.verdict = V::All;
    else if (finding.seen < question.batches[question.batch].rowsConfirmed)
        return cannotTell(finding, tr("but it has fewer of them than the service said it stored"));
    else
        finding.verdict = finding.seen > 0 ? V::Some : V::None;
    return finding;
}

Finding judgeByCount(const LookQuestion &question, Finding finding)
{
    const JournalBatch &batch = question.batches[question.batch];
    if (!question.job.soleWriter || !question.job.rowsBefore)
        return cannotTell(finding, tr("but others may change it too"));
    const qint64 more = finding.tableRows - *question.job.rowsBefore - landedRows(question);
    finding.seen = std::clamp<qint64>(more, 0, batch.rows);
    finding.extra = more - finding.seen;
    if (more == batch.rows)
        finding.verdict = V::All;
    else if (more == 0 && batch.rowsConfirmed == 0)
        finding.verdict = V::None;
    else
        return cannotTell(finding, tr("but it also changed for another reason"));
    return finding;
}

/// A row of the same key may be someone else's: then its other values differ. Where the service changes values on its
/// own (the control's are not found whole either) this can't be asked.
bool hasForeignValues(const LookQuestion &question, const TableSnapshot &table, const Sent &sent,
                      const QVector<int> &missing)
{
    const RowIdentity whole(question.job, table, true);
    const QVector<QByteArray> rows = identitiesOf(question, whole, sent.wanted);
    QHash<QByteArray, qint64> counts = zeroes(rows);
    countTable(whole, table, counts);
    const auto isFound = [&counts](const QByteArray &row) { return counts.value(row) > 0; };
    bool differs = false;
    for (int i = 0; i < rows.size(); ++i)
        differs = differs || (!missing.contains(i) && !isFound(rows[i]));
    const QVector<QByteArray> known = identitiesOf(question, whole, sent.known);
    counts = zeroes(known);
    countTable(whole, table, counts);
    return differs && std::all_of(known.begin(), known.end(), isFound);
}

/// The same as judgeByName(), with the values looked at where a key alone would have been enough.
Finding judgeByKey(const LookQuestion &question, const TableSnapshot &table, const Sent &sent, Finding finding)
{
    if (question.job.evidence != Evidence::Key || finding.seen == 0 ||
        !hasForeignValues(question, table, sent, finding.missing))
        return finding;
    return cannotTell(finding, tr("but it has other values under the same keys"));
}

/// Which batch answers for the rows of which (by seq): for those that a superseded one holds and its children do not,
/// the last of its line. They were seen when that was made.
QHash<qint64, qsizetype> accounts(const QVector<JournalBatch> &batches)
{
    QHash<qint64, qsizetype> accounts;
    for (qsizetype i = batches.size() - 1; i >= 0; --i) { // children come after their parents
        const qsizetype account = accounts.value(batches[i].seq, i);
        accounts.insert(batches[i].seq, account);
        if (batches[i].parent)
            accounts.insert(*batches[i].parent, account);
    }
    return accounts;
}

} // namespace

Result<Finding> compareWithTable(const LookQuestion &question, const TableSnapshot &table)
{
    Finding finding;
    finding.tableRows = table.rowCount();
    const Evidence evidence = question.job.evidence;
    if (evidence == Evidence::None)
        return cannotTell(finding, tr("and nothing in it tells these rows from others"));
    if (evidence == Evidence::Count)
        return judgeByCount(question, finding);
    const bool byName = evidence == Evidence::Marker || evidence == Evidence::Key;
    const RowIdentity identity(question.job, table, !byName);
    if (!identity.isInTable() && table.rowCount() > 0)
        return cannotTell(finding, tr("but it has no column to find these rows by"));
    const Result<Sent> sent = readSent(question);
    if (!sent)
        return sent.error();
    const QVector<QByteArray> wanted = identitiesOf(question, identity, sent->wanted);
    QHash<QByteArray, qint64> counts = zeroes(wanted);
    QHash<QByteArray, qint64> knownCounts = zeroes(identitiesOf(question, identity, sent->known));
    countTable(identity, table, counts);
    countTable(identity, table, knownCounts);
    finding.controlFound = std::all_of(knownCounts.begin(), knownCounts.end(), [](qint64 n) { return n > 0; });
    if (!finding.controlFound)
        return cannotTell(finding, tr("but rows that the service confirmed are not found in it either"));
    if (byName) {
        finding = judgeByName(question, table, wanted, counts, !knownCounts.isEmpty(), finding);
        return judgeByKey(question, table, *sent, finding);
    }
    QHash<QByteArray, qint64> landed = zeroes(wanted);
    if (const std::optional<ApiError> error = countLanded(question, identity, landed))
        return *error;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        *it -= landed.value(it.key());
    return judgeByContent(question, wanted, counts, finding);
}

Result<QVector<qsizetype>> auditTable(const LookQuestion &question, const TableSnapshot &table)
{
    const RowIdentity identity(question.job, table, false);
    QHash<QByteArray, qsizetype> owners;
    for (qsizetype i = 0; i < question.batches.size(); ++i) {
        const JournalBatch &batch = question.batches[i];
        // What a superseded batch holds and its child does not was seen, and belongs to the child's account if there
        // is one that is in the table.
        const bool counts = isLanded(batch.state) || batch.state == BatchState::Superseded;
        if (!counts && !batch.parent)
            continue;
        const Result<QVector<QByteArray>> rows = identitiesOf(question, identity, batch);
        if (!rows)
            return rows.error();
        for (const QByteArray &row : *rows) {
            if (counts)
                owners.insert(row, i);
            else
                owners.remove(row); // of what its parent held, this is not in the table
        }
    }
    QHash<QByteArray, qint64> counts;
    for (auto it = owners.begin(); it != owners.end(); ++it)
        counts.insert(it.key(), 0);
    if (identity.isInTable())
        countTable(identity, table, counts);
    const QHash<qint64, qsizetype> account = accounts(question.batches);
    QVector<qsizetype> wrong;
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        const qsizetype own = owners.value(it.key());
        const qsizetype last = account.value(question.batches[own].seq);
        const qsizetype owner = isLanded(question.batches[last].state) ? last : own;
        if (*it != 1 && !wrong.contains(owner))
            wrong.append(owner);
    }
    return wrong;
}

} // namespace rowdesk
