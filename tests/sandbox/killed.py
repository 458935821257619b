#!/usr/bin/env python3
"""Kills rowdesk-sandbox with SIGKILL in the middle of appends and asks it afterwards what it stored.

usage: killed.py PATH-OF-rowdesk-sandbox
What was confirmed must be there, what is there must be in the ledger as applied, and no call may have been stored in part.
"""

import http.client
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.parse

ROUNDS = 6
ROWS = 40  # a call


def start(program, folder):
    server = subprocess.Popen([program, "--data", folder, "--allow-faults"], stdout=subprocess.PIPE, text=True)
    address = urllib.parse.urlsplit(server.stdout.readline().split()[1])
    return server, http.client.HTTPConnection(address.hostname, address.port, timeout=60)


def call(connection, verb, path, body=None):
    connection.request(verb, path, json.dumps(body) if body is not None else None,
                       {"CLICDATA-API-KEY": "demo-key", "Content-Type": "application/json"})
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != 200:
        sys.exit(f"FAILED: {verb} {path}: {response.status} {text}")
    return text


def rows_of(connection, rec_id):
    page, rows, more = 1, [], True
    while more:
        answer = json.loads(call(connection, "GET", f"/data/{rec_id}?page={page}"))
        rows += [row["n"] for row in answer["data"]]
        more = answer["has_more_data"]
        page += 1
    return rows


def main(program):
    random.seed(7)
    with tempfile.TemporaryDirectory() as folder:
        server, connection = start(program, folder)
        rec_id = call(connection, "POST", "/data", {"name": "Killed", "columns": [{"name": "n", "data_type": "number"}]})
        confirmed, sent = [], 0
        for _ in range(ROUNDS):
            killer = threading.Timer(random.uniform(0.02, 0.3), server.send_signal, [signal.SIGKILL])
            killer.start()
            try:
                while True:
                    sent += 1
                    call(connection, "POST", f"/data/{rec_id}/row", {"data": [[{"column": "n", "value": sent}]] * ROWS})
                    confirmed.append(sent)
            except (OSError, http.client.HTTPException):
                pass
            killer.join()
            server.wait(60)
            server.stdout.close()
            server, connection = start(program, folder)
        stored = rows_of(connection, rec_id)
        calls = json.loads(call(connection, "GET", "/_sandbox/ledger"))["calls"]
        versions = json.loads(call(connection, "GET", f"/data/{rec_id}/versions"))["versions"]
        server.terminate()
        server.wait(60)
        server.stdout.close()

    lost = set(confirmed) - set(stored)
    partial = {n for n in set(stored) if stored.count(n) != ROWS}
    applied = sum(c["applied"] for c in calls if c["path"].endswith("/row"))
    if lost or partial or applied != len(set(stored)) or len(versions) != applied:
        sys.exit(f"FAILED: lost {lost}, in part {partial}, applied {applied}, stored {len(set(stored))}, versions {len(versions)}")
    print(f"{sent} calls, {len(confirmed)} confirmed, {applied} stored, {ROUNDS} kills")


if __name__ == "__main__":
    main(sys.argv[1])
