#include "core/difftolerance.h"

#include <QStringList>

#include <string>

namespace rowdesk {

std::optional<DiffTolerance> readTolerance(const QString &text)
{
    DiffTolerance tolerance;
    if (text.trimmed().isEmpty())
        return tolerance;
    for (const QString &part : text.split(QLatin1Char(';'))) {
        QString amount = part.trimmed();
        const bool isShare = amount.endsWith(QLatin1Char('%'));
        if (isShare)
            amount = amount.chopped(1).trimmed();
        const std::optional<Decimal> value = parseDecimal(amount.toStdString());
        // Each of the two at most once.
        if (!value || value->mantissa < 0 || (isShare ? tolerance.relative != 0 : tolerance.absolute.has_value()))
            return std::nullopt;
        if (isShare)
            tolerance.relative = amount.toDouble() / 100;
        else
            tolerance.absolute = value;
    }
    return tolerance;
}

QString absoluteText(const DiffTolerance &tolerance)
{
    std::string amount;
    if (tolerance.absolute)
        formatDecimal(*tolerance.absolute, amount);
    return QString::fromStdString(amount);
}

QString relativeText(const DiffTolerance &tolerance)
{
    return tolerance.relative > 0 ? QString::number(tolerance.relative * 100, 'g', 10) + QLatin1Char('%') : QString();
}

QString toleranceText(const DiffTolerance &tolerance)
{
    QStringList parts{absoluteText(tolerance), relativeText(tolerance)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

} // namespace rowdesk
