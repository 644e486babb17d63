// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { expect, test } from "vitest";
import { kLanguages, language, text } from "./text";

test("every language has every sentence, with the same values in it", () => {
  const english = kLanguages["en"]!.texts;
  const values = (sentence: string): string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();
  for (const { name, texts } of Object.values(kLanguages)) {
    expect(Object.keys(texts).sort(), name).toEqual(Object.keys(english).sort());
    for (const key of Object.keys(english) as (keyof typeof english)[]) {
      expect(texts[key].trim(), `${name} ${key}`).not.toBe("");
      expect(values(texts[key]), `${name} ${key}`).toEqual(values(english[key]));
    }
  }
});

test("values are filled in, also such that look like markup", () => {
  language.value = "en";
  const sentence = text("characters.delete_sure", { name: "<b>$&</b>" });
  expect(sentence).toBe("Delete <b>$&</b> for good?");
});
