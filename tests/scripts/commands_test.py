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

    def test_says_that_the_builds_are_missing(self):
        self.program("build/release/world_hash", "echo 1 abc")
        done = run("scripts/compare-hashes", "--no-build", root=self.root)
        self.assertEqual(done.returncode, 1)
        self.assertIn("build/debug/world_hash is missing; build it first: scripts/build debug", done.stderr)

    def test_refuses_numbers_that_mean_nothing(self):
        for arguments, why in ((("--seconds", "5"), "--seconds is how long the clients of --bots play"),
                               (("--bots", "0"), "--bots is '0', expected a whole number of at least 1"),
                               (("--bots", "2", "--seconds", "x"), "--seconds is 'x'")):
            with self.subTest(arguments=arguments):
                done = run("scripts/compare-hashes", "--no-build", *arguments, root=self.root)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(why, done.stderr)

    def play(self, bots: str) -> subprocess.CompletedProcess:
        """Compares the log of a server that takes half a second to save, with such a report of bots."""
        for preset in ("release", "debug", "clang"):
            self.program(f"build/{preset}/tessera", f'''case $1 in
serve) echo "listening on http://127.0.0.1:1"
       trap 'sleep 0.5; echo saved > {self.root}/saved; exit 0' TERM
       while :; do sleep 0.05; done ;;
bots) while [ "$1" != --json ]; do shift; done; {bots} > "$2" ;;
replay) echo 1 abc ;;
esac''')
        return run("scripts/compare-hashes", "--no-build", "--bots", "3", "--seconds", "1", root=self.root)

    def test_compares_the_log_of_a_server_on_which_all_bots_played(self):
        done = self.play("""echo '{"connected": 3, "disconnected": 0}'""")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("1 hashes are equal in 9 runs", done.stdout)

    def test_fails_when_bots_were_missing_and_lets_the_server_end(self):
        for report, why in (('{"connected": 2, "disconnected": 0}', "2 of 3 bots came in and 0 were lost"),
                            ('{"connected": 3, "disconnected": 1}', "3 of 3 bots came in and 1 were lost")):
            with self.subTest(report=report):
                done = self.play(f"echo '{report}'")
                self.assertEqual(done.returncode, 1)
                self.assertIn(why, done.stderr)
                self.assertTrue(os.path.exists(os.path.join(self.root, "saved")), "it was waited for")
                os.remove(os.path.join(self.root, "saved"))

    def test_fails_when_a_world_fails_or_says_nothing(self):
        for program in ("exit 3", "true"):
            self.worlds(debug=program)
            done = run("scripts/compare-hashes", "--no-build", root=self.root)
            self.assertEqual(done.returncode, 1)
            self.assertIn("world_hash", done.stderr)


class BuildTest(unittest.TestCase):
    def test_steps_of_every_build_say_what_they_do(self):
        path = os.path.join(ROOT, "src/engine/platform/build/CMakeLists.txt")
        with open(path, encoding="utf-8") as stream:
            target = stream.read().split("add_custom_target(", 1)[1].split("VERBATIM)", 1)[0]
        self.assertRegex(target, r'COMMENT "[A-Z][^"]{10,60}"', "else Ninja prints 300 characters")


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
