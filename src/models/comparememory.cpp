#include "models/comparememory.h"

#include "models/words.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace rowdesk {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CompareMemory)
};

constexpr qsizetype mostBytes = 20'000; ///< of one dataset in the file

/// The switches by their names in the file, which are those of the reports.
struct Switch
{
    const char *name;
    bool DiffOptions::*value;
};
constexpr Switch switches[]{{"trim", &DiffOptions::trim},
                            {"ignore_case", &DiffOptions::ignoreCase},
                            {"null_is_empty", &DiffOptions::nullIsEmpty},
                            {"dates_only", &DiffOptions::datesOnly},
                            {"as_written", &DiffOptions::asWritten}};

QJsonObject toJson(const CompareMemory &memory)
{
    const DiffOptions &options = memory.options;
    QJsonObject object{{QStringLiteral("dataset"), memory.datasetId},
                       {QStringLiteral("key"), QJsonArray::fromStringList(options.key)},
                       {QStringLiteral("ignored"), QJsonArray::fromStringList(options.ignored)}};
    for (const Switch &each : switches)
        object[QLatin1String(each.name)] = options.*each.value;
    QJsonObject tolerances;
    for (auto i = options.tolerances.cbegin(); i != options.tolerances.cend(); ++i)
        tolerances[i.key()] = toleranceText(*i);
    object[QStringLiteral("tolerance")] = tolerances;
    return object;
}

QStringList readNames(const QJsonValue &value)
{
    QStringList names;
    for (const QJsonValue &name : value.toArray()) {
        if (name.isString())
            names.append(name.toString());
    }
    names.removeDuplicates();
    return names;
}

DiffOptions readOptions(const QJsonObject &object)
{
    DiffOptions options;
    options.key = readNames(object[QStringLiteral("key")]);
    options.ignored = readNames(object[QStringLiteral("ignored")]);
    for (const Switch &each : switches)
        options.*each.value = object[QLatin1String(each.name)].toBool();
    const QJsonObject tolerances = object[QStringLiteral("tolerance")].toObject();
    for (auto i = tolerances.begin(); i != tolerances.end(); ++i) {
        if (const auto tolerance = readTolerance(i.value().toString()); tolerance && *tolerance != DiffTolerance{})
            options.tolerances.insert(i.key(), *tolerance);
    }
    return options;
}

} // namespace

void keepComparison(QVector<CompareMemory> &memories, const CompareMemory &memory, int most)
{
    memories.removeIf([&memory](const CompareMemory &each) { return each.datasetId == memory.datasetId; });
    if (QJsonDocument(toJson(memory)).toJson(QJsonDocument::Compact).size() <= mostBytes)
        memories.prepend(memory);
    memories.resize(std::min<qsizetype>(memories.size(), most));
}

std::optional<DiffOptions> lastOptions(const QVector<CompareMemory> &memories, const QString &datasetId)
{
    const auto found = std::ranges::find(memories, datasetId, &CompareMemory::datasetId);
    return found == memories.end() ? std::nullopt : std::optional(found->options);
}

QJsonArray comparisonsToJson(const QVector<CompareMemory> &memories)
{
    QJsonArray array;
    for (const CompareMemory &memory : memories)
        array.append(toJson(memory));
    return array;
}

QVector<CompareMemory> readComparisons(const QJsonArray &array)
{
    QVector<CompareMemory> memories;
    // The newest comes first in the file and is put in last.
    for (qsizetype i = array.size() - 1; i >= 0; --i) {
        const QJsonObject object = array[i].toObject();
        if (const QString id = object[QStringLiteral("dataset")].toString(); !id.isEmpty())
            keepComparison(memories, {id, readOptions(object)});
    }
    return memories;
}

FittedOptions FittedOptions::of(const DiffOptions &last, const QStringList &columnsA, const QStringList &columnsB)
{
    FittedOptions fitted{last, {}, false};
    const auto isGone = [&](const QString &name) { return !columnsA.contains(name) || !columnsB.contains(name); };
    for (const QString &name : last.key + last.ignored + last.tolerances.keys()) {
        if (isGone(name) && !fitted.gone.contains(name))
            fitted.gone.append(name);
    }
    DiffOptions &options = fitted.options;
    fitted.keyIsGone = std::ranges::any_of(last.key, isGone);
    if (fitted.keyIsGone)
        options.key.clear();
    options.ignored.removeIf(isGone);
    options.tolerances.removeIf([&isGone](const auto &tolerance) { return isGone(tolerance.key()); });
    return fitted;
}

QString FittedOptions::sentence() const
{
    if (gone.isEmpty())
        return Text::tr("Key and options are those of the last comparison of this dataset.");
    QStringList names;
    for (const QString &name : gone)
        names.append(Words::oneLine(name));
    const QString left = Text::tr("Left out is what was said of columns that not both tables have: %1.")
                             .arg(names.join(QStringLiteral(", ")));
    return keyIsGone
               ? Text::tr("The options are those of the last comparison of this dataset, the key is not. %1").arg(left)
               : Text::tr("Key and options are those of the last comparison of this dataset. %1").arg(left);
}

} // namespace rowdesk
