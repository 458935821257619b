#pragma once

#include "core/keycandidates.h"
#include "transfer/tablereading.h"

#include <QCoreApplication>

namespace rowdesk {

/// What the window says of a comparison.
class DiffWords
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::DiffWords)
public:
    /// "34,112 − 0 + 268 = 34,380".
    static QString counts(const TableDiff &diff);
    static QString added(const TableDiff &diff);   ///< "+ 268 added"
    static QString removed(const TableDiff &diff); ///< "− 0 removed"
    static QString changed(const TableDiff &diff); ///< "~ 41 changed"
    static QString same(const TableDiff &diff);    ///< "34,071 same"

    /// "location, date: unique in both (2,919 / 2,922)", or what keeps it from being a key.
    static QString evidence(const KeyCandidate &key);
};

} // namespace rowdesk
