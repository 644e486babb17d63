// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A value that the page shows: who changes it says so, who shows it is drawn again.
import { useLayoutEffect, useState } from "preact/hooks";

export class Store<T> {
  private readonly listeners = new Set<() => void>();
  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }
  set value(next: T) {
    this.current = next;
    for (const listener of this.listeners) listener();
  }
  /** Changes some fields. */
  merge(fields: Partial<T>): void {
    this.value = { ...this.current, ...fields };
  }
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export function useStore<T>(store: Store<T>): T {
  const [, redraw] = useState(0);
  useLayoutEffect(() => store.listen(() => redraw((n) => n + 1)), [store]);
  return store.value;
}
