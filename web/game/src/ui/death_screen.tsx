// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What the dead see: that they are, and what they can do about it.
import type { App } from "../app";
import { text } from "../text/text";

export function DeathScreen({ app, isSpirit }: { app: App; isSpirit: boolean }) {
  const state = isSpirit ? "spirit" : "dead";
  return (
    <section class="death" role="alertdialog" aria-label={text(`death.${state}`)}>
      <h2>{text(`death.${state}`)}</h2>
      <p>{text(`death.${state}_help`)}</p>
      <button onClick={() => app.rise(isSpirit)}>{text(isSpirit ? "death.revive" : "death.release")}</button>
    </section>
  );
}
