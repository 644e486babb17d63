// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { useEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app";
import {
  kClothes,
  kHairs,
  kSkins,
  kTrousers,
  packLook,
  randomLook,
  unpackLook,
  type Look,
} from "../characters/looks";
import { LookPreview } from "../characters/preview";
import { useStore } from "../store";
import { text, type TextKey } from "../text/text";

const kChoices: { field: keyof Look; title: TextKey; colours: string[] }[] = [
  { field: "skin", title: "create.skin", colours: kSkins },
  { field: "hair", title: "create.hair", colours: kHairs },
  { field: "clothes", title: "create.clothes", colours: kClothes },
  { field: "trousers", title: "create.trousers", colours: kTrousers },
];

function Preview({ look }: { look: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const preview = useRef<LookPreview | null>(null);
  useEffect(() => {
    preview.current = LookPreview.on(canvas.current!);
    return () => preview.current?.destroy();
  }, []);
  useEffect(() => preview.current?.show(look), [look]);
  return <canvas class="preview" ref={canvas} aria-hidden="true" />;
}

export function CreateScreen({ app }: { app: App }) {
  const { busy, error, characters, rules } = useStore(app.state);
  const [kind, setKind] = useState(1);
  const [name, setName] = useState("");
  const [look, setLook] = useState(randomLook);
  const chosen = unpackLook(look);
  const submit = (event: Event): void => {
    event.preventDefault();
    void app.create(name, look, kind);
  };
  return (
    <main class="screen">
      <form class="card create" onSubmit={submit}>
        <h2>{text("create.title")}</h2>
        <div class="columns">
          <Preview look={look} />
          <div>
            <label>
              {text("create.name")}
              <input
                name="character"
                required
                maxLength={24}
                autocomplete="off"
                value={name}
                onInput={(event) => setName(event.currentTarget.value)}
              />
            </label>
            <fieldset class="classes">
              <legend>{text("create.class")}</legend>
              {(rules?.classes ?? []).map(({ id, title }) => (
                <button
                  type="button"
                  key={id}
                  aria-pressed={kind === id}
                  onClick={() => setKind(id)}
                >
                  {title}
                </button>
              ))}
            </fieldset>
            {kChoices.map(({ field, title, colours }) => (
              <fieldset key={field}>
                <legend>{text(title)}</legend>
                {colours.map((colour, index) => (
                  <button
                    type="button"
                    key={colour}
                    class="swatch"
                    aria-label={`${text(title)} ${index + 1}`}
                    aria-pressed={chosen[field] === index}
                    ref={(button) => button?.style.setProperty("background", colour)}
                    onClick={() => setLook(packLook({ ...chosen, [field]: index }))}
                  />
                ))}
              </fieldset>
            ))}
            <button type="button" onClick={() => setLook(randomLook())}>
              {text("create.random")}
            </button>
          </div>
        </div>
        {error && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <div class="row">
          <button class="primary" disabled={busy}>
            {text("create.go")}
          </button>
          {characters.length > 0 ? (
            <button type="button" class="link" onClick={() => app.show("characters")}>
              {text("common.back")}
            </button>
          ) : (
            <button type="button" class="link" onClick={() => app.logOut()}>
              {text("common.log_out")}
            </button>
          )}
        </div>
      </form>
    </main>
  );
}
