#pragma once

#include "files/columnrule.h"
#include "files/fileinspector.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace rowdesk {

/// What a person decided about how a file is read, where that is not what was detected.
struct FormatChanges
{
    std::optional<QByteArray> encoding;
    std::optional<char> delimiter;
    std::optional<char> quote;
    std::optional<bool> hasHeader;
    std::optional<int> headerRows;
    std::optional<qint64> skipLines;
    std::optional<qint64> skipRowsAtEnd;
    std::optional<qint64> firstRow; ///< of a sheet
    std::optional<bool> fillMerged;
    std::optional<bool> skipHiddenRows;
    QString sheet; ///< its name; empty: the one that is detected
    RaggedRows shortRows = RaggedRows::Stop;
    RaggedRows longRows = RaggedRows::Stop;
    BadCells badCells = BadCells::Stop;
    BadCells cellsOutside = BadCells::Stop;

    static FormatChanges between(const FileFormat &detected, const FileFormat &used);
    bool isNone() const { return *this == FormatChanges(); }
    bool operator==(const FormatChanges &) const = default;
};

/// The file's format as these changes have it: detected again where they touch on detection. Any thread.
Result<FileFormat> detectWithChanges(const QString &path, const FormatChanges &changes, bool allowLarge = false);

/// Everything that was decided about one import and is good for the next file with the same columns. Holds names of
/// columns and settings, no cell of any file.
struct ImportRecipe
{
    struct Column
    {
        QString source;
        QString target; ///< empty: left out
        /// How it is read, where a person said so; of a new table also its type.
        std::optional<ColumnRule> rule;

        bool operator==(const Column &) const = default;
    };

    QStringList layout; ///< the file's columns as they were detected, normalised and sorted
    QString fileName;   ///< the last one it was used for
    QDateTime used;
    QString datasetId; ///< append to this one; empty: a new table
    FormatChanges format;
    QVector<Column> columns;
    QStringList overlapKey;
    int thereAnswer = -1;
    int repeatsAnswer = -1;

    /// Empty for what is none.
    static std::optional<ImportRecipe> fromJson(const QJsonObject &object);
    QJsonObject toJson() const;
    bool operator==(const ImportRecipe &) const = default;

    /// What recipes are found by: the names of a file's columns, without case, spaces, accents, order.
    static QStringList layoutOf(const QStringList &columnNames);
    const Column *column(const QString &source) const; ///< by normalised name; null: none
};

/// The recipe for a file with these columns, and what has changed since.
struct RecipeMatch
{
    const ImportRecipe *recipe = nullptr; ///< one of those given; null: none
    QStringList gone;                     ///< columns that the recipe has and the file has not
    QStringList added;                    ///< the other way round

    bool isExact() const { return recipe && gone.isEmpty() && added.isEmpty(); }
};

/// Looks for the one with just these columns, else for the one that has most in common with them (more than half). Of
/// equal ones that for `datasetId` (may be empty), then the newest.
RecipeMatch findRecipe(const QVector<ImportRecipe> &recipes, const QStringList &columnNames, const QString &datasetId);

/// Puts the recipe in front of the others, in the place of one for the same layout and target. The oldest go beyond
/// `most`.
void keepRecipe(QVector<ImportRecipe> &recipes, const ImportRecipe &recipe, int most = 50);

} // namespace rowdesk
