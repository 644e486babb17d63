#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of ./play with a server and bots that only say what they were asked."""
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# Serves until SIGTERM, then "saves". The port of --http is open meanwhile.
TESSERA = """#!/usr/bin/env python3
import signal, socket, sys, threading
folder, command = sys.argv[0].rsplit("/build/", 1)[0], sys.argv[1]
def note(text):
    with open(f"{folder}/{command}.notes", "a") as notes:
        notes.write(text + chr(10))
done = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: done.set())
note(" ".join(sys.argv[2:]))
if "--fail" in sys.argv:
    sys.exit(7)
if command == "serve":
    port = int(sys.argv[sys.argv.index("--http") + 1].rsplit(":", 1)[1])
    listener = socket.create_server(("127.0.0.1", port))
else:
    print("bots are in", flush=True)
    note("running")
done.wait()
note("stopped")
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


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

    def play(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen([os.path.join(self.root, "play"), *arguments],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_for_note(self, process: subprocess.Popen, command: str, note: str) -> None:
        while note not in self.notes(command):
            self.assertIsNone(process.poll(), "play ended early")

    def test_installs_builds_and_becomes_the_server(self):
        port = free_port()
        process = self.play("--http", f"127.0.0.1:{port}", "--seed", "5")
        data = os.path.join(self.root, "data")
        started = f"--data {data} --http 127.0.0.1:{port} --seed 5"
        self.wait_for_note(process, "serve", started)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)
        self.assertIn("deps play\nbuild release tessera\n", output)
        self.assertIn(f"http://127.0.0.1:{port}/api/v1/status", output)
        self.assertEqual(self.notes("serve"), [started, "stopped"])
        self.assertEqual(self.notes("bots"), [])

    def test_starts_bots_beside_the_server_and_stops_both(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=how):
                for command in ("serve", "bots"):
                    if self.notes(command):
                        os.unlink(os.path.join(self.root, f"{command}.notes"))
                port = free_port()
                data = os.path.join(self.root, "other")
                process = self.play("--bots", "3", "--data", data, f"--http=0.0.0.0:{port}",
                                    "--http", f"0.0.0.0:{port}")
                self.wait_for_note(process, "bots", "running")
                process.send_signal(how)
                process.communicate(timeout=60)
                self.assertEqual(process.returncode, 0)
                self.assertEqual(self.notes("serve")[-1], "stopped")
                self.assertEqual(self.notes("bots")[-1], "stopped")
                self.assertIn(f"--server http://127.0.0.1:{port} --count 3", self.notes("bots")[0])
                with open(os.path.join(data, "bots.log"), encoding="utf-8") as log:
                    self.assertEqual(log.read(), "bots are in\n")

    def test_ends_as_a_server_that_cannot_start(self):
        for arguments in (("--fail",), ("--bots", "3", "--fail")):
            process = self.play("--http", f"127.0.0.1:{free_port()}", *arguments)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 7)
        self.assertEqual(self.notes("bots"), [])

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
