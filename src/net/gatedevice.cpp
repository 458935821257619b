#include "net/gatedevice.h"

#include <cstring>

namespace rowdesk {

GateDevice::GateDevice(QByteArray body, Gate gate, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
    // A gate needs a last byte.
    , m_released(gate == Gate::Open || m_body.isEmpty())
{
    // Unbuffered: QIODevice's own buffer would read ahead, and what is read counts as sent.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void GateDevice::release()
{
    if (m_released)
        return;
    m_released = true;
    emit readyRead();
}

qint64 GateDevice::readData(char *data, qint64 size)
{
    const qint64 count = qMin(size, limit() - m_position);
    if (count <= 0) {
        tellDrained();
        return isHandedOut() ? -1 : 0;
    }
    std::memcpy(data, m_body.constData() + m_position, size_t(count));
    m_position += count;
    if (m_position >= m_body.size() - 1)
        tellDrained();
    return count;
}

void GateDevice::tellDrained()
{
    if (std::exchange(m_toldDrained, true))
        return;
    // Later: the reader is in the middle of a read, and the answer to this may well be release().
    QMetaObject::invokeMethod(this, &GateDevice::drained, Qt::QueuedConnection);
}

} // namespace rowdesk
