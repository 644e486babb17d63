// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The world on the screen. 60 times a second, whatever the pictures cost, the controls are asked what
// the player wants and the session runs, for the server does not wait; as often as the browser can, a
// frame draws what the core says. What belongs to a zone is made anew for each.
import {
  MathUtils,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  RingGeometry,
  Scene as ThreeScene,
  Vector3,
  WebGLRenderer,
} from "three";
import { CharactersView, type Blip } from "./characters/characters";
import { ActionKind, Condition, EntityKind, Mark, Side, World } from "./core/client_core";
import type { Aim, Cast, CombatLine, Own, RunningEffect, Terrain, View } from "./core/client_core";
import { fightsUs, type Duel } from "./fight/duels";
import { FightView } from "./fight/fight_view";
import { Sights, type Ability } from "./fight/rules";
import type { Wasm } from "./core/wasm";
import { Controls } from "./input/controls";
import { kQualities, type Action, type Settings } from "./input/settings";
import type { Recorder } from "./net/recorder";
import { nowUs, type Session } from "./net/session";
import { ModelsView } from "./zone/models";
import { Daylight } from "./zone/painted";
import type { Scene, ZoneContent } from "./zone/scene";
import { SkyView } from "./zone/sky";
import { TerrainView } from "./zone/terrain";

/** Ticks of an hour of the world: 24 hours pass in 48 minutes. */
const kTicksPerHour = 7200;
/** More cannot be seen, and costs much. */
const kPixelRatioMax = 2;
const kEyeHeightM = 1.6;
const kGoalReachedM = 0.5;
/** A goal that cannot be reached is given up. */
const kGoalPatienceS = 1.2;
const kTurnPerSecond = 14;
/** Between runs of the session; a timer runs it when frames are slower. */
const kRunMs = 1000 / 60;

/** What only a zone has. */
interface ZoneView {
  content: ZoneContent;
  world: World;
  terrain: Terrain;
  ground: TerrainView;
  models: ModelsView;
  sky: SkyView;
  characters: CharactersView;
  fights: FightView;
  sights: Sights;
}

/** Who is aimed at, as the target frame shows it. */
export interface Target {
  id: bigint;
  name: string;
  level: number;
  health: number;
  dead: boolean;
  enemy: boolean;
  player: boolean;
  flagged: boolean;
  at: Vector3;
  cast: Cast | null;
  effects: RunningEffect[];
}

/** Enemies are looked for within it. */
const kTargetRangeM = 45;

/** What a frame was like, for panels and measurements. */
export interface Frame {
  nowMs: number;
  own: Own;
  visible: number;
  workMs: number; // ours since the last one: decoding, core and scene, without drawing
  fps: number;
}

export class Game {
  readonly controls: Controls;
  /** Writes down each frame while there is one. */
  recorder: Recorder | null = null;
  ownLook = 0;
  target: Target | null = null;
  /** Whom the own character may fight for it. */
  duel: Duel | null = null;
  frame: Frame | null = null;
  /** As the server says. */
  ownCast: Cast | null = null;
  ownEffects: RunningEffect[] = [];

  private readonly renderer: WebGLRenderer;
  private readonly three = new ThreeScene();
  private readonly daylight = new Daylight();
  private readonly camera = new PerspectiveCamera(60, 1, 0.1, 2000);
  private readonly marker = new Mesh(
    new RingGeometry(0.3, 0.45, 24),
    new MeshBasicMaterial({ color: "#ffd75e", transparent: true, opacity: 0.85 }),
  );
  private session: Session | null = null;
  private zone: ZoneView | null = null;
  private goal: { x: number; z: number; nearest: number; since: number } | null = null;
  private heading = 0;
  private targetId = 0n;
  private wanted: { ability: Ability; begun: (action: number) => void } | null = null;
  private ownEmote: { id: number; since: number } = { id: 0, since: 0 };
  private lastMs = 0;
  private lastRunMs = 0;
  private runningMs = 0; // spent by run(), and decoding, since the last frame
  private decodedMs = 0; // of the session's decodingMs, counted already
  private fps = 60;
  private cameraDistance = 7;
  private zoneCalls = 0;

  constructor(
    private readonly wasm: Wasm,
    canvas: HTMLCanvasElement,
    private readonly labels: HTMLElement,
    private settings: Settings,
  ) {
    this.renderer = new WebGLRenderer({
      canvas,
      antialias: kQualities[settings.quality].antialias,
      powerPreference: "high-performance",
    });
    this.controls = new Controls(canvas, settings);
    this.controls.onClick = (x, y) => this.click(x, y);
    this.marker.rotation.x = -Math.PI / 2;
    this.marker.visible = false;
    this.three.add(this.marker);
    window.addEventListener("resize", () => this.resize());
    this.resize();
    const loop = (ms: number): void => {
      requestAnimationFrame(loop);
      this.draw(ms);
    };
    requestAnimationFrame(loop);
    setInterval(() => {
      if (performance.now() - this.lastRunMs > kRunMs) this.run();
    }, kRunMs / 2);
  }

