#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QStringList>

#include <deque>

namespace rowdesk {

/// What is known of one attempt once it is over. No member can hold a secret: no body, no header, no query, no text of
/// the service.
struct TransportLine
{
    QDateTime started;
    QString verb;
    QString path;    ///< without the query
    int status = 0;  ///< 0: no answer
    QString outcome; ///< "ok" or the kind of error in one word
    qint64 milliseconds = 0;
    qint64 bytesSent = 0;
    qint64 bytesReceived = 0;
    QString requestId;

    /// One line of plain text: time, verb, path, status, outcome, duration, sizes, request id.
    QString text() const;
};

/// The newest attempts, in memory, for a log window. One thread.
class TransportLog : public QObject
{
    Q_OBJECT
public:
    explicit TransportLog(QObject *parent = nullptr, int capacity = 1000);

    void add(const TransportLine &line);
    const std::deque<TransportLine> &lines() const { return m_lines; }
    QStringList texts() const;
    int capacity() const { return m_capacity; }
    void clear() { m_lines.clear(); }

signals:
    void added(const rowdesk::TransportLine &line);

private:
    std::deque<TransportLine> m_lines;
    int m_capacity;
};

} // namespace rowdesk
