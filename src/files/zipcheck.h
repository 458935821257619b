#pragma once

#include <QString>

namespace rowdesk {

/// Whether the directory of a ZIP archive and the headers of its entries say the same: each entry lies within the file,
/// none overlaps another, and names, methods, sizes and checksums agree. A header whose sizes follow its data may leave
/// each of them out, which some archivers do for one and not for the other, and libzip takes for damage. Archives of
/// more than 4 GB are not looked at: false.
bool isConsistentZip(const QString &path);

} // namespace rowdesk
