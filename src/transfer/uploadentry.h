#pragma once

#include "transfer/receipt.h"

#include <QString>

#include <optional>

namespace rowdesk {

/// One upload of this session as the list of uploads shows it.
struct UploadEntry
{
    enum class State {
        Waiting, ///< an earlier upload to the same table goes first
        Running,
        Stopping, ///< cancelled; the answer of the batch under way is still awaited
        Ended     ///< the receipt is final
    };

    QString job;        ///< unique id
    QString sourceName; ///< the file's name
    QString targetName; ///< the table's name
    bool createsTable = false;
    State state = State::Waiting;
    std::optional<qint64> rowsTotal;  ///< rows that are to be dealt with, when they were counted before
    std::optional<qint64> rowsBefore; ///< rows that the table had before, when known
    Receipt receipt;
};

} // namespace rowdesk
