#include "models/comparesession.h"

#include "models/words.h"
#include "models/workspace.h"
#include "transfer/onworker.h"

namespace rowdesk {
namespace {

bool isSameOrigin(const TableOrigin &x, const TableOrigin &y)
{
    return x.file == y.file && x.rows.datasetId == y.rows.datasetId && x.rows.version == y.rows.version;
}

} // namespace

CompareSession::CompareSession(Workspace *workspace, QObject *parent) : QObject(parent), m_workspace(workspace) {}

CompareSession::~CompareSession()
{
    stop();
}

void CompareSession::setTable(Side side, const TableOrigin &origin)
{
    Part &it = part(side);
    if (isSameOrigin(it.origin, origin) && (it.table || it.reading))
        return;
    if (it.reading)
        it.reading->abort();
    if (m_stop)
        std::exchange(m_stop, {})();
    ++m_generation;
    const int asked = it.generation + 1;
    it = {origin, {}, {}, 0, {}, {}, asked};
    m_error.reset();
    m_candidates.clear();
    it.reading = m_workspace->wholeTable(origin, [self = QPointer(this), side, asked](qint64 rows) {
        if (!self || self->part(side).generation != asked)
            return;
        self->part(side).rows = rows;
        emit self->statusChanged();
    });
    it.reading->then(this, [this, side, asked](Result<WholeTable> whole) {
        if (part(side).generation == asked)
            takeTable(side, std::move(whole));
    });
    setStep(Step::Reading);
}

void CompareSession::takeTable(Side side, Result<WholeTable> whole)
{
    Part &it = part(side);
    it.reading.reset();
    if (whole) {
        it.table = whole->table;
        it.notes = whole->notes;
    } else {
        it.error = whole.error();
    }
    if (m_a.reading || m_b.reading)
        emit statusChanged();
    else if (m_a.table && m_b.table)
        measureAll();
    else if (m_a.error || m_b.error)
        fail(m_a.error ? *m_a.error : *m_b.error);
}

const DiffTable *CompareSession::table(Side side) const
{
    const Part &it = part(side);
    return it.table ? &*it.table : nullptr;
}

/// The unique key that the account tells of one of the datasets: the later one's first.
QStringList CompareSession::knownKey() const
{
    for (const Part *it : {&m_b, &m_a}) {
        const QStringList key = m_workspace->uniqueKey(it->origin.rows.datasetId);
        if (!key.isEmpty())
            return key;
    }
    return {};
}

void CompareSession::measureAll()
{
    using Found = std::vector<KeyCandidate>;
    setStep(Step::Measuring);
    const Call<Found> measuring = runOnWorker<Found>(
        [a = *m_a.table, b = *m_b.table, known = knownKey()](const std::atomic_bool &cancelled) -> Result<Found> {
            std::optional<Found> found = findKeyCandidates(a, b, known, &cancelled);
            return found ? Result<Found>(std::move(*found))
                         : Result<Found>(ApiError{ErrorKind::Cancelled, 0, {}, {}, {}, {}});
        });
    m_stop = [measuring] { measuring.abort(); };
    measuring.then(this, [this, asked = ++m_generation](Result<Found> found) {
        if (asked != m_generation)
            return;
        m_stop = {};
        if (found)
            m_candidates = std::move(found).value();
        setStep(Step::Ready);
    });
}

void CompareSession::measure(const QStringList &columns)
{
    if (!m_a.table || !m_b.table || columns.isEmpty())
        return;
    runOnWorker<KeyCandidate>([a = *m_a.table, b = *m_b.table,
                               columns](const std::atomic_bool &cancelled) -> Result<KeyCandidate> {
        const std::optional<KeyCandidate> key = measureKey(a, b, columns, &cancelled);
        return key ? Result<KeyCandidate>(*key)
                   : Result<KeyCandidate>(ApiError{ErrorKind::Cancelled, 0, {}, {}, {}, {}});
    }).then(this, [this, asked = ++m_measured](const Result<KeyCandidate> &key) {
        if (asked == m_measured && key)
            emit keyMeasured(*key);
    });
}

void CompareSession::compare(const DiffOptions &options)
{
    if (!m_a.table || !m_b.table)
        return;
    m_error.reset();
    setStep(Step::Comparing);
    const auto comparing = compareOnWorker(*m_a.table, *m_b.table, options);
    m_stop = [comparing] { comparing.abort(); };
    comparing.then(this, [this, asked = ++m_generation](const Result<std::shared_ptr<const Comparison>> &result) {
        if (asked != m_generation)
            return;
        m_stop = {};
        if (!result)
            return fail(result.error());
        m_comparison = *result;
        setStep(Step::Done);
        emit compared();
    });
}

void CompareSession::stop()
{
    for (Part *it : {&m_a, &m_b}) {
        if (it->reading)
            it->reading->abort();
    }
    if (m_stop)
        std::exchange(m_stop, {})();
}

void CompareSession::setStep(Step step)
{
    m_step = step;
    emit stepChanged();
    emit statusChanged();
}

void CompareSession::fail(const ApiError &error)
{
    m_error = error;
    setStep(Step::Failed);
}

QString CompareSession::status() const
{
    switch (m_step) {
    case Step::Reading: {
        QStringList parts;
        for (const Part *it : {&m_a, &m_b}) {
            if (it->reading)
                parts.append(tr("Reading %1: %2 so far…").arg(Words::oneLine(it->origin.name), Words::rows(it->rows)));
        }
        return parts.join(QLatin1Char(' '));
    }
    case Step::Measuring:
        return tr("Looking for columns that tell the rows apart…");
    case Step::Ready:
        return tr("Both tables are read: %1 and %2.")
            .arg(Words::rows(m_a.table->rows.rowCount()), Words::rows(m_b.table->rows.rowCount()));
    case Step::Comparing:
        return tr("Comparing…");
    case Step::Done:
        return tr("Compared.");
    case Step::Failed:
        return m_error->text();
    }
    return {};
}

} // namespace rowdesk
