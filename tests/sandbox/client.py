#!/usr/bin/env python3
"""The calls of the Python client, spoken with the standard library alone, against rowdesk-sandbox.

usage: client.py PATH-OF-rowdesk-sandbox
Every working and every planned method of that client's README is called once at least, in the classic dialect.
"""

import base64
import http.client
import json
import signal
import subprocess
import sys
import tempfile
import urllib.parse

checks = 0


def check(what, condition, seen=None):
    global checks
    checks += 1
    if not condition:
        sys.exit(f"FAILED: {what}: {seen!r}")


class Client:
    """One connection that is kept alive, as a requests.Session would."""

    def __init__(self, url):
        self.url = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        self.headers = {"accept": "application/json", "User-Agent": "python-requests/2.28.1", "Accept-Encoding": "gzip, deflate"}

    def call(self, verb, path, params=None, body=None, form=None, headers=None):
        target = self.url.path + path
        if params:
            target += "?" + urllib.parse.urlencode(params)
        sent = dict(self.headers if headers is None else headers)
        data = None
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            data = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        elif verb != "GET":
            sent["Content-Length"] = "0"
        self.connection.request(verb, target, body=data, headers=sent)
        response = self.connection.getresponse()
        return response.status, response.read().decode()

    def json(self, *args, **kwargs):
        status, text = self.call(*args, **kwargs)
        check(f"{args} answers 200", status == 200, text)
        return json.loads(text)

    def text(self, *args, **kwargs):
        status, text = self.call(*args, **kwargs)
        check(f"{args} answers 200", status == 200, text)
        return text

    def sign_in(self):
        token = self.json("POST", "oauth20/token", form={
            "grant_type": "client_credentials", "client_id": "demo", "client_secret": "demo-secret"})
        check("expires_in is a number of seconds", isinstance(token["expires_in"], int), token)
        self.headers["Authorization"] = "Bearer " + token["access_token"]

    def rows(self, path):
        page, data, more = 1, [], True
        while more:
            answer = self.json("GET", path, params={"page": page})
            more = answer["has_more_data"]
            data += answer["data"]
            page += 1
        return data


def create(client, name, columns):
    text = client.text("POST", "data", body={
        "name": name, "description": "", "columns": [{"name": n, "data_type": t} for n, t in columns.items()]})
    return int(text)


def append(client, rec_id, frame):
    rows = [[{"column": column, "value": value} for column, value in row.items()] for row in frame]
    return client.text("POST", f"data/{rec_id}/row", body={"data": rows})


def data_methods(client):
    listed = client.json("GET", "data")["data"]
    check("get_data() lists the sample data", [d["name"] for d in listed][:2] == ["Bird strikes", "Weather"], listed)
    check("rec_id is a number", all(isinstance(d["rec_id"], int) for d in listed))
    named = client.json("GET", "data", params={"name": "Bird strikes"})["data"]
    check("get_data(name=…)", [d["rec_id"] for d in named] == [1], named)
    check("get_data(refresh=True)", len(client.json("GET", "data", params={"refresh": True})["data"]) == 1)
    check("get_data(unique_key_available=True)", len(client.json("GET", "data", params={"uniquekeyavailable": True})["data"]) == 3)
    check("get_data(rec_id)", len(client.rows("data/1")) == 10000)

    versions = client.json("GET", "data/2/versions")["versions"]
    check("get_data_history(rec_id)", [v["version"] for v in versions] == [4, 3, 2, 1], versions)
    check("get_data_history(rec_id, ver_id)", len(client.rows("data/2/v/1")) == 2700)
    check("history is off", client.call("GET", "data/1/versions")[0] != 200)
    check("an unknown version", client.call("GET", "data/2/v/99", params={"page": 1})[0] != 200)

    frame = [{"name": f"row {i} é", "count": i, "share": i / 8, "ok": i % 2 == 0} for i in range(20000)]
    rec_id = create(client, "From a frame", {"name": "text", "count": "number", "share": "number", "ok": "checkbox"})
    check("append_data() in one call", append(client, rec_id, frame) == "success")
    check("static_send_data() brings every row", client.rows(f"data/{rec_id}") == frame)
    status, text = client.call("POST", "data", body={
        "name": "from a FRAME", "description": "", "columns": [{"name": "a", "data_type": "text"}]})
    check("names are unique", status != 200 and "error" in json.loads(text), text)

    text = client.text("DELETE", f"data/{rec_id}/row", body={"multiplerows": "all", "find": [{"column": "ok", "value": True}]})
    check("delete_data()", text == "success" and len(client.rows(f"data/{rec_id}")) == 10000, text)
    client.text("PUT", f"data/{rec_id}/row", body={
        "multiplerows": "first", "find": [{"column": "count", "value": 1}], "data": [{"column": "name", "value": "one"}]})
    check("update_data()", client.rows(f"data/{rec_id}")[0]["name"] == "one")
    for method in ["reload", "rebuild", "recreate", "update", "updateappend", "append"]:
        check(f"rebuild_data({method})", client.text("POST", f"data/2/{method}") == "success")
    check("each refresh is a version", len(client.json("GET", "data/2/versions")["versions"]) == 10)


