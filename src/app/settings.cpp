#include "app/settings.h"

#include "app/viewsettings.h"
#include "core/wholefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace rowdesk {

namespace {

constexpr qint64 largestSettings = 4'000'000;
constexpr int mostTabs = 50;
constexpr int mostRecipes = 50;
constexpr int widestColumn = 4000; ///< whatever a damaged file says

QRect readRect(const QJsonValue &value)
{
    const QJsonArray sides = value.toArray();
    if (sides.size() != 4)
        return {};
    return {sides[0].toInt(), sides[1].toInt(), sides[2].toInt(), sides[3].toInt()};
}

QJsonArray tabsToJson(const QVector<OpenTab> &tabs)
{
    QJsonArray array;
    for (const OpenTab &tab : tabs) {
        QJsonObject entry{{QStringLiteral("dataset"), tab.datasetId}, {QStringLiteral("name"), tab.name}};
        if (!tab.version.isEmpty()) {
            entry[QStringLiteral("version")] = tab.version;
            entry[QStringLiteral("created")] = tab.created;
        }
        if (tab.rows)
            entry[QStringLiteral("rows")] = *tab.rows;
        array.append(entry);
    }
    return array;
}

QVector<OpenTab> readTabs(const QJsonArray &array)
{
    QVector<OpenTab> tabs;
    for (const QJsonValue &entry : array) {
        OpenTab tab;
        tab.datasetId = entry[QStringLiteral("dataset")].toString();
        tab.name = entry[QStringLiteral("name")].toString();
        tab.version = entry[QStringLiteral("version")].toString();
        tab.created = entry[QStringLiteral("created")].toString();
        if (const QJsonValue rows = entry[QStringLiteral("rows")]; rows.isDouble())
            tab.rows = rows.toInteger();
        if (!tab.datasetId.isEmpty() && tabs.size() < mostTabs)
            tabs.append(tab);
    }
    return tabs;
}

QJsonObject deskToJson(const DeskState &desk)
{
    QJsonObject widths;
    for (auto table = desk.widths.cbegin(); table != desk.widths.cend(); ++table) {
        QJsonObject columns;
        for (auto column = table->cbegin(); column != table->cend(); ++column)
            columns[column.key()] = column.value();
        widths[table.key()] = columns;
    }
    QJsonObject layouts;
    for (auto table = desk.layouts.cbegin(); table != desk.layouts.cend(); ++table)
        layouts[table.key()] = layoutToJson(*table);
    QJsonObject views;
    for (auto table = desk.views.cbegin(); table != desk.views.cend(); ++table)
        views[table.key()] = viewsToJson(*table);
    return {{QStringLiteral("tabs"), tabsToJson(desk.tabs)},
            {QStringLiteral("current"), desk.current},
            {QStringLiteral("widths"), widths},
            {QStringLiteral("columns"), layouts},
            {QStringLiteral("views"), views}};
}

DeskState readDesk(const QJsonObject &object)
{
    DeskState desk;
    desk.tabs = readTabs(object[QStringLiteral("tabs")].toArray());
    desk.current = qBound(0, object[QStringLiteral("current")].toInt(), int(desk.tabs.size()));
    const QJsonObject widths = object[QStringLiteral("widths")].toObject();
    for (auto table = widths.begin(); table != widths.end(); ++table) {
        const QJsonObject columns = table.value().toObject();
        for (auto column = columns.begin(); column != columns.end(); ++column) {
            if (const int width = column.value().toInt(); width > 0 && width <= widestColumn)
                desk.widths[table.key()][column.key()] = width;
        }
    }
    const QJsonObject layouts = object[QStringLiteral("columns")].toObject();
    for (auto table = layouts.begin(); table != layouts.end(); ++table)
        desk.layouts[table.key()] = readLayout(table.value().toObject());
    const QJsonObject views = object[QStringLiteral("views")].toObject();
    for (auto table = views.begin(); table != views.end(); ++table)
        desk.views[table.key()] = readViews(table.value().toArray());
    return desk;
}

QVector<ImportRecipe> readRecipes(const QJsonArray &array)
{
    QVector<ImportRecipe> recipes;
    for (const QJsonValue &entry : array) {
        if (const auto recipe = ImportRecipe::fromJson(entry.toObject()); recipe && recipes.size() < mostRecipes)
            recipes.append(*recipe);
    }
    return recipes;
}

} // namespace

