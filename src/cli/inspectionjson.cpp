#include "cli/inspectionjson.h"

#include "cli/fileoptions.h"
#include "cli/jsonline.h"
#include "core/wtf8.h"
#include "files/filenotes.h"

namespace rowdesk::cli {
namespace {

/// Members of an array, with their commas.
class JsonList
{
public:
    void add(const std::string &json)
    {
        m_text += m_text.size() > 1 ? "," : "";
        m_text += json;
    }
    std::string text() const { return m_text + ']'; }

private:
    std::string m_text = "[";
};

std::string textsJson(const QStringList &texts)
{
    JsonList list;
    for (const QString &text : texts) {
        std::string json;
        appendJsonString(json, wtf8FromString(text));
        list.add(json);
    }
    return list.text();
}

void addOrNull(JsonLine &line, std::string_view name, const QString &text)
{
    text.isNull() ? line.addRaw(name, "null") : line.add(name, text);
}

void addOrNull(JsonLine &line, std::string_view name, qint64 number)
{
    number <= 0 ? line.addRaw(name, "null") : line.add(name, number);
}

std::string problemJson(qint64 where, const QString &column, const QString &value, const QString &reason)
{
    JsonLine line;
    addOrNull(line, "line", where);
    addOrNull(line, "column", column);
    addOrNull(line, "value", value);
    return line.add("reason", reason).text();
}

void addFileProblems(const FileInspection &inspection, JsonList &list)
{
    if (inspection.damage) {
        const qint64 field = inspection.damageField;
        const QString column =
            field >= 1 && field <= inspection.columns.size() ? inspection.columns[field - 1].name : QString();
        const QString help = optionThatHelps(*inspection.damage);
        list.add(problemJson(inspection.damageLine, column, {},
                             inspection.damage->text() + (help.isEmpty() ? help : QLatin1Char(' ') + help)));
    }
    for (const FileDoubt &doubt : doubtsAbout(inspection)) {
        if (!doubt.isMild)
            list.add(problemJson(doubt.line, doubt.column, {}, textWithOptions(doubt)));
    }
}

void addQuestions(const InspectionReport &report, JsonList &list)
{
    for (qsizetype i = 0; i < report.plan.columns.size(); ++i) {
        const ColumnFindings &found = report.inspection.columns[i];
        if (report.plan.columns[i].isOpen)
            list.add(problemJson(found.questionLine, report.plan.columns[i].name, found.questionValues.value(0),
                                 found.questionText + QLatin1Char(' ') + optionsThatAnswer(found)));
    }
}

void addCells(const InspectionReport &report, JsonList &list)
{
    for (const CellProblem &problem : report.problems.first)
        list.add(problemJson(problem.line, report.plan.columns[problem.column].name, problem.value, problem.reason));
    const qint64 others = report.problems.count() - report.problems.first.size();
    if (others > 0)
        list.add(problemJson(0, {}, {}, tr("%1 more values do not fit their column.").arg(others)));
}

std::string columnsJson(const InspectionReport &report)
{
    JsonList list;
    for (qsizetype i = 0; i < report.plan.columns.size(); ++i) {
        const PlannedColumn &column = report.plan.columns[i];
        JsonLine line;
        line.add("name", column.name).add("type", columnTypeName(column.rule.type)).add("reason", column.reason);
        line.add("nulls", column.nulls);
        if (const QStringList &notes = report.inspection.columns[i].notes; !notes.isEmpty())
            line.addRaw("notes", textsJson(notes));
        if (column.isOpen)
            line.add("question", optionsThatAnswer(report.inspection.columns[i]));
        list.add(line.text());
    }
    return list.text();
}

std::string sheetsJson(const InspectionReport &report)
{
    JsonList list;
    for (qsizetype i = 0; i < report.workbook.sheets.size(); ++i) {
        const XlsxSheetInfo &sheet = report.workbook.sheets[i];
        JsonLine line;
        line.add("name", sheet.name).add("hidden", sheet.hidden);
        if (report.filledRows.value(i, -1) >= 0)
            line.add("filled_rows", report.filledRows[i]);
        else
            line.addRaw("filled_rows", "null");
        list.add(line.text());
    }
    return list.text();
}

} // namespace

QStringList notesOf(const InspectionReport &report)
{
    QStringList notes = report.inspection.notes;
    for (const FileDoubt &doubt : doubtsAbout(report.inspection)) {
        if (doubt.isMild)
            notes.append(doubt.text);
    }
    notes += notesAbout(report.workbook, report.inspection.format.xlsx.sheet);
    return notes;
}

std::string inspectionJson(const InspectionReport &report)
{
    const FileInspection &inspection = report.inspection;
    const bool isText = inspection.format.kind == FileKind::Text;
    const CsvFormat &csv = inspection.format.csv;
    const bool isSplit = isText && csv.delimiter != csvNoDelimiter;
    JsonList problems;
    addFileProblems(inspection, problems);
    addQuestions(report, problems);
    addCells(report, problems);
    JsonLine line;
    line.add("format", isText ? QStringLiteral("csv") : QStringLiteral("xlsx"));
    addOrNull(line, "encoding", isText ? QString::fromLatin1(csv.encoding) : QString());
    addOrNull(line, "delimiter", isSplit ? QString(QLatin1Char(csv.delimiter)) : QString());
    addOrNull(line, "header_row", inspection.headerRow);
    if (!isText)
        addOrNull(line, "sheet", report.workbook.sheets.value(inspection.format.xlsx.sheet).name);
    // How many rows a damaged file has, nobody can tell.
    if (inspection.damage)
        line.addRaw("rows", "null").add("rows_before_damage", inspection.rows);
    else
        line.add("rows", inspection.rows);
    line.addRaw("columns", columnsJson(report)).addRaw("problems", problems.text());
    line.addRaw("sheets", sheetsJson(report)).addRaw("notes", textsJson(notesOf(report)));
    return line.text();
}

} // namespace rowdesk::cli
