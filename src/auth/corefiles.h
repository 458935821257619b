#pragma once

namespace rowdesk {

/// Secrets live in the program's memory: from here on no core file may carry them to disk. Call first in main().
/// A debug build (without NDEBUG) keeps its core files.
void forbidCoreFiles();

} // namespace rowdesk
