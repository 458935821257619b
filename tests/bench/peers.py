#!/usr/bin/env python3
"""peers.py URL ROWS.json: what others take for the same: reading all pages in the way of the Python client (pandas when
it is there, plain lists when not) and the operations in SQLite. Prints one line of JSON for each."""
import json
import sqlite3
import sys
import time
import urllib.request


def read_pages(url):
    """The loop of the Python client: page after page until has_more_data is false."""
    try:
        import pandas
    except ImportError:
        pandas = None
    start = time.perf_counter()
    rows, page, more = [], 1, True
    while more:
        with urllib.request.urlopen(f"{url}data/1?page={page}") as answer:
            body = json.load(answer)
        rows.extend(body["data"])
        more = body["has_more_data"]
        page += 1
    if pandas:
        rows = pandas.DataFrame(rows)
    took = (time.perf_counter() - start) * 1000
    return {"what": "python, pandas" if pandas else "python, lists", "rows": len(rows), "ms": took}


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
    print(json.dumps(read_pages(sys.argv[1])))
    print(json.dumps(sqlite(sys.argv[2])))
