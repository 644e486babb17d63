// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { useEffect, useState } from "preact/hooks";
import type { App } from "../app";
import { kDefaultKeys, kQualities, type Action, type Quality } from "../input/settings";
import { useStore } from "../store";
import { kLanguages, text } from "../text/text";

function KeyButton({ app, action }: { app: App; action: Action }) {
  const { keys } = useStore(app.settings);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!asking) return;
    const take = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      setAsking(false);
      if (event.code !== "Escape") app.changeSettings({ keys: { ...keys, [action]: event.code } });
    };
    window.addEventListener("keydown", take, { capture: true, once: true });
    return () => window.removeEventListener("keydown", take, { capture: true });
  }, [asking, keys, action, app]);
  return (
    <label class="key">
      {text(`key.${action}`)}
      <button type="button" onClick={() => setAsking(true)}>
        {asking ? text("settings.press") : keys[action].replace(/^Key|^Digit/, "")}
      </button>
    </label>
  );
}

export function SettingsDialog({ app }: { app: App }) {
  const settings = useStore(app.settings);
  const close = (): void => app.state.merge({ settingsOpen: false });
  return (
    <section
      class="overlay card"
      role="dialog"
      aria-label={text("settings.title")}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <h2>{text("settings.title")}</h2>
      <label>
        {text("settings.quality")}{" "}
        <select
          name="quality"
          value={settings.quality}
          onChange={(event) => app.changeSettings({ quality: event.currentTarget.value as Quality })}
        >
          {(Object.keys(kQualities) as Quality[]).map((quality) => (
            <option value={quality}>{text(`settings.quality.${quality}`)}</option>
          ))}
        </select>
      </label>
      <label>
        {text("settings.language")}{" "}
        <select
          name="language"
          value={settings.language}
          onChange={(event) => app.changeSettings({ language: event.currentTarget.value })}
        >
          {Object.entries(kLanguages).map(([code, { name }]) => (
            <option value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="keys">
        <legend>{text("settings.keys")}</legend>
        {(Object.keys(kDefaultKeys) as Action[]).map((action) => (
          <KeyButton key={action} app={app} action={action} />
        ))}
        <button type="button" onClick={() => app.changeSettings({ keys: { ...kDefaultKeys } })}>
          {text("settings.reset")}
        </button>
      </fieldset>
      <div class="row">
        <button class="primary" autofocus onClick={close}>
          {text("common.close")}
        </button>
        <button onClick={() => app.leave()}>{text("hud.leave")}</button>
      </div>
    </section>
  );
}
