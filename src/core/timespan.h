#pragma once

#include <QString>

namespace rowdesk {

/// Seconds as a short span for people: "3 s", "2 min", "1 h 5 min". Minutes are rounded up.
QString spanText(qint64 seconds);

} // namespace rowdesk
