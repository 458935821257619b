#include "files/utf8check.h"

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace rowdesk {
namespace {

/// Skips bytes 1 to 127, sixteen at a time; may stop early.
std::size_t skipAscii(const char *bytes, std::size_t at, std::size_t size)
{
#if defined(__SSE2__)
    const __m128i zero = _mm_setzero_si128();
    for (; at + 16 <= size; at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes + at));
        // A signed byte that is not above zero is NUL or has the high bit.
        const auto plain = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpgt_epi8(block, zero)));
        if (plain != 0xFFFF)
            return at + static_cast<std::size_t>(std::countr_one(plain));
    }
#endif
    while (at<size &&static_cast<signed char>(bytes[at])> 0)
        ++at;
    return at;
}

/// Length of the character that starts with this byte; 0 when none does. `least` and `most` bound its second byte.
int lengthOf(unsigned char first, unsigned char &least, unsigned char &most)
{
    least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

} // namespace

Utf8Run checkUtf8(const char *bytes, std::size_t size)
{
    std::size_t at = 0;
    while (true) {
        at = skipAscii(bytes, at, size);
        if (at == size)
            return {at, Utf8End::All};
        const auto first = static_cast<unsigned char>(bytes[at]);
        if (first == 0)
            return {at, Utf8End::Nul};
        unsigned char least = 0;
        unsigned char most = 0;
        const int length = lengthOf(first, least, most);
        if (length == 0)
            return {at, Utf8End::Invalid};
        for (int i = 1; i < length; ++i) {
            if (at + static_cast<std::size_t>(i) == size)
                return {at, Utf8End::Incomplete};
            const auto next = static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
            if (next < least || next > most)
                return {at, Utf8End::Invalid};
            least = 0x80;
            most = 0xBF;
        }
        at += static_cast<std::size_t>(length);
    }
}

} // namespace rowdesk
