#pragma once

#include "models/columnrules.h"
#include "models/encodinglook.h"
#include "models/filelook.h"
#include "models/importrecipe.h"
#include "models/latestwork.h"
#include "models/mappingmodel.h"
#include "models/previewmodel.h"
#include "models/problemgroupmodel.h"
#include "models/problemmodel.h"
#include "models/tablename.h"
#include "transfer/filecheck.h"
#include "transfer/fileoverlap.h"
#include "transfer/tablereading.h"
#include "transfer/uploadplan.h"

#include <QObject>
#include <QTimer>

namespace rowdesk {

/// One import from the choice of a file to a plan: everything of the Import dialog that is not drawing.
///
/// open() → look (format, first rows) → inspect (all of the file: types, questions) → check (all of the file again,
/// under the rules and the mapping that will be used) → overlap (when a key was named: which rows are there already)
/// → prepare() (is it still the same file?) → plan. Whatever is
/// changed starts the steps after it afresh; answers that are no longer asked for are dropped. The steps run on
/// workers. Nothing is ever sent from here.
class ImportSession : public QObject
{
    Q_OBJECT
public:
    struct Dataset
    {
        QString id;
        QString name;
        std::optional<Schema> schema;
    };
    enum class FileState { None, Looking, Refused, Ready };
    enum class Target { None, Append, Create };

    explicit ImportSession(QVector<Dataset> datasets, QObject *parent = nullptr);
    ~ImportSession() override;

    // What was decided the last time
    /// Those to look in; before open().
    void setRecipes(const QVector<ImportRecipe> &recipes) { m_recipes = recipes; }
    /// That this file is read as an earlier one, or that it is like one but for some columns; empty: neither.
    QString recipeSentence() const;
    bool usesRecipe() const { return m_recipe.has_value(); }
    /// A recipe for nearly the same columns is there; useOffer() takes it.
    bool hasOffer() const { return m_offer.has_value(); }
    void useOffer();
    /// Reads the file as if it were the first of its kind.
    void startAfresh();
    /// What is decided now, for the next file with these columns.
    ImportRecipe recipe() const;

    // 1 File
    void open(const QString &typedPath);
    const QString &path() const { return m_path; }
    QString fileName() const;
    FileState fileState() const { return m_fileState; }
    /// Why the file is refused, or why its reading ends before its end; empty when all is well.
    std::optional<ApiError> fileError() const;
    /// What a person should see about the file, but for what questions() asks about.
    QStringList fileNotes() const;
    const FileFormat &format() const { return m_look.format; }
    const QStringList &columnNames() const { return m_look.names; }
    const FileLook &look() const { return m_look; }
    /// Reads the file anew in this way.
    void setCsvFormat(const CsvFormat &csv);
    void setXlsxFormat(const XlsxFormat &xlsx);
    /// Keeps what a person said about encoding and delimiter and detects the rest again. 0 and empty: detect.
    void detectAgain(const QByteArray &encoding, char delimiter);
    /// The lines that tell which of two encodings is the right one; no rows when there is nothing to tell.
    EncodingModel *encodings() { return &m_encodings; }
    /// The file is refused for being unusually large, and a person may say that it is theirs.
    bool canAllowLarge() const;
    void allowLarge();
    /// Another sheet of the workbook, or another of its tables and named ranges: positions in look().
    void useSheet(int sheet);
    void useRange(int range);

    // Target
    const QVector<Dataset> &datasets() const { return m_datasets; }
    Target target() const { return m_target; }
    void appendTo(const QString &datasetId);
    void createTable(const QString &name);
    const QString &datasetId() const { return m_datasetId; }
    QString targetName() const;
    /// For a new table: from the file's name, and from the sheet's where the workbook has several. Another sheet gives
    /// another one.
    QString suggestedName() const;
    /// Answers schemaWanted(). Answers about other datasets than the present one are kept for later, errors are not.
    void setSchema(const QString &datasetId, const Result<DataService::TableSchema> &schema);
    const std::optional<ApiError> &schemaError() const { return m_schemaError; }
    void askSchemaAgain();

    // 2 Columns
    MappingModel *mapping() { return &m_mapping; }
    const MappingModel &mapping() const { return m_mapping; }
    PreviewModel *preview() { return &m_preview; }
    /// What the whole file says about its columns; empty until the inspection is done.
    const std::optional<FileInspection> &inspection() const { return m_inspection; }
    /// How the column is read; empty when it is left out or not inspected yet.
    std::optional<ColumnRule> ruleOf(int column) const;
    void setRule(int column, const ColumnRule &rule);
    /// Why the column is read as it is, one or two sentences; empty until the inspection is done.
    QString typeReason(int column) const;

