#include "transfer/uploadremoval.h"

#include "transfer/onworker.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>

#include <algorithm>

namespace rowdesk {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::UploadRemoval)
};

QString number(qint64 value)
{
    return QLocale().toString(value);
}

/// "1a2b3c4d-12-5731" of this upload: its mark, and nothing that only begins like it.
bool isMarkOf(std::string_view text, std::string_view prefix)
{
    if (!text.starts_with(prefix))
        return false;
    const std::string_view rest = text.substr(prefix.size());
    const size_t dash = rest.find('-');
    const auto isNumber = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return dash != std::string_view::npos && isNumber(rest.substr(0, dash)) && isNumber(rest.substr(dash + 1));
}

/// The marks of the upload that are in the table, as JSON, in the table's order.
QVector<QByteArray> marksIn(const TableSnapshot &table, const QString &job)
{
    const int column = table.columnIndex(QString(markerColumn));
    const std::string prefix = job.left(8).toStdString() + '-';
    QVector<QByteArray> marks;
    std::string scratch;
    for (qsizetype row = 0; column >= 0 && row < table.rowCount(); ++row) {
        const std::string_view text = table.cell(row, column, scratch).text;
        if (isMarkOf(text, prefix))
            marks.append('"' + QByteArray(text.data(), static_cast<qsizetype>(text.size())) + '"');
    }
    return marks;
}

ApiError refusal(const QString &message)
{
    return {ErrorKind::Usage, 0, {}, message, Words::tr("Nothing was removed."), {}};
}

ApiError notBegun()
{
    return {ErrorKind::Cancelled, 0, {}, Words::tr("Nothing was removed."), {}, {}};
}

} // namespace

QString whyNotRemovable(const JournalJob &job)
{
    if (job.datasetId.isEmpty())
        return Words::tr("This upload put no row into a table.");
    if (job.evidence != Evidence::Marker) {
        return Words::tr("Its rows carry no mark, so nothing tells them from the other rows of the table. Uploads with "
                         "the column %1 can be undone.")
            .arg(markerColumn);
    }
    if (job.removal == JournalJob::Removal::Done)
        return Words::tr("Its rows were taken out of the table already.");
    return {};
}

qint64 RemovalReport::secondsExpected() const
{
    constexpr qint64 perSecond = 10;
    return (calls + perSecond - 1) / perSecond;
}

UploadRemoval::UploadRemoval(UploadTools tools, JournalJob job, QObject *parent)
    : QObject(parent), m_tools(std::move(tools)), m_job(std::move(job))
{
}

UploadRemoval::~UploadRemoval()
{
    if (m_leased)
        (*m_tools.journal)->returnLease(m_job.id);
}

std::optional<ApiError> UploadRemoval::begin()
{
    if (!m_tools.journal)
        return m_tools.journal.error();
    if (const QString why = whyNotRemovable(m_job); !why.isEmpty())
        return refusal(why);
    if (!isUploadTo(*m_tools.target, m_job))
        return refusal(Words::tr("This upload went to another account."));
    const Result<Done> lease =
        (*m_tools.journal)->takeLease(m_job.service + QLatin1String(" id ") + m_job.datasetId, m_job.id);
    m_leased = bool(lease);
    return lease ? std::nullopt : std::optional(lease.error());
}

void UploadRemoval::count()
{
    if (const std::optional<ApiError> error = begin())
        return end(error);
    m_state = State::Counting;
    read([this](const Result<TableSnapshot> &table) { takeCount(table); });
}

void UploadRemoval::read(const std::function<void(const Result<TableSnapshot> &)> &then)
{
    m_tools.target->read(m_job.datasetId).then(this, then);
}

void UploadRemoval::takeCount(const Result<TableSnapshot> &table)
{
    if (!table)
        return end(table.error());
    if (m_cancelled)
        return end(notBegun());
    m_marks = marksIn(*table, m_job.id);
    m_tableRows = table->rowCount();
    m_report.found = m_report.left = m_marks.size();
    const qsizetype most = m_tools.target->mostRemovalValues();
    m_report.calls = m_marks.isEmpty() ? 0 : 1 + (m_marks.size() - 1 + most - 1) / most;
    const QSet<QByteArray> distinct(m_marks.begin(), m_marks.end());
    if (m_marks.size() > m_job.rowsPlanned || distinct.size() != m_marks.size()) {
        return end(refusal(Words::tr("More rows carry the mark of this upload (%1) than it sent, or one of them twice. "
                                     "Someone copied rows; which of them are the upload's can't be told.")
                               .arg(number(m_marks.size()))));
    }
    if (m_marks.isEmpty())
        return end(refusal(Words::tr("No row in the table carries the mark of this upload any more.")));
    m_state = State::Counted;
    emit counted();
}

