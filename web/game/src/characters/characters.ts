// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// From the core's view to figures and names on the screen.
import { Frustum, Group, Matrix4, Sphere, Vector3, type PerspectiveCamera } from "three";
import { Condition, EntityKind, kNameBytes, Mark, type Own, type View } from "../core/client_core";
import { shownText } from "../text/shown_text";
import type { Daylight } from "../zone/painted";
import { creatureLook, lookOf } from "./creature_looks";
import { Figures } from "./figures";

/** What is remembered of an entity between frames, by its place in the core. */
interface Known {
  id: bigint;
  name: string;
  phase: number;
  rollAge: number; // s since its last roll began
  dodged: boolean;
}

/** Beyond it a figure has few boxes, in shares of how far one sees. */
const kFarShare = 0.15;
/** Of a figure, whatever it does. */
const kRadiusM = 1.4;
const kNamesMax = 24;
const kNameRangeM = 35;
const kNamesKept = 4096;
const kNameHeightM = 2.15;
/** A step of 1.5 m a half turn. */
const kPhasePerMetre = Math.PI / 1.5;
const kSwingMax = 0.85;
const kRollS = 0.4;
/** What figures show as they do emotes; beyond the emotes of chat.ts. */
const kRolls = 9;
const kBlocks = 10;

const kUtf8 = new TextDecoder();

export function shownName(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return shownText(kUtf8.decode(bytes.slice(0, end < 0 ? bytes.length : end)));
}

/** A name over a head, and how well its owner is. */
class Label {
  private readonly root = document.createElement("div");
  private readonly name = document.createElement("bdi");
  private readonly bar = document.createElement("i");
  private shownHealth = -1;

  constructor(layer: HTMLElement) {
    this.root.className = "name";
    this.root.hidden = true;
    this.bar.hidden = true;
    this.root.append(this.name, this.bar);
    layer.append(this.root);
  }

  hide(hidden: boolean): void {
    if (this.root.hidden !== hidden) this.root.hidden = hidden;
  }

  /** `health` from 0 to 1; null: not shown. */
  show(name: string, creature: boolean, flagged: boolean, target: boolean, health: number | null): void {
    if (this.name.textContent !== name) this.name.textContent = name;
    const { classList } = this.root;
    if (classList.contains("creature") !== creature) classList.toggle("creature");
    if (classList.contains("flagged") !== flagged) classList.toggle("flagged");
    if (classList.contains("target") !== target) classList.toggle("target");
    if (this.bar.hidden !== (health === null)) this.bar.hidden = health === null;
    if (health === null || health === this.shownHealth) return;
    this.shownHealth = health;
    this.bar.style.setProperty("--share", health.toFixed(3));
  }

