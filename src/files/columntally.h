#pragma once

#include "core/rowbatch.h"
#include "files/valueshape.h"

#include <array>
#include <string>
#include <vector>

namespace rowdesk {

/// What the values of one column look like, counted. Every value of the file is looked at; nothing is concluded from a
/// sample. Memory does not grow with the number of rows.
struct ColumnTally
{
    /// A value as an example of its shape.
    struct Sample
    {
        ValueShape shape;
        bool hasTime;
        qint64 line;
        std::string value; ///< its first 100 bytes, cut at a character
    };
    static constexpr qint64 samplesOfAShape = 5;

    std::array<qint64, valueShapeCount> counts{};
    std::vector<Sample> samples;        ///< the first of each shape, as they came
    std::vector<std::string> nullWords; ///< each kind of spelling once, at most 20
    qint64 values = 0;                  ///< with null words
    qint64 nulls = 0;
    qint64 emptyTexts = 0;
    qint64 quoted = 0;     ///< values that stood in quotes
    qint64 withBlanks = 0; ///< values with blanks around them; their shape is that of the rest
    qint64 withTime = 0;
    qint64 withZone = 0;
    size_t longest = 0;

    /// Takes the next cell. `line` is where its row begins.
    void add(CellView cell, bool isQuoted, qint64 line);

    qint64 count(ShapeSet set) const;

private:
    void keep(ShapedValue shaped, std::string_view text, qint64 line);
};

} // namespace rowdesk
