# SPDX-License-Identifier: MIT
"""Sizes, names and headers of files.

A file that one cannot read in a sitting, or a folder one cannot take in at a glance, hides things;
so both end somewhere. Names are snake_case everywhere, because a topic word is searched for.
"""
import collections
import re

from .tree import File, Finding

FILE_LINES_MAX = 600
FILE_LINES_LOOK = 300  # a warning: look whether it is two ideas
FOLDER_FILES_MAX = 15
COLUMNS_MAX = 100

SPDX = "SPDX-License-Identifier: MIT"
COPYRIGHT = re.compile(r"^(//| \*) Copyright \(c\) 20\d\d The Tessera authors( \*/)?$")
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
SNAKE = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+)*$")
SCRIPT = re.compile(r"^[a-z0-9]+([-_][a-z0-9]+)*(\.[a-z]+)*$")
OTHER_NAMES = {"CMakeLists.txt", "CMakeLists.txt.in", "__init__.py"}


def check_size(file: File) -> list[Finding]:
    count = len(file.lines) - 1
    if count > FILE_LINES_MAX:
        return [Finding(file.path, FILE_LINES_MAX, "file-size",
                        f"{count} lines; {FILE_LINES_MAX} is the end: split it by idea")]
    if count > FILE_LINES_LOOK:
        return [Finding(file.path, FILE_LINES_LOOK, "file-size",
                        f"{count} lines; look whether it holds two ideas", is_warning=True)]
    return []


def check_header(file: File) -> list[Finding]:
    lines = file.lines
    if file.is_code or file.path.endswith(".proto"):
        if lines[0] not in (f"// {SPDX}", f"/* {SPDX}") or not COPYRIGHT.match(lines[1] if len(lines) > 1 else ""):
            return [Finding(file.path, 1, "header", f"expected '// {SPDX}' and "
                            "'// Copyright (c) <year> The Tessera authors' as the first two lines")]
    elif not any(SPDX in line for line in lines[:3]):
        return [Finding(file.path, 1, "header", f"expected '{SPDX}' in the first three lines")]
    return []


def check_lines(file: File) -> list[Finding]:
    findings = []
    for number, line in enumerate(file.lines, 1):
        if len(line) > COLUMNS_MAX and "http" not in line and file.path.startswith("src/"):
            findings.append(Finding(file.path, number, "columns",
                                    f"{len(line)} columns; {COLUMNS_MAX} are allowed"))
        if UNFINISHED.search(line):
            findings.append(Finding(file.path, number, "unfinished",
                                    "do it now or file an issue; marks in the code are forgotten"))
    if not file.text.endswith("\n") or file.text.endswith("\n\n"):
        findings.append(Finding(file.path, len(file.lines), "end-of-file",
                                "a file ends with exactly one newline"))
    return findings


def check_name(file: File) -> list[Finding]:
    if file.name in OTHER_NAMES:
        return []
    in_scripts = file.path.startswith("scripts/") or "/" not in file.path
    if not (SCRIPT if in_scripts or file.path.startswith("web/") else SNAKE).match(file.name):
        return [Finding(file.path, 1, "name", "file names are snake_case")]
    for folder in file.folder.split("/"):
        if folder and not SCRIPT.match(folder):
            return [Finding(file.path, 1, "name", f"the folder name '{folder}' is not snake_case")]
    return []


def check_pragma_once(file: File) -> list[Finding]:
    is_c = "#ifdef __cplusplus" in file.lines  # a C header keeps to what C knows
    if file.path.endswith(".h") and not is_c and "#pragma once" not in file.lines:
        return [Finding(file.path, 1, "pragma-once", "a header needs '#pragma once'")]
    return []


def check_folders(files: list[File]) -> list[Finding]:
    counts = collections.Counter(file.folder for file in files if file.is_code)
    return [Finding(folder, 1, "folder-size",
                    f"{count} source files; {FOLDER_FILES_MAX} is the end: make folders by topic")
            for folder, count in counts.items() if count > FOLDER_FILES_MAX]


def check(files: list[File]) -> list[Finding]:
    findings = check_folders(files)
    for file in files:
        findings += check_size(file) + check_header(file) + check_lines(file)
        findings += check_name(file) + check_pragma_once(file)
    return findings
