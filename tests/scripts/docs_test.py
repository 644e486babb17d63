#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents must not drift from the code: examples are looked up in it, paths must exist."""
import glob
import os
import re
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read(path: str) -> str:
    with open(os.path.join(ROOT, path), encoding="utf-8") as stream:
        return stream.read()


class DocsTest(unittest.TestCase):
    def test_examples_of_the_style_guide_stand_in_the_code(self):
        code = [read(os.path.relpath(path, ROOT))
                for path in glob.glob(os.path.join(ROOT, "src", "**", "*.cpp"), recursive=True)]
        examples = re.findall(r"```cpp\n(.*?)```", read("STYLE.md"), re.DOTALL)
        self.assertTrue(examples)
        for example in examples:
            self.assertTrue(any(example in text for text in code),
                            f"no longer in the code:\n{example}")

    def test_paths_in_documents_exist(self):
        documents = [path for path in ("README.md", "ARCHITECTURE.md", "STYLE.md", "CONTRIBUTING.md")
                     if os.path.exists(os.path.join(ROOT, path))]
        for document in documents:
            text = read(document)
            named = re.findall(r"`((?:src|scripts|docs|cmake|tests|content)/[\w./-]*)", text)
            linked = re.findall(r"\]\(([\w./-]+)\)", text)
            for path in named + linked:
                with self.subTest(document=document, path=path):
                    self.assertTrue(os.path.exists(os.path.join(ROOT, path)))


if __name__ == "__main__":
    unittest.main()
