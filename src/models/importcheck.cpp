// The second half of ImportSession: check the whole file under its rules, say what is in the way, make the plan.

#include "files/filedigest.h"
#include "models/importsession.h"
#include "models/words.h"

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
                                                 const QVector<std::optional<ColumnRule>> &rules, Misfits policy,
                                                 const QString &path, const FileWork &work)
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
    return std::shared_ptr<RowSource>(std::make_shared<RuledSource>(std::move(rows).value(), rules, policy));
}

} // namespace

void ImportSession::forgetCheck()
{
    m_checkSoon.stop();
    m_checking.cancel();
    m_saving.cancel();
    m_problemsNote.clear();
    m_check.reset();
    m_checkError.reset();
    m_policy = Misfits::Stop;
    m_problems.setProblems({}, {});
    m_preview.setMarks({});
    m_mapping.setProblemCounts({});
}

void ImportSession::runCheck()
{
    // What is still open is asked before anything is counted.
    if (!columnsBlock().isEmpty()) {
        emit changed();
        return;
    }
    const qint64 rows = m_inspection->rows;
    m_checking.start(
        [path = m_path, format = m_look.format, rules = rules(), rows](FileWork &work) {
            work.total = rows;
            return checkFile(path, format, rules, &work);
        },
        [this](const Result<FileCheck> &found) { takeCheck(found); });
    emit changed();
}

void ImportSession::takeCheck(const Result<FileCheck> &found)
{
    if (found) {
        m_check = *found;
        m_problems.setProblems(m_look.names, m_check->problems);
        m_mapping.setProblemCounts(m_check->badCellsOf);
        QVector<PreviewModel::Mark> marks;
        for (const FileCheck::Problem &problem : std::as_const(m_check->problems))
            marks.append({problem.line, problem.column, problem.reason});
        m_preview.setMarks(marks);
    } else {
        m_checkError = found.error();
    }
    emit changed();
}

void ImportSession::saveProblems(const QString &file)
{
    if (!m_check)
        return;
    if (QFileInfo(file) == QFileInfo(m_path)) {
        m_problemsNote = tr("That is the file being imported. Choose another name.");
        emit changed();
        return;
    }
    m_problemsNote = tr("The problems are being written.");
    m_saving.start([path = m_path, format = m_look.format, rules = rules(),
                    file](FileWork &work) { return writeProblems(path, format, rules, file, &work); },
                   [this, file](const Result<qint64> &written) {
                       const QString name = Words::oneLine(QFileInfo(file).fileName());
                       m_problemsNote = written ? tr("Written to “%1”: %2.").arg(name, Words::cells(*written))
                                                : written.error().text();
                       emit changed();
                   });
    emit changed();
}

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
    return m_check->rows - (m_policy == Misfits::LeaveOut ? m_check->badRows : 0);
}

QString ImportSession::blockedBy() const
{
    for (const QString &reason : {fileBlock(), targetBlock(), columnsBlock(), checkBlock()}) {
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
    return rowsToSend() == 0 ? tr("No row is left to upload.") : QString();
}

void ImportSession::prepare()
{
    if (!blockedBy().isEmpty() || m_preparing.isRunning())
        return;
    m_preparing.start([seen = *m_inspection, format = m_look.format, rules = rules(), policy = m_policy, path = m_path](
                          FileWork &work) { return openUnchanged(seen, format, rules, policy, path, work); },
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

/// Rows of the file that are not in the plan because a person said so.
qint64 ImportSession::rowsLeftOut() const
{
    const CsvCounts &counts = m_inspection->counts;
    const CsvFormat &csv = m_look.format.csv;
    return (csv.shortRows == RaggedRows::Skip ? counts.shortRows : 0) +
           (csv.longRows == RaggedRows::Skip ? counts.longRows : 0) + (m_check->rows - rowsToSend());
}

UploadPlan ImportSession::plan(std::shared_ptr<RowSource> source) const
{
    UploadPlan plan;
    plan.source = std::move(source);
    plan.sourceName = fileName();
    plan.target = m_mapping.target();
    plan.sourceColumn = m_mapping.sourceColumns();
    plan.datasetId = m_datasetId;
    plan.newTable.name = targetName();
    plan.newTable.schema = plan.target;
    plan.rowsExpected = rowsToSend();
    plan.rowsLeftOut = rowsLeftOut();
    return plan;
}

} // namespace rowdesk
