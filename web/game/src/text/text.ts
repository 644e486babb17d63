// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// All sentences that players read, by language. Each file has the same keys; text.test.ts checks it.
import { Store } from "../store";
import en from "./en.json";
import ko from "./ko.json";

export type TextKey = keyof typeof en;

export const kLanguages: Record<string, { name: string; texts: Record<TextKey, string> }> = {
  en: { name: "English", texts: en },
  ko: { name: "한국어", texts: ko },
};

export const language = new Store("en");

/** The sentence in the player's language, with {names} filled in. */
export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  const sentence = kLanguages[language.value]?.texts[key] ?? en[key];
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
