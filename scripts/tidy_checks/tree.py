# SPDX-License-Identifier: MIT
"""The files that are checked, and what a finding is."""
import dataclasses
import os
import re

FOLDERS = ("src", "tests", "benchmarks", "cmake", "scripts", "web")
TOP_FILES = ("CMakeLists.txt", "play", "check")
SKIPPED_FOLDERS = {"build", "node_modules", "dist", "generated", ".git", "__pycache__", "results"}
CODE = (".h", ".cpp")
TEXT = (".h", ".cpp", ".proto", ".py", ".cmake", ".ts", ".tsx", ".sh", ".in")


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    check: str  # a word that exceptions name
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.check}] {self.message}"


@dataclasses.dataclass
class File:
    path: str  # from the root, with /
    text: str

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @property
    def is_code(self) -> bool:
        return self.path.endswith(CODE)

    @property
    def is_test(self) -> bool:
        return re.search(r"_(test|fuzz|benchmark)\.cpp$|/(test_[a-z_]+|testing/.*)\.h$",
                         self.path) is not None or self.path.startswith(("tests/", "benchmarks/"))


def is_checked(path: str) -> bool:
    name = os.path.basename(path)
    if name == "CMakeLists.txt" or path.endswith(TEXT):
        return True
    return "." not in name and (path.startswith("scripts/") or path in TOP_FILES)


def load(root: str) -> list[File]:
    """All files of ours below `root`, by path."""
    paths = [name for name in TOP_FILES if os.path.isfile(os.path.join(root, name))]
    for top in FOLDERS:
        for folder, inner, names in os.walk(os.path.join(root, top)):
            # src/engine/platform/build is a module; the build folder itself lies at the top.
            in_src = os.path.relpath(folder, root).split(os.sep)[0] == "src"
            skipped = SKIPPED_FOLDERS - ({"build"} if in_src else set())
            inner[:] = sorted(n for n in inner if n not in skipped and not n.endswith("_corpus"))
            for name in names:
                paths.append(os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"))
    files = []
    for path in sorted(filter(is_checked, paths)):
        with open(os.path.join(root, path), encoding="utf-8") as stream:
            files.append(File(path, stream.read()))
    return files
