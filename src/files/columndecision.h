#pragma once

#include "files/columnfindings.h"
#include "files/columntally.h"

namespace rowdesk {

/// What all columns of a file together say.
struct FileEvidence
{
    int pointColumns = 0;    ///< columns whose numbers have a decimal point beyond doubt
    int commaColumns = 0;    ///< columns whose numbers have a decimal comma beyond doubt
    bool semicolons = false; ///< between the fields, as where the decimal mark is a comma
    bool quotesMean = false; ///< some values are quoted and some are not, so quotes say "this is text"
};

/// Gathers that evidence.
FileEvidence evidenceOf(const std::vector<ColumnTally> &columns);

/// Says what a column is, why, and what is still open. A type is suggested when at least nine of ten values are of it;
/// the others are then problems with their lines. Codes (leading zeros, very long digits, quoted digits) stay text.
ColumnFindings decideColumn(const QString &name, const ColumnTally &tally, const FileEvidence &file);

} // namespace rowdesk
