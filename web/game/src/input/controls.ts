// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Keys, mouse and fingers become where the player wants to go and look.
//
//   keys    move relative to the camera; a click on the ground walks there
//   mouse   dragging turns the camera, the wheel brings it nearer
//   touch   the left half is a stick, dragging on the right half turns, a tap walks there
import { Button } from "../core/client_core";
import type { Settings, Action } from "./settings";

const kTurnPerPixel = 0.005;
const kStickPixels = 60;
/** Two frames at 60 a second and some. */
const kPressMs = 50;
/** Farther than this a press was a drag and no click. */
const kClickPixels = 8;

interface Press {
  kind: "look" | "stick";
  startX: number;
  startY: number;
  x: number;
  y: number;
  moved: boolean;
}

export class Controls {
  /** Of the camera: where it looks, clockwise from north; and up. */
  yaw = 0;
  pitch = 0.32;
  distance = 7;
  /** Button... that are held down on the screen. */
  touched = 0;
  onClick: (x: number, y: number) => void = () => {};
  onAction: (action: Action) => void = () => {};

  private dodgeUntilMs = 0;
  private readonly held = new Set<string>();
  private readonly presses = new Map<number, Press>();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private settings: Settings,
  ) {
    window.addEventListener("keydown", (event) => this.onKey(event));
    window.addEventListener("keyup", (event) => this.held.delete(event.code));
    window.addEventListener("blur", () => this.release());
    canvas.addEventListener("pointerdown", (event) => this.onDown(event));
    canvas.addEventListener("pointermove", (event) => this.onMove(event));
    canvas.addEventListener("pointerup", (event) => this.onUp(event));
    canvas.addEventListener("pointercancel", (event) => this.presses.delete(event.pointerId));
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.distance = Math.min(Math.max(this.distance * (1 + event.deltaY * 0.001), 2.5), 18);
      },
      { passive: false },
    );
  }

  use(settings: Settings): void {
    this.settings = settings;
  }

  release(): void {
    this.held.clear();
    this.presses.clear();
    this.touched = 0;
    this.dodgeUntilMs = 0;
  }

  /** Forward and right, each -1 to 1, at most 1 together. */
  move(): { forward: number; right: number } {
    let forward = this.is("forward") - this.is("back");
    let right = this.is("right") - this.is("left");
    for (const press of this.presses.values()) {
      if (press.kind !== "stick") continue;
      forward -= (press.y - press.startY) / kStickPixels;
      right += (press.x - press.startX) / kStickPixels;
    }
    const length = Math.hypot(forward, right);
    return length > 1 ? { forward: forward / length, right: right / length } : { forward, right };
  }

  /** Button... that are held down. A press of dodge lasts at least until a frame has seen it. */
  buttons(nowMs: number): number {
    return (
      this.touched |
      (this.is("jump") * Button.Jump) |
      (this.is("walk") * Button.Walk) |
      (this.is("block") * Button.Block) |
      (this.is("dodge") > 0 || nowMs < this.dodgeUntilMs ? Button.Dodge : 0)
    );
  }

  private is(action: Action): number {
    return this.held.has(this.settings.keys[action]) ? 1 : 0;
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (target.closest("input, select, textarea, [role=dialog]")) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = (Object.keys(this.settings.keys) as Action[]).find(
      (candidate) => this.settings.keys[candidate] === event.code,
    );
    if (!action) return;
    // A focused button takes space and enter itself.
    if (target.closest("button, a") && (event.code === "Space" || event.code === "Enter")) return;
    event.preventDefault();
    if (!event.repeat) this.onAction(action);
    if (!event.repeat && action === "dodge") this.dodgeUntilMs = performance.now() + kPressMs;
    this.held.add(event.code);
  }

  private onDown(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.focus();
    const stick = event.pointerType === "touch" && event.clientX < window.innerWidth / 2;
    this.presses.set(event.pointerId, {
      kind: stick ? "stick" : "look",
      startX: event.clientX,
      startY: event.clientY,
      x: event.clientX,
      y: event.clientY,
      moved: false,
    });
  }

  private onMove(event: PointerEvent): void {
    const press = this.presses.get(event.pointerId);
    if (!press) return;
    if (press.kind === "look") {
      this.yaw += (event.clientX - press.x) * kTurnPerPixel;
      this.pitch = Math.min(
        Math.max(this.pitch + (event.clientY - press.y) * kTurnPerPixel, -0.35),
        1.3,
      );
    }
    press.x = event.clientX;
    press.y = event.clientY;
    press.moved ||= Math.hypot(press.x - press.startX, press.y - press.startY) > kClickPixels;
  }

  private onUp(event: PointerEvent): void {
    const press = this.presses.get(event.pointerId);
    this.presses.delete(event.pointerId);
    if (press && !press.moved) this.onClick(event.clientX, event.clientY);
  }
}