Settings loadSettings(const QString &file, QString *problem)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(in.read(largestSettings));
    in.close();
    if (!document.isObject()) {
        const QString aside = file + QStringLiteral(".broken");
        QFile::remove(aside);
        QFile::rename(file, aside);
        if (problem)
            *problem =
                QCoreApplication::translate("Settings", "The settings could not be read and were set aside as %1")
                    .arg(QFileInfo(aside).fileName());
        return {};
    }
    const QJsonObject root = document.object();
    Settings settings;
    settings.window = readRect(root[QStringLiteral("window")]);
    settings.maximized = root[QStringLiteral("maximized")].toBool();
    settings.lastProfile = root[QStringLiteral("last_profile")].toString();
    const QJsonObject desks = root[QStringLiteral("desks")].toObject();
    for (auto desk = desks.begin(); desk != desks.end(); ++desk)
        settings.desks[desk.key()] = readDesk(desk.value().toObject());
    const QJsonObject recipes = root[QStringLiteral("imports")].toObject();
    for (auto account = recipes.begin(); account != recipes.end(); ++account)
        settings.recipes[account.key()] = readRecipes(account.value().toArray());
    const QJsonObject comparisons = root[QStringLiteral("comparisons")].toObject();
    for (auto account = comparisons.begin(); account != comparisons.end(); ++account)
        settings.comparisons[account.key()] = readComparisons(account.value().toArray());
    return settings;
}

bool saveSettings(const QString &file, const Settings &settings)
{
    QJsonObject root;
    if (!settings.window.isNull())
        root[QStringLiteral("window")] =
            QJsonArray{settings.window.x(), settings.window.y(), settings.window.width(), settings.window.height()};
    root[QStringLiteral("maximized")] = settings.maximized;
    root[QStringLiteral("last_profile")] = settings.lastProfile;
    QJsonObject desks;
    for (auto desk = settings.desks.cbegin(); desk != settings.desks.cend(); ++desk)
        desks[desk.key()] = deskToJson(*desk);
    root[QStringLiteral("desks")] = desks;
    QJsonObject recipes;
    for (auto account = settings.recipes.cbegin(); account != settings.recipes.cend(); ++account) {
        QJsonArray array;
        for (const ImportRecipe &recipe : *account)
            array.append(recipe.toJson());
        recipes[account.key()] = array;
    }
    root[QStringLiteral("imports")] = recipes;
    QJsonObject comparisons;
    for (auto account = settings.comparisons.cbegin(); account != settings.comparisons.cend(); ++account)
        comparisons[account.key()] = comparisonsToJson(*account);
    root[QStringLiteral("comparisons")] = comparisons;
    if (!QDir().mkpath(QFileInfo(file).path()))
        return false;
    QSaveFile out(file);
    const QByteArray json = QJsonDocument(root).toJson();
    return out.open(QIODevice::WriteOnly) && out.write(json) == json.size() && commitWhole(out);
}

QRect fitToScreens(const QRect &window, const QList<QRect> &screens)
{
    Q_ASSERT(!screens.isEmpty());
    const auto overlap = [&window](const QRect &screen) {
        const QRect common = window.intersected(screen);
        return qint64(common.width()) * common.height();
    };
    QRect best = screens.first();
    for (const QRect &screen : screens) {
        if (!window.intersected(screen).isEmpty() &&
            (window.intersected(best).isEmpty() || overlap(screen) > overlap(best)))
            best = screen;
    }
    QRect fitted(window.topLeft(), window.size().boundedTo(best.size()));
    fitted.moveLeft(qBound(best.left(), fitted.left(), best.right() - fitted.width() + 1));
    fitted.moveTop(qBound(best.top(), fitted.top(), best.bottom() - fitted.height() + 1));
    return fitted;
}

} // namespace rowdesk
