#pragma once

#include "gui/deskstate.h"
#include "models/comparememory.h"
#include "models/importrecipe.h"

#include <QRect>
#include <QString>

namespace rowdesk {

/// What the program remembers of itself between two runs. Holds no secret.
struct Settings
{
    QRect window; ///< null: choose for me
    bool maximized = false;
    QString lastProfile;             ///< signed in with at the end; empty when nobody was
    QHash<QString, DeskState> desks; ///< by name of the account
    /// How files were imported, the newest first; by name of the account.
    QHash<QString, QVector<ImportRecipe>> recipes;
    /// How datasets were compared, the newest first; by name of the account.
    QHash<QString, QVector<CompareMemory>> comparisons;

    bool operator==(const Settings &) const = default;
};

/// Reads them. A missing file gives the defaults; one that can't be read is set aside as "settings.json.broken" and
/// `problem` says so.
Settings loadSettings(const QString &file, QString *problem = nullptr);

/// Writes them all or not at all; false when the disk says no.
bool saveSettings(const QString &file, const Settings &settings);

/// A window's place moved and shrunk so that it can be reached: wholly on the screen it overlaps most, or on the first
/// one when it overlaps none. `screens` are available areas, at least one.
QRect fitToScreens(const QRect &window, const QList<QRect> &screens);

} // namespace rowdesk
