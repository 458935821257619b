#pragma once

#include "api/jsontokens.h"
#include "core/chunk.h"

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

/// Reads the rows of a page into a ChunkBuilder. Part of PageDecoder.
class RowReader
{
public:
    RowReader(JsonTokens &tokens, ChunkBuilder &builder) : m_tokens(tokens), m_builder(builder) {}

    /// Begins with another answer. `bytes` is the whole of it, in which string values are unescaped in place; null when
    /// it has no escapes.
    void begin(char *bytes);
    /// Reads the row that comes next, an object or a list of cells; false: look at fault().
    bool readRow();
    const PageFault &fault() const { return m_fault; }
    bool fail(const QString &what, const char *at = nullptr);

    /// The text of a token that is a string with its quotes, unescaped in place.
    bool unescape(std::string_view token, std::string_view &out);

private:
    struct Key
    {
        std::string raw; ///< as the service writes it, with its quotes
        int column;
    };

    bool readMembers();
    bool readCells();
    bool readCell();
    bool readValue(int column);
    bool readNested(CellView &cell);
    bool readScalar(CellView &cell);
    int columnOf(std::string_view quotedName);
    int findColumn(std::string_view quotedName);
    bool failAsBroken() { return fail(brokenJson(), m_tokens.place()); }
    static QString brokenJson();

    JsonTokens &m_tokens;
    ChunkBuilder &m_builder;
    char *m_bytes = nullptr;                              ///< null when the answer holds no backslash anywhere
    std::vector<Key> m_keys;                              ///< in the order in which rows brought them
    std::map<std::string, size_t, std::less<>> m_indexes; ///< raw key → its place in m_keys
    size_t m_next = 0;                                    ///< where the row's next key is expected
    PageFault m_fault;
};

} // namespace rowdesk
