// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a player chose, kept in the browser when it allows that.

export type Quality = "low" | "medium" | "high";
export type Action =
  | "forward" | "back" | "left" | "right" | "jump" | "walk" | "chat" | "map" | "settings" | "network" | "wave";

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
