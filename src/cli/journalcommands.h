#pragma once

#include "cli/command.h"

namespace rowdesk::cli {

/// upload list, upload show, upload resume, upload cancel: what the journal of uploads has.
QList<Command> journalCommands();

} // namespace rowdesk::cli
