"""Reads what gcov --json-format --stdout says, one document a line, and prints a line for each file of the engine.

A switch that names every value of an enum has one branch more for gcov, the last: for a value that is none. It is not
counted where the switch has no default.
"""
import collections
import json
import re
import sys

ENGINE = re.compile(r"src/(transfer/(answerevent|uploadjob|journal|uploadjournal|batchmaker|batchstate|payloadspool|planspooler|questionrows"
                    r"|readback|receipt|rowidentity|tablelook|tabletail|uploadqueue|uploadtally|uploadquestion)[a-z]*\.cpp"
                    r"|net/(writerules|gatedevice)\.cpp)$")


def is_complete_switch(path, line):
    """Whether a switch without default begins on this line (counted from 1)."""
    with open(path, encoding="utf-8") as source:
        text = source.read().split("\n")[line - 1:]
    indent = text[0][:len(text[0]) - len(text[0].lstrip())]
    if not text[0].lstrip().startswith("switch ("):
        return False
    body = text[1:text.index(indent + "}")]
    return not any(row == indent + "default:" for row in body)


lines = collections.defaultdict(lambda: collections.defaultdict(int))
branches = collections.defaultdict(lambda: collections.defaultdict(int))
for document in sys.stdin:
    for file in json.loads(document)["files"]:
        name = ENGINE.search(file["file"])
        if not name:
            continue
        for line in file["lines"]:
            lines[name[0]][line["line_number"]] += line["count"]
            taken = [b for b in line["branches"] if not b["throw"]]
            if len(taken) > 2 and is_complete_switch(file["file"], line["line_number"]):
                taken.pop()
            for i, branch in enumerate(taken):
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
