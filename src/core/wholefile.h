#pragma once

#include <QSaveFile>

namespace rowdesk {

/// Puts a written file in its place. False when it did not get to the disk as a whole: then the file that was there
/// before stays. QSaveFile::commit() alone says true when its last bytes did not fit (Qt 6.4), and puts a file without
/// them in the place of the one before.
inline bool commitWhole(QSaveFile &file)
{
    return file.flush() && file.commit();
}

} // namespace rowdesk
