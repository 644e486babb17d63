// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player chose, kept in the browser when it allows that.

export type Quality = "low" | "medium" | "high";
export type Action =
  | "forward" | "back" | "left" | "right" | "jump" | "walk" | "chat" | "map" | "settings" | "network"
  | "wave" | "target" | "combat" | "dodge" | "block" | "talents" | "sheet" | AbilityAction;
/** The places of the action bar. */
export type AbilityAction =
  | "ability1" | "ability2" | "ability3" | "ability4" | "ability5" | "ability6"
  | "ability7" | "ability8" | "ability9" | "ability10" | "ability11" | "ability12";

export interface Settings {
  quality: Quality;
  language: string;
  keys: Record<Action, string>; // KeyboardEvent.code
}

export interface QualityOptions {
  range: number; // how far one sees, m
  details: number; // how far one sees small things, m
  fineGround: number; // how far the ground has all its detail, m
  pixels: number; // of a pixel of the page
  antialias: boolean;
}

export const kQualities: Record<Quality, QualityOptions> = {
  low: { range: 100, details: 10, fineGround: 25, pixels: 0.6, antialias: false },
  medium: { range: 420, details: 150, fineGround: 200, pixels: 1, antialias: false },
  high: { range: 800, details: 400, fineGround: 400, pixels: 1, antialias: true },
};

export const kDefaultKeys: Record<Action, string> = {
  forward: "KeyW",
  back: "KeyS",
  left: "KeyA",
  right: "KeyD",
  jump: "Space",
  walk: "ShiftLeft",
  chat: "Enter",
  map: "KeyM",
  settings: "Escape",
  network: "KeyN",
  wave: "KeyG",
  target: "KeyT",
  dodge: "KeyC",
  block: "KeyF",
  combat: "KeyL",
  talents: "KeyK",
  sheet: "KeyP",
  ability1: "Digit1",
  ability2: "Digit2",
  ability3: "Digit3",
  ability4: "Digit4",
  ability5: "Digit5",
  ability6: "Digit6",
  ability7: "Digit7",
  ability8: "Digit8",
  ability9: "Digit9",
  ability10: "Digit0",
  ability11: "Minus",
  ability12: "Equal",
};

const kStorageKey = "tessera.settings";

function browserLanguage(): string {
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

export function loadSettings(): Settings {
  const defaults: Settings = { quality: "medium", language: browserLanguage(), keys: { ...kDefaultKeys } };
  try {
    const stored = JSON.parse(localStorage.getItem(kStorageKey) ?? "{}") as Partial<Settings>;
    const quality = stored.quality && stored.quality in kQualities ? stored.quality : defaults.quality;
    return {
      quality,
      language: stored.language === "ko" || stored.language === "en" ? stored.language : defaults.language,
      keys: { ...defaults.keys, ...stored.keys },
    };
  } catch {
    return defaults;
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(kStorageKey, JSON.stringify(settings));
  } catch {
    // for this page only
  }
}
