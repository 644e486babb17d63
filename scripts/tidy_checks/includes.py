# SPDX-License-Identifier: MIT
"""Who may include whom.

Two rules. LAYERS says what a layer may know at all (docs: ARCHITECTURE.md); and within that, a file
includes only from its own module and from those its CMakeLists.txt DEPENDS on, directly or through
others. Modules depend on each other in one direction: a circle is a finding. detail/ is private.
"""
import functools
import os
import re

from .tree import File, Finding

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
# A service's stubs: what its proto generates, and the client that calls it.
STUB = re.compile(r"^services/[a-z_]+/[a-z_]+(\.pb|\.grpc\.pb|_client|_verifier)\.h$")
COMMON = "services/common"

# What the files below a folder may include, besides themselves. The longest matching entry counts.
# "stubs" are the stubs of every service and what they share.
LAYERS = {
    "engine/core": [],
    "engine/platform": ["engine/core"],
    "engine": ["engine"],
    "transport": ["engine/core", "engine/platform", "transport"],
    "gameplay": ["engine", "!engine/platform", "gameplay"],
    "protocol": ["engine/core", "engine/math", "engine/ecs", "gameplay/shared",
                 "gameplay/movement"],
    "cluster": ["engine/core", "engine/platform", "engine/math", "cluster"],
    "client": ["engine", "!engine/platform", "transport", "protocol", "gameplay/shared",
               "gameplay/movement"],
    "world": ["engine", "gameplay", "protocol", "cluster", "world"],
    "world/outbox": ["engine", "gameplay", "protocol", "cluster", "world", "stubs"],
    "gateway": ["engine/core", "engine/platform", "transport", "protocol", "cluster", "gateway",
                "stubs"],
    "persistence": ["engine/core", "engine/platform"],
    "services": ["engine/core", "engine/platform", "persistence", "transport/netcode", "stubs"],
    "server": ["*"],
    "tools": ["*"],
}


def is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


def layer_of(path: str) -> str | None:
    return max((layer for layer in LAYERS if is_below(path, layer)), key=len, default=None)


def layer_allows(source: str, target: str) -> bool:
    """May a file at `source` know the file `target`? Paths from src/."""
    layer = layer_of(source)
    if layer is None:
        return False
    allowed = LAYERS[layer]
    if allowed == ["*"] or is_below(target, layer):
        if layer == "services":  # one service does not see another's insides
            own = source.split("/")[:2]
            return target.split("/")[:2] == own or is_below(target, COMMON) or bool(STUB.match(target))
        return True
    if "stubs" in allowed and (STUB.match(target) or is_below(target, COMMON)):
        return True
    if any(is_below(target, entry[1:]) for entry in allowed if entry.startswith("!")):
        return False
    return any(is_below(target, entry) for entry in allowed)


class Modules:
    """The modules of src/ and what they depend on, read from their CMakeLists.txt."""

    def __init__(self, root: str):
        self.depends: dict[str, set[str]] = {}
        self.test_depends: dict[str, set[str]] = {}
        source = os.path.join(root, "src")
        for folder, _, names in os.walk(source):
            if "CMakeLists.txt" not in names:
                continue
            module = os.path.relpath(folder, source).replace(os.sep, "/")
            with open(os.path.join(folder, "CMakeLists.txt"), encoding="utf-8") as stream:
                text = re.sub(r"#[^\n]*", "", stream.read())
            call = re.search(r"tessera_module\(([^)]*)\)", text)
            if module != "." and call:
                words = call.group(1).split()
                self.depends[module] = self.words_after("DEPENDS", words)
                self.test_depends[module] = self.words_after("TEST_DEPENDS", words)

    @staticmethod
    def words_after(keyword: str, words: list[str]) -> set[str]:
        if keyword not in words:
            return set()
        found = set()
        for word in words[words.index(keyword) + 1:]:
            if re.fullmatch(r"[A-Z_]+", word):
                break
            found.add(word)
        return found

    def module_of(self, path: str) -> str | None:
        """The module that a path from src/ lies in."""
        return max((module for module in self.depends if is_below(path, module)), key=len,
                   default=None)

    @functools.cache
    def closure(self, module: str) -> frozenset[str]:
        seen: set[str] = set()
        todo = [module]
        while todo:
            for name in self.depends.get(todo.pop(), ()):
                if name not in seen:
                    seen.add(name)
                    todo.append(name)
        return frozenset(seen)

    def visible_to_tests(self, module: str) -> set[str]:
        visible: set[str] = set()
        for name in self.test_depends.get(module, ()):
            visible |= {name} | self.closure(name)
        return visible


def check_include(modules: Modules, file: File, line: int, target: str) -> list[Finding]:
    source = file.path.removeprefix("src/")
    own = modules.module_of(source)
    module = modules.module_of(target)
    tests_may = own and file.is_test and module in modules.visible_to_tests(own)
    if not layer_allows(source, target) and not tests_may:
        return [Finding(file.path, line, "include-direction",
                        f"'{layer_of(source)}' must not know '{target}' (see ARCHITECTURE.md)")]
    if "/detail/" in target and not is_below(source, target.split("/detail/")[0]):
        return [Finding(file.path, line, "include-detail", f"'{target}' is private to its folder")]
    if own and module and module != own and module not in modules.closure(own) and not tests_may:
        return [Finding(file.path, line, "include-depends",
                        f"'{target}' is of module {module}, which is not in the DEPENDS of {own}")]
    return []


def check(root: str, files: list[File]) -> list[Finding]:
    modules = Modules(root)
    findings = [Finding(f"src/{module}/CMakeLists.txt", 1, "depends-circle",
                        f"{module} depends on itself through others")
                for module in modules.depends if module in modules.closure(module)]
    for file in files:
        if not file.path.startswith("src/") or not file.is_code:
            continue
        if layer_of(file.path.removeprefix("src/")) is None:
            findings.append(Finding(file.path, 1, "include-direction",
                                    "this folder has no layer: add it to LAYERS in "
                                    "scripts/tidy_checks/includes.py"))
            continue
        for match in INCLUDE.finditer(file.text):
            line = file.text.count("\n", 0, match.start()) + 1
            findings += check_include(modules, file, line, match.group(1))
    return findings
