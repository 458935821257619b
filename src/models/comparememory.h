#pragma once

#include "core/tablediff.h"

#include <QJsonArray>
#include <QVector>

#include <optional>

namespace rowdesk {

/// How a dataset was compared last: the same is offered the next time. Holds names of columns, no cell.
struct CompareMemory
{
    QString datasetId;
    DiffOptions options;

    bool operator==(const CompareMemory &) const = default;
};

/// Puts it in front of the others, in the place of the one for the same dataset. The oldest go beyond `most`, and so do
/// all words about a dataset with names too many for a file of settings.
void keepComparison(QVector<CompareMemory> &memories, const CompareMemory &memory, int most = 100);
/// How the dataset was compared last; empty when that is not known.
std::optional<DiffOptions> lastOptions(const QVector<CompareMemory> &memories, const QString &datasetId);

QJsonArray comparisonsToJson(const QVector<CompareMemory> &memories);
/// What makes no sense in it is left out.
QVector<CompareMemory> readComparisons(const QJsonArray &array);

/// Options of an earlier comparison for two tables that may have other columns.
struct FittedOptions
{
    DiffOptions options; ///< without what speaks of columns that are not in both tables
    QStringList gone;    ///< those columns
    /// One of them was in the key. The rest of a key is not that key, so options.key is empty.
    bool keyIsGone = false;

    static FittedOptions of(const DiffOptions &last, const QStringList &columnsA, const QStringList &columnsB);
    /// What the dialog says of it, as sentences.
    QString sentence() const;
};

} // namespace rowdesk
