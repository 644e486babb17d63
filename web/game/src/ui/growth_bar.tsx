// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How far the own character is on the way to the next level: along the lower edge, under all else.
import type { App } from "../app";
import { growthTitle, shareOf } from "../fight/growth";
import { useStore } from "../store";

export function GrowthBar({ app }: { app: App }) {
  const { progress } = useStore(app.state);
  if (!progress) return null;
  const share = shareOf(progress);
  const title = growthTitle(progress);
  return (
    <span
      class="growth"
      role="meter"
      aria-label={title}
      aria-valuenow={Math.round(share * 100)}
      title={title}
      ref={(bar) => bar?.style.setProperty("--share", share.toFixed(4))}
    />
  );
}
