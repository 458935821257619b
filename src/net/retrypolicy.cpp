#include "net/retrypolicy.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace rowdesk {

using namespace std::chrono;

milliseconds RetryPolicy::backoff(int retry, milliseconds first, double random) const
{
    const double bound = std::min(double(cap.count()), double(first.count()) * std::pow(2.0, std::max(0, retry - 1)));
    return milliseconds(qint64(bound * random));
}

std::optional<seconds> retryAfter(const QByteArray &header, const QDateTime &now)
{
    constexpr qint64 shortest = 1;
    constexpr qint64 longest = 15 * 60;
    const QByteArray text = header.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    const bool negative = text.startsWith('-');
    const QByteArray digits = negative ? text.mid(1) : text;
    if (!digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        if (negative)
            return seconds(shortest);
        // More digits than a day has seconds: no need to know how many.
        return seconds(digits.size() > 9 ? longest : std::clamp(digits.toLongLong(), shortest, longest));
    }
    QString date = QString::fromLatin1(text);
    if (!date.endsWith(QLatin1String(" GMT")))
        return std::nullopt;
    date.chop(4);
    QDateTime when = QLocale::c().toDateTime(date, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss"));
    if (!when.isValid())
        return std::nullopt;
    when.setTimeSpec(Qt::UTC);
    return seconds(std::clamp(now.secsTo(when), shortest, longest));
}

} // namespace rowdesk
