// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From the title to the world and back: which screen is shown, and what its buttons do.
import wasmAddress from "@wasm/tessera_client.wasm?url";
import type { CharacterSheet, Progress, ServerControl, TalentRefused } from "@messages/control_pb";
import { decodeLine, encodeLine, parseTyped, type Line } from "./chat";
import { kUseRefusals, Verdict, type CombatLine, type LinkOptions } from "./core/client_core";
import { Wasm } from "./core/wasm";
import { ActionBar } from "./fight/bar";
import { CombatLog } from "./fight/combat_log";
import { DuelWish, hearPvp, type Duel, type OwnFlag } from "./fight/duels";
import { levelNews } from "./fight/growth";
import { Meter } from "./fight/meter";
import type { Ability, Rules, Talent } from "./fight/rules";
import { kTalentPointsPerRow, kTalentRefusals } from "./fight/sheet";
import { Game } from "./game";
import { loadSettings, saveSettings, type Settings } from "./input/settings";
import { Api, ApiError, type Character, type Grant, type Queue } from "./net/api";
import { CloseReason, Session, Topic, type Ending, type SessionListener } from "./net/session";
import { Store } from "./store";
import { language, text, type TextKey } from "./text/text";
import { loadZone, startZone } from "./zone/scene";

export type Screen = "title" | "characters" | "create" | "entering" | "playing" | "ended";

export interface State {
  screen: Screen;
  busy: boolean;
  error: string;
  characters: Character[];
  waiting: string; // a sentence while entering or in a queue
  ending: { sentence: string; reload: boolean };
  reconnecting: number; // seconds left; 0: not
  area: { name: string; safe: boolean } | null;
  notices: { id: number; text: string }[];
  chat: Line[];
  map: boolean;
  settingsOpen: boolean;
  network: boolean;
  combat: boolean; // the log of fights and the meter
  rules: Rules | null;
  sheet: CharacterSheet | null; // of the character that plays
  progress: Progress | null; // the same
  duel: Duel | null;
  flag: OwnFlag;
  window: "talents" | "sheet" | null;
}

const kReconnectS = 60;
const kFirstTryMs = 300;
const kTryAgainMs = 1500;
const kChatLinesMax = 100;

