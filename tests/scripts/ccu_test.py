#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of benchmarks/ccu: what it refuses, when a run is void, and what it keeps of one that failed."""
import argparse
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CCU = os.path.join(ROOT, "benchmarks", "ccu")


sys.dont_write_bytecode = True  # no cache beside the program


def load():
    loader = importlib.machinery.SourceFileLoader("ccu", CCU)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("ccu", loader))
    loader.exec_module(module)
    return module


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run([CCU, *arguments], text=True, capture_output=True, check=False,
                          env={**os.environ, **variables})


class ArgumentsTest(unittest.TestCase):
    def test_numbers_that_mean_nothing_are_refused_with_a_sentence(self):
        for option, value, least in (("--players", "0", 1), ("--players", "-3", 1), ("--seconds", "0", 1),
                                     ("--warmup", "x", 0)):
            with self.subTest(option=option, value=value):
                done = run("--players", "5", f"{option}={value}")
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"argument {option}: '{value}', expected a whole number of at least {least}",
                              done.stderr)


class VoidTest(unittest.TestCase):
    def reason(self, seconds: int, stalls: int):
        options = argparse.Namespace(players=2, seconds=seconds, profile="idle")
        bots = {"connected": 2, "cpu_pct": 10, "visible_players_p50": 0}
        return load().void_reason(options, {"machine_stalls": stalls}, bots, True)

    def test_stalls_count_against_the_window_that_the_status_covers(self):
        self.assertIsNone(self.reason(60, 3))
        self.assertIn("4 ticks were stalled by the machine (at most 3.6)", self.reason(60, 4))
        self.assertIn("at most 3.6", self.reason(600, 4))
        self.assertIn("at most 0.6", self.reason(10, 1))


class LoginsTest(unittest.TestCase):
    def test_failed_logins_are_no_login_times(self):
        logins = load().Logins("127.0.0.1:1", 60)
        logins.post = lambda path, account: {0: 200, 1: 503}.get(account, 200)
        for account in (0, 1, 2):
            logins.log_in(account, 0)
        report = logins.report()
        self.assertEqual((report["done"], report["failed"]), (2, 1))
        self.assertEqual(len(logins.milliseconds), 2)

    def test_a_run_in_which_all_failed_has_no_times(self):
        logins = load().Logins("127.0.0.1:1", 60)  # nobody listens
        logins.log_in(0, 0)
        self.assertEqual(logins.report(), {"per_minute": 60, "done": 0, "failed": 1, "ms_p50": None,
                                           "ms_p99": None})

    def test_stops_its_own_thread(self):
        logins = load().Logins("127.0.0.1:1", 1)
        logins.start()
        self.assertIn(logins.pacing, threading.enumerate())
        logins.stop()
        self.assertNotIn(logins.pacing, threading.enumerate())


class FailureTest(unittest.TestCase):
    def test_what_the_server_wrote_is_kept_when_a_run_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            binary = os.path.join(folder, "tessera")
            with open(binary, "w", encoding="utf-8") as stream:
                stream.write("#!/bin/sh\n[ $1 = bots ] && exit 0\necho no such zone; exit 3\n")
            os.chmod(binary, 0o755)
            done = run("--players", "1", "--seconds", "1", "--server-cpus", "0", "--bots-cpus", "0",
                       "--binary", binary, TMPDIR=folder)
            self.assertEqual(done.returncode, 1)
            self.assertIn("the server ended with 3 before it was ready", done.stderr)
            kept = re.search(r"kept in (\S+)", done.stderr).group(1)
            with open(os.path.join(kept, "server.out"), encoding="utf-8") as stream:
                self.assertEqual(stream.read(), "no such zone\n")
            shutil.rmtree(kept)


if __name__ == "__main__":
    unittest.main()
