#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents must not drift from the code: examples are looked up in it, paths and settings must exist."""
import glob
import os
import re
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GUIDES = sorted(os.path.relpath(path, ROOT) for path in glob.glob(os.path.join(ROOT, "docs", "guides", "*.md")))


def read(path: str) -> str:
    with open(os.path.join(ROOT, path), encoding="utf-8") as stream:
        return stream.read()


class DocsTest(unittest.TestCase):
    def test_examples_of_code_stand_in_the_code(self):
        code = [read(os.path.relpath(path, ROOT)) for kind in ("cpp", "h")
                for path in glob.glob(os.path.join(ROOT, "src", "**", f"*.{kind}"), recursive=True)]
        examples = [example for document in ("STYLE.md", *GUIDES)
                    for example in re.findall(r"```cpp\n(.*?)```", read(document), re.DOTALL)]
        self.assertTrue(examples)
        for example in examples:
            self.assertTrue(any(example in text for text in code),
                            f"no longer in the code:\n{example}")

    def test_paths_in_documents_exist(self):
        for document in ("README.md", "ARCHITECTURE.md", "STYLE.md", "CONTRIBUTING.md", *GUIDES):
            text = read(document)
            named = re.findall(r"`((?:src|scripts|docs|cmake|tests|content)/[\w./-]*)", text)
            linked = [os.path.join(os.path.dirname(document), path)
                      for path in re.findall(r"\]\(([\w./-]+)\)", text)]
            for path in named + linked:
                with self.subTest(document=document, path=path):
                    self.assertTrue(os.path.exists(os.path.join(ROOT, path)))

    def test_settings_in_guides_exist(self):
        settings = read("src/server/settings/settings.cpp")
        for document in GUIDES:
            for key in re.findall(r"`((?:log|world|udp|http|messages)\.[a-z_]+)", read(document)):
                with self.subTest(document=document, key=key):
                    self.assertIn(f'"{key}"', settings)


if __name__ == "__main__":
    unittest.main()
