// ImportSession, 4 Send: what is in the way, and the plan.

#include "files/filedigest.h"
#include "models/importsession.h"
#include "models/words.h"
#include "transfer/ruledsource.h"

#include <QFileInfo>

namespace rowdesk {
namespace {

ApiError changedError(const QString &path)
{
    return {
        ErrorKind::File,
        0,
        QStringLiteral("file.changed"),
        ImportSession::tr("“%1” has changed since it was checked.").arg(QFileInfo(path).fileName()),
        ImportSession::tr("Nothing was sent. It has been read again: look at the columns and the problems once more."),
        {}};
}

/// Opens the file for the upload if its bytes are still those that were inspected.
Result<std::shared_ptr<RowSource>> openUnchanged(const FileInspection &seen, const FileFormat &format,
                                                 const RowRules &rules, const QString &path, const FileWork &work)
{
    const Result<FileFacts> now = lookAtFile(path);
    if (!now)
        return now.error();
    if (now->size != seen.size)
        return changedError(path);
    const Result<QByteArray> digest = sha256OfFile(path, &work);
    if (!digest)
        return digest.error();
    if (*digest != seen.sha256)
        return changedError(path);
    Result<std::unique_ptr<RowSource>> rows = openFile(path, format);
    if (!rows)
        return rows.error();
    return std::shared_ptr<RowSource>(std::make_shared<RuledSource>(std::move(rows).value(), rules));
}

} // namespace

void ImportSession::setPolicy(Misfits policy)
{
    if (policy == m_policy)
        return;
    m_policy = policy;
    emit changed();
}

qint64 ImportSession::rowsToSend() const
{
    if (!m_check)
        return 0;
    return m_check->rows - (m_policy == Misfits::LeaveOut ? m_check->badRows : 0) - rowsAlreadyThere();
}

QString ImportSession::sumSentence() const
{
    if (!m_check)
        return {};
    const qint64 bad = m_policy == Misfits::LeaveOut ? m_check->badRows : 0;
    const qint64 there = rowsAlreadyThere();
    const qint64 ragged = raggedLeftOut();
    QStringList reasons;
    if (there > 0)
        reasons.append(tr("%1 already there or repeated").arg(Words::number(there)));
    if (bad > 0)
        reasons.append(tr("%1 with cells that do not fit").arg(Words::number(bad)));
    if (ragged > 0)
        reasons.append(tr("%1 with too few or too many fields").arg(Words::number(ragged)));
    if (reasons.isEmpty())
        return {};
    return tr("%1 read: %2 to send, %3 left out (%4).")
        .arg(Words::rows(m_check->rows + ragged), Words::number(rowsToSend()), Words::number(there + bad + ragged),
             reasons.join(QStringLiteral(", ")));
}

QString ImportSession::blockedBy() const
{
    for (const QString &reason : {fileBlock(), targetBlock(), columnsBlock(), checkBlock(), overlapBlock()}) {
        if (!reason.isEmpty())
            return reason;
    }
    return {};
}

QString ImportSession::fileBlock() const
{
    switch (m_fileState) {
    case FileState::None:
        return tr("Choose a file.");
    case FileState::Looking:
        return tr("The file is being read.");
    case FileState::Refused:
        return tr("This file can't be imported.");
    case FileState::Ready:
        break;
    }
    if (m_inspectError)
        return m_inspectError->message;
    if (fileError())
        return tr("The file can't be read to its end.");
    return {};
}

QString ImportSession::targetBlock() const
{
    switch (m_target) {
    case Target::None:
        return tr("Choose where the rows go.");
    case Target::Create:
        return m_names.problem(m_newName);
    case Target::Append:
        break;
    }
    const Dataset *known = dataset();
    if (!known)
        return tr("Choose a dataset.");
    if (m_schemaError)
        return tr("The columns of “%1” are not known.").arg(Words::oneLine(known->name, 40));
    if (!known->schema)
        return tr("The columns of “%1” are being asked for.").arg(Words::oneLine(known->name, 40));
    if (known->schema->columns.isEmpty())
        return tr("“%1” has no columns that the service tells of.").arg(Words::oneLine(known->name, 40));
    return {};
}

QString ImportSession::columnsBlock() const
{
    if (!m_inspection)
        return tr("The whole file is being read.");
    if (m_inspection->rows == 0)
        return tr("The file has no rows.");
    if (const QString problem = m_mapping.problem(); !problem.isEmpty())
        return problem;
    for (const Question &question : questions()) {
        if (question.answered)
            continue;
        return question.column < 0
                   ? tr("Say what is to be done with the rows and cells that are not in order.")
                   : tr("Say how column “%1” is to be read.").arg(Words::oneLine(m_look.names[question.column], 40));
    }
    return {};
}

QString ImportSession::checkBlock() const
{
    if (m_checkError)
        return m_checkError->text();
    if (!m_check)
        return tr("All values are being checked.");
    if (m_check->badCells > 0 && m_policy == Misfits::Stop) {
        return m_check->badCells == 1
                   ? tr("1 cell needs you: say under 4 what becomes of it.")
                   : tr("%1 cells need you: say under 4 what becomes of them.").arg(Words::number(m_check->badCells));
    }
    return {};
}

bool ImportSession::canMark() const
{
    if (m_target == Target::None || m_mapping.target().indexOf(QString(markerColumn)) >= 0)
        return false;
    const Dataset *known = dataset();
    return m_target == Target::Create || (known && known->schema && known->schema->indexOf(QString(markerColumn)) >= 0);
}

void ImportSession::setMark(bool mark)
{
    if (mark == m_mark)
        return;
    m_mark = mark;
    emit changed();
}

void ImportSession::prepare()
{
    if (!blockedBy().isEmpty() || m_preparing.isRunning())
        return;
    m_preparing.start([seen = *m_inspection, format = m_look.format, rules = rowRules(),
                       path = m_path](FileWork &work) { return openUnchanged(seen, format, rules, path, work); },
                      [this](const Result<std::shared_ptr<RowSource>> &source) {
                          if (source) {
                              emit planReady(plan(*source));
                              return;
                          }
                          startLook([format = m_look.format] { return format; });
                          emit fileChanged(source.error());
                      });
    emit changed();
}

/// Rows with too few or too many fields that a person wants left out.
qint64 ImportSession::raggedLeftOut() const
{
    const CsvCounts &counts = m_inspection->counts;
    const CsvFormat &csv = m_look.format.csv;
    return (csv.shortRows == RaggedRows::Skip ? counts.shortRows : 0) +
           (csv.longRows == RaggedRows::Skip ? counts.longRows : 0);
}

UploadPlan ImportSession::plan(std::shared_ptr<RowSource> source) const
{
    UploadPlan plan;
    plan.source = std::move(source);
    plan.sourceIsConverted = true;
    plan.sourceName = fileName();
    plan.file = {QFileInfo(m_path).absoluteFilePath(), m_inspection->size, m_inspection->sha256};
    plan.target = m_mapping.target();
    plan.sourceColumn = m_mapping.sourceColumns();
    plan.datasetId = m_datasetId;
    plan.newTable.name = targetName();
    plan.newTable.schema = plan.target;
    plan.rowsExpected = rowsToSend();
    plan.rowsLeftOut = raggedLeftOut() + m_check->rows - rowsToSend();
    if (m_policy == Misfits::LeaveOut && m_check->badRows > 0) {
        plan.writeLeftOut = [path = m_path, format = m_look.format, rules = rowRules()](const QString &file) {
            const Result<ProblemRows> written = writeProblemRows(path, format, rules, file);
            return written ? Result<Done>(Done{}) : Result<Done>(written.error());
        };
    }
    if (marks())
        plan.evidence = Evidence::Marker;
    return plan;
}

} // namespace rowdesk
