#include "transfer/uploadplanner.h"

#include <QHash>
#include <QSet>

#include <numeric>

namespace rowdesk {

QString normalisedName(const QString &name)
{
    QString result;
    for (const QChar c : name.normalized(QString::NormalizationForm_KD)) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            result.append(c);
    }
    return result.toCaseFolded();
}

namespace {

/// Normalised name → position; -1 where several share it. Names in `skip` don't take part.
QHash<QString, int> positionsByNormalisedName(const QStringList &names, const QSet<int> &skip)
{
    QHash<QString, int> positions;
    for (int i = 0; i < names.size(); ++i) {
        const QString key = normalisedName(names[i]);
        if (skip.contains(i) || key.isEmpty())
            continue;
        const auto seen = positions.find(key);
        if (seen == positions.end())
            positions.insert(key, i);
        else
            *seen = -1;
    }
    return positions;
}

} // namespace

ColumnMapping mapColumns(const QStringList &source, const Schema &table)
{
    const QStringList targets = table.names();
    QVector<int> sourceOf(targets.size(), -1);
    QSet<int> usedSources;
    QSet<int> filledTargets;
    const auto use = [&](int target, int from) {
        sourceOf[target] = from;
        usedSources.insert(from);
        filledTargets.insert(target);
    };
    for (int i = 0; i < targets.size(); ++i) {
        if (const int from = static_cast<int>(source.indexOf(targets[i])); from >= 0 && !usedSources.contains(from))
            use(i, from);
    }
    const QHash<QString, int> sources = positionsByNormalisedName(source, usedSources);
    const QHash<QString, int> open = positionsByNormalisedName(targets, filledTargets);
    for (auto it = open.begin(); it != open.end(); ++it) {
        if (const int from = sources.value(it.key(), -1); it.value() >= 0 && from >= 0)
            use(it.value(), from);
    }
    ColumnMapping mapping;
    for (int i = 0; i < targets.size(); ++i) {
        if (sourceOf[i] < 0) {
            mapping.unfilled.append(targets[i]);
            continue;
        }
        mapping.target.columns.append(table.columns[i]);
        mapping.sourceColumn.append(sourceOf[i]);
    }
    for (int i = 0; i < source.size(); ++i) {
        if (!usedSources.contains(i))
            mapping.unmapped.append(source[i]);
    }
    return mapping;
}

ColumnMapping mapInOrder(const Schema &table)
{
    ColumnMapping mapping;
    mapping.target = table;
    mapping.sourceColumn.resize(table.columns.size());
    std::iota(mapping.sourceColumn.begin(), mapping.sourceColumn.end(), 0);
    return mapping;
}

} // namespace rowdesk
