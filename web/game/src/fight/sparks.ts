// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What glows in a fight: bolts with their trails, the bursts where they end, flashes on who is struck.
// All of it is small spheres in one draw call; they fade by growing smaller.
import {
  Color,
  DynamicDrawUsage,
  InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
  SphereGeometry,
} from "three";

const kSparksMax = 600;
const kTrailPlaces = 10;
/** The glowing ball of a bolt, and all others in shares of it. */
const kBallM = 0.2;
const kSparkS = 0.4;
const kBurstSparks = 14;
const kFlashSparks = 8;
const kSparkSpeed = 3.2; // m/s

interface Flight {
  colour: string;
  places: number[]; // three each, the newest last
  seen: number;
}

interface Spark {
  x: number;
  y: number;
  z: number;
  vx: number;
  vy: number;
  vz: number;
  age: number;
  size: number; // m, at first
  colour: Color;
}

/** Ways out of a point, evenly round it: a spiral of golden angles over a sphere. */
function wayOut(i: number, count: number): [number, number, number] {
  const up = 1 - (2 * (i + 0.5)) / count;
  const round = Math.sqrt(1 - up * up);
  const angle = i * 2.39996;
  return [Math.cos(angle) * round, up, Math.sin(angle) * round];
}

export class Sparks {
  readonly mesh = new InstancedMesh(
    new SphereGeometry(1, 8, 6),
    new MeshBasicMaterial({ transparent: true, opacity: 0.9, depthWrite: false }),
    kSparksMax,
  );
  private readonly flights = new Map<bigint, Flight>();
  private sparks: Spark[] = [];
  private readonly colours = new Map<string, Color>();
  private readonly matrix = new Matrix4();
  private frame = 0;
  private drawn = 0;

  constructor() {
    this.mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    this.mesh.frustumCulled = false;
    this.mesh.count = 0;
  }

  get flying(): number {
    return this.flights.size;
  }
  get glowing(): number {
    return this.sparks.length;
  }

  /** A bolt is here in this frame. */
  fly(id: bigint, x: number, y: number, z: number, colour: string): void {
    let flight = this.flights.get(id);
    if (!flight) {
      flight = { colour, places: [], seen: 0 };
      this.flights.set(id, flight);
    }
    flight.seen = this.frame + 1;
    flight.places.push(x, y, z);
    if (flight.places.length > 3 * kTrailPlaces) flight.places.splice(0, 3);
  }

  /** Somebody is struck here. */
  flash(x: number, y: number, z: number, colour: string, big: boolean): void {
    this.burst(x, y, z, colour, big ? kBurstSparks : kFlashSparks, big ? 0.16 : 0.1);
  }

  /** Once a frame, after all that flies. */
  update(dt: number): void {
    ++this.frame;
    this.drawn = 0;
    for (const [id, flight] of this.flights) {
      if (flight.seen === this.frame) {
        this.drawFlight(flight);
      } else {
        const [x, y, z] = flight.places.slice(-3) as [number, number, number];
        this.burst(x, y, z, flight.colour, kBurstSparks, 0.12);
        this.flights.delete(id);
      }
    }
    this.sparks = this.sparks.filter((spark) => (spark.age += dt) < kSparkS);
    for (const spark of this.sparks) {
      spark.x += spark.vx * dt;
      spark.y += spark.vy * dt;
      spark.z += spark.vz * dt;
      this.put(spark.x, spark.y, spark.z, spark.size * (1 - spark.age / kSparkS), spark.colour);
    }
    this.mesh.count = this.drawn;
    this.mesh.instanceMatrix.needsUpdate = true;
    if (this.mesh.instanceColor) this.mesh.instanceColor.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.mesh.dispose();
  }

  private drawFlight(flight: Flight): void {
    const { places } = flight;
    const colour = this.colourOf(flight.colour);
    for (let i = 0; i < places.length; i += 3) {
      const share = (i + 3) / places.length;
      this.put(places[i]!, places[i + 1]!, places[i + 2]!, kBallM * (0.2 + 0.8 * share * share), colour);
    }
  }

  private burst(x: number, y: number, z: number, colour: string, count: number, size: number): void {
    const tint = this.colourOf(colour);
    for (let i = 0; i < count && this.sparks.length < kSparksMax / 2; ++i) {
      const [vx, vy, vz] = wayOut(i, count).map((way) => way * kSparkSpeed) as [number, number, number];
      this.sparks.push({ x, y, z, vx, vy, vz, age: 0, size, colour: tint });
    }
  }

  private put(x: number, y: number, z: number, size: number, colour: Color): void {
    if (this.drawn === kSparksMax) return;
    this.mesh.setMatrixAt(this.drawn, this.matrix.makeScale(size, size, size).setPosition(x, y, z));
    this.mesh.setColorAt(this.drawn++, colour);
  }

  private colourOf(colour: string): Color {
    let known = this.colours.get(colour);
    if (!known) this.colours.set(colour, (known = new Color(colour)));
    return known;
  }
}
