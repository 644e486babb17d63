#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests of scripts/tidy: each builds a small tree with one fault and looks for its finding."""
import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "scripts"))

from tidy_checks import exceptions, functions, includes, layout, tree  # noqa: E402

HEADER = "// SPDX-License-Identifier: MIT\n// Copyright (c) 2026 The Tessera authors\n"


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name
        self.addCleanup(self.folder.cleanup)

    def write(self, path: str, text: str) -> None:
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as stream:
            stream.write(text)

    def module(self, folder: str, depends: str = "") -> None:
        self.write(f"src/{folder}/CMakeLists.txt",
                   f"# SPDX-License-Identifier: MIT\ntessera_module({depends})\n")

    def checks(self) -> list[str]:
        files = tree.load(self.root)
        findings = layout.check(files) + functions.check(files) + includes.check(self.root, files)
        return sorted(f"{f.check} {f.path}" for f in findings if not f.is_warning)


class LayoutTest(Tree):
    def test_accepts_a_tidy_tree(self):
        self.module("engine/core")
        self.write("src/engine/core/a.h", HEADER + "#pragma once\n")
        self.assertEqual(self.checks(), [])

    def test_finds_files_that_are_too_long_and_warns_before(self):
        self.module("engine/core")
        self.write("src/engine/core/a.cpp", HEADER + "int x;\n" * 600)
        self.write("src/engine/core/b.cpp", HEADER + "int x;\n" * 301)
        self.assertEqual(self.checks(), ["file-size src/engine/core/a.cpp"])
        warned = [f.path for f in layout.check(tree.load(self.root)) if f.is_warning]
        self.assertEqual(warned, ["src/engine/core/b.cpp"])

    def test_finds_folders_with_too_many_files(self):
        self.module("engine/core")
        for i in range(16):
            self.write(f"src/engine/core/a{i}.cpp", HEADER)
        self.assertEqual(self.checks(), ["folder-size src/engine/core"])

    def test_finds_missing_headers_and_pragmas(self):
        self.module("engine/core")
        self.write("src/engine/core/a.cpp", "int x;\n")
        self.write("src/engine/core/b.h", HEADER)
        self.write("src/engine/core/c.proto", "syntax = 'proto3';\n")
        self.write("scripts/new", "#!/bin/sh\n")
        self.assertEqual(self.checks(), ["header scripts/new", "header src/engine/core/a.cpp",
                                         "header src/engine/core/c.proto",
                                         "pragma-once src/engine/core/b.h"])

    def test_finds_names_that_are_not_snake_case(self):
        self.module("engine/core")
        self.write("src/engine/core/BadName.cpp", HEADER)
        self.write("src/engine/core/bad-name.cpp", HEADER)
        self.write("scripts/good-name", "#!/bin/sh\n# SPDX-License-Identifier: MIT\n")
        self.assertEqual(self.checks(), ["name src/engine/core/BadName.cpp",
                                         "name src/engine/core/bad-name.cpp"])

    def test_finds_long_lines_unfinished_work_and_bad_ends(self):
        self.module("engine/core")
        self.write("src/engine/core/a.cpp", HEADER + "// " + "x" * 98 + "\n")
        self.write("src/engine/core/b.cpp", HEADER + "// see http://" + "x" * 98 + "\n")
        self.write("src/engine/core/c.cpp", HEADER + "// TO" + "DO: later\n")
        self.write("src/engine/core/d.cpp", HEADER + "int x;")
        self.assertEqual(self.checks(), ["columns src/engine/core/a.cpp",
                                         "end-of-file src/engine/core/d.cpp",
                                         "unfinished src/engine/core/c.cpp"])


class FunctionsTest(unittest.TestCase):
    def names(self, text: str) -> list[tuple[str, int]]:
        return [(name, last - first + 1) for name, first, last in functions.functions(text)]

    def test_measures_from_the_signature_to_the_closing_brace(self):
        self.assertEqual(self.names("namespace a {\nint f(int x,\n      int y) {\n  return x;\n}\n}\n"),
                         [("f", 4)])

    def test_takes_no_brace_inside_a_function_for_another(self):
        text = "void f() {\n  if (a) {\n    g([&] { h(); });\n  }\n  X x{1};\n}\nvoid g() {}\n"
        self.assertEqual(self.names(text), [("f", 6), ("g", 1)])

    def test_knows_members_constructors_and_operators(self):
        text = ("class A : public B<int(int)> {\n public:\n  A(int x) : b_{x}, c_(x) {\n    f();\n  }\n"
                "  bool operator==(const A&) const = default;\n"
                "  int operator()(int x) const {\n    return x;\n  }\n"
                "  ~A() noexcept {}\n};\n")
        self.assertEqual(self.names(text), [("A", 3), ("operator()", 3), ("~A", 1)])

    def test_ignores_initialisers_types_and_texts(self):
        text = ('const int kA[] = {f(1), 2};\nenum class E { A, B };\nauto g = h([] { return 1; });\n'
                'const char* s = "void f() {";  // void f() {\n#define M(x) { x }\n'
                'auto r = R"(void g() {)";\nint big = 1\'000\'000;\nstruct S { int x = 0; };\n')
        self.assertEqual(self.names(text), [])

    def test_measures_functions_between_digit_separators(self):
        self.assertEqual(self.names("int f() {\n  return 1'000;\n}\nint g() { return 2'000; }\n"),
                         [("f", 3), ("g", 1)])

    def test_finds_what_is_too_long(self):
        text = "void f() {\n" + "  g();\n" * 69 + "}\n"
        found = functions.check([tree.File("src/a.cpp", text)])
        self.assertEqual([f.check for f in found], ["function-size"])
        self.assertIn("'f' has 71 lines", found[0].message)
        self.assertEqual(functions.check([tree.File("src/a.cpp", text.replace("g();\n", "", 1))]), [])


