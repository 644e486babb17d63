#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of ./play with a server and bots that only say what they were asked.

usage: play_test.py [TESSERA]   with the real binary: that it takes what play asks of it
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Serves until it is told to stop, then "saves". A second signal does it no harm, as to the real one.
TESSERA = """#!/usr/bin/env python3
import signal, sys
folder, command = sys.argv[0].rsplit("/build/", 1)[0], sys.argv[1]
def note(text):
    with open(f"{folder}/{command}.notes", "a") as notes:
        notes.write(text + chr(10))
stops = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
signal.pthread_sigmask(signal.SIG_BLOCK, stops)
note(" ".join(sys.argv[2:]))
if "--fail" in sys.argv:
    sys.exit(7)
if command == "serve" and "--ready-file" in sys.argv:
    with open(sys.argv[sys.argv.index("--ready-file") + 1], "w") as ready:
        ready.write("http://0.0.0.0:4711" + chr(10))
elif command == "bots":
    print("bots are in", flush=True)
    note("running")
signal.sigwait(stops)
note("stopped")
"""


REAL = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else ""


class PlayTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name
        self.addCleanup(self.folder.cleanup)
        for folder in ("scripts", "build/release"):
            os.makedirs(os.path.join(self.root, folder))
        shutil.copy2(os.path.join(ROOT, "play"), self.root)
        self.write("scripts/deps", "#!/bin/sh\necho deps $@\n")
        self.write("scripts/build", "#!/bin/sh\necho build $@\n")
        self.write("scripts/web", "#!/bin/sh\necho web $@\n")
        self.write("build/release/tessera", TESSERA)

    def write(self, name: str, text: str) -> None:
        path = os.path.join(self.root, name)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.chmod(path, 0o755)

    def notes(self, command: str) -> list[str]:
        path = os.path.join(self.root, f"{command}.notes")
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as stream:
            return stream.read().split("\n")[:-1]

    def play(self, *arguments: str, **variables: str) -> subprocess.Popen:
        """In a process group of its own, as a shell starts it."""
        return subprocess.Popen([os.path.join(self.root, "play"), *arguments], start_new_session=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env={**os.environ, **variables})

    def wait_for_note(self, process: subprocess.Popen, command: str, note: str) -> None:
        while note not in self.notes(command):
            self.assertIsNone(process.poll(), "play ended early")

    def test_installs_builds_and_becomes_the_server(self):
        process = self.play("--seed", "5")
        started = f"--seed 5 --data {self.root}/data"
        self.wait_for_note(process, "serve", started)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(output, "deps play\nbuild release tessera\nweb build\n")
        self.assertEqual(self.notes("serve"), [started, "stopped"])
        self.assertEqual(self.notes("bots"), [])
        self.assertTrue(os.path.isdir(os.path.join(self.root, "data")))

    def test_starts_bots_beside_the_server_and_stops_both(self):
        def terminal(process: subprocess.Popen) -> None:  # Ctrl-C goes to all that run in it
            os.killpg(process.pid, signal.SIGINT)
        def script(process: subprocess.Popen) -> None:
            process.send_signal(signal.SIGTERM)
        def closed_window(process: subprocess.Popen) -> None:
            os.killpg(process.pid, signal.SIGHUP)
        for stop in (terminal, script, closed_window):
            with self.subTest(stop=stop.__name__):
                for command in ("serve", "bots"):
                    if self.notes(command):
                        os.unlink(os.path.join(self.root, f"{command}.notes"))
                process = self.play("--bots", "3", "--workers", "2")
                self.wait_for_note(process, "bots", "running")
                stop(process)
                process.communicate(timeout=60)
                self.assertEqual(process.returncode, 0)
                self.assertEqual(self.notes("serve")[-1], "stopped")
                self.assertEqual(self.notes("bots")[-1], "stopped")
                self.assertIn("--server http://127.0.0.1:4711 --count 3", self.notes("bots")[0])
                with open(os.path.join(self.root, "build/bots.log"), encoding="utf-8") as log:
                    self.assertEqual(log.read(), "bots are in\n")

    @unittest.skipUnless(REAL, "needs the real binary")
    def test_asks_the_real_program_for_nothing_that_it_refuses(self):
        process = self.play("--bots", "3")
        self.wait_for_note(process, "bots", "running")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        for command in ("serve", "bots"):
            arguments = self.notes(command)[0].split()
            # Both end at once: there is no such folder, and no such server.
            flag, value = {"serve": ("--data", "/proc/nowhere"), "bots": ("--server", "http://127.0.0.1:1")}[command]
            arguments[arguments.index(flag) + 1] = value
            done = subprocess.run([REAL, command, *arguments], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 1, f"2 is wrong use: {done.stderr}")

    def test_does_not_overrule_where_the_data_is(self):
        for arguments, variables in ((("--data", "/other"), {}), (("--config", "a.yaml"), {}), ((), {"TESSERA_DATA": "/b"})):
            process = self.play(*arguments, "--fail", **variables)
            process.communicate(timeout=60)
            self.assertEqual(self.notes("serve")[-1], " ".join((*arguments, "--fail")))
        self.assertFalse(os.path.exists(os.path.join(self.root, "data")))

    def test_ends_as_a_server_that_cannot_start(self):
        for arguments in (("--fail",), ("--bots", "3", "--fail")):
            process = self.play(*arguments)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 7)
        self.assertEqual(self.notes("bots"), [], "bots came to somebody else's server")

    def test_explains_itself_and_wrong_arguments(self):
        process = self.play("--help")
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertIn("./play --bots 1000", output)
        for arguments, reason in ((("--bots", "many"), "--bots is 'many', expected a whole number"),
                                  (("--bots",), "--bots needs a value")):
            process = self.play(*arguments)
            _, errors = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 2)
            self.assertIn(reason, errors)


if __name__ == "__main__":
    unittest.main()
