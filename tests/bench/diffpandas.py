#!/usr/bin/env python3
"""diffpandas.py [ROWS]: the comparisons of benchdiff with pandas, on the same two tables: an outer merge by the key and
the counts of a comparison. Prints one line of JSON for each, and nothing when pandas is not there."""
import json
import sys
import time

try:
    import numpy
    import pandas
except ImportError:
    sys.exit(0)

COMPARED = ["day", "at", "city", "shop", "amount", "pieces", "share", "paid", "note"]


def table(n, edited):
    n = pandas.Series(n)
    cents = n.where(~((n % 100 == 0) & edited), n + 1) % 100
    return pandas.DataFrame(
        {
            "id": 1_000_000_000 + n,
            "day": pandas.Timestamp("2026-01-01") + pandas.to_timedelta(n % 336, "D"),
            "at": pandas.Timestamp("2026-01-01") + pandas.to_timedelta(n % 2_419_200, "s"),
            "city": "City " + (n % 200).astype(str),
            "shop": "Shop " + (n * 7919 % 5000).astype(str),
            "amount": n % 100_000 + cents / 100,
            "pieces": n * 31 % 1000,
            "share": (n * 104_729 % 1_000_000) / 1e6,
            "paid": n % 3 != 0,
            "note": "Note number " + n.astype(str) + " of this table",
        }
    )


def compare(what, a, b, key):
    columns = [c for c in ["id"] + COMPARED if c != key]
    best = best_merge = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        merged = a.merge(b, how="outer", on=key, suffixes=("_a", "_b"), indicator=True)
        best_merge = min(best_merge, time.perf_counter() - start)
        both = merged["_merge"] == "both"
        differs = numpy.zeros(len(merged), dtype=bool)
        for column in columns:
            differs |= (merged[column + "_a"] != merged[column + "_b"]).to_numpy()
        changed = int((differs & both).sum())
        best = min(best, time.perf_counter() - start)
    counts = merged["_merge"].value_counts()
    print(json.dumps({"peer": "pandas", "what": what, "seconds_best": best, "merge_seconds_best": best_merge,
                      "added": int(counts["right_only"]), "removed": int(counts["left_only"]), "changed": changed,
                      "unchanged": int(counts["both"]) - changed}))


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    every = numpy.arange(rows)
    others = numpy.concatenate([every[every % 1000 != 999], rows + numpy.arange(rows // 1000)])
    a, b = table(every, False), table(others, True)
    compare("by key, same order", a, b, "id")
    compare("by text key, same order", a, b, "note")
    compare("by key, shuffled", a, b.sample(frac=1, random_state=1), "id")
