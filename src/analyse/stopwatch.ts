import type { RunOptions, WorkSpan } from "../model/options.ts";

/** Measures the stages of a run. */
export interface Stopwatch {
  <T>(name: string, work: () => T | Promise<T>): Promise<T>;
  /** Part of a stage that counts as another one. */
  within<T>(name: string, work: () => T): T;
  /** What another one measured. */
  take(laps: Readonly<Record<string, number>>, spans: readonly WorkSpan[]): void;
  readonly laps: Record<string, number>;
}

/** Measures by wall clock, in whole milliseconds. */
export function stopwatch(onSpan?: RunOptions["onSpan"]): Stopwatch {
  const laps: Record<string, number> = {};
  const parts = new Map<string, number>();
  const within = <T>(name: string, work: () => T): T => {
    const before = performance.now();
    const value = work();
    parts.set(name, (parts.get(name) ?? 0) + performance.now() - before);
    return value;
  };
  const add = (name: string, milliseconds: number): void => {
    laps[name] = (laps[name] ?? 0) + Math.round(milliseconds);
  };
  const measure = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = Date.now();
    const before = performance.now();
    const value = await work();
    const milliseconds = performance.now() - before;
    add(name, milliseconds - sum(parts.values()));
    for (const [part, own] of parts) add(part, own);
    parts.clear();
    onSpan?.({ kind: "stage", name, start, milliseconds, thread: 0, cached: false });
    return value;
  };
  const take: Stopwatch["take"] = (others, spans) => {
    for (const [name, milliseconds] of Object.entries(others)) add(name, milliseconds);
    for (const span of spans) onSpan?.(span);
  };
  return Object.assign(measure, { laps, within, take });
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
