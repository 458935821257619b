#include "auth/apiversion.h"

namespace rowdesk {

namespace {

/// "2022.1" → {2022, 1}, as both spellings give it.
std::pair<int, int> parts(const QString &version)
{
    return {version.section(QLatin1Char('.'), 0, 0).toInt(), version.section(QLatin1Char('.'), 1).toInt()};
}

} // namespace

QStringList knownApiVersions()
{
    return {QStringLiteral("2025.3"), QStringLiteral("2022.01"), QStringLiteral("2021.08")};
}

QString normalApiVersion(const QString &version)
{
    for (const QString &known : knownApiVersions()) {
        if (parts(known) == parts(version.trimmed()))
            return known;
    }
    return version.trimmed();
}

QString newestCommonVersion(const QStringList &supported)
{
    QStringList normal;
    for (const QString &version : supported)
        normal << normalApiVersion(version);
    for (const QString &known : knownApiVersions()) {
        if (normal.contains(known))
            return known;
    }
    return {};
}

} // namespace rowdesk
