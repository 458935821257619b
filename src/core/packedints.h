#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace rowdesk {

/// An immutable run of 64-bit integers kept as offsets from their smallest one, in as few whole bytes as the largest
/// offset takes (0, 1, 2, 4 or 8). Reading one is a switch and a load.
class PackedInts
{
public:
    PackedInts() = default;
    explicit PackedInts(std::span<const std::int64_t> values);

    size_t size() const { return m_size; }
    /// All values are the same, so none is stored.
    bool isConstant() const { return m_width == 0; }

    std::int64_t at(size_t i) const
    {
        switch (m_width) {
        case 0:
            return m_base;
        case 1:
            return plus(m_bytes[i]);
        case 2:
            return plus(reinterpret_cast<const std::uint16_t *>(m_bytes.get())[i]);
        case 4:
            return plus(reinterpret_cast<const std::uint32_t *>(m_bytes.get())[i]);
        default:
            return plus(reinterpret_cast<const std::uint64_t *>(m_bytes.get())[i]);
        }
    }

    /// Writes all size() values to `out`; quicker than at() one by one.
    void unpack(std::int64_t *out) const;

    size_t bytes() const { return m_size * m_width; }

private:
    std::int64_t plus(std::uint64_t offset) const
    {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(m_base) + offset);
    }
    template<typename T>
    void store(std::span<const std::int64_t> values);
    template<typename T>
    void load(std::int64_t *out) const;

    std::int64_t m_base = 0;
    size_t m_size = 0;
    std::uint8_t m_width = 0;
    std::unique_ptr<std::uint8_t[]> m_bytes;
};

} // namespace rowdesk
