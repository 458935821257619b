#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <optional>
#include <span>

namespace rowdesk {

/// Where one call's worth of rows stands, as the journal keeps it.
enum class BatchState {
    Planned,            ///< on disk, not sent: not in the table
    Sending,            ///< all but the last byte may have left: not in the table
    Released,           ///< the last byte was let go: only the service knows
    Confirmed,          ///< the service said that it stored every row
    ConfirmedByReading, ///< every row was seen in the table
    Partial,            ///< the service said that it stored some of the rows
    Rejected,           ///< the service refused them all
    Unknown,            ///< the answer was lost
    Verifying,          ///< the table is being read to find out
    Quarantined,        ///< reading could not tell: a person decides
    AssumedLanded,      ///< a person said that the rows are there
    Skipped,            ///< a person left the rows out
    Superseded,         ///< further batches hold those of its rows that are not known to be in the table
    Anomaly             ///< the table holds the rows more or less often than once
};

/// What can happen to a batch.
enum class BatchEvent {
    Begin,        ///< its bytes are about to leave
    LetGo,        ///< the last byte is about to leave
    NotApplied,   ///< proof that the service did not carry it out
    AllStored,    ///< answer: as many rows stored as sent
    SomeStored,   ///< answer: fewer
    MoreStored,   ///< answer: more
    Refused,      ///< answer: none, and why
    AnswerLost,   ///< no answer that proves anything
    Died,         ///< found like this by the next run of the program
    Look,         ///< the table is about to be read
    SeenAll,      ///< every row is in the table, once
    SeenSome,     ///< some rows are, the others certainly not
    SeenNone,     ///< certainly none is
    SeenWrong,    ///< a row is in the table more than once, or a confirmed one is not
    SeenRefused,  ///< certainly none is, and the service had said why
    CannotTell,   ///< the table was read and does not tell
    LookedInVain, ///< the table could not be read
    TheyAreThere, ///< a person's answer
    SendAgain,    ///< a person's answer
    LeaveOut,     ///< a person's answer
    TryAgain,     ///< a refused batch is to be sent once more
    Halve,        ///< a refused batch is sent in two parts, to find the rows that were meant
    Doubted       ///< said not to be stored, but the table has more rows than that allows
};

/// One legal step.
struct BatchStep
{
    BatchState from;
    BatchEvent event;
    BatchState to;
};

/// Every legal step; whatever is not listed is refused.
std::span<const BatchStep> batchSteps();

/// The state after `event`; empty when that can't happen to a batch in this state.
std::optional<BatchState> stateAfter(BatchState state, BatchEvent event);

/// The journal's word: "PLANNED", …
QLatin1StringView batchStateName(BatchState state);
std::optional<BatchState> batchStateFromName(QStringView name);

inline constexpr std::array allBatchStates{BatchState::Planned,
                                           BatchState::Sending,
                                           BatchState::Released,
                                           BatchState::Confirmed,
                                           BatchState::ConfirmedByReading,
                                           BatchState::Partial,
                                           BatchState::Rejected,
                                           BatchState::Unknown,
                                           BatchState::Verifying,
                                           BatchState::Quarantined,
                                           BatchState::AssumedLanded,
                                           BatchState::Skipped,
                                           BatchState::Superseded,
                                           BatchState::Anomaly};

/// Whether the rows may be in the table without anyone knowing it.
bool isOpenQuestion(BatchState state);
/// Whether the batch's own story is over (a further one may hold rows of it).
bool isTerminal(BatchState state);

} // namespace rowdesk
