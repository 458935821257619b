#pragma once

#include <QString>

namespace rowdesk {

/// Where the program keeps what is not a setting: a folder of this name in ROWDESK_DATA_DIR, else in the user's data
/// folder. Not made here.
QString dataFolder(const QString &name);

} // namespace rowdesk
