#pragma once

#include "files/csvformat.h"

namespace rowdesk {

/// Fills the parts of the format that concern the encoding, from the first bytes of a file. `whole` says that these are
/// all of its bytes.
void detectEncoding(QByteArrayView start, bool whole, CsvFormat &format);

} // namespace rowdesk
