import type { Gate } from './gate.ts';

const KEY = Symbol.for('swarm-vitals-gate');

/** The gate of this process; `null` until `boot()` made it, and then nothing is let in. */
export function getGate(): Gate | null {
  return (globalThis as { [KEY]?: Gate })[KEY] ?? null;
}

export function setGate(gate: Gate): void {
  (globalThis as { [KEY]?: Gate })[KEY] = gate;
}
