"""Reads what gcov --json-format --stdout says, one document a line, and prints a line for each file of the engine."""
import collections
import json
import re
import sys

ENGINE = re.compile(r"src/(transfer/(answerevent|uploadjob|journal|uploadjournal|batchstate|payloadspool|planspooler|readback|rowidentity|tablelook|tabletail"
                    r"|uploadtally|uploadquestion)[a-z]*\.cpp|net/(writerules|gatedevice)\.cpp)$")
lines = collections.defaultdict(lambda: collections.defaultdict(int))
branches = collections.defaultdict(lambda: collections.defaultdict(int))
for document in sys.stdin:
    for file in json.loads(document)["files"]:
        name = ENGINE.search(file["file"])
        if not name:
            continue
        for line in file["lines"]:
            lines[name[0]][line["line_number"]] += line["count"]
            for i, branch in enumerate(b for b in line["branches"] if not b["throw"]):
                branches[name[0]][(line["line_number"], i)] += branch["count"]
total = [0, 0, 0, 0]
for name in sorted(lines):
    counts = [sum(1 for n in lines[name].values() if n), len(lines[name]),
              sum(1 for n in branches[name].values() if n), len(branches[name])]
    total = [a + b for a, b in zip(total, counts)]
    missed = sorted(n for n, count in lines[name].items() if not count)
    untaken = sorted({n for (n, _), count in branches[name].items() if not count})
    print(json.dumps({"file": name, "lines": f"{counts[0]}/{counts[1]}", "branches": f"{counts[2]}/{counts[3]}",
                      "missed_lines": missed, "lines_of_missed_branches": untaken}))
print(json.dumps({"lines_percent": round(100 * total[0] / max(1, total[1]), 1),
                  "branches_percent": round(100 * total[2] / max(1, total[3]), 1)}))
