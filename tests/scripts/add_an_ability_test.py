#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follows docs/guides/add-an-ability.md in a copy of the content: makes its changes, types its commands, compares
what they print, and lets bots fight with the new ability on a server of its own.

Blocks of `diff` change the file that their first line names; blocks of `console` hold commands and what they print.

usage: add_an_ability_test.py TESSERA   the binary
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TESSERA = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else ""
PATIENCE_S = 60
BOTS = 16  # four of each class
FIGHT_S = 15
FIGHTS_MAX = 4  # chance decides what bots press; by then it has come up
YARD = """\
zone: yard
title: The Yard
size_m: [256, 256]
bottom_m: -10
boxes: [{at: [128, 128], size: [256, 1, 256], base_m: -1}]
spawn_points: [{at: [128, 128], height_m: 0}]
creatures:
  count: 80
  kinds:
    - {name: Boar, fights_as: beast, behaves_as: brawler, level: [12, 14], pause_s: [1, 2],
       home_distance_m: [0, 100]}
"""


class AddAnAbilityTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        shutil.copytree(os.path.join(ROOT, "content"), os.path.join(self.folder, "content"),
                        ignore=shutil.ignore_patterns(".cache"))
        yard = os.path.join(self.folder, "content", "zones", "yard")
        os.makedirs(yard)
        with open(os.path.join(yard, "zone.yaml"), "w", encoding="utf-8") as stream:
            stream.write(YARD)

    def run_tessera(self, *arguments: str) -> str:
        done = subprocess.run(["stdbuf", "-oL", TESSERA, *arguments], cwd=self.folder, text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE_S)
        # How far something is: on a terminal that goes away again.
        return re.sub(r"^content: \w+: \w+\n", "", done.stdout, flags=re.MULTILINE)

    def change(self, block: str) -> None:
        lines = block.splitlines(keepends=True)
        path = os.path.join(self.folder, lines.pop(0)[4:].strip())
        old = "".join(line[1:] for line in lines if line.startswith("-"))
        new = "".join(line[1:] for line in lines if line.startswith("+"))
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self.assertEqual(text.count(old), 1, f"{path} has no such line:\n{old}")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text.replace(old, new))

    def follow_the_guide(self) -> None:
        with open(os.path.join(ROOT, "docs", "guides", "add-an-ability.md"), encoding="utf-8") as stream:
            blocks = re.findall(r"```(console|diff)\n(.*?)```", stream.read(), re.DOTALL)
        self.assertGreater(len(blocks), 5)
        for kind, block in blocks:
            if kind == "diff":
                self.change(block)
                continue
            command, *expected = block.splitlines()
            printed = self.run_tessera(*command.split()[2:])
            wanted = "".join(re.escape(line.removesuffix("...")) + (".*" if line.endswith("...") else "") + r"\n"
                             for line in expected)
            self.assertRegex(printed, r"\A" + wanted + r"\Z", command)

    def serve(self) -> str:
        ready = os.path.join(self.folder, "ready")
        command = [TESSERA, "serve", "--data", "data", "--content", "content/zones/yard", "--creatures", "80",
                   "--http", "127.0.0.1:0", "--udp", "127.0.0.1:0", "--ready-file", ready]
        screen = open(os.path.join(self.folder, "screen"), "w+", encoding="utf-8")
        self.addCleanup(screen.close)
        server = subprocess.Popen(command, cwd=self.folder, stdout=screen, stderr=subprocess.STDOUT)
        self.addCleanup(server.wait)
        self.addCleanup(server.send_signal, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        while not (os.path.exists(ready) and os.path.getsize(ready)):
            if server.poll() is not None:
                screen.seek(0)
                self.fail("the server ended early: " + screen.read())
            self.assertLess(time.monotonic(), deadline, "the server was not ready in time")
            time.sleep(0.01)
        with open(ready, encoding="utf-8") as stream:
            return stream.read().strip()

    def test_adds_an_ability_that_bots_then_use(self):
        self.follow_the_guide()
        for zone in ("vale", "barrow"):  # the bots need one that is small
            shutil.rmtree(os.path.join(self.folder, "content", "zones", zone))
        fleet = ["--count", str(BOTS), "--profile", "fight", "--zone", "content/zones/yard", "--tokens", "passes.json"]
        os.makedirs(os.path.join(self.folder, "data"))
        self.run_tessera("bots", "--prepare", "data", "--level", "20", *fleet)
        url = self.serve()
        for _ in range(FIGHTS_MAX):
            self.run_tessera("bots", "--server", url, *fleet, "--seconds", str(FIGHT_S), "--json", "report.json")
            with open(os.path.join(self.folder, "report.json"), encoding="utf-8") as stream:
                report = json.load(stream)
            if report["abilities"]["twist_the_knife"] > 0:
                return
        self.fail(report)


if __name__ == "__main__":
    unittest.main()
