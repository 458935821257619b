#pragma once

#include <cstdint>
#include <string>

namespace rowdesk::bench {

/// The table that all benchmarks use: 10 columns, about 216 bytes of JSON a row, the same for everyone who asks. Ids,
/// decimals, days, moments, names that repeat and notes that don't.
class SampleTable
{
public:
    static constexpr std::int64_t firstId = 1'000'000'000;
    static constexpr int idDigits = 10;

    /// Appends row `row` as a JSON object. Rows differ only by their id from those a million rows before.
    static void appendRow(std::string &json, std::int64_t row);

    /// The classic answer with rows [first, first + count).
    static std::string page(std::int64_t first, std::int64_t count, bool hasMore);
};

} // namespace rowdesk::bench
