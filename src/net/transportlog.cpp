#include "net/transportlog.h"

namespace rowdesk {

QString TransportLine::text() const
{
    // Joined, not put through arg(): an encoded path is full of things that look like placeholders.
    return QStringList{started.toUTC().toString(Qt::ISODateWithMs),
                       verb,
                       QLatin1Char('/') + path,
                       QString::number(status),
                       outcome,
                       QString::number(milliseconds) + QLatin1String(" ms"),
                       QLatin1String("sent ") + QString::number(bytesSent) + QLatin1String(" B"),
                       QLatin1String("received ") + QString::number(bytesReceived) + QLatin1String(" B"),
                       QLatin1String("id ") + requestId}
        .join(QLatin1Char(' '));
}

TransportLog::TransportLog(QObject *parent, int capacity) : QObject(parent), m_capacity(capacity) {}

void TransportLog::add(const TransportLine &line)
{
    m_lines.push_back(line);
    while (int(m_lines.size()) > m_capacity)
        m_lines.pop_front();
    emit added(line);
}

QStringList TransportLog::texts() const
{
    QStringList result;
    for (const TransportLine &line : m_lines)
        result << line.text();
    return result;
}

} // namespace rowdesk
