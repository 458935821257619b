#include "core/wtf8.h"
#include "files/diffreport.h"

namespace rowdesk {
namespace {

void addName(std::string &json, std::string_view name)
{
    json += json.size() > 1 && json.back() != '{' ? "," : "";
    appendJsonString(json, name);
    json += ':';
}

void addNumber(std::string &json, std::string_view name, qint64 number)
{
    addName(json, name);
    json += std::to_string(number);
}

template<typename Takes>
void addNames(std::string &json, std::string_view name, const TableDiff &diff, const Takes &takes)
{
    addName(json, name);
    json += '[';
    for (const DiffColumn &column : diff.columns) {
        if (!takes(column))
            continue;
        json += json.back() == '[' ? "" : ",";
        appendJsonString(json, wtf8FromString(column.name));
    }
    json += ']';
}

void addProblems(std::string &json, std::string_view name, const DiffKeyProblems &problems, size_t rows)
{
    addName(json, name);
    json += '{';
    addNumber(json, "repeated_keys", problems.repeatedKeys);
    addNumber(json, "repeated_rows", problems.repeatedRows);
    addNumber(json, "blank_rows", problems.blankRows);
    addNumber(json, "rows", static_cast<qint64>(rows));
    json += '}';
}

void addText(std::string &json, std::string_view name, const QString &text)
{
    addName(json, name);
    appendJsonString(json, wtf8FromString(text));
}

void addTexts(std::string &json, std::string_view name, const QStringList &texts)
{
    addName(json, name);
    json += '[';
    for (const QString &text : texts) {
        json += json.back() == '[' ? "" : ",";
        appendJsonString(json, wtf8FromString(text));
    }
    json += ']';
}

void addFlag(std::string &json, std::string_view name, bool value)
{
    addName(json, name);
    json += value ? "true" : "false";
}

void addRenames(std::string &json, const TableDiff &diff)
{
    addName(json, "columns_renamed");
    json += '[';
    for (const DiffRename &rename : diff.renames) {
        json += json.back() == '[' ? "{" : ",{";
        addText(json, "from", diff.columns[static_cast<size_t>(rename.removed)].name);
        addText(json, "to", diff.columns[static_cast<size_t>(rename.added)].name);
        addName(json, "same_share");
        json += QByteArray::number(rename.share, 'g', 6).toStdString() + '}';
    }
    json += ']';
}

void addOptions(std::string &json, const DiffOptions &options)
{
    addTexts(json, "ignored", options.ignored);
    addFlag(json, "trim", options.trim);
    addFlag(json, "ignore_case", options.ignoreCase);
    addFlag(json, "null_is_empty", options.nullIsEmpty);
    addFlag(json, "dates_only", options.datesOnly);
    addFlag(json, "as_written", options.asWritten);
    addName(json, "tolerance");
    json += '{';
    QStringList names = options.tolerances.keys();
    names.sort();
    for (const QString &name : names) {
        const DiffTolerance tolerance = options.tolerances.value(name);
        addName(json, wtf8FromString(name));
        json += '{';
        if (tolerance.absolute)
            addText(json, "absolute", absoluteText(tolerance));
        if (tolerance.relative > 0)
            addText(json, "relative", relativeText(tolerance));
        json += '}';
    }
    json += '}';
}

} // namespace

std::string diffJson(const TableDiff &diff)
{
    std::string json = "{";
    addNumber(json, "rows_a", diff.rowsA);
    addNumber(json, "rows_b", diff.rowsB);
    addNumber(json, "added", static_cast<qint64>(diff.added.size()));
    addNumber(json, "removed", static_cast<qint64>(diff.removed.size()));
    addNumber(json, "changed", static_cast<qint64>(diff.changed.size()));
    addNumber(json, "unchanged", diff.unchanged);
    addNumber(json, "cells_changed", diff.cellsChanged);
    addNames(json, "columns_added", diff, [](const auto &column) { return column.role == DiffColumn::Role::Added; });
    addNames(json, "columns_removed", diff,
             [](const auto &column) { return column.role == DiffColumn::Role::Removed; });
    addNames(json, "columns_retyped", diff, [](const auto &column) { return column.retyped; });
    addName(json, "per_column");
    json += '{';
    for (const DiffColumn &column : diff.columns) {
        if (diff.byKey && column.isCompared())
            addNumber(json, wtf8FromString(column.name), column.changed);
    }
    json += '}';
    if (diff.keysA.any() || diff.keysB.any()) {
        addName(json, "unpaired");
        json += '{';
        addProblems(json, "a", diff.keysA, diff.unpairedA.size());
        addProblems(json, "b", diff.keysB, diff.unpairedB.size());
        json += '}';
    }
    return json + '}';
}

Result<Done> writeDiffJson(const DiffReport &report, const TextSink &sink)
{
    std::string json = diffJson(report.diff);
    json.pop_back();
    addRenames(json, report.diff);
    if (report.diff.lookAlikes > 0)
        addNumber(json, "keys_that_look_alike", report.diff.lookAlikes);
    addText(json, "a", report.a.name);
    addText(json, "b", report.b.name);
    addTexts(json, "key", report.options.key);
    addName(json, "options");
    json += '{';
    addOptions(json, report.options);
    json += '}';
    addText(json, "compared_at", report.when.toUTC().toString(Qt::ISODate));
    json += "}\n";
    return sink(json);
}

} // namespace rowdesk
