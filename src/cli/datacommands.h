#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// data list, get, history, version, create.
QList<Command> dataCommands();

} // namespace rowdesk::cli