def account_methods(client):
    check("get_account()", "usage" in client.json("GET", "account"))
    check("user activity", client.json("GET", "account/activity/users")["users"])
    check("dashboard activity", client.json("GET", "account/activity/dashboards")["dashboards"])
    dashboards = client.json("GET", "dashboard", params={"includethumbnail": True})["dashboards"]
    check("get_dashboard(thumbnail=True)", all(base64.b64decode(d["thumbnail"])[1:4] == b"PNG" for d in dashboards))
    for kind in ["thumbnail", "snapshot"]:
        image = base64.b64decode(client.text("GET", f"dashboard/{dashboards[0]['rec_id']}/{kind}"))
        check(f"get_dashboard_{kind}()", image[:8] == b"\x89PNG\r\n\x1a\n")
    check("list schedules", len(client.json("GET", "schedule")["schedules"]) == 2)
    check("schedule details", len(client.json("GET", "schedule/1")["schedules"]) == 1)
    for verb in ["POST", "GET"]:
        check("trigger schedule", client.text(verb, "schedule/2/trigger") == "success")


def people_methods(client):
    user = int(client.text("POST", "user", body={
        "email": "py@example.com", "first_name": "P", "last_name": "Y", "password": "pw", "role": "editor"}))
    check("list users", user in [u["rec_id"] for u in client.json("GET", "user")["users"]])
    client.text("PUT", f"user/{user}", body={"last_name": "Thon"})
    check("user details", client.json("GET", f"user/{user}")["last_name"] == "Thon")
    client.text("PUT", f"user/{user}/password", body={"password": "new: pw"})
    inner = base64.b64encode(b"py@example.com:new: pw")
    basic = {"Authorization": "Basic " + base64.b64encode(b"demo:" + inner).decode()}
    check("basic auth with the new password", client.call("GET", "data", headers=basic)[0] == 200)
    wrong = {"Authorization": "Basic " + base64.b64encode(b"demo" + inner).decode()}
    check("basic auth without the inner colon", client.call("GET", "data", headers=wrong)[0] == 401)

    team = int(client.text("POST", "team", body={"name": "Pythons", "description": ""}))
    client.text("PUT", f"team/{team}", body={"description": "changed"})
    client.text("POST", f"team/{team}/user", body={"user_id": user})
    client.text("POST", f"team/{team}/parameter", body={"name": "region", "value": "north"})
    listed = [t for t in client.json("GET", "team")["teams"] if t["rec_id"] == team][0]
    check("list teams", listed["members"] == [user] and listed["description"] == "changed", listed)
    check("team parameter", listed["parameters"] == [{"name": "region", "value": "north"}], listed)
    client.text("DELETE", f"team/{team}/parameter", body={"name": "region"})
    client.text("DELETE", f"team/{team}/user", body={"user_id": user})
    client.text("DELETE", f"team/{team}")
    client.text("DELETE", f"user/{user}")
    check("deleted user", client.call("GET", f"user/{user}")[0] == 404)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([program, "--port", "0", "--data", folder, "--demo"], stdout=subprocess.PIPE, text=True)
        try:
            first = server.stdout.readline().split()
            check("first line", first[0] == "LISTENING" and first[1].startswith("http://127.0.0.1:"), first)
            client = Client(first[1])
            check("no credentials", client.call("GET", "data")[0] == 401)
            client.sign_in()
            data_methods(client)
            account_methods(client)
            people_methods(client)
        finally:
            server.send_signal(signal.SIGTERM)
            code = server.wait(60)
        check("ends cleanly on SIGTERM", code == 0, code)
    print(f"{checks} checks passed")


if __name__ == "__main__":
    main(sys.argv[1])
