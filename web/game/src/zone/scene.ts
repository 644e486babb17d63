// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the server tells of a zone: scene.json (src/server/web/scene_json.h) and the geometry.

import type { Rules } from "../fight/rules";

export type Place2 = [east: number, south: number];
export type Place3 = [east: number, up: number, south: number];

export interface Scene {
  zone: string;
  title: string;
  instance: boolean;
  terrain: boolean;
  low: Place2;
  high: Place2;
  water_level_m?: number;
  weather: "clear" | "rain" | "snow" | "fog";
  wind: Place2;
  time_of_day_h: number;
  sun_colour: string;
  ambient_colour: string;
  models: { file: string; at: Place3; turn: number; scale: number }[];
  areas: {
    name: string;
    centre: Place2;
    half_size: Place2;
    turn: number;
    low_m: number;
    high_m: number;
    safe: boolean;
    indoor: boolean;
    leads_to?: string;
  }[];
  roads: { name: string; width_m: number; points: Place2[] }[];
  creatures: { id: number; name: string; look: number; size: number }[];
  doors: string[];
}

export interface ZoneContent {
  hash: string;
  folder: string; // "/content/vale/<hash>/"
  scene: Scene;
  rules: Rules;
  geometry: Uint8Array;
}

/** The server compresses a zone's files in its first second; until then it has none. */
const kTries = 40;
const kTryAgainMs = 250;

async function get(path: string): Promise<Response> {
  for (let tries = 1; ; ++tries) {
    const response = await fetch(path).catch(() => null);
    if (response?.ok) return response;
    if (tries === kTries) throw new Error(`${path}: ${response?.status ?? "no answer"}`);
    await new Promise((resolve) => setTimeout(resolve, kTryAgainMs));
  }
}

/** The zone that new characters begin in. */
export async function startZone(): Promise<{ zone: string; hash: string }> {
  for (let tries = 1; ; ++tries) {
    const index = (await (await get("/content/zones.json")).json()) as {
      start: string;
      zones: Record<string, string>;
    };
    if (index.start !== "") return { zone: index.start, hash: index.zones[index.start]! };
    if (tries === kTries) throw new Error("the server's zone is not ready");
    await new Promise((resolve) => setTimeout(resolve, kTryAgainMs));
  }
}

const loading = new Map<string, Promise<ZoneContent>>();

/** Fetches a zone's content once; a second call gets the same. */
export function loadZone(zone: string, hash: string): Promise<ZoneContent> {
  const folder = `/content/${zone}/${hash}/`;
  let content = loading.get(folder);
  if (!content) {
    const files = ["scene.json", "rules.json", "geometry"].map((file) => get(folder + file));
    content = Promise.all(files)
      .then(async ([scene, rules, geometry]) => ({
        hash,
        folder,
        scene: (await scene!.json()) as Scene,
        rules: (await rules!.json()) as Rules,
        geometry: new Uint8Array(await geometry!.arrayBuffer()),
      }))
      .catch((error: unknown) => {
        loading.delete(folder);
        throw error;
      });
    loading.clear(); // two zones at once would be 25 MB
    loading.set(folder, content);
  }
  return content;
}