  use(settings: Settings): void {
    this.settings = settings;
    this.controls.use(settings);
    this.resize();
  }

  get scene(): Scene | null {
    return this.zone?.content.scene ?? null;
  }
  get terrain(): Terrain | null {
    return this.zone?.terrain ?? null;
  }
  get blips(): readonly Blip[] {
    return this.zone?.characters.blips ?? [];
  }

  /** The session whose world is shown from now on; null: the last picture stays. */
  play(session: Session | null): void {
    this.session = session;
    this.targetId = 0n;
    this.target = null;
    this.wanted = null;
    this.decodedMs = 0;
    this.goal = null;
    this.controls.release();
  }

  /** Shows this zone; the session runs on its ground from now on. of several, the last called wins:
   * false for the others. */
  async showZone(content: ZoneContent): Promise<boolean> {
    const call = ++this.zoneCalls;
    if (this.zone?.content !== content) {
      const world = World.load(this.wasm, content.geometry);
      if (!world) throw new Error("the zone's geometry is of another version");
      const models = new ModelsView(this.daylight);
      let isFetched = false;
      try {
        await models.load(content.folder, content.scene);
        isFetched = call === this.zoneCalls;
      } finally {
        if (!isFetched) {
          models.dispose();
          world.destroy();
        }
      }
      if (!isFetched) return false;
      this.leaveZone();
      const terrain = world.terrain();
      const ground = new TerrainView(terrain, content.scene.water_level_m ?? -1e9, this.daylight);
      ground.group.visible = content.scene.terrain;
      const sky = new SkyView(content.scene, this.three, this.daylight);
      const characters = new CharactersView(this.labels, this.daylight);
      const sights = new Sights(content.rules);
      const fights = new FightView(this.labels, sights, (x, z) => world.groundAt(x, z));
      this.three.add(ground.group, models.group, sky.group, characters.group, fights.group);
      this.zone = { content, world, terrain, ground, models, sky, characters, fights, sights };
      const middle = new Vector3(
        (content.scene.low[0] + content.scene.high[0]) / 2,
        0,
        (content.scene.low[1] + content.scene.high[1]) / 2,
      );
      const { fineGround, range } = kQualities[this.settings.quality];
      ground.update(middle, fineGround, range, Infinity);
      this.renderer.compile(this.three, this.camera);
    }
    this.zone.models.closeDoors();
    if (this.session) {
      for (const door of this.session.standOn(this.zone.world)) this.setDoor(door, true);
    }
    return true;
  }

  setDoor(door: number, open: boolean): void {
    const name = this.zone?.content.scene.doors[door];
    if (name !== undefined) this.zone!.models.setDoor(name, open);
  }

  /** What is seen of abilities and effects here. */
  get sights(): Sights | null {
    return this.zone?.sights ?? null;
  }

  /** "" for somebody who was never in view. */
  nameOf(id: bigint): string {
    return this.zone?.characters.nameOfId(id) ?? "";
  }

  /** Something has happened in a fight. */
  showCombat(line: CombatLine): void {
    const ownId = this.frame?.own.id ?? 0n;
    this.zone?.fights.line(line, ownId, performance.now());
  }

  /** Begins an emote of the own character. */
  emote(id: number): void {
    if (!this.session) return;
    if (this.session.core.beginAction(nowUs(), ActionKind.Emote, id) !== 0) {
      this.ownEmote = { id, since: performance.now() };
    }
  }

  /** The dead leave their body, spirits live again; the action's number, 0: not now. */
  rise(isSpirit: boolean): number {
    const kind = isSpirit ? ActionKind.Revive : ActionKind.Release;
    return this.session?.core.beginAction(nowUs(), kind, 0) ?? 0;
  }

  /** Uses an ability at the target; `begun` hears the action's number. */
  useAbility(ability: Ability, begun: (action: number) => void): void {
    const { target, frame } = this;
    if (target && frame && target.id !== frame.own.id && ability.aim !== "nothing") {
      this.heading = Math.atan2(target.at.x - frame.own.x, frame.own.z - target.at.z);
    }
    this.wanted = { ability, begun };
  }

  /** The next nearest enemy in view. */
  nextTarget(): void {
    const { session, zone, frame } = this;
    if (!session || !zone || !frame) return;
    const view = session.core.view(nowUs());
    const enemies: { id: bigint; away: number }[] = [];
    for (let i = 0; i < view.count; ++i) {
      const dead = (view.conditions[i]! & Condition.Dead) !== 0;
      if (view.kinds[i] === EntityKind.Projectile || dead || !this.isEnemy(view, i, frame.own)) continue;
      const away = Math.hypot(
        view.positions[3 * i]! - frame.own.x,
        view.positions[3 * i + 2]! - frame.own.z,
      );
      if (away < kTargetRangeM) enemies.push({ id: view.ids[i]!, away });
    }
    enemies.sort((a, b) => a.away - b.away);
    const at = enemies.findIndex((enemy) => enemy.id === this.targetId);
    this.targetId = enemies[(at + 1) % Math.max(enemies.length, 1)]?.id ?? 0n;
  }

