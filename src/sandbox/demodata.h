#pragma once

#include "core/result.h"
#include "sandbox/services.h"

namespace rowdesk::sandbox {

/// The names of the sample datasets, in the order of their ids (1, 2, …). resources/sandbox/README.md describes them.
inline constexpr QLatin1StringView birdStrikesName{"Bird strikes"};
inline constexpr QLatin1StringView weatherName{"Weather"};
inline constexpr QLatin1StringView codesName{"Codes"};
inline constexpr QLatin1StringView readingsName{"Readings"};
inline constexpr QLatin1StringView problemsName{"Orders with problems"};

/// Adds the sample datasets when the store has no dataset yet.
Result<Done> fillWithDemoData(Services &services);

} // namespace rowdesk::sandbox
