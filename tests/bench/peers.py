#!/usr/bin/env python3
"""peers.py URL ROWS.json: what others take for the same: reading all pages in the way of the Python client (when requests
and pandas are there) and the operations in SQLite. Prints one line of JSON for each."""
import json
import sqlite3
import sys
import time


def resident_megabytes():
    """What the process needs now, like VmRSS in /proc."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def read_pages(url):
    """The loop of the Python client: a request of its own for every page (of the 1,000 rows that the service gives),
    its JSON read once for the flag and once for the rows, the rows so far copied for every page, a data frame made of
    them at the end. Only for people who have requests and pandas."""
    try:
        import pandas
        import requests
    except ImportError as missing:
        print(f"peers.py: no Python client to compare with ({missing})", file=sys.stderr)
        return None
    idle = resident_megabytes()
    start = time.perf_counter()
    rows, page, more = [], 1, True
    while more:
        answer = requests.get(f"{url}data/1", params={"page": page}, timeout=60)
        more = answer.json().get("has_more_data")
        rows = rows + answer.json().get("data")
        page += 1
    frame = pandas.DataFrame.from_dict(rows)
    took = (time.perf_counter() - start) * 1000
    return {"what": "python client", "rows": len(frame), "ms": took, "above_idle_mb": resident_megabytes() - idle}


def quickest(times, run):
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def sqlite(path):
    db = sqlite3.connect(":memory:")
    db.execute("create table t (id integer, day, sent, customer, code, country, pieces integer, price real, paid, note)")
    with open(path, encoding="utf-8") as lines:
        db.executemany("insert into t values (?,?,?,?,?,?,?,?,?,?)", (tuple(json.loads(line).values()) for line in lines))
    keep = lambda sql: (db.execute("drop table if exists r"), db.execute("create temp table r as " + sql))
    text = ["customer", "code", "country", "note"]
    cells = " + ".join(f"sum({c} like '%harbor%')" for c in text)
    return {
        "what": "sqlite operations",
        "sort_number_ms": quickest(1, lambda: keep("select rowid n from t order by price")),
        "sort_text_ms": quickest(1, lambda: keep("select rowid n from t order by note collate nocase")),
        "contains_ms": quickest(2, lambda: keep("select rowid n from t where note like '%harbor i%'")),
        "greater_ms": quickest(2, lambda: keep("select rowid n from t where price > 4000")),
        "search_ms": quickest(2, lambda: db.execute(f"select {cells} from t").fetchall()),
        "counts_ms": quickest(2, lambda: keep("select customer, count(*) c from t group by 1 order by c desc limit 100")),
    }


if __name__ == "__main__":
    if read := read_pages(sys.argv[1]):
        print(json.dumps(read))
    print(json.dumps(sqlite(sys.argv[2])))
