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
        Stopping, ///< cancelled or to be paused; the answer of the batch under way is still awaited
        Paused,   ///< a person stopped it for a while; nothing is sent until it is resumed
        Ended     ///< the receipt is final
    };

    QString job;        ///< unique id
    QString sourceName; ///< the file's name
    QString targetName; ///< the table's name
    bool createsTable = false;
    State state = State::Waiting;
    bool isLooking = false;          ///< the table is being read to find out what arrived
    QString waitsFor;                ///< what is in the way, one sentence; empty: nothing. It goes on by itself
    std::optional<qint64> rowsTotal; ///< rows that are to be dealt with, when they were counted before
    Receipt receipt;
};

} // namespace rowdesk
