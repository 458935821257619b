#pragma once

#include <QByteArray>
#include <QIODevice>

namespace rowdesk {

/// A request body that can be read once. It is sequential, so Qt cannot rewind it, so Qt cannot send it a second time:
/// QNetworkAccessManager of Qt 6.4 otherwise repeats a POST by itself when a connection breaks before the answer.
/// With a closed gate it keeps the last byte back until release(); a service cannot act on a body that is not complete.
class GateDevice : public QIODevice
{
    Q_OBJECT
public:
    enum class Gate { Open, Closed };

    GateDevice(QByteArray body, Gate gate, QObject *parent = nullptr);

    bool isSequential() const override { return true; }
    /// Refused, and without Qt's warning: that it is asked for means that Qt was about to send again.
    bool seek(qint64) override { return false; }
    bool reset() override { return false; }
    qint64 size() const override { return m_body.size(); }
    qint64 bytesAvailable() const override { return limit() - m_position; }
    bool atEnd() const override { return m_position >= m_body.size(); }

    /// Opens the gate: the last byte may leave.
    void release();
    bool isReleased() const { return m_released; }
    /// Whether the last byte was handed to the network: from then on the request may have been carried out.
    bool isHandedOut() const { return m_position >= m_body.size(); }
    qint64 handedOut() const { return m_position; }

signals:
    /// Once, when every byte but the last was handed to the network.
    void drained();

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 limit() const { return m_released ? m_body.size() : m_body.size() - 1; }
    void tellDrained();

    QByteArray m_body;
    qint64 m_position = 0;
    bool m_released;
    bool m_toldDrained = false;
};

} // namespace rowdesk
