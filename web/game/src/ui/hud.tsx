// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import type { App } from "../app";
import { Button } from "../core/client_core";
import { useStore } from "../store";
import { text } from "../text/text";
import { CharacterWindow } from "./character_window";
import { ChatBox } from "./chat_box";
import { CombatPanel } from "./combat_panel";
import { FightHud } from "./fight_hud";
import { GrowthBar } from "./growth_bar";
import { MapOverlay, Minimap } from "./map";
import { NetworkPanel } from "./network_panel";
import { SettingsDialog } from "./settings_dialog";

/** After a click the keys walk again; who came by keyboard stays where they are. */
function backToTheWorld(event: MouseEvent): void {
  if (event.detail > 0) document.querySelector<HTMLElement>("#world")?.focus();
}

/** For fingers: it does what its key does, as long as it is touched. */
function HeldButton({ app, button, label }: { app: App; button: number; label: string }) {
  const hold = (held: boolean): void => {
    const controls = app.game?.controls;
    if (controls) controls.touched = held ? controls.touched | button : controls.touched & ~button;
  };
  return (
    <button
      onPointerDown={() => hold(true)}
      onPointerUp={() => hold(false)}
      onPointerLeave={() => hold(false)}
    >
      {label}
    </button>
  );
}

export function Hud({ app }: { app: App }) {
  const state = useStore(app.state);
  const toggle = (field: "map" | "network" | "combat" | "settingsOpen"): void =>
    app.state.merge({ [field]: !app.state.value[field] });
  const open = (window: "talents" | "sheet"): void =>
    app.state.merge({ window: app.state.value.window === window ? null : window });
  return (
    <main class="hud">
      <header>
        <strong>{app.game?.scene?.title}</strong>
        {state.area && (
          <span class="area">
            {state.area.name.replaceAll("_", " ")}
            {state.area.safe && <em> {text("hud.safe")}</em>}
          </span>
        )}
      </header>
      <Minimap app={app} />
      <nav onClick={backToTheWorld}>
        <button onClick={() => toggle("map")}>{text("hud.map")}</button>
        <button aria-pressed={state.combat} onClick={() => toggle("combat")}>
          {text("hud.combat")}
        </button>
        <button onClick={() => open("sheet")}>{text("sheet.title")}</button>
        <button onClick={() => open("talents")}>{text("talents.title")}</button>
        <button onClick={() => toggle("network")}>{text("hud.network")}</button>
        <button onClick={() => toggle("settingsOpen")}>{text("hud.settings")}</button>
        <button onClick={() => app.game?.emote(1)}>{text("hud.wave")}</button>
      </nav>
      <div class="held">
        <HeldButton app={app} button={Button.Block} label={text("key.block")} />
        <HeldButton app={app} button={Button.Dodge} label={text("key.dodge")} />
        <HeldButton app={app} button={Button.Jump} label={text("hud.jump")} />
      </div>
      <ol class="notices" aria-live="polite">
        {state.notices.map((notice) => (
          <li key={notice.id}>
            <bdi>{notice.text}</bdi>
          </li>
        ))}
      </ol>
      <FightHud app={app} />
      <GrowthBar app={app} />
      <ChatBox app={app} />
      {state.combat && <CombatPanel app={app} />}
      {state.network && <NetworkPanel app={app} />}
      {state.window && <CharacterWindow key={state.window} app={app} shows={state.window} />}
      {state.map && <MapOverlay app={app} />}
      {state.settingsOpen && <SettingsDialog app={app} />}
      {state.reconnecting > 0 && (
        <p class="reconnecting" role="alert">
          {state.waiting || text("enter.reconnecting", { seconds: state.reconnecting })}
        </p>
      )}
    </main>
  );
}
