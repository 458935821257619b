#include "transfer/tablelook.h"

#include "transfer/onworker.h"

namespace rowdesk {

TableLook::TableLook(std::shared_ptr<UploadTarget> target, std::shared_ptr<UploadClock> clock, LookQuestion question,
                     QObject *parent)
    : QObject(parent), m_target(std::move(target)), m_clock(std::move(clock)), m_question(std::move(question))
{
}

void TableLook::start()
{
    read();
}

void TableLook::stop()
{
    m_done = true;
}

void TableLook::read()
{
    if (m_done)
        return;
    m_asked = m_clock->now();
    const std::optional<TailWish> wish = m_hasTail ? tailWish(m_question) : std::nullopt;
    if (wish)
        readTail(*wish);
    else
        readAll();
}

void TableLook::readTail(const TailWish &wish)
{
    auto *reading = new TailReading(m_target, m_question.job.datasetId, wish, this);
    reading->finished = [this, reading](const std::optional<TableTail> &tail) {
        reading->deleteLater();
        if (m_done)
            return;
        m_hasTail = tail.has_value();
        if (tail)
            compareTail(*tail);
        else
            readAll();
    };
    reading->start();
}

void TableLook::compareTail(const TableTail &tail)
{
    using Found = std::optional<Finding>;
    runOnWorker<Found>([question = m_question, tail](const std::atomic_bool &) {
        return compareWithTail(question, tail);
    }).then(this, [this](const Result<Found> &finding) {
        if (m_done)
            return;
        if (!finding)
            return finish(finding.error());
        if (*finding)
            take(**finding);
        else
            readAll();
    });
}

void TableLook::readAll()
{
    m_target->read(m_question.job.datasetId).then(this, [this](const Result<TableSnapshot> &table) {
        if (m_done)
            return;
        if (table)
            compare(*table);
        else
            finish(table.error());
    });
}

void TableLook::compare(const TableSnapshot &table)
{
    runOnWorker<Finding>([question = m_question, table](const std::atomic_bool &) {
        return compareWithTable(question, table);
    }).then(this, [this](const Result<Finding> &finding) {
        if (!m_done)
            take(finding);
    });
}

void TableLook::take(const Result<Finding> &finding)
{
    if (!finding)
        return finish(finding);
    looked(*finding);
    if (m_done)
        return; // it could not be written down
    using V = Finding::Verdict;
    const bool certain = finding->verdict == V::All || finding->verdict == V::Wrong ||
                         (finding->verdict == V::None && m_question.saidNotStored);
    if (certain || isSettled(*finding))
        return finish(finding);
    const qint64 wait = qint64(m_question.job.settleSeconds) * 1000 / (equalLooks - 1);
    if (resting)
        resting(wait);
    m_clock->after(wait, this, [this] { read(); });
}

bool TableLook::isSettled(const Finding &finding)
{
    if (!m_last || !m_last->agreesWith(finding)) {
        m_equal = 0;
        m_equalFrom = m_asked;
    }
    m_last = finding;
    ++m_equal;
    return m_equal >= equalLooks && m_asked - m_equalFrom >= qint64(m_question.job.settleSeconds) * 1000;
}

void TableLook::finish(const Result<Finding> &finding)
{
    m_done = true;
    finished(finding);
}

} // namespace rowdesk
