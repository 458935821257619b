#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// account: its only command has no name of its own.
QList<Command> accountCommands();

/// schedule list, details, trigger.
QList<Command> scheduleCommands();

} // namespace rowdesk::cli