void UploadRemoval::remove()
{
    if (m_state != State::Counted)
        return;
    const Result<Done> noted = (*m_tools.journal)->setRemoval(m_job.id, JournalJob::Removal::Asked, m_job.rowsRemoved);
    if (!noted)
        return end(noted.error());
    removeSome(1);
}

void UploadRemoval::removeSome(qsizetype count)
{
    m_state = State::Removing;
    m_tools.target->removeRows(m_job.datasetId, QString(markerColumn), m_marks.mid(m_next, count))
        .then(this, [this, count](const Result<std::optional<qint64>> &removed) { takeRemoved(count, removed); });
}

void UploadRemoval::takeRemoved(qsizetype count, const Result<std::optional<qint64>> &removed)
{
    const bool isFirst = m_next == 0;
    m_next += count;
    m_report.removed = m_next;
    emit progressed();
    if (!removed)
        m_trouble = removed.error();
    else if (m_cancelled)
        m_trouble = ApiError{ErrorKind::Cancelled, 0, {}, Words::tr("Taking the rows out was stopped."), {}, {}};
    // Whatever the service said: only the table tells.
    if (m_trouble || isFirst || m_next == m_marks.size())
        return look();
    removeSome(std::min<qsizetype>(m_tools.target->mostRemovalValues(), m_marks.size() - m_next));
}

void UploadRemoval::look()
{
    m_state = State::Looking;
    emit progressed();
    read([this](const Result<TableSnapshot> &table) { takeLook(table); });
}

void UploadRemoval::takeLook(const Result<TableSnapshot> &table)
{
    if (!table) {
        m_report.isChecked = false;
        return end(m_trouble ? m_trouble : table.error());
    }
    const Marks now = marksIn(*table, m_job.id);
    const QSet<QByteArray> left(now.begin(), now.end());
    m_report.left = now.size();
    m_report.removed = m_report.found - m_report.left;
    m_report.isChecked = true;
    if (m_trouble)
        return end(m_trouble);
    // The first call named one row. Rows may come meanwhile; that more of them go can only be our doing.
    const bool tookMore = m_next == 1 && (m_report.removed > 1 || table->rowCount() < m_tableRows - 1);
    if (tookMore) {
        return end(ApiError{ErrorKind::Local,
                            0,
                            {},
                            Words::tr("One row was to be removed, but the table has %1 rows fewer than before. Either "
                                      "someone else removes rows at this moment, or the service removes more than it "
                                      "was asked to.")
                                .arg(number(m_tableRows - table->rowCount())),
                            Words::tr("Nothing more was removed. Compare the table with an older version of it."),
                            {}});
    }
    const bool tookNone = m_next == 1 && m_report.removed == 0;
    if (tookNone || (m_next == m_marks.size() && !left.isEmpty())) {
        return end(ApiError{ErrorKind::Local,
                            0,
                            {},
                            Words::tr("The service took the request and %1 of these rows are still in the table.")
                                .arg(number(m_report.left)),
                            Words::tr("It may take a moment to carry it out. Look at the table, then undo again."),
                            {}});
    }
    if (m_next == m_marks.size())
        return end(std::nullopt);
    removeSome(std::min<qsizetype>(m_tools.target->mostRemovalValues(), m_marks.size() - m_next));
}

void UploadRemoval::cancel()
{
    m_cancelled = true;
    if (m_state == State::Counted)
        end(notBegun());
}

void UploadRemoval::end(std::optional<ApiError> error)
{
    if (m_state == State::Ended)
        return;
    const bool asked = m_next > 0;
    m_state = State::Ended;
    m_report.error = std::move(error);
    if (asked && m_report.isChecked) {
        const qint64 gone = m_job.rowsRemoved + m_report.removed;
        // What the service refused outright was not begun; what it took, or may have taken, can still be carried out.
        const bool refused = m_trouble && m_trouble->kind != ErrorKind::Cancelled &&
                             m_trouble->kind != ErrorKind::OutcomeUnknown && gone == 0;
        const auto how = m_report.left == 0 ? JournalJob::Removal::Done
                         : refused          ? JournalJob::Removal::None
                                            : JournalJob::Removal::Asked;
        const Result<Done> noted = (*m_tools.journal)->setRemoval(m_job.id, how, gone);
        if (!noted && !m_report.error)
            m_report.error = noted.error();
    }
    if (m_leased)
        (*m_tools.journal)->returnLease(m_job.id);
    m_leased = false;
    emit ended();
}

} // namespace rowdesk
