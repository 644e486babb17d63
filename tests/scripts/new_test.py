#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of scripts/new: in a copy of this tree, what it makes is tidy, builds and passes its tests.

The names that it makes are such that nobody takes them: what scripts/new makes may stay.

usage: new_test.py            only what takes no compiler
       new_test.py --build    builds and runs what is made, too (ccache has most of it)
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPIED = ("src", "scripts", "tests", "benchmarks", "cmake", "CMakeLists.txt", "CMakePresets.json",
          ".clang-format", "content", "docs", "tools", "deploy")
WITH_BUILD = "--build" in sys.argv


def run(root: str, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


class NewTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = cls.folder.name
        cls.addClassCleanup(cls.folder.cleanup)
        for name in COPIED:
            source = os.path.join(ROOT, name)
            target = os.path.join(cls.root, name)
            if os.path.isdir(source):
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("node_modules"))
            elif os.path.exists(source):
                shutil.copy2(source, target)

    def succeed(self, *command: str) -> str:
        done = run(self.root, *command)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-4000:])
        return done.stdout

    def check_made(self, target: str, test: str) -> None:
        def findings(root: str) -> set[str]:
            output = run(root, "scripts/tidy").stdout.split("\ntidy:")[0]
            return {re.sub(r":\d+:", ":", line) for line in output.split("\n")}
        self.assertEqual(findings(self.root) - findings(ROOT), set(), "what is made is untidy")
        topic = test.split("/")[-1]
        made = glob.glob(f"{self.root}/src/**/{topic}/**/*.h", recursive=True) + \
            glob.glob(f"{self.root}/src/**/{topic}/**/*.cpp", recursive=True)
        self.assertTrue(made)
        self.succeed("scripts/format", "--check", f"{self.root}/src/gameplay/schedule.cpp", *made)
        if WITH_BUILD:
            self.succeed("cmake", "--preset", "release")
            self.succeed("ninja", "-C", "build/release", target)
            ran = self.succeed("ctest", "--test-dir", "build/release", "-R", f"^{test}$",
                               "--output-on-failure", "--no-tests=error")
            self.assertIn("100% tests passed", ran)

    def test_rule_is_tidy_builds_and_passes(self):
        self.succeed("scripts/new", "rule", "probe_growth")
        for name in ("probe_growth.h", "probe_grow.cpp", "probe_grow_test.cpp"):
            self.assertTrue(os.path.exists(os.path.join(self.root, "src/gameplay/probe_growth", name)))
        self.succeed("scripts/new", "rule", "probe_fear", "frighten_a_probe")
        self.check_made("tessera_gameplay_probe_growth_test", "gameplay/probe_growth")
        if WITH_BUILD:
            self.check_made("tessera_gameplay_probe_fear_test", "gameplay/probe_fear")
            # Where all components meet: hashes, checkpoints.
            self.check_made("tessera_world_zone_test", "world/zone")

    def test_service_is_tidy_builds_and_passes(self):
        self.succeed("scripts/new", "service", "probe_mail")
        self.assertIn("_probe_mail.sql", " ".join(os.listdir(f"{self.root}/src/persistence/migrations")))
        self.check_made("tessera_services_probe_mail_test", "services/probe_mail")
        if WITH_BUILD:
            self.check_made("tessera_persistence_stores_probe_mail_test", "persistence/stores/probe_mail")
            self.succeed("ninja", "-C", "build/release", "tessera_persistence_test")
            self.succeed("ctest", "--test-dir", "build/release", "-R", "^persistence$")

    def test_refuses_what_it_cannot_make(self):
        for arguments, reason in ((("rule", "Bad-Name"), "not snake_case"),
                                  (("rule", "emotes"), "is there already"),
                                  (("service", "accounts"), "is there already"),
                                  (("rule", "fear", "fear"), "another name than the topic"),
                                  (("castle", "one"), "expected 'rule")):
            done = run(self.root, "scripts/new", *arguments)
            self.assertEqual(done.returncode, 2)
            self.assertIn(reason, done.stderr)
        self.assertEqual(run(self.root, "scripts/new").returncode, 2)
        self.assertIn("usage:", self.succeed("scripts/new", "--help"))


if __name__ == "__main__":
    sys.argv = [argument for argument in sys.argv if argument != "--build"]
    unittest.main()
