#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// data update, data delete, data refresh.
QList<Command> editCommands();

} // namespace rowdesk::cli
