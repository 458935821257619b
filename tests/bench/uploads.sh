#!/usr/bin/env bash
# What the safety of an upload costs: rows of ten columns sent to the sandbox by a bare loop of the same calls and by an
# upload with its gate, spool and journal, in turns. Against a sandbox that answers at once, with every processor and with
# one, where nothing can be done at the same time; against one that takes ten milliseconds; then whether speed and memory
# stay level from 10,000 to 1,000,000 rows. The ratio of the rounds in the middle is the steadier one.
# Build first: cmake --preset bench && cmake --build --preset bench
#
#   tests/bench/uploads.sh [ROWS]   the largest upload, 1,000,000 unless told otherwise
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../../build/bench/bench/benchupload
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT

"$program" 50000 10 0 >> "$figures"
taskset -c 0 "$program" 50000 10 0 >> "$figures"
"$program" 50000 3 10 >> "$figures"
"$program" 10000 10 0 >> "$figures"
"$program" "${1:-1000000}" 1 0 >> "$figures"

python3 - "$figures" <<'PYTHON'
import json, sys
print("\nupload, ten columns        service takes   × bare loop   in the middle   without syncs      rows/s      memory")
for line in open(sys.argv[1]):
    f = json.loads(line)
    print(f"{f['rows']:>12,} rows{f['service_ms']:>20} ms{f['ratio']:>14.2f}{f['ratio_median']:>16.2f}{f['ratio_unsynced']:>16.2f}"
          f"{f['rows_per_second']:>12,.0f}{f['memory_mb']:>9.0f} MB")
PYTHON
