// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import type { App } from "../app";
import type { Character } from "../net/api";
import { useStore } from "../store";
import { text } from "../text/text";

export function CharactersScreen({ app }: { app: App }) {
  const { busy, error, characters, rules } = useStore(app.state);
  const classOf = (character: Character): string =>
    rules?.classes.find(({ id }) => id === character.class)?.title ?? "";
  return (
    <main class="screen">
      <section class="card">
        <h2>{text("characters.title")}</h2>
        <ul class="characters">
          {characters.map((character) => (
            <li key={character.id}>
              <span>
                <bdi>{character.name}</bdi>{" "}
                <small>{classOf(character)} {text("fight.level", { level: character.level })}</small>{" "}
                <small>
                  {text("characters.played", { hours: (character.play_seconds / 3600).toFixed(1) })}
                </small>
              </span>
              <button class="primary" disabled={busy} onClick={() => void app.play(character)}>
                {text("characters.enter")}
              </button>
              <button
                disabled={busy}
                onClick={() => {
                  const sure = text("characters.delete_sure", { name: character.name });
                  if (confirm(sure)) void app.deleteCharacter(character);
                }}
              >
                {text("characters.delete")}
              </button>
            </li>
          ))}
        </ul>
        {error && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <div class="row">
          <button onClick={() => app.show("create")}>{text("characters.new")}</button>
          <button class="link" onClick={() => app.logOut()}>
            {text("common.log_out")}
          </button>
        </div>
      </section>
    </main>
  );
}
