#include "models/importsession.h"

#include "files/csvdetector.h"
#include "files/xlsxdetector.h"
#include "models/rowsquestion.h"
#include "models/words.h"
#include "transfer/uploadplanner.h"

#include <QFileInfo>

#include <algorithm>

namespace rowdesk {
namespace {

/// What the column's first value is read as; the value alone without a rule.
QString firstReading(const FileLook &look, int column, const std::optional<ColumnRule> &rule)
{
    for (qsizetype row = 0; look.rows && row < look.rows->rowCount(); ++row) {
        const CellView cell = look.rows->cell(row, column);
        if (cell.kind != CellKind::Null)
            return rule ? ColumnRules::reading(cell, *rule) : PreviewModel::shown(cell);
    }
    return {};
}

} // namespace

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
}

ImportSession::~ImportSession() = default;

void ImportSession::open(const QString &typedPath)
{
    m_path = cleanPath(typedPath);
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
    startLook([path = m_path, sheet]() -> Result<FileFormat> {
        const Result<XlsxFormat> xlsx = detectXlsxFormat(path, sheet);
        if (!xlsx)
            return xlsx.error();
        return FileFormat{FileKind::Xlsx, {}, *xlsx};
    });
}

void ImportSession::useRange(int range)
{
    startLook([path = m_path, range]() -> Result<FileFormat> {
        const Result<XlsxWorkbook> workbook = readXlsxOutline(path);
        if (!workbook)
            return workbook.error();
        const Result<XlsxFormat> xlsx = xlsxFormatOfRange(*workbook, range);
        if (!xlsx)
            return xlsx.error();
        return FileFormat{FileKind::Xlsx, {}, *xlsx};
    });
}

void ImportSession::useAsHeader(qint64 line)
{
    FileFormat format = m_look.format;
    format.csv.skipLines = line - 1;
    format.csv.hasHeader = true;
    format.xlsx.firstRow = line;
    format.xlsx.hasHeader = true;
    startLook([format] { return format; });
}

void ImportSession::startLook(Detect detect)
{
    m_inspecting.cancel();
    m_preparing.cancel();
    forgetCheck();
    m_inspection.reset();
    m_inspectError.reset();
    m_lookError.reset();
    m_chosen.clear();
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
    m_chosen.resize(m_look.names.size());
    m_preview.setRows(m_look.names, m_look.rows);
    remap();
    inspect();
    emit changed();
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
    useTypes();
    emit changed();
}

void ImportSession::stopInspecting()
{
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
    const QString base = QFileInfo(m_path).completeBaseName().replace(u'_', u' ').simplified();
    return base.isEmpty() ? QString() : m_names.freeName(base);
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

// ---- Columns

void ImportSession::remap()
{
    if (m_target == Target::Append)
        remapAppend();
    else
        m_mapping.startNewTable(m_look.names);
    useTypes();
}

void ImportSession::remapAppend()
{
    const Dataset *known = dataset();
    if (!known || !known->schema)
        return m_mapping.startAppend({}, {}, {});
    const ColumnMapping found = mapColumns(m_look.names, *known->schema);
    QVector<int> sourceOf(known->schema->columns.size(), -1);
    for (int i = 0; i < found.target.columns.size(); ++i)
        sourceOf[known->schema->indexOf(found.target.columns[i].name)] = found.sourceColumn[i];
    m_mapping.startAppend(m_look.names, *known->schema, sourceOf);
    m_mapping.setTypesOpen(m_guessedSchemas.contains(known->id));
}

/// What the inspection found becomes the types of a new table.
void ImportSession::useTypes()
{
    if (!m_inspection)
        return showReadings();
    QVector<ColumnType> types;
    for (const ColumnFindings &found : std::as_const(m_inspection->columns)) {
        types.append(found.question == ColumnQuestion::None ? found.rule.type : found.ruleIfAnswered.type);
    }
    m_mapping.setTypes(types); // tells of a change itself
}

void ImportSession::mappingChanged()
{
    forgetCheck();
    showReadings();
    if (m_inspection && !m_inspection->damage)
        m_checkSoon.start(0);
    emit changed();
}

std::optional<ColumnRule> ImportSession::ruleOf(int column) const
{
    if (!m_inspection || column >= m_mapping.rowCount())
        return {};
    const std::optional<ColumnType> type = m_mapping.typeOf(column);
    if (!type)
        return {};
    const std::optional<ColumnRule> chosen = m_chosen.value(column);
    return chosen && chosen->type == *type ? chosen : ColumnRules::forType(m_inspection->columns[column], *type);
}

void ImportSession::setRule(int column, const ColumnRule &rule)
{
    m_chosen[column] = rule;
    if (m_mapping.typeOf(column) != rule.type)
        m_mapping.setData(m_mapping.index(column, MappingModel::TypeSection), int(rule.type));
    else
        mappingChanged();
}

QVector<std::optional<ColumnRule>> ImportSession::rules() const
{
    QVector<std::optional<ColumnRule>> rules;
    for (int column = 0; column < m_look.names.size(); ++column)
        rules.append(ruleOf(column));
    return rules;
}

/// The question about a column as it is sent now, whether it was answered or not.
std::optional<RuleQuestion> ImportSession::openQuestion(int column) const
{
    const std::optional<ColumnType> type = m_inspection ? m_mapping.typeOf(column) : std::nullopt;
    if (!type)
        return {};
    return ColumnRules::question(m_inspection->columns[column], *type, m_mapping.mayChangeType());
}

void ImportSession::showReadings()
{
    QStringList readings;
    for (int column = 0; column < m_mapping.rowCount(); ++column) {
        // As long as nobody said how, the value is shown as it stands.
        const bool open = openQuestion(column) && !m_chosen[column];
        readings.append(firstReading(m_look, column, open ? std::nullopt : ruleOf(column)));
        if (open)
            readings.last() += tr(" → ?");
    }
    m_mapping.setReadings(readings);
}

QVector<ImportSession::Question> ImportSession::questions() const
{
    QVector<Question> questions;
    if (!m_inspection)
        return questions;
    for (const RowsQuestion &rows : rowsQuestions(*m_inspection, m_look.format))
        questions.append({-1, rows.text, rows.choices, rows.answer, rows.answer >= 0});
    for (int column = 0; column < m_mapping.rowCount(); ++column) {
        const std::optional<RuleQuestion> open = openQuestion(column);
        if (!open)
            continue;
        Question question{column, open->text, {}, -1, m_chosen[column].has_value()};
        for (int i = 0; i < open->choices.size(); ++i) {
            question.choices.append(open->choices[i].label);
            if (m_chosen[column] == open->choices[i].rule)
                question.answer = i;
        }
        questions.append(question);
    }
    return questions;
}

void ImportSession::answer(int number, int choice)
{
    const QVector<Question> all = questions();
    if (number < 0 || number >= all.size() || choice < 0 || choice >= all[number].choices.size())
        return;
    const int column = all[number].column;
    if (column >= 0)
        return setRule(column, openQuestion(column)->choices[choice].rule);
    answerRowsQuestion(rowsQuestions(*m_inspection, m_look.format)[number].about, choice, m_look.format);
    mappingChanged();
}

} // namespace rowdesk
