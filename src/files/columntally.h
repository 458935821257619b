#pragma once

#include "core/rowbatch.h"
#include "files/valueshape.h"

#include <QString>

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
    std::vector<Sample> samples;        ///< the first of each shape, as they came, and the first of the telling dates
    std::vector<std::string> nullWords; ///< each once, in the first of its spellings
    qint64 values = 0;                  ///< with null words
    qint64 nulls = 0;
    qint64 emptyTexts = 0;
    qint64 quoted = 0;     ///< values that stood in quotes
    qint64 withBlanks = 0; ///< values with blanks around them; their shape is that of the rest
    qint64 withTime = 0;
    qint64 withZone = 0;
    qint64 tellingDates = 0; ///< EitherDate that is one day as day-month and another as month-day
    size_t longest = 0;
    qint64 unreadable = 0; ///< cells with an error or the like
    struct Unreadable
    {
        std::string value;
        QString reason;
        qint64 line;
    };
    std::vector<Unreadable> unreadableSamples;

    /// Takes the next cell. `line` is where its row begins.
    void add(CellKind kind, std::string_view text, bool isQuoted, qint64 line);
    /// Takes the next cell of a spreadsheet; `isShare` when its number is shown in percent.
    void addNumber(std::string_view literal, bool isShare, qint64 line);
    /// Takes a cell that has no value, but an error or the like.
    void addUnreadable(std::string_view text, const QString &reason, qint64 line);

    qint64 count(ShapeSet set) const;

private:
    void count(ShapedValue shaped, std::string_view text, qint64 line);
    void keepNullWord(std::string_view text);
};

} // namespace rowdesk
