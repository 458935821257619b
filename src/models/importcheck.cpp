// ImportSession, 3 Check: the whole file under the rules it will be sent with, its problems and their repair.

#include "models/importsession.h"
#include "models/words.h"

#include <QFileInfo>

namespace rowdesk {

void ImportSession::forgetCheck()
{
    m_checkSoon.stop();
    m_checking.cancel();
    m_saving.cancel();
    m_problemsNote.clear();
    m_check.reset();
    m_checkError.reset();
    m_policy = Misfits::Stop;
    forgetOverlap();
    m_groups.setGroups({}, {});
    m_problems.setProblems({}, {});
    m_shownGroup.first = -1;
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
        [path = m_path, format = m_look.format, rules = rowRules(), rows](FileWork &work) {
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
        showProblems();
        lookUp();
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
    m_saving.start([path = m_path, format = m_look.format, rules = rowRules(),
                    file](FileWork &work) { return writeProblemRows(path, format, rules, file, &work); },
                   [this, file](const Result<ProblemRows> &written) {
                       const QString name = Words::oneLine(QFileInfo(file).fileName());
                       m_problemsNote = written ? tr("Written to “%1”: %2.").arg(name, Words::rows(written->rows))
                                                : written.error().text();
                       emit changed();
                   });
    emit changed();
}

void ImportSession::showProblems()
{
    markProblems();
    m_mapping.setProblemCounts(m_check->badCellsOf, m_check->nullWordsOf);
    m_groups.setGroups(m_look.names, m_check->groups);
    showGroup(m_groups.rowOf(m_shownGroup.first, m_shownGroup.second));
}

void ImportSession::markProblems()
{
    QVector<PreviewModel::Mark> marks;
    if (m_check) {
        for (const FileCheck::Problem &problem : m_check->problems())
            marks.append({problem.line, problem.column, valueProblemText(problem.reason)});
    }
    m_preview.setMarks(marks);
}

void ImportSession::showLine(qint64 line)
{
    m_showing.cancel();
    if (m_fileState != FileState::Ready)
        return;
    if (m_preview.rowOfLine(line) >= 0) {
        emit lineShown(line);
        return;
    }
    m_lineWanted = line;
    m_showing.start([path = m_path, format = m_look.format,
                     line](FileWork &work) { return rowsAroundLine(path, format, line, previewRows, work); },
                    [this, line](const Result<std::shared_ptr<const RowBatch>> &rows) {
                        if (rows && (*rows)->columnCount() == m_look.names.size()) {
                            m_showsOtherRows = true;
                            m_preview.setRows(m_look.names, *rows);
                            markProblems();
                            emit lineShown(line);
                        }
                        emit changed();
                    });
    emit changed();
}

void ImportSession::showFirstRows()
{
    m_showing.cancel();
    m_showsOtherRows = false;
    m_preview.setRows(m_look.names, m_look.rows);
    markProblems();
    emit changed();
}

void ImportSession::showGroup(int row)
{
    const FileCheck::Group *group = m_groups.group(row);
    m_shownGroup = group ? std::pair(group->column, group->reason) : std::pair(-1, ValueProblem::None);
    if (!m_check)
        return;
    m_problems.setProblems(m_look.names, group ? group->problems : m_check->problems());
}

// ---- Other values in the place of those of the file

void ImportSession::fixCell(qint64 line, int column, const QString &text)
{
    m_fixes.cells.insert({line, column}, text.toUtf8());
    fixed();
}

void ImportSession::fixAlike(int column, const QByteArray &was, const QString &text)
{
    m_fixes.alike.insert({column, was}, text.toUtf8());
    fixed();
}

void ImportSession::undoFixes()
{
    m_fixes = {};
    fixed();
}

/// Checks again; what is shown stays until the answer is there.
void ImportSession::fixed()
{
    m_check.reset();
    forgetOverlap();
    m_checkSoon.start(0);
    emit changed();
}

RowRules ImportSession::rowRules() const
{
    RowRules rules;
    for (int column = 0; column < m_look.names.size(); ++column)
        rules.columns.append(ruleOf(column));
    rules.fixes = m_fixes;
    rules.misfits = m_policy;
    rules.overlap = m_overlap;
    rules.overlapChoice = overlapChoice();
    return rules;
}

} // namespace rowdesk
