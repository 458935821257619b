#include "core/packedints.h"

#include <algorithm>

namespace rowdesk {

PackedInts::PackedInts(std::span<const std::int64_t> values) : m_size(values.size())
{
    if (values.empty())
        return;
    const auto [low, high] = std::ranges::minmax(values);
    m_base = low;
    const auto range = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    if (range == 0)
        return;
    if (range <= 0xFF)
        store<std::uint8_t>(values);
    else if (range <= 0xFFFF)
        store<std::uint16_t>(values);
    else if (range <= 0xFFFFFFFF)
        store<std::uint32_t>(values);
    else
        store<std::uint64_t>(values);
}

template<typename T>
void PackedInts::store(std::span<const std::int64_t> values)
{
    m_width = sizeof(T);
    m_bytes = std::make_unique_for_overwrite<std::uint8_t[]>(values.size() * sizeof(T));
    auto *out = reinterpret_cast<T *>(m_bytes.get());
    for (const std::int64_t value : values)
        *out++ = static_cast<T>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(m_base));
}

template<typename T>
void PackedInts::load(std::int64_t *out) const
{
    const auto *in = reinterpret_cast<const T *>(m_bytes.get());
    for (size_t i = 0; i < m_size; ++i)
        out[i] = plus(in[i]);
}

void PackedInts::unpack(std::int64_t *out) const
{
    switch (m_width) {
    case 0:
        std::fill_n(out, m_size, m_base);
        break;
    case 1:
        load<std::uint8_t>(out);
        break;
    case 2:
        load<std::uint16_t>(out);
        break;
    case 4:
        load<std::uint32_t>(out);
        break;
    default:
        load<std::uint64_t>(out);
        break;
    }
}

} // namespace rowdesk
