# SPDX-License-Identifier: MIT
"""The list of findings that are tolerated for a while.

scripts/tidy_exceptions.txt has lines `<check> <path>` and a line `entries-max: N`. It may only
shrink: N is exactly the number of lines, never more than it was in any earlier commit, and a line
that nothing needs any more is an error.
"""
import os
import re
import subprocess

from .tree import Finding

LIST = "scripts/tidy_exceptions.txt"
MAX = re.compile(r"^entries-max: (\d+)$", re.MULTILINE)


def parse(text: str) -> tuple[int | None, list[tuple[int, str, str]]]:
    """The stated maximum, and (line, check, path) of each entry."""
    stated = MAX.search(text)
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.split("#")[0].strip()
        if line and not MAX.match(line):
            check, _, path = line.partition(" ")
            entries.append((number, check, path.strip()))
    return (int(stated.group(1)) if stated else None), entries


def smallest_before(root: str) -> int | None:
    """The smallest maximum that any commit had; None without git or history."""
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True,
                              check=False)
        return done.stdout if done.returncode == 0 else ""
    stated = [MAX.search(git("show", f"{commit}:{LIST}"))
              for commit in git("log", "-n", "50", "--format=%H", "--", LIST).split()]
    return min((int(match.group(1)) for match in stated if match), default=None)


def apply(root: str, findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Splits findings into errors and warnings; excepted errors become warnings."""
    path = os.path.join(root, LIST)
    text = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
    stated, entries = parse(text)
    tolerated = {(check, name) for _, check, name in entries}
    errors = [f for f in findings if not f.is_warning and (f.check, f.path) not in tolerated]
    warnings = [f for f in findings if f.is_warning or (f.check, f.path) in tolerated]

    needed = {(f.check, f.path) for f in findings if not f.is_warning}
    for number, check, name in entries:
        if (check, name) not in needed:
            errors.append(Finding(LIST, number, "exceptions",
                                  f"'{check} {name}' is needed no more: remove it"))
    if stated is None:
        stated = 0
    if stated != len(entries):
        errors.append(Finding(LIST, 1, "exceptions",
                              f"says entries-max: {stated}, but has {len(entries)} entries"))
    before = smallest_before(root)
    if before is not None and stated > before:
        errors.append(Finding(LIST, 1, "exceptions",
                              f"grew from {before} to {stated} entries; it may only shrink"))
    return errors, warnings
