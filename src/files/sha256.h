#pragma once

#include <QByteArray>
#include <QCryptographicHash>

#include <array>
#include <cstdint>

namespace rowdesk {

/// SHA-256 in pieces. Uses the processor's own instructions where it has them, which makes it as fast as reading the
/// file (Qt 6.4 computes it in plain C at a tenth of that); elsewhere it is Qt's.
class Sha256
{
public:
    Sha256();
    void add(const char *bytes, std::size_t size);
    /// In hex. Nothing may be added afterwards.
    QByteArray finish();

    /// Whether the processor's instructions are used.
    static bool isFast();

private:
    std::array<std::uint32_t, 8> m_state;
    std::array<std::uint8_t, 64> m_block{};
    std::size_t m_held = 0;
    std::uint64_t m_total = 0;
    QCryptographicHash m_slow{QCryptographicHash::Sha256};
};

} // namespace rowdesk
