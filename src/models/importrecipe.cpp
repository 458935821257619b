#include "models/importrecipe.h"

#include "files/csvdetector.h"
#include "files/fileanswers.h"
#include "files/xlsxdetector.h"
#include "transfer/uploadplanner.h"

#include <QJsonArray>

#include <algorithm>

namespace rowdesk {

FormatChanges FormatChanges::between(const FileFormat &detected, const FileFormat &used)
{
    FormatChanges changes;
    const auto note = [](auto &change, const auto &before, const auto &now) {
        if (before != now)
            change = now;
    };
    note(changes.encoding, detected.csv.encoding, used.csv.encoding);
    note(changes.delimiter, detected.csv.delimiter, used.csv.delimiter);
    note(changes.quote, detected.csv.quote, used.csv.quote);
    note(changes.skipLines, detected.csv.skipLines, used.csv.skipLines);
    note(changes.firstRow, detected.xlsx.firstRow, used.xlsx.firstRow);
    note(changes.fillMerged, detected.xlsx.fillMerged, used.xlsx.fillMerged);
    note(changes.skipHiddenRows, detected.xlsx.skipHiddenRows, used.xlsx.skipHiddenRows);
    note(changes.skipRowsAtEnd, detected.csv.skipRowsAtEnd, used.csv.skipRowsAtEnd);
    const bool workbook = used.kind == FileKind::Xlsx;
    note(changes.hasHeader, workbook ? detected.xlsx.hasHeader : detected.csv.hasHeader,
         workbook ? used.xlsx.hasHeader : used.csv.hasHeader);
    note(changes.headerRows, workbook ? detected.xlsx.headerRows : detected.csv.headerRows,
         workbook ? used.xlsx.headerRows : used.csv.headerRows);
    changes.shortRows = used.csv.shortRows;
    changes.longRows = used.csv.longRows;
    changes.badCells = used.xlsx.badCells;
    changes.cellsOutside = used.xlsx.cellsOutside;
    return changes;
}

namespace {

void apply(const FormatChanges &changes, FileFormat &format)
{
    CsvFormat &csv = format.csv;
    csv.quote = changes.quote.value_or(csv.quote);
    csv.skipLines = changes.skipLines.value_or(csv.skipLines);
    csv.skipRowsAtEnd = changes.skipRowsAtEnd.value_or(csv.skipRowsAtEnd);
    csv.hasHeader = changes.hasHeader.value_or(csv.hasHeader);
    csv.headerRows = changes.headerRows.value_or(csv.headerRows);
    csv.headerIsSure = csv.headerIsSure || changes.hasHeader || changes.headerRows;
    csv.shortRows = changes.shortRows;
    csv.longRows = changes.longRows;
    format.xlsx.firstRow = changes.firstRow.value_or(format.xlsx.firstRow);
    format.xlsx.fillMerged = changes.fillMerged.value_or(format.xlsx.fillMerged);
    format.xlsx.skipHiddenRows = changes.skipHiddenRows.value_or(format.xlsx.skipHiddenRows);
    format.xlsx.hasHeader = changes.hasHeader.value_or(format.xlsx.hasHeader);
    format.xlsx.headerRows = changes.headerRows.value_or(format.xlsx.headerRows);
    format.xlsx.headerIsSure = format.xlsx.headerIsSure || changes.hasHeader || changes.headerRows;
    format.xlsx.badCells = changes.badCells;
    format.xlsx.cellsOutside = changes.cellsOutside;
}

/// The sheet of this name, or the one that is detected when there is none.
Result<XlsxFormat> formatOfSheet(const QString &path, const QString &name, bool allowLarge)
{
    const Result<XlsxWorkbook> workbook = readXlsxOutline(path, allowLarge);
    if (!workbook)
        return workbook.error();
    for (int i = 0; i < workbook->sheets.size(); ++i) {
        if (workbook->sheets[i].name == name)
            return detectXlsxFormat(path, i, allowLarge);
    }
    return detectXlsxFormat(path, -1, allowLarge);
}

} // namespace

Result<FileFormat> detectWithChanges(const QString &path, const FormatChanges &changes, bool allowLarge)
{
    FileAnswers answers;
    answers.allowLarge = allowLarge;
    Result<FileFormat> format = detectFormat(path, answers);
    if (!format)
        return format;
    if (format->kind == FileKind::Text && (changes.encoding || changes.delimiter)) {
        const Result<CsvFormat> csv =
            detectCsvFormat(path, changes.encoding.value_or(QByteArray()), changes.delimiter.value_or(0));
        if (!csv)
            return csv.error();
        format.value().csv = *csv;
    }
    if (format->kind == FileKind::Xlsx && !changes.sheet.isEmpty()) {
        const Result<XlsxFormat> xlsx = formatOfSheet(path, changes.sheet, allowLarge);
        if (!xlsx)
            return xlsx.error();
        format.value().xlsx = *xlsx;
    }
    apply(changes, format.value());
    return format;
}

QStringList ImportRecipe::layoutOf(const QStringList &columnNames)
{
    QStringList layout;
    for (const QString &name : columnNames)
        layout.append(normalisedName(name));
    layout.sort();
    return layout;
}

const ImportRecipe::Column *ImportRecipe::column(const QString &source) const
{
    const QString wanted = normalisedName(source);
    for (const Column &known : columns) {
        if (known.source == source || normalisedName(known.source) == wanted)
            return &known;
    }
    return nullptr;
}

RecipeMatch findRecipe(const QVector<ImportRecipe> &recipes, const QStringList &columnNames, const QString &datasetId)
{
    const QStringList layout = ImportRecipe::layoutOf(columnNames);
    const auto shared = [&layout](const ImportRecipe &recipe) {
        QStringList common;
        std::set_intersection(layout.begin(), layout.end(), recipe.layout.begin(), recipe.layout.end(),
                              std::back_inserter(common));
        return common.size();
    };
    RecipeMatch match;
    double best = 0.5;
    for (const ImportRecipe &recipe : recipes) {
        const auto larger = std::max(layout.size(), recipe.layout.size());
        double share = larger == 0 ? 0 : double(shared(recipe)) / double(larger);
        if (!datasetId.isEmpty() && recipe.datasetId == datasetId && share > 0.5)
            share += 1e-6; // before an equal one
        if (share > best) {
            best = share;
            match.recipe = &recipe;
        }
    }
    if (!match.recipe || match.recipe->layout == layout)
        return match;
    for (const ImportRecipe::Column &column : match.recipe->columns) {
        if (!layout.contains(normalisedName(column.source)))
            match.gone.append(column.source);
    }
    for (const QString &name : columnNames) {
        if (!match.recipe->column(name))
            match.added.append(name);
    }
    return match;
}

void keepRecipe(QVector<ImportRecipe> &recipes, const ImportRecipe &recipe, int most)
{
    recipes.removeIf([&recipe](const ImportRecipe &known) {
        return known.layout == recipe.layout && known.datasetId == recipe.datasetId;
    });
    recipes.prepend(recipe);
    if (recipes.size() > most)
        recipes.resize(most);
}

} // namespace rowdesk
