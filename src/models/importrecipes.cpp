// ImportSession, what was decided the last time: found by the file's columns, used, said, and kept for the next time.

#include "models/importsession.h"
#include "models/words.h"

#include <QFileInfo>
#include <QLocale>

namespace rowdesk {
namespace {

QString listed(const QStringList &names)
{
    constexpr qsizetype mostNamed = 5;
    QStringList shown;
    for (const QString &name : names.first(std::min(mostNamed, names.size())))
        shown.append(u'“' + Words::oneLine(name, 30) + u'”');
    QString text = shown.join(QStringLiteral(", "));
    if (names.size() > mostNamed)
        text += ImportSession::tr(" and %1 more").arg(Words::number(names.size() - mostNamed));
    return text;
}

QString lastTime(const ImportRecipe &recipe)
{
    return ImportSession::tr("“%1” on %2")
        .arg(Words::oneLine(recipe.fileName, 40),
             QLocale().toString(recipe.used.toLocalTime().date(), QLocale::LongFormat));
}

QString driftOf(const RecipeMatch &match)
{
    QStringList parts;
    if (!match.gone.isEmpty())
        parts.append(match.gone.size() == 1 ? ImportSession::tr("column %1 is gone").arg(listed(match.gone))
                                            : ImportSession::tr("columns %1 are gone").arg(listed(match.gone)));
    if (!match.added.isEmpty())
        parts.append(match.added.size() == 1 ? ImportSession::tr("%1 is new").arg(listed(match.added))
                                             : ImportSession::tr("%1 are new").arg(listed(match.added)));
    return parts.join(QStringLiteral(", "));
}

/// The name of a file without what changes from one time to the next: digits, names of months, case, and what stands
/// between words.
QStringList lastingWords(const QString &fileName)
{
    QStringList months;
    for (const QLocale &locale : {QLocale::c(), QLocale()}) {
        for (int month = 1; month <= 12; ++month) {
            months.append(locale.monthName(month, QLocale::LongFormat).toCaseFolded());
            months.append(locale.monthName(month, QLocale::ShortFormat).toCaseFolded().remove(u'.'));
        }
    }
    QString letters = QFileInfo(fileName).completeBaseName().toCaseFolded();
    for (QChar &c : letters)
        c = c.isLetter() || c.isMark() || c.isSurrogate() ? c : QChar(u' ');
    QStringList words = letters.split(u' ', Qt::SkipEmptyParts);
    words.removeIf([&months](const QString &word) { return months.contains(word); });
    return words;
}

bool isNamedAlike(const QString &fileName, const QString &other)
{
    return lastingWords(fileName) == lastingWords(other);
}

} // namespace

/// After the first look at a file: is there a recipe for it? True when the file is being read again as it says.
bool ImportSession::lookForRecipe()
{
    if (std::exchange(m_recipeLookedFor, true))
        return false;
    m_detected = m_look.format;
    m_detectedNames = m_look.names;
    const RecipeMatch match = findRecipe(m_recipes, m_look.names, m_datasetId);
    if (!match.isExact()) {
        if (match.recipe)
            m_offer = {*match.recipe, driftOf(match)};
        return false;
    }
    return useRecipe(*match.recipe);
}

bool ImportSession::useRecipe(const ImportRecipe &recipe)
{
    m_recipe = recipe;
    m_recipeOpen = true;
    m_offer.reset();
    // Without a target the one of the last time; one that was chosen already stays. A file of another name may have the
    // same columns and be about something else: a person says where it goes.
    const bool isKnown = std::any_of(m_datasets.begin(), m_datasets.end(),
                                     [&recipe](const Dataset &known) { return known.id == recipe.datasetId; });
    if (m_target == Target::None && isKnown && isNamedAlike(recipe.fileName, fileName()))
        appendTo(recipe.datasetId);
    else if (m_target == Target::None && recipe.datasetId.isEmpty())
        createTable(suggestedName());
    if (recipe.format.isNone())
        return false;
    startLook([path = m_path, changes = recipe.format, allowLarge = m_allowLarge] {
        return detectWithChanges(path, changes, allowLarge);
    });
    return true;
}

/// Once the target's columns are known: what goes where.
void ImportSession::mapByRecipe()
{
    if (!m_recipe || m_look.names.isEmpty())
        return;
    const bool sameTable =
        m_target == Target::Append ? m_recipe->datasetId == m_datasetId : m_recipe->datasetId.isEmpty();
    for (int i = 0; sameTable && i < m_mapping.rowCount(); ++i) {
        const ImportRecipe::Column *known = m_recipe->column(m_look.names[i]);
        const QModelIndex target = m_mapping.index(i, MappingModel::TargetSection);
        if (!known)
            continue;
        if (m_target == Target::Append)
            m_mapping.setData(target, known->target);
        else if (known->target.isEmpty())
            m_mapping.setData(target, Qt::Unchecked, Qt::CheckStateRole);
        else
            m_mapping.setData(target, known->target);
    }
}

/// Once the whole file was read: how its columns are read, and by what rows are told apart.
void ImportSession::readByRecipe()
{
    if (!m_recipe || !m_inspection || !std::exchange(m_recipeOpen, false))
        return;
    const bool newTable = m_target == Target::Create && m_recipe->datasetId.isEmpty();
    for (int i = 0; i < m_look.names.size(); ++i) {
        const ImportRecipe::Column *known = m_recipe->column(m_look.names[i]);
        if (!known || !known->rule)
            continue;
        m_chosen[i] = known->rule;
        if (newTable && m_mapping.typeOf(i))
            m_mapping.setData(m_mapping.index(i, MappingModel::TypeSection), int(known->rule->type));
    }
    useKeyOfRecipe();
}

void ImportSession::useKeyOfRecipe()
{
    if (!m_recipe || m_recipe->overlapKey.isEmpty() || m_recipe->datasetId != m_datasetId)
        return;
    m_overlapKey = m_recipe->overlapKey;
    m_thereAnswer = m_recipe->thereAnswer;
    m_repeatsAnswer = m_recipe->repeatsAnswer;
}

QString ImportSession::recipeSentence() const
{
    if (m_recipe) {
        const QString used =
            tr("Read as %1: the settings, columns and answers of that time are used.").arg(lastTime(*m_recipe));
        return m_target == Target::None && !isNamedAlike(m_recipe->fileName, fileName())
                   ? tr("%1 This file has another name: choose where its rows go.").arg(used)
                   : used;
    }
    if (m_offer)
        return tr("This file is like %1, but %2.").arg(lastTime(m_offer->recipe), m_offer->drift);
    return {};
}

void ImportSession::useOffer()
{
    if (!m_offer)
        return;
    const ImportRecipe recipe = m_offer->recipe;
    if (useRecipe(recipe))
        return;
    remap();
    readByRecipe();
    mappingChanged();
}

void ImportSession::startAfresh()
{
    m_recipe.reset();
    m_offer.reset();
    m_overlapKey.clear();
    startLook([format = m_detected] { return format; });
}

ImportRecipe ImportSession::recipe() const
{
    ImportRecipe recipe;
    recipe.layout = ImportRecipe::layoutOf(m_detectedNames);
    recipe.fileName = fileName();
    recipe.used = QDateTime::currentDateTimeUtc();
    recipe.datasetId = m_datasetId;
    recipe.format = FormatChanges::between(m_detected, m_look.format);
    if (m_look.format.xlsx.sheet != m_detected.xlsx.sheet)
        recipe.format.sheet = m_look.sheets.value(m_look.format.xlsx.sheet);
    const Schema target = m_mapping.target();
    const QVector<int> sources = m_mapping.sourceColumns();
    for (int i = 0; i < m_look.names.size(); ++i) {
        const auto place = sources.indexOf(i);
        ImportRecipe::Column column{m_look.names[i], place < 0 ? QString() : target.columns[place].name, m_chosen[i]};
        if (m_target == Target::Create && place >= 0 && m_mapping.isTypeChosen(i))
            column.rule = ruleOf(i);
        if (column.rule)
            column.rule->allowedValues.clear(); // they are data
        recipe.columns.append(column);
    }
    recipe.overlapKey = m_overlapKey;
    recipe.thereAnswer = m_thereAnswer;
    recipe.repeatsAnswer = m_repeatsAnswer;
    return recipe;
}

} // namespace rowdesk
