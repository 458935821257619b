#pragma once

#include "transfer/tablereading.h"

#include <QCoreApplication>

#include <vector>

namespace rowdesk {

class DiffModel;

/// What of selected differences can be put back into the later table, and what can't, in words.
struct PutBack
{
    Q_DECLARE_TR_FUNCTIONS(rowdesk::PutBack)
public:
    std::vector<quint32> rows; ///< of A: those that are gone; an append brings them back
    qint64 changed = 0;        ///< rows that are there with other values
    qint64 added = 0;          ///< rows that only the later table has

    /// The rows of the model; without any, all that are gone.
    static PutBack of(const DiffModel &model, const std::vector<int> &selected);

    /// "Check 3 rows…".
    QString act() const;
    /// What happens next, and what is left out and why.
    QString explanation(const QString &target, bool isCurrent) const;
    /// Writes the rows to a file that the import dialog then shows. On a worker; the file's path.
    Call<QString> stage(const std::shared_ptr<const Comparison> &comparison, const QString &dataset) const;
};

} // namespace rowdesk