const kEndings: Partial<Record<number, TextKey>> = {
  [CloseReason.Kicked]: "end.kicked",
  [CloseReason.Banned]: "end.banned",
  [CloseReason.LoggedInElsewhere]: "end.elsewhere",
  [CloseReason.ServerStopping]: "end.stopping",
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function sentenceOf(error: unknown): string {
  if (error instanceof ApiError) return error.status === 0 ? text("error.offline") : error.message;
  return error instanceof Error ? error.message : String(error);
}

export class App implements SessionListener {
  readonly state = new Store<State>({
    screen: "title",
    busy: true,
    error: "",
    characters: [],
    waiting: "",
    ending: { sentence: "", reload: false },
    reconnecting: 0,
    area: null,
    notices: [],
    chat: [],
    map: false,
    settingsOpen: false,
    network: false,
    combat: false,
    rules: null,
    sheet: null,
    progress: null,
    duel: null,
    flag: { isUp: false, fallsAtTick: 0 },
    window: null,
  });
  readonly settings = new Store<Settings>(loadSettings());
  game: Game | null = null;
  private rising = 0; // number of the action with which one lets go or rises
  bar: ActionBar | null = null;
  readonly combatLog = new CombatLog();
  readonly meter = new Meter();
  session: Session | null = null;
  /** The worse line of the network panel; each session gets it. */
  chaos: LinkOptions | null = null;

  private readonly api = new Api();
  private readonly wasm: Promise<Wasm>;
  private character: Character | null = null;
  private attempt = 0; // counts entries; an older one that comes back late is ignored
  /** The end of all tries to come back after a drop, however many sessions begin; 0: none are made. */
  private comeBackUntilMs = 0;
  private noticeId = 0;
  private lineId = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly labels: HTMLElement,
  ) {
    language.value = this.settings.value.language;
    document.documentElement.lang = language.value;
    this.wasm = Wasm.load(fetch(wasmAddress));
    // While the player types, the world is fetched and made ready to be drawn.
    void this.prepare().catch(() => {});
    void this.run(async () => {
      if (await this.api.resume()) await this.showCharacters();
    });
  }

  changeSettings(fields: Partial<Settings>): void {
    this.settings.merge(fields);
    saveSettings(this.settings.value);
    language.value = this.settings.value.language;
    document.documentElement.lang = language.value;
    this.game?.use(this.settings.value);
  }

  signUp(name: string, password: string): Promise<void> {
    return this.run(async () => {
      await this.api.signUp(name, password);
      await this.showCharacters();
    });
  }

  logIn(name: string, password: string): Promise<void> {
    return this.run(async () => {
      await this.api.logIn(name, password);
      await this.showCharacters();
    });
  }

  logOut(): void {
    this.api.logOut();
    this.state.merge({ screen: "title", characters: [], chat: [], notices: [], error: "" });
  }

  create(name: string, look: number, kind: number): Promise<void> {
    return this.run(async () => {
      const character = await this.api.createCharacter(name, look, kind);
      this.state.merge({ characters: [...this.state.value.characters, character] });
      await this.enter(character);
    });
  }

  deleteCharacter(character: Character): Promise<void> {
    return this.run(async () => {
      await this.api.deleteCharacter(character.id);
      await this.showCharacters();
    });
  }

  play(character: Character): Promise<void> {
    return this.run(() => this.enter(character));
  }

  /** Out of the world, to the characters. */
  leave(): void {
    if (this.session && this.state.value.reconnecting === 0) this.session.leave();
    else void this.backToCharacters();
  }

  backToCharacters(): Promise<void> {
    this.stopSession();
    return this.run(() => this.showCharacters());
  }

  show(screen: Screen): void {
    this.state.merge({ screen, error: "" });
  }

  notice(sentence: string): void {
    const id = ++this.noticeId;
    const others = this.state.value.notices.filter((other) => other.text !== sentence);
    const notices = [...others, { id, text: sentence }].slice(-4);
    this.state.merge({ notices });
    setTimeout(() => {
      this.state.merge({ notices: this.state.value.notices.filter((n) => n.id !== id) });
    }, 8000);
  }

  /** A line that the player typed. */
  chatTyped(typed: string): void {
    const parsed = parseTyped(typed);
    if (parsed.kind === "emote") this.game?.emote(parsed.emote);
    if (parsed.kind === "help") this.say(text("chat.help"));
    if (parsed.kind === "wrong") this.say(text("chat.wrong", { command: parsed.command }));
    if (parsed.kind !== "line") return;
    if (!this.session) return this.say(text("chat.no_connection"));
    const bytes = encodeLine(parsed.channel, parsed.to, parsed.text);
    if (!this.session.sendMessage(Topic.Chat, bytes)) this.say(text("chat.too_fast"));
  }

  private say(sentence: string): void {
    this.addLine({ id: ++this.lineId, channel: "system", from: "", to: "", text: sentence });
  }

  private addLine(line: Line): void {
    this.state.merge({ chat: [...this.state.value.chat, line].slice(-kChatLinesMax) });
  }

  // ---- of the session

  onControl(message: ServerControl): void {
    const { kind } = message;
    if (kind.case === "welcome") {
      this.state.merge({ progress: null, flag: { isUp: false, fallsAtTick: 0 } });
      this.setDuel(null);
      void this.arrive(kind.value.zoneName, kind.value.contentHash);
    } else if (kind.case === "contentChanged") {
      const zone = this.game?.scene?.zone;
      if (zone) void this.arrive(zone, kind.value.contentHash);
    } else if (kind.case === "announcement") {
      this.notice(kind.value.text);
    } else if (kind.case === "areaChanged") {
      const { name, properties, entered } = kind.value;
      this.state.merge({ area: entered ? { name, safe: (properties & 1) !== 0 } : null });
    } else if (kind.case === "characterSheet") {
      if (this.bar) this.bar.sheet = kind.value;
      this.state.merge({ sheet: kind.value });
    } else if (kind.case === "talentRefused") {
      this.notice(this.whyRefused(kind.value));
    } else if (kind.case === "progress") {
      this.grow(kind.value);
    } else if (kind.case === "doorsChanged") {
      for (const door of kind.value.opened) this.game?.setDoor(door, true);
      for (const door of kind.value.closed) this.game?.setDoor(door, false);
    } else {
      hearPvp(kind, this);
    }
  }

  private grow(progress: Progress): void {
    const before = this.state.value.progress;
    this.state.merge({ progress });
    const { gained: amount } = progress;
    if (amount > 0) this.logLine(text("log.experience", { amount }));
    for (const sentence of levelNews(this.bar?.kind ?? null, before, progress)) this.notice(sentence);
  }

  setDuel(duel: Duel | null): void {
    this.state.merge({ duel });
    if (this.game) this.game.duel = duel;
  }
  setFlag(flag: OwnFlag): void {
    this.state.merge({ flag });
  }
  get ownId(): bigint {
    return this.game?.frame?.own.id ?? 0n;
  }
  /** "" for somebody who was never in view. */
  nameOf(id: bigint): string {
    return id === this.ownId && id !== 0n ? (this.character?.name ?? "") : (this.game?.nameOf(id) ?? "");
  }
  logLine(sentence: string): void {
    this.combatLog.say(sentence);
  }
  /** The newest tick of the server that is known. */
  get tick(): number {
    return this.session?.core.statistics().newestTick ?? 0;
  }

  raiseFlag(isUp: boolean): void {
    this.session?.sendControl({ case: "raiseFlag", value: { isUp } });
  }
  challenge(target: bigint): void {
    this.session?.sendControl({ case: "wishDuel", value: { kind: DuelWish.Challenge, target } });
  }
  answerDuel(kind: number): void {
    this.session?.sendControl({ case: "wishDuel", value: { kind } });
  }

  private whyRefused({ talent, reason }: TalentRefused): string {
    const talents = this.bar?.kind.talents ?? [];
    const wanted = talents.find((one) => one.id === talent);
    const why = text(`talent.${kTalentRefusals[reason] ?? "not_known"}`, {
      points: (wanted?.row ?? 0) * kTalentPointsPerRow,
      before: talents.find((one) => one.id === wanted?.after)?.title ?? "",
    });
    return wanted ? `${wanted.title}: ${why}` : why;
  }

  onMessage(topic: number, bytes: Uint8Array): void {
    if (topic === Topic.Chat) this.addLine(decodeLine(bytes, ++this.lineId));
  }
  /** The dead let go of their body, spirits rise. */
  rise(isSpirit: boolean): void {
    this.rising = this.game?.rise(isSpirit) ?? 0;
  }

  onAction(action: number, verdict: number, value: number): void {
    if (action === this.rising && action !== 0) {
      this.rising = 0;
      if (verdict !== Verdict.Done) this.notice(text("death.refused"));
      return;
    }
    const refused = this.bar?.answer(action, verdict === Verdict.Done);
    if (!refused) return;
    const why = kUseRefusals[value] ?? "not_ready";
    this.notice(`${refused.title}: ${text(`refused.${why}`)}`);
  }

  onCombat(line: CombatLine): void {
    const { game } = this;
    const sights = game?.sights;
    if (!game || !sights) return;
    const nameOf = (id: bigint): string => this.nameOf(id);
    this.combatLog.add(line, this.ownId, sights, nameOf);
    this.meter.add(line, performance.now(), nameOf);
    game.showCombat(line);
  }

  /** Presses a place of the action bar, from 0. */
  press(place: number): void {
    const { bar, game } = this;
    const ability = bar?.abilities(this.level)[place];
    if (bar && game && ability) this.pressAbility(ability);
  }

  pressAbility(ability: Ability): void {
    this.game?.useAbility(ability, (action) => {
      if (action !== 0) this.bar?.press(action, ability, performance.now());
    });
  }

  askSheet(): void {
    this.session?.sendControl({ case: "askSheet", value: {} });
  }
  /** One rank more. */
  learn(talent: Talent): void {
    this.session?.sendControl({ case: "learnTalent", value: { talent: talent.id } });
  }
  forgetTalents(): void {
    this.session?.sendControl({ case: "forgetTalents", value: {} });
  }

  /** Of the character that plays. */
  get level(): number {
    return this.game?.frame?.own.level ?? 1;
  }

  onEnd(ending: Ending): void {
    const played = this.state.value.screen === "playing";
    this.state.merge({ area: null });
    this.game?.play(null);
    this.session?.destroy();
    this.session = null;
    if (ending.reason === CloseReason.ClientLeft) return void this.backToCharacters();
    if (ending.reason === CloseReason.Moved) {
      this.state.merge({ screen: "entering", waiting: text("enter.moving") });
      return void this.comeBack();
    }
    const known = ending.reason === null ? undefined : kEndings[ending.reason];
    if (known) return this.end(text(known), ending.sentence);
    if (played || this.comeBackUntilMs > 0) return void this.comeBack();
    this.end(text("end.lost"), ending.sentence);
  }

  private end(sentence: string, said = "", reload = false): void {
    this.stopSession();
    const whole = said && said !== sentence ? `${sentence} ${said}` : sentence;
    this.state.merge({
      screen: "ended",
      ending: { sentence: whole, reload },
      map: false,
      settingsOpen: false,
      window: null,
    });
  }

  private async prepare(): Promise<void> {
    const { zone, hash } = await startZone();
    const [content, wasm] = await Promise.all([loadZone(zone, hash), this.wasm]);
    this.state.merge({ rules: content.rules });
    this.game ??= this.makeGame(wasm);
    if (!this.session) await this.game.showZone(content);
  }

  private async showCharacters(): Promise<void> {
    const characters = await this.api.characters();
    this.state.merge({ characters, screen: characters.length === 0 ? "create" : "characters" });
  }

  private async enter(character: Character): Promise<void> {
    this.character = character;
    this.state.merge({ screen: "entering", waiting: text("enter.connecting"), area: null });
    try {
      await this.connect(character, ++this.attempt);
    } catch (error) {
      if (this.state.value.screen === "entering") this.state.merge({ screen: "characters" });
      throw error;
    }
  }

  /** Asks for a seat until there is one, then opens the session. */
  private async connect(character: Character, attempt: number): Promise<void> {
    const wasm = await this.wasm;
    for (;;) {
      const answer: Grant | Queue = await this.api.enter(character.id);
      if (attempt !== this.attempt) return;
      if ("websocket" in answer) {
        if (answer.protocol_version !== wasm.call.tessera_protocol_version()) {
          return this.end(text("end.version"), "", true);
        }
        this.session?.destroy();
        this.game ??= this.makeGame(wasm);
        this.game.ownLook = character.look;
        this.session = new Session(wasm, answer.websocket, this);
        this.session.setChaos(this.chaos);
        this.game.play(this.session);
        return;
      }
      this.state.merge({
        waiting: text("enter.queue", { position: answer.position, size: answer.size }),
      });
      await pause(1000 * Math.max(answer.retry_after_s, 1));
    }
  }

  private makeGame(wasm: Wasm): Game {
    let game: Game;
    try {
      game = new Game(wasm, this.canvas, this.labels, this.settings.value);
    } catch {
      throw new Error(text("error.webgl"));
    }
    game.onKeyAction((action) => {
      if (this.state.value.screen !== "playing") return;
      if (action === "chat") document.querySelector<HTMLInputElement>("#chat-input")?.focus();
      if (action === "map") this.state.merge({ map: !this.state.value.map });
      if (action === "target") this.game?.nextTarget();
      if (action.startsWith("ability")) this.press(Number(action.slice("ability".length)) - 1);
      if (action === "combat") this.state.merge({ combat: !this.state.value.combat });
      if (action === "talents" || action === "sheet") {
        this.state.merge({ window: this.state.value.window === action ? null : action });
      }
      if (action === "network") this.state.merge({ network: !this.state.value.network });
      if (action === "settings") {
        const { map, settingsOpen, window } = this.state.value; // Escape also closes what is open
        const open = map || settingsOpen || window !== null;
        this.state.merge({ map: false, window: null, settingsOpen: !open });
      }
    });
    return game;
  }

  /** The server has let us in: the zone's content, if we have another, then the world. */
  private async arrive(zone: string, contentHash: bigint): Promise<void> {
    const { session } = this;
    if (!session || !this.game) return;
    if (this.state.value.screen === "entering") this.state.merge({ waiting: text("enter.loading") });
    try {
      const content = await loadZone(zone, contentHash.toString(16).padStart(16, "0"));
      if (this.session !== session) return;
      if (!(await this.game.showZone(content)) || this.session !== session) return;
      this.comeBackUntilMs = 0;
      const kind = content.rules.classes.find((one) => one.id === this.character?.class);
      this.bar = kind ? new ActionBar(content.rules, kind) : null;
      this.state.merge({ rules: content.rules, sheet: null });
      this.askSheet();
      this.state.merge({ screen: "playing", reconnecting: 0, waiting: "", error: "" });
      this.canvas.focus();
    } catch (error) {
      if (this.session === session) this.end(sentenceOf(error));
    }
  }

  /** After a drop, or into another zone: enters again until it works or the time is up. */
  private async comeBack(): Promise<void> {
    const character = this.character;
    if (!character) return;
    const attempt = ++this.attempt;
    const moving = this.state.value.screen === "entering";
    if (!moving) this.state.merge({ waiting: "" });
    const isFirst = this.comeBackUntilMs === 0;
    if (isFirst) this.comeBackUntilMs = performance.now() + kReconnectS * 1000;
    for (let wait = isFirst ? kFirstTryMs : kTryAgainMs; ; wait = kTryAgainMs) {
      const left = Math.ceil((this.comeBackUntilMs - performance.now()) / 1000);
      if (left <= 0) break;
      if (!moving) this.state.merge({ reconnecting: left });
      await pause(moving && isFirst ? 0 : wait);
      if (attempt !== this.attempt) return;
      try {
        return await this.connect(character, attempt);
      } catch (error) {
        if (attempt !== this.attempt) return;
        if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) continue;
        if (error.status === 401) return this.logInAgain();
        if (error.status !== 429) return this.end(text("end.lost"), error.message);
      }
    }
    this.end(text("end.lost"));
  }

  /** The server does not know this login any more. */
  private logInAgain(): void {
    this.stopSession();
    this.api.forget();
    this.state.merge({
      screen: "title",
      error: text("error.login_expired"),
      chat: [],
      notices: [],
      map: false,
      settingsOpen: false,
      window: null,
    });
  }

  private stopSession(): void {
    ++this.attempt;
    this.comeBackUntilMs = 0;
    this.state.merge({ reconnecting: 0, waiting: "", area: null });
    this.game?.play(null);
    this.session?.destroy();
    this.session = null;
  }

  /** What a button does: one at a time, its error shown. */
  private async run(work: () => Promise<void>): Promise<void> {
    this.state.merge({ busy: true, error: "" });
    try {
      await work();
    } catch (error) {
      const expired = error instanceof ApiError && error.status === 401;
      if (expired && this.state.value.screen !== "title") this.logInAgain();
      else this.state.merge({ error: sentenceOf(error) });
    } finally {
      this.state.merge({ busy: false });
    }
  }
}
