#pragma once

#include <QString>

#include <string>
#include <vector>

namespace rowdesk {

/// The first rows of a table as texts: what guesses about its header are made from.
struct TableSample
{
    static constexpr int mostRows = 300;
    struct Cell
    {
        std::string text;
        bool quoted;
    };
    struct Row
    {
        qint64 line;
        std::vector<Cell> cells;

        bool isBlank() const
        {
            return cells.empty() || (cells.size() == 1 && cells[0].text.empty() && !cells[0].quoted);
        }
        qsizetype filled() const;
    };
    std::vector<Row> rows;
    size_t usual = 1;    ///< cells that most rows have
    double agreeing = 0; ///< share of the rows that have so many; blank ones do not count

    /// Sets usual and agreeing from the rows.
    void findUsual();
};

/// How many rows at the top are a title: blank ones, and ones with a single text above a table of three columns or more
/// that has at least two rows. Never all of them. `onlyBlank` tells whether all of these are blank.
size_t rowsOfTitle(const TableSample &sample, bool &onlyBlank);

struct HeaderGuess
{
    bool hasHeader = true;
    QString reason;     ///< one sentence
    bool isSure = true; ///< false: nothing but words, so it may as well be the other way round
};

/// Whether the row at `first` has names or values.
HeaderGuess guessHeader(const TableSample &sample, size_t first);

} // namespace rowdesk
