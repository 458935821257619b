#include "models/importsession.h"

#include "files/csvdetector.h"
#include "files/fileanswers.h"
#include "files/filenotes.h"
#include "files/xlsxdetector.h"
#include "models/words.h"

#include <QFileInfo>

#include <algorithm>

namespace rowdesk {
ImportSession::ImportSession(QVector<Dataset> datasets, QObject *parent)
    : QObject(parent), m_datasets(std::move(datasets))
{
    QStringList names;
    for (const Dataset &known : std::as_const(m_datasets))
        names.append(known.name);
    m_names = TableNameCheck(names);
    m_checkSoon.setSingleShot(true);
    connect(&m_checkSoon, &QTimer::timeout, this, &ImportSession::runCheck);
    connect(&m_mapping, &MappingModel::mappingChanged, this, &ImportSession::mappingChanged);
    connect(&m_problems, &ProblemModel::fixWanted, this, [this](int row, const QString &text) {
        fixCell(m_problems.problem(row).line, m_problems.problem(row).column, text);
    });
}

ImportSession::~ImportSession() = default;

void ImportSession::open(const QString &typedPath)
{
    m_path = cleanPath(typedPath);
    m_recipeLookedFor = false;
    m_recipe.reset();
    m_offer.reset();
    m_allowLarge = false;
    m_counting.cancel();
    m_sheetRows.clear();
    m_sheetInName.clear();
    startLook([path = m_path] { return detectFormat(path); });
}

QString ImportSession::fileName() const
{
    return QFileInfo(m_path).fileName();
}

std::optional<ApiError> ImportSession::fileError() const
{
    if (m_lookError)
        return m_lookError;
    if (m_look.damage)
        return m_look.damage;
    return m_inspection && m_inspection->damage ? m_inspection->damage : m_inspectError;
}

/// Names that are in the way of a new table, said before there is one.
QStringList ImportSession::sameNames() const
{
    constexpr qsizetype mostSaid = 5;
    QStringList said;
    QHash<QString, int> first;
    for (int i = 0; i < m_look.names.size() && said.size() < mostSaid; ++i) {
        const QString folded = m_look.names[i].trimmed().toCaseFolded();
        if (const auto seen = first.constFind(folded); seen != first.constEnd())
            said.append(tr("Columns %1 and %2 have the same name “%3”. In a new table each needs a name of its own.")
                            .arg(*seen + 1)
                            .arg(i + 1)
                            .arg(Words::oneLine(m_look.names[i], 40)));
        else
            first.insert(folded, i);
    }
    return said;
}

QStringList ImportSession::fileNotes() const
{
    QStringList notes = m_look.workbookNotes;
    notes.append(sameNames());
    if (!m_inspection)
        return notes;
    notes.append(m_inspection->notes);
    for (const QString &asked : notesAboutRows(*m_inspection))
        notes.removeAll(asked);
    return notes;
}

bool ImportSession::canAllowLarge() const
{
    return m_lookError && m_lookError->code == QStringLiteral("zip.limit") && !m_allowLarge;
}

void ImportSession::allowLarge()
{
    m_allowLarge = true;
    startLook([path = m_path] {
        FileAnswers answers;
        answers.allowLarge = true;
        return detectFormat(path, answers);
    });
}

void ImportSession::setCsvFormat(const CsvFormat &csv)
{
    FileFormat format = m_look.format;
    format.csv = csv;
    startLook([format] { return format; });
}

void ImportSession::setXlsxFormat(const XlsxFormat &xlsx)
{
    FileFormat format = m_look.format;
    format.xlsx = xlsx;
    startLook([format] { return format; });
}

void ImportSession::detectAgain(const QByteArray &encoding, char delimiter)
{
    startLook([path = m_path, encoding, delimiter]() -> Result<FileFormat> {
        const Result<CsvFormat> csv = detectCsvFormat(path, encoding, delimiter);
        if (!csv)
            return csv.error();
        return FileFormat{FileKind::Text, *csv, {}};
    });
}

void ImportSession::useSheet(int sheet)
{
    startLook([path = m_path, sheet, large = m_allowLarge]() -> Result<FileFormat> {
        const Result<XlsxFormat> xlsx = detectXlsxFormat(path, sheet, large);
        if (!xlsx)
            return xlsx.error();
        return FileFormat{FileKind::Xlsx, {}, *xlsx};
    });
}

void ImportSession::useRange(int range)
{
    startLook([path = m_path, range, large = m_allowLarge]() -> Result<FileFormat> {
        const Result<XlsxWorkbook> workbook = readXlsxOutline(path, large);
        if (!workbook)
            return workbook.error();
        Result<XlsxFormat> xlsx = xlsxFormatOfRange(*workbook, range);
        if (!xlsx)
            return xlsx.error();
        xlsx.value().allowLarge = large;
        return FileFormat{FileKind::Xlsx, {}, *xlsx};
    });
}

void ImportSession::useAsHeader(qint64 line)
{
    FileFormat format = m_look.format;
    format.csv.skipLines = line - 1;
    format.csv.hasHeader = true;
    format.csv.headerIsSure = true;
    format.xlsx.firstRow = line;
    format.xlsx.hasHeader = true;
    format.xlsx.headerIsSure = true;
    startLook([format] { return format; });
}

void ImportSession::startLook(Detect detect)
{
    m_inspecting.cancel();
    m_comparing.cancel();
    m_preparing.cancel();
    m_showing.cancel();
    m_showsOtherRows = false;
    forgetCheck();
    m_inspection.reset();
    m_inspectError.reset();
    m_lookError.reset();
    m_chosen.clear();
    m_fixes = {};
    m_recipeOpen = m_recipe.has_value();
    if (m_path.isEmpty()) {
        m_looking.cancel();
        m_fileState = FileState::None;
        emit changed();
        return;
    }
    m_fileState = FileState::Looking;
    m_looking.start(
        [path = m_path, detect = std::move(detect)](FileWork &) -> Result<FileLook> {
            const Result<FileFormat> format = detect();
            if (!format)
                return format.error();
            return lookAtTable(path, *format, previewRows);
        },
        [this](const Result<FileLook> &found) { takeLook(found); });
    emit changed();
}

void ImportSession::takeLook(const Result<FileLook> &found)
{
    if (!found) {
        m_fileState = FileState::Refused;
        m_lookError = found.error();
        m_look = {};
        m_preview.setRows({}, nullptr);
        remap();
        emit changed();
        return;
    }
    m_fileState = FileState::Ready;
    m_look = *found;
    m_look.sheetRows = m_sheetRows;
    m_sheetInName = m_look.sheets.size() > 1 ? m_look.sheets.value(m_look.format.xlsx.sheet).simplified() : QString();
    m_chosen.resize(m_look.names.size());
    if (lookForRecipe())
        return;
    m_preview.setRows(m_look.names, m_look.rows);
    remap();
    lookAtLetters();
    countSheetRows();
    inspect();
    emit changed();
}

void ImportSession::lookAtLetters()
{
    m_encodings.setLook({});
    const CsvFormat &csv = m_look.format.csv;
    // The runner-up, or what was found before a person chose another one.
    QByteArray other = csv.otherEncoding;
    if (csv.encoding != m_detected.csv.encoding)
        other = m_detected.csv.encoding;
    else if (csv.encodingIsSure)
        other.clear();
    if (m_look.format.kind != FileKind::Text || other.isEmpty())
        return;
    m_comparing.start([path = m_path, chosen = csv.encoding,
                       other](FileWork &work) { return compareEncodings(path, chosen, other, work); },
                      [this](const Result<EncodingLook> &look) {
                          if (!look || !look->isTelling())
                              return;
                          m_encodings.setLook(*look);
                          emit changed();
                      });
}

/// Once for a workbook, so that a person sees which of its sheets are worth a look.
void ImportSession::countSheetRows()
{
    if (m_look.sheets.size() < 2 || !m_sheetRows.isEmpty() || m_counting.isRunning())
        return;
    m_counting.start([path = m_path, large = m_allowLarge](FileWork &) { return countXlsxRows(path, large); },
                     [this](const Result<QVector<qint64>> &rows) {
                         if (!rows || rows->size() != m_look.sheets.size())
                             return; // the names alone must do
                         m_sheetRows = *rows;
                         m_look.sheetRows = m_sheetRows;
                         emit changed();
                     });
}

void ImportSession::inspect()
{
    m_inspecting.start(
        [path = m_path, format = m_look.format](FileWork &work) { return inspectFile(path, format, &work, 0); },
        [this](const Result<FileInspection> &found) { takeInspection(found); });
}

void ImportSession::takeInspection(const Result<FileInspection> &found)
{
    if (!found)
        m_inspectError = found.error();
    else if (found->columns.size() == m_look.names.size())
        m_inspection = *found;
    else // it could not even be opened as it was a moment ago
        m_inspectError = found->damage.value_or(
            ApiError{ErrorKind::File, 0, {}, tr("The file changed while it was read."), tr("Open it again."), {}});
    readByRecipe();
    useTypes();
    emit changed();
}

void ImportSession::stopInspecting()
{
    if (isLookingUp())
        return setOverlapKey({});
    if (!m_inspecting.isRunning() && !m_checking.isRunning())
        return;
    m_inspecting.cancel();
    m_checking.cancel();
    m_inspectError = ApiError{ErrorKind::Cancelled,
                              0,
                              {},
                              tr("The check of the file was stopped."),
                              tr("Check it again before anything can be sent."),
                              {}};
    emit changed();
}

void ImportSession::inspectAgain()
{
    m_inspectError.reset();
    if (m_fileState == FileState::Ready && !m_inspection)
        inspect();
    else
        mappingChanged();
    emit changed();
}

int ImportSession::percent() const
{
    if (m_lookingUp.isRunning())
        return m_lookingUp.percent();
    return m_inspecting.isRunning() ? m_inspecting.percent() : m_checking.percent();
}

// ---- Target

const ImportSession::Dataset *ImportSession::dataset() const
{
    const auto found = std::find_if(m_datasets.begin(), m_datasets.end(),
                                    [this](const Dataset &known) { return known.id == m_datasetId; });
    return found == m_datasets.end() ? nullptr : &*found;
}

void ImportSession::appendTo(const QString &datasetId)
{
    if (m_target == Target::Append && m_datasetId == datasetId)
        return;
    m_target = Target::Append;
    m_datasetId = datasetId;
    forgetTable();
    if (!m_recipeOpen)
        useKeyOfRecipe(); // else when the file has been read
    m_schemaError.reset();
    remap();
    if (const Dataset *known = dataset(); known && !known->schema)
        emit schemaWanted(datasetId);
    emit changed();
}

void ImportSession::createTable(const QString &name)
{
    m_newName = name;
    const bool wasCreate = m_target == Target::Create;
    m_target = Target::Create;
    m_datasetId.clear();
    if (!wasCreate)
        forgetTable();
    if (!wasCreate)
        remap();
    emit changed();
}

QString ImportSession::targetName() const
{
    if (m_target == Target::Create)
        return m_newName.trimmed();
    const Dataset *known = dataset();
    return known ? known->name : QString();
}

QString ImportSession::suggestedName() const
{
    QString base = QFileInfo(m_path).completeBaseName().replace(u'_', u' ').simplified();
    if (base.isEmpty())
        return {};
    if (!m_sheetInName.isEmpty())
        base += u' ' + m_sheetInName;
    return m_names.freeName(base);
}

void ImportSession::setSchema(const QString &datasetId, const Result<DataService::TableSchema> &schema)
{
    for (Dataset &known : m_datasets) {
        if (known.id != datasetId || !schema)
            continue;
        known.schema = schema->schema;
        if (schema->guessed)
            m_guessedSchemas.insert(datasetId);
    }
    if (datasetId != m_datasetId || m_target != Target::Append)
        return;
    m_schemaError = schema ? std::nullopt : std::optional(schema.error());
    remap();
    emit changed();
}

void ImportSession::askSchemaAgain()
{
    m_schemaError.reset();
    emit changed();
    emit schemaWanted(m_datasetId);
}

} // namespace rowdesk
