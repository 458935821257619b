#pragma once

#include "core/literals.h"

#include <QString>

#include <optional>

namespace rowdesk {

/// How far numbers of a column may differ and still be the same: by the amount or by the share, whichever allows more.
struct DiffTolerance
{
    std::optional<Decimal> absolute{}; ///< not negative, at most 18 digits after the point
    double relative = 0;               ///< a share of the larger one: 0.01 is one percent

    bool operator==(const DiffTolerance &) const = default;
};

/// Reads "0.01", "1%" or both as in "0.01; 1%". Empty text is no tolerance; anything else gives nothing.
std::optional<DiffTolerance> readTolerance(const QString &text);

/// What readTolerance() reads; empty when nothing is tolerated.
QString toleranceText(const DiffTolerance &tolerance);
QString absoluteText(const DiffTolerance &tolerance); ///< "0.01"; empty without an amount
QString relativeText(const DiffTolerance &tolerance); ///< "1%"; empty without a share

} // namespace rowdesk
