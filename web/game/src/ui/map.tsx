// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The map: the zone from above, drawn once, and who is where, drawn ten times a second.
import { useEffect, useRef } from "preact/hooks";
import type { App } from "../app";
import { EntityKind, type Terrain } from "../core/client_core";
import { text } from "../text/text";
import type { Scene } from "../zone/scene";

const kPixels = 1024;
const kRedrawMs = 100;
const kMinimapMetres = 160;

let drawn: { scene: Scene; picture: HTMLCanvasElement } | null = null;

/** The side of the square, from the zone's low corner, that holds all of it. */
function sideOf({ low, high }: Scene): number {
  return Math.max(high[0] - low[0], high[1] - low[1]);
}

/** Land, water, roads and the outlines of areas; kPixels wide for the whole zone. */
function pictureOf(scene: Scene, terrain: Terrain): HTMLCanvasElement {
  if (drawn?.scene === scene) return drawn.picture;
  const picture = document.createElement("canvas");
  picture.width = picture.height = kPixels;
  const context = picture.getContext("2d")!;
  const scale = kPixels / sideOf(scene);
  if (scene.terrain) paintLand(context, scene, terrain);
  context.translate(-scene.low[0] * scale, -scene.low[1] * scale);
  context.scale(scale, scale);
  context.strokeStyle = "#d9c79a";
  context.lineCap = context.lineJoin = "round";
  for (const road of scene.roads) {
    context.lineWidth = Math.max(road.width_m, 6);
    context.beginPath();
    road.points.forEach(([x, z], i) => (i === 0 ? context.moveTo(x, z) : context.lineTo(x, z)));
    context.stroke();
  }
  for (const area of scene.areas) {
    context.save();
    context.translate(...area.centre);
    context.rotate(area.turn);
    context.fillStyle = area.indoor ? "#8a5a3c" : "rgba(255, 255, 255, 0.06)";
    const [width, length] = area.half_size;
    context.fillRect(-width, -length, 2 * width, 2 * length);
    context.restore();
  }
  drawn = { scene, picture };
  return picture;
}

function paintLand(context: CanvasRenderingContext2D, scene: Scene, terrain: Terrain): void {
  const image = context.createImageData(kPixels, kPixels);
  const metres = sideOf(scene) / kPixels;
  const height = (x: number, z: number): number => {
    const column = Math.min(Math.max(Math.round((x - terrain.originX) / terrain.spacing), 0), terrain.columns - 1);
    const row = Math.min(Math.max(Math.round((z - terrain.originZ) / terrain.spacing), 0), terrain.rows - 1);
    const share = terrain.samples[row * terrain.columns + column]! / 65535;
    return terrain.low + (terrain.high - terrain.low) * share;
  };
  const water = scene.water_level_m ?? -Infinity;
  for (let j = 0, at = 0; j < kPixels; ++j) {
    for (let i = 0; i < kPixels; ++i, at += 4) {
      const [x, z] = [scene.low[0] + i * metres, scene.low[1] + j * metres];
      const y = height(x, z);
      const slope = (height(x + 8, z + 8) - height(x - 8, z - 8)) / 16;
      const light = Math.min(Math.max(1 - slope * 0.9, 0.55), 1.4);
      const colour = y < water ? [58, 112, 146] : y > 120 ? [132, 126, 112] : [96, 128, 66];
      for (let c = 0; c < 3; ++c) image.data[at + c] = colour[c]! * (y < water ? 1 : light);
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, size: number, colour: string) {
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = "#10181c";
  context.stroke();
}

function arrow(context: CanvasRenderingContext2D, x: number, y: number, heading: number): void {
  context.save();
  context.translate(x, y);
  context.rotate(heading);
  context.beginPath();
  context.moveTo(0, -8);
  context.lineTo(5, 6);
  context.lineTo(0, 3);
  context.lineTo(-5, 6);
  context.closePath();
  context.fillStyle = "#ffd75e";
  context.fill();
  context.strokeStyle = "#10181c";
  context.stroke();
  context.restore();
}

/** Draws a square of the map of so many metres round a place. */
function paint(canvas: HTMLCanvasElement, app: App, metres: number, x: number, z: number): void {
  const { game } = app;
  if (!game?.scene || !game.terrain || !game.frame) return;
  const { scene, frame } = game;
  const context = canvas.getContext("2d")!;
  const picture = pictureOf(scene, game.terrain);
  const zoom = canvas.width / metres;
  const source = kPixels / sideOf(scene);
  context.fillStyle = "#16242b";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = true;
  context.drawImage(
    picture,
    (x - metres / 2 - scene.low[0]) * source,
    (z - metres / 2 - scene.low[1]) * source,
    metres * source,
    metres * source,
    0,
    0,
    canvas.width,
    canvas.height,
  );
  const to = (px: number, pz: number): [number, number] => [
    canvas.width / 2 + (px - x) * zoom,
    canvas.height / 2 + (pz - z) * zoom,
  ];
  for (const blip of game.blips) {
    if (blip.kind === EntityKind.Projectile) continue;
    const creature = blip.kind === EntityKind.Creature;
    dot(context, ...to(blip.x, blip.z), creature ? 2.5 : 3, creature ? "#f08a4b" : "#f2f6f8");
  }
  arrow(context, ...to(frame.own.x, frame.own.z), frame.own.heading);
}

function usePainted(paintNow: (canvas: HTMLCanvasElement) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = useRef(paintNow);
  newest.current = paintNow;
  useEffect(() => {
    const timer = setInterval(() => canvas.current && newest.current(canvas.current), kRedrawMs);
    return () => clearInterval(timer);
  }, []);
  return canvas;
}

export function Minimap({ app }: { app: App }) {
  const canvas = usePainted((target) => {
    const own = app.game?.frame?.own;
    if (own) paint(target, app, kMinimapMetres, own.x, own.z);
  });
  return <canvas class="minimap" ref={canvas} width={180} height={180} aria-hidden="true" />;
}

export function MapOverlay({ app }: { app: App }) {
  const canvas = usePainted((target) => {
    const scene = app.game?.scene;
    if (!scene) return;
    const metres = sideOf(scene);
    paint(target, app, metres, scene.low[0] + metres / 2, scene.low[1] + metres / 2);
  });
  return (
    <section class="overlay map" role="dialog" aria-label={text("hud.map")}>
      <h2>{app.game?.scene?.title}</h2>
      <canvas ref={canvas} width={1024} height={1024} />
      <button autofocus onClick={() => app.state.merge({ map: false })}>
        {text("common.close")}
      </button>
    </section>
  );
}
