#pragma once

#include "core/tablediff.h"

namespace rowdesk {

/// Why two values differ that look the same to a person.
enum class Unseen {
    Nothing,    ///< they look different
    Kind,       ///< a number and a text, …
    Accents,    ///< letters with accents are composed of other characters
    LineBreaks, ///< CR LF, LF, CR
    Blanks      ///< spaces, tabs, or characters without a shape
};

/// What keeps two cells that differ from being the same, when that can't be seen. Of long texts (over 4,000 bytes)
/// nothing is said.
Unseen unseenDifference(const CellView &old, const CellView &now);

/// How many removed rows have a key that is one of the added rows' keys but for blanks, case, the form of accents,
/// zeros at the front or behind the decimal point: a comparison with other options, or after cleaning, would find them
/// to be the same row. Looks at the first 100,000 of each; keys of numbers alone are equal by value already.
qint64 countLookAlikes(const DiffTable &a, const DiffTable &b, const TableDiff &diff, CancelFlag cancelled);

} // namespace rowdesk
