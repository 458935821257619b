#pragma once

#include "models/savedview.h"

#include <QHash>
#include <QString>
#include <QVector>

#include <optional>

namespace rowdesk {

/// A tab as it is remembered: enough to open it again, and to say what it was when it can't be.
struct OpenTab
{
    QString datasetId;
    QString name;               ///< of the dataset
    QString version;            ///< empty: the current rows
    QString created;            ///< of the version, as told
    std::optional<qint64> rows; ///< of the version

    bool operator==(const OpenTab &) const = default;
};

/// What a person has arranged on the desk of one account.
struct DeskState
{
    QVector<OpenTab> tabs;
    int current = 0; ///< 0: the list of datasets, else the tab's place from 1 on
    /// Column widths that were chosen by hand: dataset, then name of the column.
    QHash<QString, QHash<QString, int>> widths;
    QHash<QString, ColumnLayout> layouts;     ///< by dataset
    QHash<QString, QVector<SavedView>> views; ///< by dataset

    bool operator==(const DeskState &) const = default;
};

} // namespace rowdesk
