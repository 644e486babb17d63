// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
import { render } from "preact";
import { App } from "./app";
import { Page } from "./ui/page";

const canvas = document.querySelector<HTMLCanvasElement>("#world")!;
const root = document.querySelector<HTMLElement>("#ui")!;
const labels = document.createElement("div");
labels.id = "labels";
labels.ariaHidden = "true";
canvas.after(labels);
render(<Page app={new App(canvas, labels)} />, root);
