#include "files/sha256.h"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#define ROWDESK_HAS_SHA_INSTRUCTIONS 1
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace rowdesk {
namespace {

constexpr std::array<std::uint32_t, 8> startState{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#if ROWDESK_HAS_SHA_INSTRUCTIONS

/// The round constants of FIPS 180-4, 4.2.2.
alignas(16) constexpr std::array<std::uint32_t, 64> rounds{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// The instructions keep the eight words as ABEF and CDGH, highest word first.
__attribute__((target("sha,sse4.1"))) void addBlocks(std::array<std::uint32_t, 8> &state, const std::uint8_t *bytes,
                                                     std::size_t blocks)
{
    const __m128i bigEndian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    const auto word = [&state](int i) { return static_cast<int>(state[static_cast<std::size_t>(i)]); };
    __m128i abef = _mm_set_epi32(word(0), word(1), word(4), word(5));
    __m128i cdgh = _mm_set_epi32(word(2), word(3), word(6), word(7));
    for (; blocks > 0; --blocks, bytes += 64) {
        const __m128i abefBefore = abef;
        const __m128i cdghBefore = cdgh;
        __m128i w[4]; // the last sixteen words of the schedule
        for (std::size_t i = 0; i < 4; ++i)
            w[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + 16 * i)), bigEndian);
#pragma GCC unroll 16
        for (std::size_t step = 0; step < 16; ++step) {
            const __m128i now = w[step % 4];
            const __m128i sum =
                _mm_add_epi32(now, _mm_load_si128(reinterpret_cast<const __m128i *>(rounds.data() + 4 * step)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
            if (step < 12) {
                const __m128i mixed = _mm_sha256msg1_epu32(now, w[(step + 1) % 4]);
                const __m128i middle = _mm_alignr_epi8(w[(step + 3) % 4], w[(step + 2) % 4], 4);
                w[step % 4] = _mm_sha256msg2_epu32(_mm_add_epi32(mixed, middle), w[(step + 3) % 4]);
            }
        }
        abef = _mm_add_epi32(abef, abefBefore);
        cdgh = _mm_add_epi32(cdgh, cdghBefore);
    }
    const auto at = [](__m128i four, int i) {
        alignas(16) std::array<std::uint32_t, 4> words;
        _mm_store_si128(reinterpret_cast<__m128i *>(words.data()), four);
        return words[static_cast<std::size_t>(i)];
    };
    state = {at(abef, 3), at(abef, 2), at(cdgh, 3), at(cdgh, 2), at(abef, 1), at(abef, 0), at(cdgh, 1), at(cdgh, 0)};
}

bool processorHasThem()
{
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    const bool sse41 = __get_cpuid(1, &a, &b, &c, &d) && (c & (1U << 19)) != 0;
    return sse41 && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1U << 29)) != 0;
}

#else

void addBlocks(std::array<std::uint32_t, 8> &, const std::uint8_t *, std::size_t) {}
bool processorHasThem()
{
    return false;
}

#endif

} // namespace

bool Sha256::isFast()
{
    static const bool fast = processorHasThem();
    return fast;
}

Sha256::Sha256() : m_state(startState) {}

void Sha256::add(const char *bytes, std::size_t size)
{
    if (!isFast()) {
        m_slow.addData(QByteArrayView(bytes, static_cast<qsizetype>(size)));
        return;
    }
    m_total += size;
    if (m_held > 0) {
        const std::size_t part = std::min(size, m_block.size() - m_held);
        std::memcpy(m_block.data() + m_held, bytes, part);
        m_held += part;
        bytes += part;
        size -= part;
        if (m_held < m_block.size())
            return;
        addBlocks(m_state, m_block.data(), 1);
        m_held = 0;
    }
    const std::size_t whole = size / 64;
    addBlocks(m_state, reinterpret_cast<const std::uint8_t *>(bytes), whole);
    m_held = size - whole * 64;
    std::memcpy(m_block.data(), bytes + whole * 64, m_held);
}

QByteArray Sha256::finish()
{
    if (!isFast())
        return m_slow.result().toHex();
    const std::uint64_t bits = m_total * 8;
    std::array<char, 72> end{static_cast<char>(0x80)};
    const std::size_t zeros = (119 - m_held) % 64; // up to eight bytes before the end of a block
    for (std::size_t i = 0; i < 8; ++i)
        end[1 + zeros + i] = static_cast<char>(bits >> (56 - 8 * i));
    add(end.data(), 1 + zeros + 8);
    QByteArray digest;
    for (const std::uint32_t value : m_state) {
        for (int shift = 24; shift >= 0; shift -= 8)
            digest.append(static_cast<char>(value >> shift));
    }
    return digest.toHex();
}

} // namespace rowdesk