  onKeyAction(handler: (action: Action) => void): void {
    this.controls.onAction = (action) => {
      if (action === "wave") this.emote(1);
      else handler(action);
    };
  }

  private leaveZone(): void {
    if (!this.zone) return;
    const { ground, models, sky, characters, fights, world } = this.zone;
    this.three.remove(ground.group, models.group, sky.group, characters.group, fights.group);
    ground.dispose();
    models.dispose();
    sky.dispose();
    characters.dispose();
    fights.dispose();
    world.destroy();
    this.zone = null;
  }

  private resize(): void {
    const quality = kQualities[this.settings.quality];
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio * quality.pixels, kPixelRatioMax));
    this.renderer.setSize(window.innerWidth, window.innerHeight, false);
    this.camera.aspect = window.innerWidth / window.innerHeight;
    this.camera.fov = this.camera.aspect < 1 ? 75 : 60;
    this.camera.far = Math.max(quality.range * 1.2, 1000);
    this.camera.updateProjectionMatrix();
  }

  private run(): void {
    const { session } = this;
    const now = performance.now();
    const dt = Math.min((now - this.lastRunMs) / 1000, 0.1);
    this.lastRunMs = now;
    if (!session) return;
    this.steer(session, dt);
    session.pump(() => this.beginWanted(session));
    this.runningMs += performance.now() - now;
  }

  private draw(ms: number): void {
    const dt = Math.min((ms - this.lastMs) / 1000, 0.1);
    this.lastMs = ms;
    if (dt > 0) this.fps += (1 / dt - this.fps) * 0.05;
    const { session, zone } = this;
    if (!session) return;
    this.run();
    const began = performance.now();
    if (this.session !== session || !zone || !session.groundReady) return; // it ended meanwhile
    // Frames are shown evenly, though not begun so.
    const now = BigInt(Math.round(ms * 1000));
    const own = session.core.own(now);
    if (own.id === 0n) return;
    const emote: [number, number] = [this.ownEmote.id, (ms - this.ownEmote.since) / 1000];
    const { range, details, fineGround } = kQualities[this.settings.quality];
    this.placeCamera(session, own, dt);
    this.camera.updateMatrixWorld();
    const statistics = session.core.statistics();
    session.core.setTarget(this.targetId);
    const view = session.core.view(now); // it holds until the core is called again
    this.ownCast = session.core.cast(now, own.id);
    this.ownEffects = session.core.effects(now, own.id);
    this.lookAtTarget(session, now, view, own);
    zone.characters.target = this.targetId;
    zone.characters.update(view, own, this.ownLook, emote, this.camera, range, dt);
    zone.characters.updateNames(view, own, this.camera, window.innerWidth, window.innerHeight);
    zone.fights.showDuel(this.duel);
    zone.fights.update(session.core, now, view, own, this.camera, dt);
    zone.ground.update(this.camera.position, fineGround, range);
    zone.models.update(this.camera.position, range, details, dt);
    const hours = statistics.newestTick / kTicksPerHour;
    const hour = (zone.content.scene.time_of_day_h + hours) % 24;
    zone.sky.update(this.camera.position, hour, range);
    const decodedMs = session.decodingMs - this.decodedMs;
    const workMs = performance.now() - began + this.runningMs + decodedMs;
    this.runningMs = 0;
    this.decodedMs = session.decodingMs;
    this.recorder?.add(ms, workMs, own, view, statistics, session.bytesIn, session.bytesOut);
    this.renderer.render(this.three, this.camera);
    this.frame = { nowMs: ms, own, visible: view.count, workMs, fps: this.fps };
  }

  private steer(session: Session, dt: number): void {
    const { forward, right } = this.controls.move();
    const { yaw } = this.controls;
    let east = forward * Math.sin(yaw) + right * Math.cos(yaw);
    let south = -forward * Math.cos(yaw) + right * Math.sin(yaw);
    if (forward !== 0 || right !== 0) this.goal = null;
    else if (this.goal && this.frame) [east, south] = this.towardsGoal(this.frame.own, dt);
    this.marker.visible = this.goal !== null;
    if (east !== 0 || south !== 0) {
      const wanted = Math.atan2(east, -south);
      const off = MathUtils.euclideanModulo(wanted - this.heading + Math.PI, 2 * Math.PI) - Math.PI;
      this.heading += off * Math.min(dt * kTurnPerSecond, 1);
    }
    const buttons = this.controls.buttons(performance.now());
    session.core.setControls(east, south, this.heading, buttons);
  }

  private towardsGoal(own: Own, dt: number): [number, number] {
    const goal = this.goal!;
    const [x, z] = [goal.x - own.x, goal.z - own.z];
    const away = Math.hypot(x, z);
    if (away < goal.nearest - 0.05) {
      goal.nearest = away;
      goal.since = 0;
    }
    goal.since += dt;
    if (away < kGoalReachedM || goal.since > kGoalPatienceS) {
      this.goal = null;
      return [0, 0];
    }
    return [x / away, z / away];
  }

  private beginWanted(session: Session): void {
    if (!this.wanted) return;
    const { ability, begun } = this.wanted;
    this.wanted = null;
    begun(session.core.useAbility(nowUs(), ability.id, this.aimOf(ability)));
  }

  private aimOf(ability: Ability): Aim {
    const { target, frame } = this;
    const aim: Aim = { target: 0n, point: null, pitch: 0 };
    const ownId = frame?.own.id ?? 0n;
    if (ability.aim === "friend") aim.target = target && !target.enemy ? target.id : ownId;
    if (ability.aim === "enemy") aim.target = target?.id ?? 0n;
    if (ability.aim === "place" && target) aim.point = [target.at.x, target.at.y, target.at.z];
    if (ability.aim === "way" && target && frame) {
      const away = Math.hypot(target.at.x - frame.own.x, target.at.z - frame.own.z);
      aim.pitch = Math.atan2(target.at.y - frame.own.y, Math.max(away, 0.1));
    }
    return aim;
  }

  private isEnemy(view: View, i: number, own: Own): boolean {
    const isPlayer = (view.conditions[i]! & Condition.Side) === Side.Players;
    return !isPlayer || fightsUs(view.ids[i]!, view.marks[i]!, own.marks, this.duel);
  }

  private lookAtTarget(session: Session, now: bigint, view: View, own: Own): void {
    const i = this.targetId === 0n ? -1 : view.ids.indexOf(this.targetId);
    if (i < 0) {
      this.target = null;
      return;
    }
    this.target = {
      id: this.targetId,
      name: this.zone!.characters.nameOf(view, i),
      level: view.levels[i]!,
      health: view.healths[i]! / 255,
      dead: (view.conditions[i]! & Condition.Dead) !== 0,
      enemy: this.isEnemy(view, i, own),
      player: view.kinds[i] === EntityKind.Player,
      flagged: (view.marks[i]! & Mark.Flagged) !== 0,
      at: new Vector3().fromArray(view.positions, 3 * i),
      cast: session.core.cast(now, this.targetId),
      effects: session.core.effects(now, this.targetId),
    };
  }

  /** A character is aimed at, the ground walked to. */
  private click(x: number, y: number): void {
    const { session, zone } = this;
    if (!session || !zone) return;
    const view = session.core.view(nowUs());
    const id = zone.characters.pick(view, x, y, this.camera, window.innerWidth, window.innerHeight);
    if (id !== 0n) this.targetId = id;
    else this.walkTo(x, y);
  }

  private walkTo(x: number, y: number): void {
    if (!this.session || !this.zone) return;
    const way = new Vector3(
      (x / window.innerWidth) * 2 - 1,
      1 - (y / window.innerHeight) * 2,
      0.5,
    ).unproject(this.camera);
    way.sub(this.camera.position).normalize();
    const from = this.camera.position.toArray();
    const free = this.session.core.castRay(from, way.toArray(), 150);
    if (free === null) return;
    const at = this.camera.position.clone().addScaledVector(way, free);
    this.goal = { x: at.x, z: at.z, nearest: Infinity, since: 0 };
    this.marker.position.set(at.x, at.y + 0.06, at.z);
  }

  /** Behind the character, nearer when a wall is between. */
  private placeCamera(session: Session, own: Own, dt: number): void {
    const { yaw, pitch, distance } = this.controls;
    const eye = new Vector3(own.x, own.y + kEyeHeightM, own.z);
    const back = new Vector3(
      -Math.sin(yaw) * Math.cos(pitch),
      Math.sin(pitch),
      Math.cos(yaw) * Math.cos(pitch),
    );
    const free = session.core.castRay(eye.toArray(), back.toArray(), distance + 0.4);
    const wanted = Math.max(free === null ? distance : free - 0.4, 0.6);
    // In at once, so that no wall is seen from behind; out slowly.
    if (wanted < this.cameraDistance) this.cameraDistance = wanted;
    else this.cameraDistance += (wanted - this.cameraDistance) * Math.min(dt * 4, 1);
    this.camera.position.copy(eye).addScaledVector(back, this.cameraDistance);
    this.camera.lookAt(eye);
  }
}
