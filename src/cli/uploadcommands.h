#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// data append, data send.
QList<Command> uploadCommands();

} // namespace rowdesk::cli
