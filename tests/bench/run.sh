#!/usr/bin/env bash
# Reads and works on a million rows with Rowdesk and with others on this machine, one after the other, and prints a
# table of ratios. Build first: cmake --preset bench && cmake --build --preset bench
#
#   tests/bench/run.sh [ROWS]
#
# Peers: a bare loop of QNetworkAccessManager and simdjson, the Python client's way (with Debian's python3-requests and
# python3-pandas), SQLite, and DuckDB when ROWDESK_DUCKDB names a folder in which the npm package @duckdb/node-api is
# installed. Then a window with the table in it: how long its thread is held at most while it works, and whether
# scrolling costs more at the end of ten times as many rows. At the end files and uploads: files.sh, uploads.sh.
# Figures are only as good as the machine is quiet: compare ratios of one run, not milliseconds of two.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$here/../../build/bench
programs=$build/bench
rows=${1:-1000000}
work=$(mktemp -d)
# Debian's packages are for Debian's Python, which another one may hide.
python=python3
if /usr/bin/python3 -c 'import pandas, requests' 2>/dev/null; then python=/usr/bin/python3; fi
servers=()
finish() { exec 7>&- 8>&- || true; wait "${servers[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT

# A home of its own, and no screen needed.
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data ROWDESK_DATA_DIR=$work/data
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
export ROWDESK_AUTH=api_key ROWDESK_API_KEY=bench ROWDESK_API_VERSION=classic

# serve NAME ROWS: starts a server that ends with $work/NAME.hold, and waits for it. Its address: $work/NAME
serve() {
  mkfifo "$work/$1.hold"
  "$programs/pageserver" "$2" < "$work/$1.hold" > "$work/$1" &
  servers+=($!)
}
listening() { until grep -q LISTENING "$work/$1"; do sleep 0.1; done; cut -d' ' -f2 "$work/$1"; }
serve once "$rows"; exec 8> "$work/once.hold"
serve tenfold $((rows * 10)); exec 7> "$work/tenfold.hold"
url=$(listening once)
tenfold=$(listening tenfold)

# cli NAME ADDRESS DATASET: reads with the real program and notes its own words under a name.
cli() { ROWDESK_BASE_URL=$2 "$build/bin/rowdesk-cli" data get "$3" --stats | sed "s/^{/{\"what\":\"$1\",/"; }

for _ in 1 2 3; do # in turns, so that all meet the same machine
  "$programs/bareloop" "$url"
  cli "rowdesk-cli" "$url" 1
done >> "$work/figures"
cli "rowdesk-cli, nothing" "$url" 0 >> "$work/figures"
for _ in 1 2; do cli "rowdesk-cli, tenfold" "$tenfold" 1; done >> "$work/figures"
"$programs/benchread" "$url" >> "$work/figures"
"$programs/benchoperations" "$rows" --json "$work/rows.json"
"$programs/benchoperations" "$rows" >> "$work/figures"
"$python" "$here/peers.py" "$url" "$work/rows.json" >> "$work/figures"
if [ -n "${ROWDESK_DUCKDB:-}" ]; then
  cp "$here/duckdb.mjs" "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
  (cd "$ROWDESK_DUCKDB" && node rowdesk-duckdb.mjs "$work/rows.json") >> "$work/figures"
  rm "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
fi
"$programs/benchdiff" "$rows" > "$work/diffs"
"$python" "$here/diffpandas.py" "$rows" >> "$work/diffs"
if [ -n "${ROWDESK_DUCKDB:-}" ]; then
  cp "$here/diffduckdb.mjs" "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
  (cd "$ROWDESK_DUCKDB" && node rowdesk-duckdb.mjs "$rows") >> "$work/diffs"
  rm "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
fi
"$programs/benchwindow" "$url" >> "$work/figures"
"$programs/benchwindow" "$tenfold" scroll | sed 's/"what":"window"/"what":"window, tenfold"/' >> "$work/figures"
python3 "$here/ratios.py" "$work/figures"

python3 - "$work/diffs" <<'PYTHON'
import json, sys
ours, peers = {}, {}
for line in open(sys.argv[1]):
    figures = json.loads(line)
    (peers.setdefault(figures["what"], []).append if "peer" in figures else lambda f: ours.update({f["what"]: f}))(figures)
print("compare")
for what, mine in ours.items():
    if "seconds_best" not in mine:
        print(f"{what:26}{mine['seconds'] * 1000:>5.0f} ms")
        continue
    counts = lambda f: tuple(f[n] for n in ("added", "removed", "changed", "unchanged"))
    ratios = [f"{p['peer']} {mine['seconds_best'] / p['seconds_best']:.2f}"
              + ("" if counts(p) == counts(mine) else " (other counts)") for p in peers.get(what, [])]
    ratios.append(f"memory {1 + mine['peak_more_mb'] / mine['tables_mb']:.2f} of the tables")
    print(f"{what:26}{mine['seconds_best'] * 1000:>5.0f} ms   " + "   ".join(ratios))
PYTHON

"$here/files.sh"
"$here/uploads.sh"
