#include "app/settings.h"

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

constexpr qint64 largestSettings = 1'000'000;

QRect readRect(const QJsonValue &value)
{
    const QJsonArray sides = value.toArray();
    if (sides.size() != 4)
        return {};
    return {sides[0].toInt(), sides[1].toInt(), sides[2].toInt(), sides[3].toInt()};
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
    if (!QDir().mkpath(QFileInfo(file).path()))
        return false;
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(QJsonDocument(root).toJson()) > 0 && out.commit();
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
