#pragma once

#include "models/savedview.h"

#include <QJsonArray>
#include <QJsonObject>

namespace rowdesk {

/// Layouts of columns and saved views in the file of settings. What makes no sense in it is left out.
QJsonObject layoutToJson(const ColumnLayout &layout);
ColumnLayout readLayout(const QJsonObject &object);

QJsonArray viewsToJson(const QVector<SavedView> &views);
QVector<SavedView> readViews(const QJsonArray &array);

} // namespace rowdesk
