import type { Probe } from '#lib/model/docker/probe.ts';

/** A probe that passed in 50 ms; the end follows from start and duration. */
export function buildProbe(overrides: Partial<Probe> = {}): Probe {
  const startedAtMs = overrides.startedAtMs ?? 15_000;
  const durationMs = overrides.durationMs ?? 50;
  return {
    startedAtMs,
    endedAtMs: startedAtMs + durationMs,
    durationMs,
    exitCode: 0,
    output: '',
    truncated: false,
    ...overrides,
  };
}
