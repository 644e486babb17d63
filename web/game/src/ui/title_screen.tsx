// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { useState } from "preact/hooks";
import type { App } from "../app";
import { useStore } from "../store";
import { kLanguages, text } from "../text/text";

export function TitleScreen({ app }: { app: App }) {
  const { busy, error } = useStore(app.state);
  const settings = useStore(app.settings);
  const [known, setKnown] = useState(false);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    void (known ? app.logIn(name, password) : app.signUp(name, password));
  };
  return (
    <main class="screen title">
      <h1>
        Tessera <small>{text("title.tagline")}</small>
      </h1>
      <form class="card" onSubmit={submit}>
        <label>
          {text("title.name")}
          <input
            name="account"
            autocomplete="username"
            required
            maxLength={32}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label>
          {text("title.password")}
          <input
            name="password"
            type="password"
            autocomplete={known ? "current-password" : "new-password"}
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        {!known && <p class="hint">{text("title.rules")}</p>}
        {error && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
        <button class="primary" disabled={busy}>
          {text(known ? "title.log_in" : "title.sign_up")}
        </button>
        <button type="button" class="link" onClick={() => setKnown(!known)}>
          {text(known ? "title.new_here" : "title.have_account")}
        </button>
      </form>
      <label class="language">
        {text("settings.language")}{" "}
        <select
          value={settings.language}
          onChange={(event) => app.changeSettings({ language: event.currentTarget.value })}
        >
          {Object.entries(kLanguages).map(([code, { name: title }]) => (
            <option value={code} lang={code}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </main>
  );
}
