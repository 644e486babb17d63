#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follows docs/guides/make-a-zone.md as a reader would, in a folder of its own: types its commands,
makes its changes, compares what it shows, and lets bots walk in the zone.

In the guide, blocks of `console` hold commands ("$ ...") and what they print; "..." stands for what is
left out, at the end of a line or for whole lines. Blocks of `diff` are changes to my_zone's zone.yaml, or to the
file that a first line "+++ FILE" names; blocks of `text` what the server then says.

usage: make_a_zone_test.py TESSERA   the binary
"""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TESSERA = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else ""
PATIENCE_S = 60
ZONE = os.path.join("content", "zones", "my_zone")
SPAWN = (256, 262)


def guide() -> str:
    with open(os.path.join(ROOT, "docs", "guides", "make-a-zone.md"), encoding="utf-8") as stream:
        return stream.read()


def schema(name: str) -> dict:
    with open(os.path.join(ROOT, "content", "schema", name), encoding="utf-8") as stream:
        return json.load(stream)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Each command with the lines that it prints."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def pattern(lines: list[str]) -> str:
    """A regular expression for printed lines. Times, sizes, hashes and what a search cost may differ."""
    text = ""
    for line in lines:
        if line == "...":
            text += r"(?:.*\n)*?"
            continue
        whole = not line.endswith("...")
        line = re.escape(line if whole else line[:-3])
        for varying in (r"\d+\\\.\d(?=\\ s$)", r"\d+(?=\\ kB)", r"[0-9a-f]{16}", r"\d+(?=\\ nodes)"):
            line = re.sub(varying, lambda _: r"[0-9a-f.]+", line)
        text += line + ("" if whole else ".*") + r"\n"
    return text


class MakeAZoneTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.server = None
        shutil.copytree(os.path.join(ROOT, "content", "schema"), os.path.join(self.folder, "content", "schema"))
        os.makedirs(os.path.join(self.folder, "bin"))
        os.symlink(TESSERA, os.path.join(self.folder, "bin", "tessera"))
        # Ports of its own: nothing that runs on this machine is in the way.
        self.environment = {**os.environ, "TESSERA_HTTP_LISTEN": "127.0.0.1:0", "TESSERA_UDP_LISTEN": "127.0.0.1:0",
                            "TESSERA_DATA": os.path.join(self.folder, "data"),
                            "PATH": os.path.join(self.folder, "bin") + ":" + os.environ["PATH"]}

    def run_command(self, command: str) -> str:
        if command.startswith("tessera bots "):
            command += f" --server {self.url}"
        # stdbuf: lines come in the order in which a terminal shows them.
        done = subprocess.run("stdbuf -oL " + command, shell=True, cwd=self.folder, env=self.environment, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE_S)
        # How far something is: on a terminal that goes away again, on a quick machine it is never said.
        return re.sub(r"^(content: my_\w+: \w+|\d of \d bots are in.*)\n", "", done.stdout, flags=re.MULTILINE)

    def serve(self, command: str) -> str:
        """What ./play does after building; returns what stands on the screen when players may come."""
        ready, self.screen = os.path.join(self.folder, "ready"), os.path.join(self.folder, "screen")
        with open(self.screen, "w", encoding="utf-8") as stream:
            self.server = subprocess.Popen(
                ["tessera", "serve", *command.split()[1:], "--ready-file", ready], cwd=self.folder,
                env=self.environment, stdout=stream, stderr=subprocess.STDOUT)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.kill)
        deadline = time.monotonic() + PATIENCE_S
        while not (os.path.exists(ready) and os.path.getsize(ready)):
            self.assertIsNone(self.server.poll(), "the server ended early")
            self.assertLess(time.monotonic(), deadline, "the server was not ready in time")
            time.sleep(0.01)
        with open(ready, encoding="utf-8") as stream:
            self.url = stream.read().strip()
        return self.on_screen()

    def on_screen(self) -> str:
        with open(self.screen, encoding="utf-8") as stream:
            return stream.read()

    def wait_for(self, block: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        for line in block.splitlines():
            while line.strip(".") not in self.on_screen():
                self.assertIsNone(self.server.poll(), self.on_screen())
                self.assertLess(time.monotonic(), deadline, f"the server never said '{line}':\n{self.on_screen()}")
                time.sleep(0.05)

    def change(self, block: str) -> None:
        lines = block.splitlines(keepends=True)
        file = os.path.join(ZONE, "zone.yaml")
        if lines[0].startswith("+++ "):
            file = lines.pop(0)[4:].strip()
        old = "".join(line[1:] for line in lines if line.startswith("-"))
        new = "".join(line[1:] for line in lines if line.startswith("+"))
        path = os.path.join(self.folder, file)
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self.assertEqual(text.count(old), 1, f"{file} has no such line:\n{old}")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text.replace(old, new))

    def test_leads_from_an_empty_folder_to_walking_in_ones_own_zone(self):
        blocks = re.findall(r"```(console|diff|text)\n(.*?)```", guide(), re.DOTALL)
        self.assertGreater(len(blocks), 10)
        for kind, block in blocks:
            if kind == "diff":
                self.change(block)
            if kind == "text":
                self.wait_for(block)
            if kind != "console":
                continue
            for command, expected in commands(block):
                with self.subTest(command=command):
                    run = self.serve if command.startswith("./play ") else self.run_command
                    self.assertRegex(run(command), r"\A" + pattern(expected) + r"\Z")
        self.assertIsNotNone(self.server, "the guide serves the zone")
        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(PATIENCE_S), 0)
        self.assert_bots_walked()

    def assert_bots_walked(self):
        database = sqlite3.connect(os.path.join(self.folder, "data", "tessera.db"))
        self.addCleanup(database.close)
        places = database.execute("SELECT x, z FROM characters").fetchall()
        self.assertEqual(len(places), 3)
        for x, z in places:
            self.assertGreater(abs(x - SPAWN[0]) + abs(z - SPAWN[1]), 1, "saved where it entered")
            self.assertTrue(0 < x < 512 and 0 < z < 512)

    def test_tells_every_key_of_zone_files_and_models(self):
        text = guide()
        keys = [*schema("zone.schema.json")["properties"], *schema("gltf_extras.schema.json")["properties"]]
        self.assertGreater(len(keys), 20)
        for key in keys:
            with self.subTest(key=key):
                self.assertIn(f"`{key}`", text)

    def test_the_schema_is_where_new_zones_say_it_is(self):
        self.run_command(f"tessera content zone {ZONE}")
        with open(os.path.join(self.folder, ZONE, "zone.yaml"), encoding="utf-8") as stream:
            path = re.match(r"# yaml-language-server: \$schema=(\S+)\n", stream.readline())[1]
        self.assertTrue(os.path.exists(os.path.join(self.folder, ZONE, path)))


if __name__ == "__main__":
    unittest.main()
