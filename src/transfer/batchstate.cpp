#include "transfer/batchstate.h"

#include <algorithm>

namespace rowdesk {
namespace {

using S = BatchState;
using E = BatchEvent;

constexpr std::array steps{
    BatchStep{S::Planned, E::Begin, S::Sending},
    // Up to the last byte any end is proof, unless the service claims a success that it can't have had.
    BatchStep{S::Sending, E::LetGo, S::Released},
    BatchStep{S::Sending, E::NotApplied, S::Planned},
    BatchStep{S::Sending, E::Refused, S::Rejected},
    BatchStep{S::Sending, E::AnswerLost, S::Unknown},
    BatchStep{S::Sending, E::Died, S::Planned},
    BatchStep{S::Released, E::NotApplied, S::Planned},
    BatchStep{S::Released, E::AllStored, S::Confirmed},
    BatchStep{S::Released, E::SomeStored, S::Partial},
    BatchStep{S::Released, E::MoreStored, S::Anomaly},
    BatchStep{S::Released, E::Refused, S::Rejected},
    BatchStep{S::Released, E::AnswerLost, S::Unknown},
    BatchStep{S::Released, E::Died, S::Unknown},
    BatchStep{S::Rejected, E::TryAgain, S::Planned},
    BatchStep{S::Rejected, E::LeaveOut, S::Skipped},
    BatchStep{S::Rejected, E::Halve, S::Superseded},
    BatchStep{S::Planned, E::Doubted, S::Unknown},
    BatchStep{S::Unknown, E::Look, S::Verifying},
    BatchStep{S::Partial, E::Look, S::Verifying},
    BatchStep{S::Quarantined, E::Look, S::Verifying},
    BatchStep{S::Verifying, E::SeenAll, S::ConfirmedByReading},
    BatchStep{S::Verifying, E::SeenSome, S::Superseded},
    BatchStep{S::Verifying, E::SeenNone, S::Planned},
    BatchStep{S::Verifying, E::SeenRefused, S::Rejected},
    BatchStep{S::Verifying, E::SeenWrong, S::Anomaly},
    BatchStep{S::Verifying, E::CannotTell, S::Quarantined},
    BatchStep{S::Verifying, E::LookedInVain, S::Unknown},
    BatchStep{S::Verifying, E::Died, S::Unknown},
    BatchStep{S::Quarantined, E::TheyAreThere, S::AssumedLanded},
    BatchStep{S::Quarantined, E::SendAgain, S::Planned},
    BatchStep{S::Quarantined, E::LeaveOut, S::Skipped},
    // The reading at the end of the job.
    BatchStep{S::Confirmed, E::SeenWrong, S::Anomaly},
    BatchStep{S::ConfirmedByReading, E::SeenWrong, S::Anomaly},
    BatchStep{S::AssumedLanded, E::SeenWrong, S::Anomaly},
};

struct Name
{
    BatchState state;
    const char *name;
};
constexpr std::array names{
    Name{S::Planned, "PLANNED"},
    Name{S::Sending, "SENDING"},
    Name{S::Released, "RELEASED"},
    Name{S::Confirmed, "CONFIRMED"},
    Name{S::ConfirmedByReading, "CONFIRMED_RB"},
    Name{S::Partial, "PARTIAL"},
    Name{S::Rejected, "REJECTED"},
    Name{S::Unknown, "UNKNOWN"},
    Name{S::Verifying, "VERIFYING"},
    Name{S::Quarantined, "QUARANTINED"},
    Name{S::AssumedLanded, "ASSUMED_LANDED"},
    Name{S::Skipped, "SKIPPED"},
    Name{S::Superseded, "SUPERSEDED"},
    Name{S::Anomaly, "ANOMALY"},
};

} // namespace

std::span<const BatchStep> batchSteps()
{
    return steps;
}

std::optional<BatchState> stateAfter(BatchState state, BatchEvent event)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [state, event](const BatchStep &step) {
        return step.from == state && step.event == event;
    });
    return found == steps.end() ? std::nullopt : std::optional(found->to);
}

QLatin1StringView batchStateName(BatchState state)
{
    const auto found = std::find_if(names.begin(), names.end(), [state](const Name &n) { return n.state == state; });
    return QLatin1StringView(found->name);
}

std::optional<BatchState> batchStateFromName(QStringView name)
{
    const auto found =
        std::find_if(names.begin(), names.end(), [name](const Name &n) { return name == QLatin1StringView(n.name); });
    return found == names.end() ? std::nullopt : std::optional(found->state);
}

bool isOpenQuestion(BatchState state)
{
    return state == S::Released || state == S::Unknown || state == S::Verifying || state == S::Quarantined ||
           state == S::Partial;
}

bool isTerminal(BatchState state)
{
    return state == S::Confirmed || state == S::ConfirmedByReading || state == S::AssumedLanded ||
           state == S::Skipped || state == S::Superseded || state == S::Anomaly;
}

} // namespace rowdesk
