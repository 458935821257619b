#include "transfer/datafolder.h"

#include <QStandardPaths>

namespace rowdesk {

QString dataFolder(const QString &name)
{
    const QString given = qEnvironmentVariable("ROWDESK_DATA_DIR");
    const QString base = given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                                               QStringLiteral("/rowdesk")
                                         : given;
    return base + QLatin1Char('/') + name;
}

} // namespace rowdesk
