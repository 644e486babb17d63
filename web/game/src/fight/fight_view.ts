// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Fights in the world: bolts, flashes, the ground that a cast will strike, numbers over heads.
import { Group, Vector3, type PerspectiveCamera } from "three";
import {
  CombatFlag,
  CombatKind,
  Condition,
  EntityKind,
  Side,
  type ClientCore,
  type CombatLine,
  type Own,
  type View,
} from "../core/client_core";
import { DuelCircle } from "./circle";
import type { Duel } from "./duels";
import { floatOf, Floats } from "./floats";
import type { Sights } from "./rules";
import { Sparks } from "./sparks";
import { Telegraphs, type Caster, type GroundAt } from "./telegraphs";

const kHeadM = 2.3;
const kChestM = 1.2;
/** What heals has this colour, whatever it is. */
const kHealColour = "#58d078";
const kBlowColour = "#ffd9a0";

interface Struck {
  id: bigint;
  colour: string;
  big: boolean;
}

export class FightView {
  readonly group = new Group();
  private readonly floats: Floats;
  private readonly sparks = new Sparks();
  private readonly telegraphs: Telegraphs;
  private readonly circle: DuelCircle;
  private readonly point = new Vector3();
  private struck: Struck[] = [];

  constructor(
    layer: HTMLElement,
    private readonly sights: Sights,
    groundAt: GroundAt,
  ) {
    this.floats = new Floats(layer);
    this.telegraphs = new Telegraphs(groundAt);
    this.circle = new DuelCircle(groundAt);
    this.group.add(this.sparks.mesh, this.telegraphs.group, this.circle.line);
  }

  showDuel(duel: Duel | null): void {
    this.circle.show(duel?.circle ?? null);
  }

  line(line: CombatLine, ownId: bigint, nowMs: number): void {
    const shown = floatOf(line, ownId);
    if (shown && line.target !== 0n) this.floats.add(line.target, shown, nowMs);
    if (line.kind !== CombatKind.Damage && line.kind !== CombatKind.Heal) return;
    const given = this.sights.ability(line.ability)?.colour ?? this.sights.effect(line.effect)?.colour;
    this.struck.push({
      id: line.target,
      colour: line.kind === CombatKind.Heal ? kHealColour : (given ?? kBlowColour),
      big: (line.flags & CombatFlag.Critical) !== 0,
    });
  }

  update(core: ClientCore, now: bigint, view: View, own: Own, camera: PerspectiveCamera, dt: number): void {
    for (let i = 0; i < view.count; ++i) {
      if (view.kinds[i] !== EntityKind.Projectile || view.definitions[i] === 0) continue;
      const [x, y, z] = view.positions.subarray(3 * i, 3 * i + 3);
      const colour = this.sights.ability(view.definitions[i]!)?.colour ?? kBlowColour;
      this.sparks.fly(view.ids[i]!, x!, y!, z!, colour);
    }
    for (const { id, colour, big } of this.struck.splice(0)) {
      if (this.find(view, own, id)) this.sparks.flash(this.point.x, this.point.y + kChestM, this.point.z, colour, big);
    }
    this.sparks.update(dt);
    const [width, height] = [window.innerWidth, window.innerHeight];
    this.floats.update(Number(now) / 1000, (id) => {
      if (!this.find(view, own, id)) return null;
      this.point.setY(this.point.y + kHeadM).project(camera);
      if (this.point.z > 1) return null;
      return { x: ((this.point.x + 1) / 2) * width, y: ((1 - this.point.y) / 2) * height };
    });
    this.telegraphs.update(this.enemyCasts(core, now, view), (id) => this.sights.ability(id));
  }

  dispose(): void {
    this.floats.dispose();
    this.sparks.dispose();
    this.telegraphs.dispose();
    this.circle.dispose();
  }

  private enemyCasts(core: ClientCore, now: bigint, view: View): Caster[] {
    const casters: Caster[] = [];
    for (let i = 0; i < view.count; ++i) {
      if (view.casts[i] === 0 || (view.conditions[i]! & Condition.Side) === Side.Players) continue;
      const cast = core.cast(now, view.ids[i]!);
      if (cast) casters.push({ id: view.ids[i]!, x: view.positions[3 * i]!, z: view.positions[3 * i + 2]!, cast });
    }
    return casters;
  }

  /** Sets `point` to the feet of somebody; false when he is not in view. */
  private find(view: View, own: Own, id: bigint): boolean {
    if (id === own.id) {
      this.point.set(own.x, own.y, own.z);
      return true;
    }
    const i = view.ids.indexOf(id);
    if (i >= 0) this.point.fromArray(view.positions, 3 * i);
    return i >= 0;
  }
}
