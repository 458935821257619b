#include "bench/sampletable.h"

#include <array>
#include <cstdio>

namespace rowdesk::bench {

namespace {

/// A number of a row and a column that looks random and is always the same.
std::uint64_t scatter(std::int64_t row, std::uint64_t salt)
{
    std::uint64_t x =
        static_cast<std::uint64_t>(row % 1'000'000) * 0x9E3779B97F4A7C15ULL + salt * 0xD1B54A32D192ED03ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

constexpr std::array words{"amber",  "basket", "copper", "delta",  "ember",  "forest", "garden", "harbor",
                           "island", "jacket", "kettle", "ladder", "meadow", "needle", "orange", "pepper"};
constexpr std::array countries{"Austria", "Belgium", "Canada", "Denmark", "France",      "Germany", "Hungary",
                               "Ireland", "Japan",   "Mexico", "Norway",  "Netherlands", "Spain",   "Türkiye"};

} // namespace

void SampleTable::appendRow(std::string &json, std::int64_t row)
{
    const std::uint64_t a = scatter(row, 1);
    const std::uint64_t b = scatter(row, 2);
    char buffer[512];
    const int length = std::snprintf(
        buffer, sizeof buffer,
        R"({"id":%lld,"day":"20%02d-%02d-%02d","sent":"2025-%02d-%02dT%02d:%02d:%02d","customer":"Customer %05d",)"
        R"("code":"%05d","country":"%s","pieces":%d,"price":%d.%02d,"paid":%s,"note":"%s %s %s %06x"})",
        static_cast<long long>(firstId + row), static_cast<int>(20 + a % 6), static_cast<int>(1 + a / 6 % 12),
        static_cast<int>(1 + a / 72 % 28), static_cast<int>(1 + b % 12), static_cast<int>(1 + b / 12 % 28),
        static_cast<int>(b / 336 % 24), static_cast<int>(b / 8064 % 60), static_cast<int>(b / 483'840 % 60),
        static_cast<int>(a / 2016 % 20'000), static_cast<int>(a / 40'320'000 % 100'000),
        countries[b / 29'030'400 % countries.size()], static_cast<int>(1 + b / 406'425'600 % 500),
        static_cast<int>(scatter(row, 3) % 5000), static_cast<int>(scatter(row, 3) / 5000 % 100),
        scatter(row, 4) % 3 ? "true" : "false", words[scatter(row, 5) % 16], words[scatter(row, 5) / 16 % 16],
        words[scatter(row, 5) / 256 % 16], static_cast<unsigned>(scatter(row, 6) & 0xFFFFFF));
    json.append(buffer, static_cast<std::size_t>(length));
}

std::string SampleTable::page(std::int64_t first, std::int64_t count, bool hasMore)
{
    std::string json = "{\"data\":[";
    for (std::int64_t row = first; row < first + count; ++row) {
        if (row > first)
            json += ',';
        appendRow(json, row);
    }
    return json + (hasMore ? "],\"has_more_data\":true}" : "],\"has_more_data\":false}");
}

} // namespace rowdesk::bench
