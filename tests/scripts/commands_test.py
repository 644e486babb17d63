#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of the smaller scripts: that they work, and that wrong use gets an answer."""
import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def run(*command: str, root: str = ROOT, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run([os.path.join(root, command[0]), *command[1:]], cwd=root, text=True,
                          capture_output=True, check=False, env={**os.environ, **variables})


class Sandbox(unittest.TestCase):
    """A folder with the scripts alone."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        shutil.copytree(os.path.join(ROOT, "scripts"), os.path.join(self.root, "scripts"))

    def program(self, path: str, text: str) -> None:
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as stream:
            stream.write(f"#!/bin/sh\n{text}\n")
        os.chmod(full, 0o755)


class HelpTest(unittest.TestCase):
    def test_every_script_explains_itself(self):
        for script in ("check", "play", "scripts/build", "scripts/compare-hashes", "scripts/coverage",
                       "scripts/deps", "scripts/doctor", "scripts/format", "scripts/fuzz",
                       "scripts/lint", "scripts/long-tests", "scripts/new", "scripts/tidy"):
            with self.subTest(script=script):
                done = run(script, "--help")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("usage:", done.stdout)

    def test_wrong_arguments_are_named(self):
        for script in ("check", "scripts/compare-hashes", "scripts/coverage", "scripts/doctor",
                       "scripts/format", "scripts/build", "scripts/deps"):
            with self.subTest(script=script):
                argument = "nonsense" if script in ("scripts/build", "scripts/deps") else "--nonsense"
                done = run(script, argument)
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn(argument, done.stderr)
                self.assertIn("expected" if script != "scripts/doctor" else "takes none", done.stderr)


class DoctorTest(unittest.TestCase):
    def test_lists_tools_with_versions_and_how_to_get_the_missing(self):
        done = run("scripts/doctor")
        self.assertRegex(done.stdout, r"ok +cmake +\d+\.\d+")
        with tempfile.TemporaryDirectory() as empty:
            for tool in ("bash", "sed", "grep", "head", "awk", "uname", "nproc", "cat", "dirname"):
                os.symlink(shutil.which(tool), os.path.join(empty, tool))
            done = run("scripts/doctor", PATH=empty)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"MISSING +cmake +get it: apt-get install cmake")
        self.assertIn("run scripts/deps play", done.stdout)


class CompareHashesTest(Sandbox):
    def worlds(self, **printed: str) -> None:
        for preset in ("release", "debug", "clang"):
            self.program(f"build/{preset}/world_hash", printed.get(preset, "echo 1 abc; echo 2 def"))

    def test_accepts_equal_worlds(self):
        self.worlds()
        done = run("scripts/compare-hashes", "--no-build", root=self.root)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("2 hashes are equal in 9 runs (last: 2 def)", done.stdout)

    def test_says_where_worlds_went_apart(self):
        self.worlds(clang='[ "$2" = 8 ] && echo "1 abc" && echo "2 fed" || { echo 1 abc; echo 2 def; }')
        done = run("scripts/compare-hashes", "--no-build", root=self.root)
        self.assertEqual(done.returncode, 1)
        self.assertIn("DIVERGED: release-1 and clang-8 differ", done.stderr)
        self.assertIn("2 fed", done.stderr)

    def test_fails_when_a_world_fails_or_says_nothing(self):
        for program in ("exit 3", "true"):
            self.worlds(debug=program)
            done = run("scripts/compare-hashes", "--no-build", root=self.root)
            self.assertEqual(done.returncode, 1)
            self.assertIn("world_hash", done.stderr)


class FuzzTest(Sandbox):
    def test_runs_the_corpus_then_new_inputs_and_prints_the_seed(self):
        self.program("build/fuzzers/x_fuzz", 'echo "ran $@"')
        self.program("source/x_fuzz_corpus/one", "input")
        done = run("scripts/fuzz", "build", "x_fuzz", "source", root=self.root,
                   TESSERA_FUZZ_SECONDS="7", TESSERA_FUZZ_SEED="42")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("seed 42", done.stdout)
        self.assertIn("-runs=0", done.stdout)
        self.assertIn("-seed=42 -max_total_time=7", done.stdout)

    def test_fails_as_the_fuzzer_and_without_a_corpus(self):
        self.program("build/fuzzers/x_fuzz", "exit 77")
        os.makedirs(os.path.join(self.root, "source"))
        done = run("scripts/fuzz", "build", "x_fuzz", "source", root=self.root)
        self.assertEqual(done.returncode, 1)
        self.assertIn("corpus", done.stderr)
        self.program("source/x_fuzz_corpus/one", "input")
        self.assertEqual(run("scripts/fuzz", "build", "x_fuzz", "source", root=self.root).returncode, 77)
        self.assertIn("not built", run("scripts/fuzz", "build", "y", "source", root=self.root).stderr)


if __name__ == "__main__":
    unittest.main()
