// The second half of ImportDialog: how a session is put on the page.

#include "gui/importdialog.h"
#include "models/plaintooltip.h"
#include "models/words.h"
#include "ui_importdialog.h"

#include <numeric>

namespace rowdesk {
namespace {

constexpr int checkRow = 2; // of the form's grid
constexpr int restRow = 4;

void say(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

/// The arrow keys stop at hidden tabs that are enabled.
void setTabShown(QTabWidget *tabs, int tab, bool shown)
{
    tabs->setTabVisible(tab, shown);
    tabs->setTabEnabled(tab, shown);
}

/// What appending to a table without the column of the marks means; empty where rows can be marked, or it is not known.
QString noMarkText(const ImportSession &session)
{
    if (session.fileState() != ImportSession::FileState::Ready || session.target() != ImportSession::Target::Append)
        return {};
    for (const ImportSession::Dataset &known : session.datasets()) {
        if (known.id != session.datasetId() || !known.schema || known.schema->columns.isEmpty())
            continue;
        if (known.schema->indexOf(QString(markerColumn)) < 0)
            return ImportDialog::tr("This upload can't be undone by Rowdesk: the table has no column %1.")
                .arg(markerColumn);
    }
    return {};
}

} // namespace

void ImportDialog::showSession()
{
    const bool ready = m_session.fileState() == ImportSession::FileState::Ready;
    showFile();
    showRecipe();
    showTarget();
    showColumns();
    showCheck();
    showLetters();
    showOverlap();
    showPolicy();
    showSend();
    const bool none = m_session.fileState() == ImportSession::FileState::None;
    m_ui->drop->setVisible(none);
    m_ui->remember->setVisible(ready);
    m_ui->steps->setRowStretch(checkRow, ready ? 1 : 0);
    m_ui->steps->setRowStretch(restRow, ready ? 0 : 1);
    for (QWidget *part : {static_cast<QWidget *>(m_ui->append), static_cast<QWidget *>(m_ui->dataset),
                          static_cast<QWidget *>(m_ui->create), static_cast<QWidget *>(m_ui->tableName)})
        part->setVisible(!none);
    for (QWidget *part : {static_cast<QWidget *>(m_ui->columnsTitle), static_cast<QWidget *>(m_ui->mapping),
                          static_cast<QWidget *>(m_ui->checkTitle), static_cast<QWidget *>(m_ui->tabs)})
        part->setVisible(ready);
    const bool busy = m_session.isBusy();
    if (busy && !m_tick.isActive())
        m_tick.start();
    else if (!busy)
        m_tick.stop();
    showProgress();
}

void ImportDialog::showFile()
{
    const QString file = m_session.fileName();
    setWindowTitle(file.isEmpty() ? tr("Import a file") : tr("Import “%1”").arg(Words::oneLine(file)));
    const bool ready = m_session.fileState() == ImportSession::FileState::Ready;
    const bool workbook = m_session.format().kind == FileKind::Xlsx;
    m_ui->settings->setVisible(ready && !workbook);
    m_ui->sheetSettings->setVisible(ready && workbook);
    if (ready && workbook)
        m_ui->sheetSettings->show(m_session.look());
    else if (ready)
        m_ui->settings->show(m_session.format().csv);
    QStringList lines;
    if (m_changedFile)
        lines.append(QStringLiteral("⚠ ") + m_changedFile->text());
    if (const auto error = m_session.fileError())
        lines.append(QStringLiteral("⚠ ") + error->text());
    lines.append(m_session.fileNotes());
    lines.append(headerNote());
    lines.removeAll(QString());
    say(m_ui->fileNotes, lines.join(u'\n'));
    m_ui->allowLarge->setVisible(m_session.canAllowLarge());
}

/// Where it is open which rows have the names: the choices above that answer it.
QString ImportDialog::headerNote() const
{
    const FileFormat &format = m_session.format();
    const bool workbook = format.kind == FileKind::Xlsx;
    if (m_session.fileState() != ImportSession::FileState::Ready ||
        (workbook ? format.xlsx.headerIsSure : format.csv.headerIsSure))
        return {};
    const bool hasHeader = workbook ? format.xlsx.hasHeader : format.csv.hasHeader;
    return QStringLiteral("⚠ ") +
           tr("%1 It is read as “%2”; above you can choose “%3”, “%4” where they stand one below the other, or another "
              "line where the table begins.")
               .arg(workbook ? format.xlsx.headerReason : format.csv.headerReason,
                    SettingsBar::headerText(hasHeader ? 1 : 0), SettingsBar::headerText(hasHeader ? 0 : 1),
                    SettingsBar::headerText(2));
}

void ImportDialog::showRecipe()
{
    say(m_ui->recipeNote, m_session.recipeSentence());
    m_ui->recipeUse->setVisible(m_session.hasOffer());
    m_ui->recipeForget->setVisible(m_session.usesRecipe());
}

void ImportDialog::showTarget()
{
    // The session may have chosen, from what was done the last time.
    if (m_session.target() == ImportSession::Target::Append) {
        m_ui->append->setChecked(true);
        m_ui->dataset->setCurrentIndex(std::max(0, m_ui->dataset->findData(m_session.datasetId())));
    } else if (m_session.target() == ImportSession::Target::Create) {
        m_ui->create->setChecked(true);
    }
    const auto &error = m_session.schemaError();
    say(m_ui->schemaProblem, error ? QStringLiteral("⚠ ") + error->text() : QString());
    m_ui->schemaRetry->setVisible(error.has_value());
}

QString ImportDialog::leftOutText() const
{
    const MappingModel &mapping = m_session.mapping();
    QStringList sentences;
    if (const QStringList names = mapping.leftOut(); !names.isEmpty())
        sentences.append(tr("Left out of the file: %1.").arg(Words::oneLine(names, QStringLiteral(", "))));
    if (const QStringList names = mapping.unfilled(); !names.isEmpty())
        sentences.append(
            tr("In the table but not in the file, stays empty: %1.").arg(Words::oneLine(names, QStringLiteral(", "))));
    return sentences.join(u' ');
}

/// Why the current column is what it is.
QString ImportDialog::columnFacts() const
{
    const auto &inspection = m_session.inspection();
    const int column = m_ui->mapping->currentIndex().row();
    if (!inspection)
        return {};
    if (column < 0 || column >= inspection->columns.size())
        return tr("Select a column to see why it has its type, and to change how it is read.");
    const ColumnFindings &found = inspection->columns[column];
    QStringList sentences{m_session.typeReason(column)};
    sentences.append(found.notes);
    sentences.removeAll(QString());
    return tr("“%1”: %2").arg(Words::oneLine(found.name, 40), sentences.join(u' '));
}

void ImportDialog::showColumns()
{
    const bool ready = m_session.fileState() == ImportSession::FileState::Ready;
    say(m_ui->leftOut, ready ? leftOutText() : QString());
    say(m_ui->columnFacts, ready ? columnFacts() : QString());
    const int column = m_ui->mapping->currentIndex().row();
    m_ui->rule->show(ready && column >= 0 ? m_session.ruleOf(column) : std::nullopt);
    m_ui->questions->show(ready ? m_session.questions() : QVector<ImportSession::Question>(), m_session.columnNames());
}

QString ImportDialog::previewTitle()
{
    const PreviewModel *look = m_session.preview();
    if (!m_session.showsFirstRows() && look->rowCount() > 0)
        return tr("Rows from line %1")
            .arg(Words::number(look->headerData(0, Qt::Vertical, Qt::DisplayRole).toLongLong()));
    return look->rowCount() < previewRows ? tr("The rows") : tr("First %1").arg(Words::rows(look->rowCount()));
}

QString ImportDialog::checkSentence() const
{
    if (m_session.fileState() != ImportSession::FileState::Ready)
        return {};
    if (m_session.isInspecting())
        return tr("Reading the whole file.");
    if (const qint64 line = m_session.lineLookedFor(); line > 0)
        return tr("Looking for line %1.").arg(Words::number(line));
    if (m_session.isChecking())
        return tr("Checking all values of %1.").arg(Words::rows(m_session.inspection()->rows));
    if (const auto &check = m_session.check()) {
        QStringList facts{Words::rows(check->rows)};
        if (const QString overlap = overlapSentence(); !overlap.isEmpty())
            facts.append(overlap);
        facts.append(check->badCells == 0   ? tr("every value fits")
                     : check->badCells == 1 ? tr("1 cell needs you")
                                            : tr("%1 cells need you").arg(Words::number(check->badCells)));
        const auto &emptied = check->nullWordsOf;
        if (const qint64 cells = std::accumulate(emptied.begin(), emptied.end(), qint64(0)); cells > 0)
            facts.append(cells == 1 ? tr("1 cell is read as empty (a word like n/a)")
                                    : tr("%1 cells are read as empty (words like n/a)").arg(Words::number(cells)));
        return facts.join(QStringLiteral(" · "));
    }
    return m_session.inspection() ? Words::rows(m_session.inspection()->rows) : QString();
}

void ImportDialog::showCheck()
{
    say(m_ui->checkSentence, checkSentence());
    m_ui->problemsTab->refresh();
    const bool busy = m_session.isBusy();
    const auto error = m_session.fileError();
    const bool stopped = error && error->kind == ErrorKind::Cancelled;
    m_ui->progress->setVisible(busy);
    m_ui->stop->setVisible(busy || stopped);
    m_ui->stop->setText(busy ? tr("&Stop the check") : tr("Check a&gain"));
    m_ui->tabs->setTabText(m_ui->tabs->indexOf(m_ui->previewTab), previewTitle());
    m_ui->firstRows->setVisible(!m_session.showsFirstRows());
    const int problemsTab = m_ui->tabs->indexOf(m_ui->problemsTab);
    setTabShown(m_ui->tabs, problemsTab, m_ui->problemsTab->isNeeded());
    m_ui->tabs->setTabText(problemsTab, m_ui->problemsTab->title());
}

void ImportDialog::showLetters()
{
    const EncodingLook &look = m_session.encodings()->look();
    const int tab = m_ui->tabs->indexOf(m_ui->lettersTab);
    setTabShown(m_ui->tabs, tab, !look.lines.isEmpty());
    const QString other = QString::fromLatin1(look.other);
    m_ui->tabs->setTabText(tab, tr("%1 or %2?").arg(QString::fromLatin1(look.chosen), other));
    m_ui->useOther->setText(tr("Rea&d the file as %1").arg(withoutMnemonic(other)));
    m_ui->lettersNote->setText(look.otherFails);
}

QString ImportDialog::overlapSentence() const
{
    if (m_session.isReadingTable())
        return m_session.tableRowsSoFar() == 0
                   ? tr("reading the rows of the table")
                   : tr("reading the rows of the table, %1 so far").arg(Words::number(m_session.tableRowsSoFar()));
    const auto &overlap = m_session.overlap();
    if (!overlap)
        return m_session.isLookingUp() ? tr("looking for rows that are already there") : QString();
    QStringList facts{tr("%1 new").arg(Words::number(overlap->newRows))};
    if (m_session.target() == ImportSession::Target::Append)
        facts.append(tr("%1 already there").arg(Words::number(overlap->there())));
    if (overlap->repeats > 0)
        facts.append(tr("%1 repeated in the file").arg(Words::number(overlap->repeats)));
    if (overlap->withoutKey > 0)
        facts.append(tr("%1 without a value in the key").arg(Words::number(overlap->withoutKey)));
    return facts.join(QStringLiteral(" · "));
}

void ImportDialog::showOverlap()
{
    const bool possible = m_session.inspection() && m_session.target() != ImportSession::Target::None &&
                          !m_session.mapping()->target().columns.isEmpty();
    m_ui->overlap->setVisible(possible);
    if (possible)
        m_ui->overlap->show(m_session);
    const auto &error = m_session.overlapError();
    say(m_ui->overlapProblem, error ? QStringLiteral("⚠ ") + error->text() : QString());
    m_ui->overlapRetry->setVisible(error.has_value());
    m_ui->overlapQuestions->show(m_session.overlapQuestions(), {});
}

/// Whether the rows can be marked, and there are rows.
bool ImportDialog::offersMark() const
{
    return m_session.fileState() == ImportSession::FileState::Ready && m_session.canMark();
}

void ImportDialog::showPolicy()
{
    const bool needed = m_session.needsPolicy();
    const QString sum = m_session.sumSentence();
    say(m_ui->sum, sum);
    const QString noMark = noMarkText(m_session);
    say(m_ui->noMark, noMark);
    m_ui->sendTitle->setVisible(needed || !sum.isEmpty() || offersMark() || !noMark.isEmpty());
    for (QWidget *part : {static_cast<QWidget *>(m_ui->policyQuestion), static_cast<QWidget *>(m_ui->leaveOut),
                          static_cast<QWidget *>(m_ui->sendEmpty)})
        part->setVisible(needed);
    if (!needed)
        return;
    const FileCheck &check = *m_session.check();
    m_ui->policyQuestion->setText(tr("Cells that do not fit: repair the file, change how their column is read, or"));
    m_ui->leaveOut->setText(check.badRows == 1
                                ? tr("&leave out the row that has them")
                                : tr("&leave out the %1 rows that have them").arg(Words::number(check.badRows)));
    m_ui->sendEmpty->setText(check.badCells == 1 ? tr("send the cell &empty")
                                                 : tr("send the %1 cells &empty").arg(Words::number(check.badCells)));
    // Neither is chosen until a person chooses: exclusive buttons can't be cleared otherwise.
    for (QRadioButton *button : {m_ui->leaveOut, m_ui->sendEmpty}) {
        button->setAutoExclusive(m_session.policy() != Misfits::Stop);
        button->setChecked(m_session.policy() == (button == m_ui->leaveOut ? Misfits::LeaveOut : Misfits::SendEmpty));
    }
}

QString ImportDialog::uploadText() const
{
    const QString target = withoutMnemonic(Words::oneLine(m_session.targetName(), 40));
    const bool create = m_session.target() == ImportSession::Target::Create;
    if (target.isEmpty())
        return tr("&Upload");
    if (!m_session.check())
        return create ? tr("&Upload to new table %1").arg(target) : tr("&Upload to %1").arg(target);
    const QString rows = Words::rows(m_session.rowsToSend());
    return create ? tr("&Upload %1 to new table %2").arg(rows, target) : tr("&Upload %1 to %2").arg(rows, target);
}

/// Asked once for each file and table: the answer is looked up on the disk.
QString ImportDialog::earlierText()
{
    if (!m_earlier || !m_session.inspection())
        return {};
    const bool append = m_session.target() == ImportSession::Target::Append;
    const std::pair asked{m_session.inspection()->sha256, append ? m_session.datasetId() : QString()};
    if (asked != m_earlierAsked) {
        m_earlierAsked = asked;
        m_earlierText = m_earlier(asked.first, asked.second);
    }
    return m_earlierText;
}

/// The rows of the same file are the same in every column. What becomes of them is asked where they are found.
void ImportDialog::findEarlier()
{
    m_ui->area->ensureWidgetVisible(m_ui->overlap);
    m_ui->overlap->setFocus();
    m_session.setOverlapKey(m_session.mapping()->target().names());
}

void ImportDialog::showSend()
{
    say(m_ui->earlier, earlierText());
    m_ui->findEarlier->setVisible(!m_ui->earlier->isHidden() && !m_ui->overlap->isHidden() &&
                                  m_session.target() == ImportSession::Target::Append &&
                                  m_session.overlapKey().isEmpty());
    m_ui->mark->setVisible(offersMark());
    m_ui->mark->setChecked(m_session.marks());
    const QString reason =
        m_session.isPreparing() ? tr("Making sure that the file has not changed.") : m_session.blockedBy();
    say(m_ui->reason, reason);
    m_ui->upload->setEnabled(reason.isEmpty());
    m_ui->upload->setText(uploadText());
}

void ImportDialog::showProgress()
{
    if (m_session.isReadingTable())
        say(m_ui->checkSentence, checkSentence());
    const int percent = m_session.percent();
    m_ui->progress->setRange(0, percent < 0 ? 0 : 100);
    m_ui->progress->setValue(std::max(0, percent));
}

} // namespace rowdesk
