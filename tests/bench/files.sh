#!/usr/bin/env bash
# Reads whole files with Rowdesk and with others on this machine, in turns, and prints ratios (run.sh calls it):
# a CSV of 1,000,000 × 10 beside DuckDB's read_csv, a workbook of 200,000 × 10 beside a bare walk of libzip and expat and
# beside pandas (when it can be imported), and the preview of a CSV of 10 GB beside that of one of 2 MB.
#
#   tests/bench/files.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bench=$here/../../build/bench/bench/benchfiles
cli=$here/../../build/bench/bin/rowdesk-cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$bench" csv "$work/million.csv" 1000000
"$bench" csv "$work/part.csv" 200000
"$bench" csv "$work/small.csv" 20000
"$bench" huge "$work/huge.csv" 10000000000
"$cli" file convert "$work/part.csv" -o "$work/book.xlsx" > /dev/null

duckdb() {
  [ -n "${ROWDESK_DUCKDB:-}" ] || return 0
  cp "$here/duckdbcsv.mjs" "$ROWDESK_DUCKDB/rowdesk-duckdbcsv.mjs"
  (cd "$ROWDESK_DUCKDB" && node rowdesk-duckdbcsv.mjs "$work/million.csv") >> "$work/csv"
  rm "$ROWDESK_DUCKDB/rowdesk-duckdbcsv.mjs"
}
for _ in 1 2 3; do
  "$bench" inspect "$work/million.csv" >> "$work/csv"
  duckdb
  "$bench" inspect "$work/book.xlsx" >> "$work/book"
  "$bench" walk "$work/book.xlsx" >> "$work/book"
  "$bench" preview "$work/small.csv" | sed 's/preview/small preview/' >> "$work/preview"
  "$bench" preview "$work/huge.csv" >> "$work/preview"
done
python3=$(command -v /usr/bin/python3 || command -v python3)
"$python3" - "$work/book.xlsx" >> "$work/book" <<'PYTHON' || true
import json, sys, time
try:
    import pandas
    start = time.perf_counter()
    pandas.read_excel(sys.argv[1])
    print(json.dumps({"what": "pandas", "ms": (time.perf_counter() - start) * 1000}))
except ImportError:
    pass
PYTHON

"$python3" - "$work" <<'PYTHON'
import json, os, sys
def best(name):
    found = {}
    for line in open(os.path.join(sys.argv[1], name)):
        figures = json.loads(line)
        known = found.setdefault(figures["what"], figures)
        known["ms"] = min(known["ms"], figures["ms"])
    return found
def table(title, figures, ours):
    own = figures.pop(ours)
    ratios = "   ".join(f"{name} {own['ms'] / other['ms']:.2f}" for name, other in figures.items())
    memory = f"   memory {own['peak_mb']:.0f} MB" if "peak_mb" in own else ""
    print(f"{title:22}{own['ms']:>7.0f} ms   {ratios}{memory}")
table("inspect CSV 1M × 10", best("csv"), "rowdesk inspect")
table("inspect XLSX 200k × 10", best("book"), "rowdesk inspect")
table("preview CSV 10 GB", best("preview"), "rowdesk preview")
PYTHON