    /// What a person has to decide before anything can be sent.
    struct Question
    {
        int column = -1; ///< of the file; -1: about its rows
        QString text;
        QStringList choices;
        int answer = -1;       ///< position in choices; -1: none of them
        bool answered = false; ///< also by a rule that is none of the choices
    };
    QVector<Question> questions() const;
    void answer(int question, int choice);

    // 3 Check
    bool isInspecting() const { return m_inspecting.isRunning(); }
    bool isChecking() const { return m_checking.isRunning() || m_checkSoon.isActive(); }
    bool isBusy() const { return isInspecting() || isChecking() || isLookingUp(); }
    int percent() const; ///< of what is running; -1 unknown
    void stopInspecting();
    void inspectAgain();
    const std::optional<FileCheck> &check() const { return m_check; }
    ProblemGroupModel *problemGroups() { return &m_groups; }
    ProblemModel *problems() { return &m_problems; }
    /// Shows the cells of one row of problemGroups() in problems(); -1: of all.
    void showGroup(int row);

    /// What is read in the place of single cells of the file.
    const CellFixes &fixes() const { return m_fixes; }
    /// Reads `text` instead of the cell; empty: no value.
    void fixCell(qint64 line, int column, const QString &text);
    /// The same for all cells of the column whose text is `was`.
    void fixAlike(int column, const QByteArray &was, const QString &text);
    void undoFixes();

    /// Writes all rows with problems to a CSV file on a worker; what became of it is problemsNote().
    void saveProblems(const QString &file);
    const QString &problemsNote() const { return m_problemsNote; }
    /// Puts the rows around this line of the file into preview(), then tells with lineShown(). Beyond the first rows
    /// the file is read up to there.
    void showLine(qint64 line);
    qint64 lineLookedFor() const { return m_showing.isRunning() ? m_lineWanted : 0; } ///< 0: none
    void showFirstRows();
    bool showsFirstRows() const { return !m_showsOtherRows; }
    /// The row of the file that begins in this line has the names of the columns.
    void useAsHeader(qint64 line);

    // Rows that are there already
    /// The columns of the target by which its rows are told apart; empty: nobody asked.
    const QStringList &overlapKey() const { return m_overlapKey; }
    /// Looks for the file's rows in the table, and in the file itself, by these columns of the target. All rows of an
    /// existing table are asked for with tableWanted(). Empty: looks no more.
    void setOverlapKey(const QStringList &key);
    bool isReadingTable() const { return m_tableAsked && !m_table; }
    bool isLookingUp() const { return m_lookingUp.isRunning() || isReadingTable(); }
    qint64 tableRowsSoFar() const { return m_tableRows; }
    /// Answers tableWanted(). Answers about other datasets than the present one are dropped.
    void setTableProgress(const QString &datasetId, qint64 rows);
    void setTable(const QString &datasetId, const Result<WholeTable> &table);
    /// Why the rows could not be looked up. Nothing is sent then, unless the key is taken back.
    const std::optional<ApiError> &overlapError() const { return m_overlapError; }
    void lookUpAgain();
    const std::shared_ptr<const FileOverlap> &overlap() const { return m_overlap; }
    /// What becomes of rows that are there already, or more than once in the file.
    QVector<Question> overlapQuestions() const;
    void answerOverlap(int question, int choice);