class IncludesTest(Tree):
    def include(self, path: str, target: str) -> None:
        pragma = "#pragma once\n" if path.endswith(".h") else ""
        self.write(f"src/{path}", HEADER + pragma + f'#include "{target}"\n')

    def setUp(self):
        super().setUp()
        self.module("engine/core")
        self.module("engine/platform", "DEPENDS engine/core LIBRARIES fmt::fmt")
        self.module("engine/ecs", "DEPENDS engine/core")
        self.module("gameplay/combat", "DEPENDS engine/ecs TEST_DEPENDS engine/platform")
        self.module("services/common", "DEPENDS engine/core")
        self.module("services/mail", "DEPENDS services/common services/accounts")
        self.module("services/accounts", "DEPENDS services/common")
        self.module("world/outbox", "DEPENDS services/mail gameplay/combat")
        self.module("world/tick", "DEPENDS world/outbox services/mail")

    def test_accepts_what_lies_below(self):
        self.include("engine/platform/a.cpp", "engine/core/error.h")
        self.include("gameplay/combat/a.cpp", "engine/core/error.h")  # through engine/ecs
        self.include("gameplay/combat/b.cpp", "gameplay/combat/detail/c.h")
        self.assertEqual(self.checks(), [])

    def test_finds_the_wrong_direction(self):
        self.include("engine/core/a.cpp", "engine/platform/log.h")
        self.include("gameplay/combat/a.cpp", "engine/platform/log.h")
        self.include("engine/ecs/a.cpp", "world/tick/tick.h")
        self.assertEqual(self.checks(), ["include-direction src/engine/core/a.cpp",
                                         "include-direction src/engine/ecs/a.cpp",
                                         "include-direction src/gameplay/combat/a.cpp"])

    def test_lets_tests_use_what_they_say_they_depend_on(self):
        self.include("gameplay/combat/a_test.cpp", "engine/platform/testing/temp_directory.h")
        self.assertEqual(self.checks(), [])

    def test_finds_modules_that_are_not_among_the_dependencies(self):
        self.include("engine/ecs/a.cpp", "engine/platform/log.h")
        self.assertEqual(self.checks(), ["include-depends src/engine/ecs/a.cpp"])

    def test_knows_stubs_from_the_insides_of_a_service(self):
        self.include("services/mail/a.cpp", "services/accounts/accounts_client.h")
        self.include("services/mail/b.cpp", "services/accounts/accounts_store.h")
        self.include("services/mail/c.cpp", "services/common/status.h")
        self.include("world/outbox/a.cpp", "services/mail/mail.grpc.pb.h")
        self.include("world/outbox/b.cpp", "services/mail/mail.h")
        self.include("world/tick/a.cpp", "services/mail/mail.pb.h")
        self.assertEqual(self.checks(), ["include-direction src/services/mail/b.cpp",
                                         "include-direction src/world/outbox/b.cpp",
                                         "include-direction src/world/tick/a.cpp"])

    def test_keeps_details_private(self):
        self.include("engine/ecs/a.cpp", "engine/core/detail/b.h")
        self.assertEqual(self.checks(), ["include-detail src/engine/ecs/a.cpp"])

    def test_finds_circles_and_folders_without_a_layer(self):
        self.module("engine/core", "DEPENDS engine/ecs")
        self.module("magic")
        self.include("magic/a.cpp", "engine/core/error.h")
        self.assertIn("depends-circle src/engine/core/CMakeLists.txt", self.checks())
        self.assertIn("include-direction src/magic/a.cpp", self.checks())


class ExceptionsTest(Tree):
    FINDING = tree.Finding("src/a.cpp", 1, "file-size", "long")

    def errors(self, text: str, findings: list[tree.Finding]) -> list[str]:
        self.write(exceptions.LIST, text)
        return [f.message for f in exceptions.apply(self.root, findings)[0]]

    def test_turn_errors_into_warnings(self):
        self.assertEqual(self.errors("entries-max: 0\n", [self.FINDING]), ["long"])
        text = "# why\nentries-max: 1\nfile-size src/a.cpp  # until it is split\n"
        self.assertEqual(self.errors(text, [self.FINDING]), [])

    def test_must_be_needed_and_counted(self):
        self.assertEqual(self.errors("entries-max: 1\nfile-size src/a.cpp\n", []),
                         ["'file-size src/a.cpp' is needed no more: remove it"])
        self.assertEqual(self.errors("entries-max: 5\nfile-size src/a.cpp\n", [self.FINDING]),
                         ["says entries-max: 5, but has 1 entries"])

    def test_may_only_shrink(self):
        def git(*arguments: str) -> None:
            subprocess.run(["git", "-C", self.root, "-c", "user.name=t", "-c", "user.email=t@t",
                            *arguments], check=True, capture_output=True)
        self.write(exceptions.LIST, "entries-max: 0\n")
        git("init")
        git("add", ".")
        git("commit", "-m", "start")
        errors = self.errors("entries-max: 1\nfile-size src/a.cpp\n", [self.FINDING])
        self.assertEqual(errors, ["grew from 0 to 1 entries; it may only shrink"])


class CommandTest(Tree):
    def test_prints_findings_and_fails(self):
        self.module("engine/core")
        self.write("src/engine/core/a.cpp", "int x;\n")
        done = subprocess.run([os.path.join(ROOT, "scripts/tidy"), "--root", self.root],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("src/engine/core/a.cpp:1: [header]", done.stdout)
        self.assertIn("tidy: 2 files, 1 errors, 0 warnings", done.stdout)


if __name__ == "__main__":
    unittest.main()
