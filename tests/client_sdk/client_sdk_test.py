#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Enters a server of its own with the client of docs/guides/client-sdk.md. usage: client_sdk_test.py TESSERA CLIENT"""
import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

READY_WITHIN_S = 180  # content that is not in the cache is compiled first


def call(url: str, path: str, body: dict | None = None, token: str = "") -> dict:
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(url + path, data, headers, method="POST")) as answer:
        return json.load(answer)


def fetch(url: str, path: str) -> bytes:
    for tries in range(40):  # a zone's files are made ready in the server's first second
        try:
            request = urllib.request.Request(url + path, headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(request) as answer:
                body = answer.read()
                return gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
        except urllib.error.HTTPError as error:
            if error.code != 404 or tries == 39:
                raise
            time.sleep(0.25)
    raise AssertionError("unreachable")


def start_index(url: str) -> dict:
    for _ in range(40):  # it names no zone until the first one's files are there
        index = json.loads(fetch(url, "/content/zones.json"))
        if index["start"]:
            return index
        time.sleep(0.25)
    raise AssertionError("the server names no zone in /content/zones.json")


def run(url: str, client: str, folder: str) -> str:
    person = {"name": "stranger", "password": "correct horse battery"}
    call(url, "/api/v1/register", person)
    token = call(url, "/api/v1/login", person)["access_token"]
    character = call(url, "/api/v1/characters", {"name": "Stranger", "look": 1}, token)
    grant = call(url, f"/api/v1/characters/{character['id']}/enter", token=token)
    index = start_index(url)
    zone = index["start"]
    files = {"geometry": fetch(url, f"/content/{zone}/{index['zones'][zone]}/geometry"),
             "token": base64.b64decode(grant["connect_token"])}
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    result = subprocess.run([client, os.path.join(folder, "geometry"), os.path.join(folder, "token")],
                            capture_output=True, text=True, timeout=60, check=False)
    print(result.stdout + result.stderr)
    assert result.returncode == 0, f"the client ended with {result.returncode}"
    return result.stdout


def main() -> None:
    tessera, client = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        ready = os.path.join(folder, "ready")
        server = subprocess.Popen([tessera, "serve", "--data", os.path.join(folder, "data"), "--http", "127.0.0.1:0",
                                   "--udp", "127.0.0.1:0", "--ready-file", ready], stdout=subprocess.DEVNULL)
        try:
            until = time.monotonic() + READY_WITHIN_S
            while not os.path.exists(ready) or os.path.getsize(ready) == 0:
                assert server.poll() is None and time.monotonic() < until, "the server did not start"
                time.sleep(0.05)
            with open(ready, encoding="utf-8") as file:
                told = run(file.read().strip(), client, folder)
            assert "in view" in told
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
