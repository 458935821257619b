#!/usr/bin/env bash
# Reads and works on a million rows with Rowdesk and with others on this machine, one after the other, and prints a
# table of ratios. Build first: cmake --preset bench && cmake --build --preset bench
#
#   tests/bench/run.sh [ROWS]
#
# Then compares two tables of as many rows with DuckDB's full outer join and pandas' merge.
#
# Peers: a bare loop of QNetworkAccessManager and simdjson, the Python way (pandas if it can be imported), SQLite, and
# DuckDB when ROWDESK_DUCKDB names a folder in which the npm package @duckdb/node-api is installed.
# Figures are only as good as the machine is quiet: compare ratios of one run, not milliseconds of two.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
programs=$here/../../build/bench/bench
rows=${1:-1000000}
work=$(mktemp -d)
finish() { exec 8>&- || true; wait "${server:-}" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT

mkfifo "$work/hold"
"$programs/pageserver" "$rows" < "$work/hold" > "$work/listening" &
server=$!
exec 8> "$work/hold" # the server ends when this is closed
until grep -q LISTENING "$work/listening"; do sleep 0.1; done
url=$(cut -d' ' -f2 "$work/listening")

for _ in 1 2 3; do # in turns, so that both meet the same machine
  "$programs/bareloop" "$url"
  "$programs/benchread" "$url"
done >> "$work/figures"
"$programs/benchoperations" "$rows" --json "$work/rows.json"
"$programs/benchoperations" "$rows" >> "$work/figures"
python3 "$here/peers.py" "$url" "$work/rows.json" >> "$work/figures"
if [ -n "${ROWDESK_DUCKDB:-}" ]; then
  cp "$here/duckdb.mjs" "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
  (cd "$ROWDESK_DUCKDB" && node rowdesk-duckdb.mjs "$work/rows.json") >> "$work/figures"
  rm "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
fi
"$programs/benchdiff" "$rows" > "$work/diffs"
python3 "$here/diffpandas.py" "$rows" >> "$work/diffs"
if [ -n "${ROWDESK_DUCKDB:-}" ]; then
  cp "$here/diffduckdb.mjs" "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
  (cd "$ROWDESK_DUCKDB" && node rowdesk-duckdb.mjs "$rows") >> "$work/diffs"
  rm "$ROWDESK_DUCKDB/rowdesk-duckdb.mjs"
fi

python3 - "$work/figures" <<'PYTHON'
import json, sys
best = {}
for line in open(sys.argv[1]):
    figures = json.loads(line)
    known = best.setdefault(figures["what"], figures)
    for name, value in figures.items():
        if name.endswith("ms"):
            known[name] = min(known[name], value)
ours, read = best["rowdesk operations"], best["rowdesk read"]
print(f"rows {read['rows']:,}   received {read['megabytes_received']:.0f} MB   "
      f"memory above idle {read['above_idle_mb']:.0f} MB (peak {read['peak_above_idle_mb']:.0f} MB)")
print(f"{'':22}{'rowdesk':>10}   ratio to peers (below 1: Rowdesk is quicker)")
peers = [best[name] for name in ("bare loop", "python, pandas", "python, lists") if name in best]
print(f"{'read':22}{read['ms']:>7.0f} ms   " + "   ".join(f"{p['what']} {read['ms'] / p['ms']:.2f}" for p in peers))
others = [best[name] for name in ("duckdb operations", "sqlite operations") if name in best]
for name in [n for n in ours if n.endswith("_ms")]:
    ratios = "   ".join(f"{o['what'].split()[0]} {ours[name] / o[name]:.2f}" for o in others if name in o)
    print(f"{name[:-3]:22}{ours[name]:>7.0f} ms   {ratios}")
PYTHON

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
