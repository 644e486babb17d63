// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import type { App } from "../app";
import { useStore } from "../store";
import { language, text } from "../text/text";
import { CharactersScreen } from "./characters_screen";
import { CreateScreen } from "./create_screen";
import { Hud } from "./hud";
import { TitleScreen } from "./title_screen";

export function Page({ app }: { app: App }) {
  const state = useStore(app.state);
  useStore(language);
  switch (state.screen) {
    case "title":
      return <TitleScreen app={app} />;
    case "characters":
      return <CharactersScreen app={app} />;
    case "create":
      return <CreateScreen app={app} />;
    case "entering":
      return (
        <main class="screen">
          <p class="waiting" role="status">
            {state.waiting}
          </p>
        </main>
      );
    case "playing":
      return <Hud app={app} />;
    case "ended":
      return (
        <main class="screen">
          <section class="card" role="alert">
            <p>{state.ending.sentence || text("end.other")}</p>
            {state.error && <p class="error">{state.error}</p>}
            {state.ending.reload ? (
              <button class="primary" onClick={() => location.reload()}>
                {text("end.reload")}
              </button>
            ) : (
              <button
                class="primary"
                disabled={state.busy}
                onClick={() => void app.backToCharacters()}
              >
                {text("common.try_again")}
              </button>
            )}
          </section>
        </main>
      );
  }
}
