// ImportSession, rows that are there already: in the table, or earlier in the file.

#include "models/importsession.h"
#include "models/words.h"

#include <algorithm>

namespace rowdesk {

void ImportSession::setOverlapKey(const QStringList &key)
{
    if (key == m_overlapKey)
        return;
    m_overlapKey = key;
    m_thereAnswer = -1;
    m_repeatsAnswer = -1;
    forgetOverlap();
    if (key.isEmpty() && isReadingTable())
        forgetTable();
    lookUp();
    emit changed();
}

/// Goes as far as it can: asks for the table, or looks the rows up in it.
void ImportSession::lookUp()
{
    if (m_overlapKey.isEmpty() || !m_check)
        return;
    const QStringList names = m_mapping.target().names();
    if (!std::all_of(m_overlapKey.begin(), m_overlapKey.end(),
                     [&](const QString &name) { return names.contains(name); }))
        return; // overlapBlock() says it
    if (m_target == Target::Append && !m_table) {
        if (!std::exchange(m_tableAsked, true))
            emit tableWanted(m_datasetId);
        return;
    }
    OverlapQuestion question{m_mapping.target(), m_mapping.sourceColumns(), m_overlapKey, m_table};
    RowRules rules = rowRules();
    rules.overlap.reset();
    const qint64 rows = m_check->rows;
    m_lookingUp.start(
        [path = m_path, format = m_look.format, rules, question, rows](FileWork &work) {
            work.total = rows;
            return findOverlap(path, format, rules, question, &work);
        },
        [this](const Result<FileOverlap> &found) { takeOverlap(found); });
}

void ImportSession::takeOverlap(const Result<FileOverlap> &found)
{
    if (found)
        m_overlap = std::make_shared<const FileOverlap>(*found);
    else
        m_overlapError = found.error();
    emit changed();
}

void ImportSession::setTableProgress(const QString &datasetId, qint64 rows)
{
    if (datasetId == m_datasetId && isReadingTable())
        m_tableRows = rows;
}

void ImportSession::setTable(const QString &datasetId, const Result<WholeTable> &table)
{
    if (datasetId != m_datasetId || !isReadingTable())
        return;
    if (table) {
        m_table = table->table.rows;
        lookUp();
    } else {
        m_tableAsked = false;
        m_overlapError = table.error();
    }
    emit changed();
}

void ImportSession::lookUpAgain()
{
    forgetOverlap();
    lookUp();
    emit changed();
}

void ImportSession::forgetOverlap()
{
    m_lookingUp.cancel();
    m_overlap.reset();
    m_overlapError.reset();
}

void ImportSession::forgetTable()
{
    forgetOverlap();
    m_overlapKey.clear();
    m_thereAnswer = -1;
    m_repeatsAnswer = -1;
    m_table.reset();
    m_tableRows = 0;
    if (std::exchange(m_tableAsked, false))
        emit tableUnwanted();
}

namespace {

enum ThereAnswer { LeaveOutAll, LeaveOutSame, SendAll };
enum RepeatsAnswer { SendFirst, SendRepeats };

} // namespace

OverlapChoice ImportSession::overlapChoice() const
{
    OverlapChoice choice;
    choice.sendSame = m_thereAnswer != LeaveOutAll && m_thereAnswer != LeaveOutSame;
    choice.sendDifferent = m_thereAnswer != LeaveOutAll;
    choice.sendRepeats = m_repeatsAnswer != SendFirst;
    return choice;
}

qint64 ImportSession::rowsAlreadyThere() const
{
    return m_overlap ? m_overlap->rowsLeftOut(overlapChoice(), m_policy) : 0;
}

QVector<ImportSession::Question> ImportSession::overlapQuestions() const
{
    QVector<Question> questions;
    if (!m_overlap)
        return questions;
    const FileOverlap &found = *m_overlap;
    const auto number = [](qint64 count) { return Words::number(count); };
    if (const qint64 there = found.there(); there > 0) {
        Question question;
        question.text =
            there == 1 ? tr("1 row is already there: ") : tr("%1 rows are already there: ").arg(number(there));
        question.text +=
            tr("%1 with the same values, %2 with others.").arg(number(found.same), number(found.different));
        question.choices.append(there == 1 ? tr("Leave it out") : tr("Leave out all %1").arg(number(there)));
        if (found.same > 0 && found.different > 0)
            question.choices.append(tr("Leave out the %1 that are the same, append the %2 others")
                                        .arg(number(found.same), number(found.different)));
        question.choices.append(there == 1 ? tr("Append it once more")
                                           : tr("Append all %1 once more").arg(number(there)));
        const int last = int(question.choices.size()) - 1;
        question.answer = m_thereAnswer == SendAll                    ? last
                          : m_thereAnswer == LeaveOutSame && last < 2 ? -1
                                                                      : m_thereAnswer;
        question.answered = question.answer >= 0;
        questions.append(question);
    }
    if (const qint64 repeats = found.repeats; repeats > 0) {
        Question question;
        question.text = repeats == 1
                            ? tr("1 row repeats the key of a row before it in the file.")
                            : tr("%1 rows repeat the key of a row before them in the file.").arg(number(repeats));
        question.choices = {tr("Only the first row of each key goes"), tr("All go")};
        question.answer = m_repeatsAnswer;
        question.answered = m_repeatsAnswer >= 0;
        questions.append(question);
    }
    return questions;
}

void ImportSession::answerOverlap(int number, int choice)
{
    const QVector<Question> all = overlapQuestions();
    if (number < 0 || number >= all.size() || choice < 0 || choice >= all[number].choices.size())
        return;
    if (number == 0 && m_overlap->there() > 0) {
        const bool isLast = choice == all[number].choices.size() - 1;
        m_thereAnswer = isLast ? SendAll : choice == 0 ? LeaveOutAll : LeaveOutSame;
    } else {
        m_repeatsAnswer = choice == 0 ? SendFirst : SendRepeats;
    }
    emit changed();
}

QString ImportSession::overlapBlock() const
{
    if (!m_overlapKey.isEmpty()) {
        const QStringList names = m_mapping.target().names();
        for (const QString &column : m_overlapKey) {
            if (!names.contains(column))
                return tr("Rows can't be looked up by “%1”: no column of the file goes there.")
                    .arg(Words::oneLine(column, 40));
        }
        if (m_overlapError)
            return tr("It is not known which rows are already there.");
        if (!m_overlap)
            return tr("Rows that are already there are being looked for.");
        for (const Question &question : overlapQuestions()) {
            if (!question.answered)
                return tr("Say what becomes of the rows that are there already.");
        }
    }
    return rowsToSend() == 0 ? tr("No row is left to upload.") : QString();
}

} // namespace rowdesk