  move(x: number, y: number): void {
    this.root.style.transform = `translate(-50%, -100%) translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }

  remove(): void {
    this.root.remove();
  }
}

export interface Blip {
  x: number;
  z: number;
  kind: number;
}

export class CharactersView {
  readonly group = new Group();
  /** For the map: who was drawn in the last frame. */
  readonly blips: Blip[] = [];
  private readonly people: Figures;
  private readonly farPeople: Figures;
  private readonly beasts: Figures;
  private readonly stones: Figures;
  private readonly frustum = new Frustum();
  private readonly body = new Sphere(new Vector3(), kRadiusM);
  private readonly known: (Known | undefined)[] = [];
  private readonly labels: Label[] = [];
  private readonly near: { at: number; away: number }[] = [];
  private readonly point = new Vector3();
  private ownPhase = 0;
  private ownRollAge = kRollS;
  private ownRolled = false;
  /** Names of all who were in view lately, also of those who are not any more. */
  private readonly names = new Map<bigint, string>();
  /** Whose name is marked. */
  target = 0n;

  constructor(layer: HTMLElement, daylight: Daylight) {
    this.people = new Figures("person", daylight);
    this.farPeople = new Figures("far_person", daylight);
    this.beasts = new Figures("beast", daylight);
    this.stones = new Figures("stone", daylight);
    for (const figures of this.kinds()) this.group.add(figures.mesh);
    for (let i = 0; i < kNamesMax; ++i) {
      this.labels.push(new Label(layer));
    }
  }

  /** Who is within `range` metres of the camera and before it is drawn; all others walk on unseen. */
  update(
    view: View,
    own: Own,
    ownLook: number,
    ownEmote: [number, number],
    camera: PerspectiveCamera,
    range: number,
    dt: number,
  ): void {
    for (const figures of this.kinds()) figures.begin();
    this.blips.length = 0;
    const { projectionMatrix, matrixWorldInverse } = camera;
    this.frustum.setFromProjectionMatrix(
      new Matrix4().multiplyMatrices(projectionMatrix, matrixWorldInverse),
    );
    for (let i = 0; i < view.count; ++i) this.draw(view, i, camera.position, range, dt);
    const speed = Math.hypot(own.vx, own.vz);
    this.ownPhase += speed * dt * kPhasePerMetre;
    this.ownRollAge = own.rolls && !this.ownRolled ? 0 : this.ownRollAge + dt;
    this.ownRolled = own.rolls;
    const [emote, age] = shown(this.ownRollAge, own.condition, ownEmote[0], ownEmote[1]);
    this.people.add(
      own.x, own.y, own.z, own.heading,
      this.ownPhase, swing(speed, own.grounded), emote, age, ownLook, 1,
    );
    for (const figures of this.kinds()) figures.end();
  }

  /** Puts names over the nearest heads. */
  updateNames(view: View, own: Own, camera: PerspectiveCamera, width: number, height: number): void {
    this.near.length = 0;
    for (let i = 0; i < view.count; ++i) {
      if (view.kinds[i] === EntityKind.Projectile) continue;
      const away = Math.hypot(view.positions[3 * i]! - own.x, view.positions[3 * i + 2]! - own.z);
      if (away < kNameRangeM) this.near.push({ at: i, away });
    }
    this.near.sort((a, b) => a.away - b.away);
    for (let n = 0; n < kNamesMax; ++n) {
      const label = this.labels[n]!;
      const entry = this.near[n];
      const known = entry && this.known[view.places[entry.at]!];
      if (!entry || !known || known.name === "") {
        label.hide(true);
        continue;
      }
      const i = entry.at;
      this.point
        .set(view.positions[3 * i]!, view.positions[3 * i + 1]! + kNameHeightM, view.positions[3 * i + 2]!)
        .project(camera);
      const hidden = this.point.z > 1 || Math.abs(this.point.x) > 1.1 || Math.abs(this.point.y) > 1.1;
      label.hide(hidden);
      if (hidden) continue;
      const creature = view.kinds[i] === EntityKind.Creature;
      const hurt = view.healths[i]! < 255 || view.ids[i] === this.target;
      const flagged = (view.marks[i]! & Mark.Flagged) !== 0;
      const health = hurt ? view.healths[i]! / 255 : null;
      label.show(known.name, creature, flagged, view.ids[i] === this.target, health);
      label.move(((this.point.x + 1) / 2) * width, ((1 - this.point.y) / 2) * height);
    }
  }

  /** Who is drawn at this place of the page; 0n: nobody. */
  pick(view: View, x: number, y: number, camera: PerspectiveCamera, width: number, height: number): bigint {
    let best = 0n;
    let nearest = Infinity;
    for (let i = 0; i < view.count; ++i) {
      if (view.kinds[i] === EntityKind.Projectile) continue;
      this.point.set(view.positions[3 * i]!, view.positions[3 * i + 1]! + 1, view.positions[3 * i + 2]!);
      const away = this.point.distanceTo(camera.position);
      this.point.project(camera);
      if (this.point.z > 1 || away > nearest) continue;
      const off = Math.hypot(
        ((this.point.x + 1) / 2) * width - x,
        ((1 - this.point.y) / 2) * height - y,
      );
      // A body is 1.8 m high; what is far is still some pixels wide.
      const reach = Math.max((0.9 / away) * (height / 2) / Math.tan((camera.fov * Math.PI) / 360), 8);
      if (off > reach) continue;
      best = view.ids[i]!;
      nearest = away;
    }
    return best;
  }

  nameOf(view: View, i: number): string {
    return this.known[view.places[i]!]?.name ?? "";
  }

  /** "" for somebody who was never in view, or long ago. */
  nameOfId(id: bigint): string {
    return this.names.get(id) ?? "";
  }

  dispose(): void {
    for (const label of this.labels) label.remove();
    for (const figures of this.kinds()) figures.dispose();
  }

  private kinds(): Figures[] {
    return [this.people, this.farPeople, this.beasts, this.stones];
  }

  private draw(view: View, i: number, eye: Vector3, range: number, dt: number): void {
    const place = view.places[i]!;
    const id = view.ids[i]!;
    let known = this.known[place];
    if (!known || known.id !== id) {
      const at = i * kNameBytes;
      const name = shownName(view.names.subarray(at, at + kNameBytes));
      known = { id, name, phase: place, rollAge: kRollS, dodged: false };
      this.known[place] = known;
      if (this.names.size >= kNamesKept) this.names.clear();
      this.names.set(id, known.name);
    }
    const condition = view.conditions[i]!;
    const dodges = (condition & Condition.Dodges) !== 0;
    known.rollAge = dodges && !known.dodged ? 0 : known.rollAge + dt;
    known.dodged = dodges;
    const vx = view.velocities[3 * i]!;
    const vz = view.velocities[3 * i + 2]!;
    const speed = Math.hypot(vx, vz);
    known.phase += speed * dt * kPhasePerMetre;
    const kind = view.kinds[i]!;
    const [x, y, z] = [view.positions[3 * i]!, view.positions[3 * i + 1]!, view.positions[3 * i + 2]!];
    this.blips.push({ x, z, kind });
    if (kind === EntityKind.Projectile && view.definitions[i] !== 0) return; // fight/sparks.ts
    this.body.center.set(x, y + 1, z);
    const away = this.body.center.distanceTo(eye);
    if (away > range || !this.frustum.intersectsSphere(this.body)) return;
    const people = away > kFarShare * range ? this.farPeople : this.people;
    let figures = kind === EntityKind.Projectile ? this.stones : people;
    let size = 1;
    let look = view.looks[i]!;
    if (kind === EntityKind.Creature) {
      const creature = creatureLook(look);
      figures = creature.figure === "beast" ? this.beasts : people;
      size = creature.size;
      look = creature.look ?? lookOf(id);
    }
    const [emote, age] = shown(known.rollAge, condition, view.emotes[i]!, view.emoteAges[i]!);
    figures.add(
      x, y, z, view.headings[i]!,
      known.phase, swing(speed, true), emote, age, look, size,
    );
  }
}

/** What a figure does with its whole body, and since when. */
function shown(rollAge: number, condition: number, emote: number, age: number): [number, number] {
  if (rollAge < kRollS) return [kRolls, rollAge];
  return (condition & Condition.Blocks) !== 0 ? [kBlocks, 0] : [emote, age];
}

function swing(speed: number, grounded: boolean): number {
  return grounded ? Math.min(speed / 5.5, 1) * kSwingMax : 0.4;
}
