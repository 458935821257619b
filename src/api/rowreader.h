#pragma once

#include "core/chunk.h"

#include <simdjson.h>

#include <QString>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rowdesk {

/// Why an answer can't be read: thrown nowhere, carried as a value inside the decoder.
struct PageFault
{
    QString what; ///< a sentence without its place; empty: no fault
    const char *at = nullptr;
};

/// Reads the rows of a page into a ChunkBuilder. Part of PageDecoder; includes simdjson, so only api sources see it.
class RowReader
{
public:
    using Value = simdjson::ondemand::value;

    explicit RowReader(ChunkBuilder &builder) : m_builder(builder) {}

    /// `bytes` is the whole answer; string values are unescaped in place in it.
    void begin(char *bytes, size_t size);
    /// Reads one row, an object or a list of cells; false: look at fault().
    bool readRow(Value row);
    const PageFault &fault() const { return m_fault; }
    bool fail(const QString &what, const char *at = nullptr);

    /// The text of a JSON token that is a string (quotes and trailing blanks included), unescaped in place.
    bool unescape(std::string_view token, std::string_view &out);

private:
    struct Key
    {
        std::string raw; ///< as the service writes it, up to and with the closing quote
        int column;
    };

    bool readMembers(Value row);
    bool readCells(Value row);
    bool readCell(Value item);
    bool readValue(Value value, int column);
    bool readScalar(std::string_view token, CellView &cell);
    int columnOf(const char *rawKey);
    int placeFor(int column);
    int findColumn(const char *rawKey);

    ChunkBuilder &m_builder;
    char *m_bytes = nullptr;
    const char *m_end = nullptr;
    std::vector<Key> m_keys;                              ///< in the order in which rows brought them
    std::map<std::string, size_t, std::less<>> m_indexes; ///< raw key → its place in m_keys
    size_t m_next = 0;                                    ///< where the row's next key is expected
    PageFault m_fault;
};

/// The JSON of any value as it is written; false when brackets don't end. Its grammar is not checked.
bool rawJson(simdjson::ondemand::value value, std::string_view &json);

/// Without the blanks at its end: tokens run up to the next one.
std::string_view withoutTrailingBlanks(std::string_view token);

} // namespace rowdesk
