import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGINE_STATES, type EngineInput, stepEngine } from '#lib/watch/engine/engine-machine.ts';
import { MANAGER_STATES, type ManagerInput, stepManager } from '#lib/watch/manager/manager-machine.ts';

const ENGINE_INPUTS: Record<EngineInput['kind'], EngineInput> = {
  start: { kind: 'start' },
  answered: { kind: 'answered' },
  silent: { kind: 'silent', error: 'x' },
  identified: { kind: 'identified' },
  refused: { kind: 'refused', error: 'x' },
  opened: { kind: 'opened' },
  ended: { kind: 'ended', error: 'x' },
  synced: { kind: 'synced' },
  failed: { kind: 'failed', error: 'x' },
  quiet: { kind: 'quiet' },
  doubt: { kind: 'doubt' },
  gap: { kind: 'gap' },
  due: { kind: 'due' },
  close: { kind: 'close' },
};

const MANAGER_INPUTS: Record<ManagerInput['kind'] | 'leaderless', ManagerInput> = {
  start: { kind: 'start' },
  answered: { kind: 'answered' },
  silent: { kind: 'silent', error: 'x' },
  identified: { kind: 'identified' },
  opened: { kind: 'opened' },
  ended: { kind: 'ended', error: 'x' },
  listed: { kind: 'listed' },
  overdue: { kind: 'overdue', error: 'x' },
  failed: { kind: 'failed', error: 'x', leaderless: false },
  leaderless: { kind: 'failed', error: 'x', leaderless: true },
  quiet: { kind: 'quiet' },
  gap: { kind: 'gap' },
  due: { kind: 'due' },
  close: { kind: 'close' },
};

type Effect = { kind: string; state?: string; limitMs?: number; baseMs?: number };
type Step = { machine: { state: string }; effects: Effect[] };

const text = readFileSync(new URL('./SPEC.md', import.meta.url), 'utf8');

/** The table under a heading: `state input` to `next | effects`. */
function readTable(heading: string): Map<string, string> {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| -'))
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(rows.map((cells) => [`${cells[1]} ${cells[2]}`, `${cells[3]} | ${cells[4]}`]));
}

function formatEffect(effect: Effect): string {
  const detail = effect.state ?? effect.limitMs ?? effect.baseMs ?? '';
  return `${effect.kind} ${detail}`.trim();
}

function formatStep(state: string, step: Step): string | undefined {
  if (step.machine.state === state && step.effects.length === 0) return undefined;
  return `${step.machine.state} | ${step.effects.map(formatEffect).join(', ')}`;
}

function walk<S extends string, I>(
  heading: string,
  states: readonly S[],
  inputs: Record<string, I>,
  step: (state: S, input: I) => Step,
) {
  const table = readTable(heading);
  const known = new Set(states.flatMap((state) => Object.keys(inputs).map((name) => `${state} ${name}`)));
  it(`${heading}: no row for a pair that does not exist`, () => {
    expect([...table.keys()].filter((pair) => !known.has(pair))).toEqual([]);
  });
  for (const state of states)
    for (const [name, input] of Object.entries(inputs))
      it(`${heading}: ${state} × ${name}`, () => {
        expect(formatStep(state, step(state, input))).toBe(table.get(`${state} ${name}`));
      });
}

describe('SPEC.md says what the machines do', () => {
  walk('Engine', ENGINE_STATES, ENGINE_INPUTS, (state, input) => stepEngine({ state, attempts: 0 }, input));
  walk('Managers, one endpoint', MANAGER_STATES, MANAGER_INPUTS, (state, input) =>
    stepManager({ state, attempts: 0, endpoints: 1 }, input),
  );
  walk('Managers, several endpoints', MANAGER_STATES, MANAGER_INPUTS, (state, input) =>
    stepManager({ state, attempts: 0, endpoints: 2 }, input),
  );
});

describe('attempts', () => {
  it('an engine is waited for longer and longer, up to 2 s, and forgets it once live', () => {
    const waits: number[] = [];
    let machine = { state: 'reaching' as const, attempts: 0 };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const step = stepEngine(machine, { kind: 'silent', error: 'x' });
      for (const effect of step.effects) if (effect.kind === 'wait') waits.push(effect.baseMs);
      machine = { state: 'reaching', attempts: step.machine.attempts };
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 2_000]);
    expect(stepEngine({ state: 'syncing', attempts: 5 }, { kind: 'synced' }).machine.attempts).toBe(0);
  });

  it('of several managers each is tried once before there is a wait', () => {
    const states: string[] = [];
    let machine = { state: 'reaching' as 'reaching' | string, attempts: 0, endpoints: 3 };
    for (let attempt = 0; attempt < 3; attempt += 1) {
      machine = stepManager({ ...machine, state: 'reaching' }, { kind: 'silent', error: 'x' }).machine;
      states.push(machine.state);
    }
    expect(states).toEqual(['reaching', 'reaching', 'waiting']);
  });
});
