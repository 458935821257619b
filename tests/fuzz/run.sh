#!/usr/bin/env bash
# Builds the fuzz targets with clang and runs each for some time, starting from its seeds; ends at the first finding and
# leaves the input that made it in the build folder. What a run has found new is kept in build/fuzz/corpus-*.
#
#   tests/fuzz/run.sh [SECONDS]   60 each unless told otherwise
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}

cmake -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER=clang++ -DROWDESK_FUZZ=ON \
  -DROWDESK_SANITIZE=fuzzer-no-link,address,undefined > /dev/null
targets=(csv values sheet strings styles container protocol)
cmake --build build/fuzz --target "${targets[@]/#/fuzz}"

# A small quarantine: freed memory is used again, which is much faster than asking the system for new pages each time.
export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=8 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
rm -f build/fuzz/finding-*
for target in "${targets[@]}"; do
  fuzz=build/fuzz/fuzz/fuzz$target
  finding=build/fuzz/finding-$target-
  mkdir -p "build/fuzz/corpus-$target"
  echo "== fuzz$target, $seconds seconds"
  "$fuzz" -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=300 -report_slow_units=10 -max_len=4096 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix="$finding" "build/fuzz/corpus-$target" "tests/fuzz/seeds/$target"
  # An input that took long may only have met a busy machine: it is a finding when it takes long by itself.
  for slow in "$finding"slow-unit-*; do
    [ ! -e "$slow" ] || { "$fuzz" -timeout=10 -artifact_prefix="$finding" "$slow" && rm "$slow"; }
  done
done
echo "No findings."