    // 4 Send
    bool needsPolicy() const { return m_check && m_check->badCells > 0; }
    Misfits policy() const { return m_policy; }
    void setPolicy(Misfits policy);
    qint64 rowsToSend() const;
    /// Whether the rows can be sent with the column that names upload and row (Evidence::Marker): a new table gets it,
    /// an existing one must have it. A file with such a column of its own can't.
    bool canMark() const;
    bool marks() const { return m_mark && canMark(); } ///< yes, until someone says no
    void setMark(bool mark);
    /// "10,000 rows read: 9,810 to send, 190 left out (188 already there, 2 with cells that do not fit)"; empty while
    /// nothing is left out.
    QString sumSentence() const;
    /// Why nothing can be sent yet, one sentence; empty when it can.
    QString blockedBy() const;
    /// Makes sure that the file is still the one that was checked; then planReady() or fileChanged().
    void prepare();
    bool isPreparing() const { return m_preparing.isRunning(); }

signals:
    /// Anything but progress changed.
    void changed();
    /// The columns of this dataset are needed: answer with setSchema().
    void schemaWanted(const QString &datasetId);
    /// All rows of this dataset are needed: answer with setTable().
    void tableWanted(const QString &datasetId);
    /// … and not any more: end the reading.
    void tableUnwanted();
    void planReady(const rowdesk::UploadPlan &plan);
    /// preview() has the row that begins in this line, or the rows that come nearest to it.
    void lineShown(qint64 line);
    /// The file is not the one that was checked. It is being read again; nothing was sent.
    void fileChanged(const rowdesk::ApiError &error);

private:
    using Detect = std::function<Result<FileFormat>()>; ///< runs on a worker
    void startLook(Detect detect);
    void takeLook(const Result<FileLook> &look);
    void lookAtLetters();
    void countSheetRows();
    QStringList sameNames() const;
    void inspect();
    void takeInspection(const Result<FileInspection> &inspection);
    bool lookForRecipe();
    bool useRecipe(const ImportRecipe &recipe);
    void mapByRecipe();
    void readByRecipe();
    void useKeyOfRecipe();
    void remap();
    void remapAppend();
    void useTypes();
    void mappingChanged();
    void runCheck();
    void takeCheck(const Result<FileCheck> &check);
    void forgetCheck();
    void showProblems();
    void markProblems();
    void fixed();
    RowRules rowRules() const;
    void lookUp();
    void takeOverlap(const Result<FileOverlap> &found);
    void forgetOverlap();
    void forgetTable();
    OverlapChoice overlapChoice() const;
    qint64 rowsAlreadyThere() const;
    void showReadings();
    std::optional<RuleQuestion> openQuestion(int column) const;
    const Dataset *dataset() const;
    QString fileBlock() const;
    QString targetBlock() const;
    QString columnsBlock() const;
    QString checkBlock() const;
    QString overlapBlock() const;
    qint64 raggedLeftOut() const;
    UploadPlan plan(std::shared_ptr<RowSource> source) const;

    QVector<Dataset> m_datasets;
    TableNameCheck m_names;

    QString m_path;
    FileState m_fileState = FileState::None;
    FileLook m_look;
    std::optional<ApiError> m_lookError;
    bool m_allowLarge = false;
    QVector<qint64> m_sheetRows; ///< as FileLook::sheetRows
    bool m_showsOtherRows = false;
    qint64 m_lineWanted = 0;

    struct Offer
    {
        ImportRecipe recipe;
        QString drift; ///< what is different
    };
    QVector<ImportRecipe> m_recipes;
    std::optional<ImportRecipe> m_recipe; ///< used for this file
    std::optional<Offer> m_offer;
    bool m_recipeLookedFor = false;
    bool m_recipeOpen = false; ///< its rules are not used yet
    FileFormat m_detected;
    QStringList m_detectedNames;

    Target m_target = Target::None;
    QString m_datasetId;
    QString m_newName;
    QString m_sheetInName;          ///< the sheet that is read, when the file's name does not tell which it is
    QSet<QString> m_guessedSchemas; ///< datasets whose types the service did not tell
    std::optional<ApiError> m_schemaError;

    MappingModel m_mapping;
    PreviewModel m_preview;
    EncodingModel m_encodings;
    ProblemGroupModel m_groups;
    ProblemModel m_problems;
    /// The group whose cells are shown; column -1: all.
    std::pair<int, ValueProblem> m_shownGroup{-1, ValueProblem::None};
    std::optional<FileInspection> m_inspection;
    std::optional<ApiError> m_inspectError;
    QVector<std::optional<ColumnRule>> m_chosen; ///< by column of the file: what a person decided

    std::optional<FileCheck> m_check;
    std::optional<ApiError> m_checkError;
    QString m_problemsNote;
    Misfits m_policy = Misfits::Stop;
    bool m_mark = true;
    CellFixes m_fixes;

    QStringList m_overlapKey;
    bool m_tableAsked = false;
    qint64 m_tableRows = 0;
    std::optional<TableSnapshot> m_table; ///< all rows of the dataset
    std::shared_ptr<const FileOverlap> m_overlap;
    std::optional<ApiError> m_overlapError;
    int m_thereAnswer = -1;   ///< see overlapQuestions()
    int m_repeatsAnswer = -1; ///< see overlapQuestions()
    QTimer m_checkSoon;       ///< several changes in a row lead to one check

    LatestWork<Result<FileLook>> m_looking{this};
    LatestWork<Result<FileInspection>> m_inspecting{this};
    LatestWork<Result<EncodingLook>> m_comparing{this};
    LatestWork<Result<QVector<qint64>>> m_counting{this};
    LatestWork<Result<std::shared_ptr<const RowBatch>>> m_showing{this};
    LatestWork<Result<FileCheck>> m_checking{this};
    LatestWork<Result<FileOverlap>> m_lookingUp{this};
    LatestWork<Result<ProblemRows>> m_saving{this};
    LatestWork<Result<std::shared_ptr<RowSource>>> m_preparing{this};
};

} // namespace rowdesk
