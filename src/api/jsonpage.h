#pragma once

#include "core/chunk.h"
#include "core/result.h"

#include <QByteArray>

#include <atomic>
#include <memory>
#include <optional>

namespace rowdesk {

/// One page of rows as the service gave it (API contract §3, §4).
struct RowsPage
{
    /// What the page says about further pages.
    enum class More { Yes, No, Unsaid };

    std::shared_ptr<const Chunk> chunk; ///< never null; its names are all columns seen so far by the decoder
    More more = More::Unsaid;
    std::optional<qint64> total; ///< rows of the whole table, when told
    std::optional<qint64> page;  ///< the number that the page says it has, when told
    quint64 fingerprint = 0;     ///< equal for answers with equal bytes
};

/// Reads pages of rows, one after the other, straight into the columns of a chunk.
///
/// Takes {"data":[…],"has_more_data":…}, {"success":true,"result":[…],"pagination":{…}}, {"result":{"data":[…]}} and a
/// bare list. A row is an object of column and value, or a list of {"column":…,"value":…}. The whole answer is checked
/// before any of it counts: broken JSON, a byte order mark, bytes that are not UTF-8, anything behind the end, more
/// than 64 levels or an envelope that says the same twice make an error and no rows. Numbers keep their digits, nested
/// values their JSON, half surrogate pairs survive (core/wtf8.h).
///
/// One decoder belongs to one table and is used in one thread at a time.
class PageDecoder
{
public:
    PageDecoder();
    ~PageDecoder();
    PageDecoder(PageDecoder &&) noexcept;
    PageDecoder &operator=(PageDecoder &&) noexcept;

    /// Decodes an answer's body. `number` is the page's number for messages. An error leaves no trace in the decoder.
    /// Gives up with ErrorKind::Cancelled soon after `cancelled` is set.
    Result<RowsPage> decode(QByteArray body, int number, const std::atomic_bool *cancelled = nullptr);

    static constexpr int mostColumns = 50'000;
    /// Rows × columns of one page, absent members included. A page of 64 MB has fewer cells when it writes them all
    /// (each takes six bytes at least), so this meets only rows that name ever new columns.
    static constexpr qint64 mostCells = 12'000'000;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rowdesk
