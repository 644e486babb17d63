#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of how `tessera serve` ends, by the signals that terminals, scripts and service managers send.

usage: serve_test.py TESSERA   the binary
"""
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

TESSERA = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else ""
PATIENCE_S = 60


class ServeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def start(self, prepare=None) -> subprocess.Popen:
        ready = os.path.join(self.folder, "ready")
        process = subprocess.Popen(
            [TESSERA, "serve", "--data", os.path.join(self.folder, "data"), "--http", "127.0.0.1:0",
             "--udp", "127.0.0.1:0", "--creatures", "0", "--ready-file", ready],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=prepare)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + PATIENCE_S
        while not (os.path.exists(ready) and os.path.getsize(ready)):
            self.assertIsNone(process.poll(), "the server ended early")
            self.assertLess(time.monotonic(), deadline, "the server was not ready in time")
            time.sleep(0.01)
        with open(ready, encoding="utf-8") as stream:
            self.url = stream.read().strip()
        return process

    def assert_stopped(self, process: subprocess.Popen) -> None:
        output, _ = process.communicate(timeout=PATIENCE_S)
        self.assertEqual(process.returncode, 0, output)
        self.assertIn("Stopped.", output)

    def test_tells_in_a_file_where_it_can_be_reached(self):
        process = self.start()
        with urllib.request.urlopen(self.url + "/healthz", timeout=PATIENCE_S) as answer:
            self.assertEqual(answer.status, 200)
        process.send_signal(signal.SIGTERM)
        self.assert_stopped(process)

    def test_saves_everything_when_the_terminal_is_closed(self):
        process = self.start()
        process.send_signal(signal.SIGHUP)
        self.assert_stopped(process)

    def test_stays_when_it_was_started_to_outlive_its_terminal(self):
        process = self.start(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        process.send_signal(signal.SIGHUP)
        with urllib.request.urlopen(self.url + "/healthz", timeout=PATIENCE_S) as answer:
            self.assertEqual(answer.status, 200)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        self.assert_stopped(process)

    def test_takes_an_interrupt_that_is_passed_on_twice_for_one(self):
        for second in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(second=second):
                process = self.start()
                process.send_signal(signal.SIGINT)
                for line in process.stdout:
                    if line.startswith("Stopping"):
                        break
                process.send_signal(second)
                self.assert_stopped(process)
                os.unlink(os.path.join(self.folder, "ready"))


if __name__ == "__main__":
    unittest.main()
