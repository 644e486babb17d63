// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How far the own character has grown, and what a new level brings.
import type { Progress } from "@messages/control_pb";
import { text } from "../text/text";
import type { CharacterClass } from "./rules";

type Growth = Pick<Progress, "level" | "experience" | "experienceNext">;

/** Of the level, 0 to 1; the highest is full. */
export function shareOf({ experience, experienceNext }: Growth): number {
  return experienceNext === 0 ? 1 : Math.min(experience / experienceNext, 1);
}

/** The level in words, and what is missing to the next. */
export function growthTitle(growth: Growth): string {
  const { level, experience, experienceNext: next } = growth;
  return next === 0 ? text("growth.highest", { level }) : text("growth.title", { level, experience, next });
}

/** What is said of a gain: nothing, unless it brought a level. `before` is null after entering. */
export function levelNews(kind: CharacterClass | null, before: Growth | null, now: Growth): string[] {
  if (before === null || now.level <= before.level) return [];
  const learned = (kind?.abilities ?? [])
    .filter(({ level }) => level > before.level && level <= now.level)
    .map(({ title }) => title);
  const news = [text("growth.level", { level: now.level })];
  if (learned.length > 0) news.push(text("growth.learned", { abilities: learned.join(", ") }));
  return news;
}
