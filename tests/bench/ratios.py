#!/usr/bin/env python3
"""ratios.py FIGURES: the lines of JSON that the benchmarks printed as one table of ratios, the best of each program's
runs. Below 1: Rowdesk is quicker."""
import json
import sys


def quickest(path):
    best = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            figures = json.loads(line)
            if "seconds" in figures:
                figures["ms"] = figures["seconds"] * 1000
            known = best.setdefault(figures["what"], figures)
            for name, value in figures.items():
                if name.endswith("ms"):
                    known[name] = min(known[name], value)
    return best


def print_reading(best):
    read, nothing, tenfold = (best["rowdesk-cli" + more] for more in ("", ", nothing", ", tenfold"))
    above = (read["peak_rss_kb"] - nothing["peak_rss_kb"]) / 1024
    print(f"read {read['rows']:,} rows   {read['bytes_received'] / 1e6:.0f} MB   complete: {read['complete']}   "
          f"{read['ms']:.0f} ms   first rows {best['rowdesk read']['first_rows_ms']:.0f} ms   "
          f"peak {above:.0f} MB above a read of nothing")
    for peer in ("bare loop", "python client"):
        if peer in best:
            ms = best[peer]["ms"]
            print(f"  {read['ms'] / ms:6.3f} × {peer} ({ms:.0f} ms): {ms / read['ms']:.1f} times as quick")
    print(f"  {tenfold['ms'] / read['ms']:6.2f} × the time for {tenfold['rows'] / read['rows']:.0f} × the rows "
          f"({tenfold['ms']:.0f} ms, complete: {tenfold['complete']})")


def print_operations(best):
    ours = best["rowdesk operations"]
    others = [best[name] for name in ("duckdb operations", "sqlite operations") if name in best]
    print(f"\n{'operation':24}{'rowdesk':>10}")
    for name in [n for n in ours if n.endswith("_ms")]:
        ratios = "   ".join(f"{o['what'].split()[0]} {ours[name] / o[name]:.2f}" for o in others if name in o)
        print(f"{name[:-3]:24}{ours[name]:>7.0f} ms   {ratios}")


def print_window(best):
    print(f"\n{'in the window':28}{'took':>10}{'longest pause':>16}{'p99':>10}{'own work':>12}")
    for window in ("window", "window, tenfold"):
        print(f"{best[window]['rows']:,} rows, peak {best[window]['peak_mb']:.0f} MB")
        for step, figures in best[window]["steps"].items():
            print(f"  {step:26}{figures['took_ms']:>7.0f} ms{figures['longest_pause_ms']:>13.1f} ms"
                  f"{figures['p99_pause_ms']:>7.1f} ms{figures['longest_busy_ms']:>9.1f} ms")


if __name__ == "__main__":
    found = quickest(sys.argv[1])
    print_reading(found)
    print_operations(found)
    print_window(found)
