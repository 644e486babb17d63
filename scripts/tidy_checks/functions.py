# SPDX-License-Identifier: MIT
"""The length of functions.

A function fits a screen: 70 lines from the first of its signature to its closing brace. There is
no parser here; braces are followed, and a brace opens a function when it stands in a namespace or
a class and the text before it has a parameter list and is no type and no initialiser.
"""
import re

from .tree import File, Finding

FUNCTION_LINES_MAX = 70

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/                                  # comments
      |R"([^(\s]*)\(.*?\)\1"                                # raw strings
      |"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'   # texts; not 1'000
      |^[ \t]*\#(?:\\\n|[^\n])*                             # preprocessor lines
    """, re.VERBOSE | re.DOTALL | re.MULTILINE)
TYPE_HEAD = re.compile(r"^(?:template\s*<.*>\s*(?:requires.*)?)?(?:\w+\s+)*?"
                       r"(class|struct|union|enum|namespace|extern)\b", re.DOTALL)
NAME = re.compile(r"((?:\w+::)*operator\s*(?:\(\)|\[\]|[^\s(]+)|[\w:~]+)\s*\(")
BOUNDARY = re.compile(r"[{};]|\b(?:public|private|protected)\s*:(?!:)")


def blank(text: str) -> str:
    """The text without comments, strings and preprocessor lines, each line where it was."""
    return TOKEN.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def kind_of_brace(head: str, scopes: list[str]) -> str:
    """What a brace opens: scope (namespace, class), function, or inner (anything else)."""
    if scopes and scopes[-1] != "scope":
        return "inner"
    head = re.sub(r"^(\[\[.*?\]\]\s*)+", "", head.strip(), flags=re.DOTALL)
    if TYPE_HEAD.match(head) and not re.search(r"\)\s*(const|noexcept|override|->[^{]*)*\s*$", head):
        return "scope"
    if "(" not in head:
        return "inner"
    before_list = head[:head.index("(")]
    if "=" in before_list and "operator" not in before_list:
        return "inner"  # auto x = f(...){
    # Within a constructor's list of members a brace after a name is a value, not the body.
    if re.search(r"\)\s*(noexcept\s*)?:[^:]", head) and re.search(r"[\w>]\s*$", head):
        return "member"
    return "function"


def functions(text: str) -> list[tuple[str, int, int]]:
    """(name, first line, last line) of each function that has a body."""
    found = []
    scopes: list[str] = []
    starts: list[tuple[str, int]] = []
    text = blank(text)
    head_at = 0  # where the statement began that the next brace ends
    for match in BOUNDARY.finditer(text):
        at = match.start()
        if match.group() == "{":
            head = text[head_at:at]
            kind = kind_of_brace(head, scopes)
            scopes.append(kind)
            first = head_at + len(head) - len(head.lstrip())
            name = NAME.search(head)
            starts.append((name.group(1) if name else "?", text.count("\n", 0, first) + 1))
            if kind != "member":
                head_at = at + 1
        elif match.group() == "}":
            if not scopes:
                continue
            kind = scopes.pop()
            name, first = starts.pop()
            if kind == "function":
                found.append((name, first, text.count("\n", 0, at) + 1))
            if kind != "member":
                head_at = at + 1
        elif not scopes or scopes[-1] != "member":
            head_at = match.end()
    return found


def check(files: list[File]) -> list[Finding]:
    findings = []
    for file in files:
        if not file.is_code:
            continue
        for name, first, last in functions(file.text):
            count = last - first + 1
            if count > FUNCTION_LINES_MAX:
                findings.append(Finding(file.path, first, "function-size",
                                        f"'{name}' has {count} lines; {FUNCTION_LINES_MAX} are allowed"))
    return findings
