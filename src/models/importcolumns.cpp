// ImportSession, 2 Columns: what goes where, how it is read, what has to be asked.

#include "models/importsession.h"
#include "models/rowsquestion.h"
#include "transfer/uploadplanner.h"

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

void ImportSession::remap()
{
    if (m_target == Target::Append)
        remapAppend();
    else
        m_mapping.startNewTable(m_look.names);
    mapByRecipe();
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

QString ImportSession::typeReason(int column) const
{
    if (!m_inspection || column < 0 || column >= m_inspection->columns.size())
        return {};
    const ColumnFindings &found = m_inspection->columns[column];
    const bool isAnswered = found.question != ColumnQuestion::None && m_chosen.value(column).has_value();
    return isAnswered ? tr("%1 You have answered that.").arg(found.questionText) : found.reason;
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
    QSet<int> numbers;
    for (int column = 0; column < m_mapping.rowCount(); ++column) {
        const std::optional<ColumnRule> rule = ruleOf(column);
        if (rule && (rule->type == ColumnType::Number || rule->type == ColumnType::Percentage))
            numbers.insert(column);
        // As long as nobody said how, the value is shown as it stands.
        const bool open = openQuestion(column) && !m_chosen[column];
        readings.append(firstReading(m_look, column, open ? std::nullopt : rule));
        if (open)
            readings.last() += tr(" → ?");
    }
    m_mapping.setReadings(readings);
    m_preview.setNumberColumns(numbers);
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
