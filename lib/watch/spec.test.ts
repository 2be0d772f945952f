import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#lib/engine/port.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import {
  CONNECTION_STATES,
  type ConnectionMachine,
  type ConnectionState,
  type EngineInput,
  type ManagerInput,
  stepConnection,
} from './connection/connection-machine.ts';
import { createContainerTable, putContainer } from './engine/tracker/container-table.ts';
import { followEvent } from './engine/tracker/follow-event.ts';
import { track } from './engine/tracker/tracked.ts';

const ENGINE_INPUTS: Record<EngineInput['kind'], EngineInput> = {
  start: { kind: 'start' },
  answered: { kind: 'answered' },
  silent: { kind: 'silent', error: 'x' },
  identified: { kind: 'identified' },
  refused: { kind: 'refused', error: 'x' },
  opened: { kind: 'opened' },
  ended: { kind: 'ended', error: 'x' },
  listed: { kind: 'listed' },
  failed: { kind: 'failed', error: 'x', leaderless: false },
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

/** Each action, so that the types say when one is missing. */
const ACTIONS: Record<Extract<EngineEvent, { kind: 'container' }>['action'], true> = {
  create: true,
  start: true,
  die: true,
  oom: true,
  kill: true,
  stop: true,
  pause: true,
  unpause: true,
  restart: true,
  destroy: true,
};

type Effect = { kind: string; state?: string; limitMs?: number; baseMs?: number };
type Step = { machine: { state: string }; effects: Effect[] };

const text = readFileSync(new URL('./SPEC.md', import.meta.url), 'utf8');

/** The cells of the table under a heading, row by row. */
function readRows(heading: string): string[][] {
  const section = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| -'))
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

/** A table of states: `state input` to `next | effects`. */
function readTable(heading: string): Map<string, string> {
  return new Map(readRows(heading).map((cells) => [`${cells[1]} ${cells[2]}`, `${cells[3]} | ${cells[4]}`]));
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

const ENGINE = { endpoints: 1, endsOnFailure: false };
const managers = (endpoints: number) => ({ endpoints, endsOnFailure: true });

describe('SPEC.md says what a connection does', () => {
  const engineStates = CONNECTION_STATES.filter((state) => state !== 'late');
  walk('Engine', engineStates, ENGINE_INPUTS, (state, input) =>
    stepConnection({ state, attempts: 0, refusals: 0 }, input, ENGINE),
  );
  walk('Managers, one endpoint', CONNECTION_STATES, MANAGER_INPUTS, (state, input) =>
    stepConnection({ state, attempts: 0, refusals: 0 }, input, managers(1)),
  );
  walk('Managers, several endpoints', CONNECTION_STATES, MANAGER_INPUTS, (state, input) =>
    stepConnection({ state, attempts: 0, refusals: 0 }, input, managers(2)),
  );
});

describe('attempts', () => {
  it('an engine is waited for longer and longer, up to 2 s, and forgets it once live', () => {
    const waits: number[] = [];
    let attempts = 0;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const step = stepConnection(
        { state: 'reaching', attempts, refusals: 0 },
        { kind: 'silent', error: 'x' },
        ENGINE,
      );
      for (const effect of step.effects) if (effect.kind === 'wait') waits.push(effect.baseMs);
      attempts = step.machine.attempts;
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 2_000]);
    const live = stepConnection({ state: 'syncing', attempts: 5, refusals: 0 }, { kind: 'listed' }, ENGINE);
    expect(live.machine.attempts).toBe(0);
  });

  it('one that is in no swarm while it ends and starts is asked soon, and one that stays so ever less', () => {
    const waits: number[] = [];
    let machine: ConnectionMachine = { state: 'identifying', attempts: 7, refusals: 0 };
    const refuse = () => {
      const step = stepConnection(
        { ...machine, state: 'identifying' },
        { kind: 'refused', error: 'x' },
        ENGINE,
      );
      for (const effect of step.effects) if (effect.kind === 'wait') waits.push(effect.baseMs);
      machine = step.machine;
    };
    for (let i = 0; i < 5; i += 1) refuse();
    expect(waits).toEqual([2_000, 4_000, 8_000, 15_000, 15_000]);
    machine = stepConnection(
      { ...machine, state: 'reaching' },
      { kind: 'silent', error: 'x' },
      ENGINE,
    ).machine;
    refuse();
    expect(waits.at(-1)).toBe(2_000);
  });

  it('of several managers each is tried once before there is a wait', () => {
    const states: ConnectionState[] = [];
    let attempts = 0;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { machine } = stepConnection(
        { state: 'reaching', attempts, refusals: 0 },
        { kind: 'silent', error: 'x' },
        managers(3),
      );
      attempts = machine.attempts;
      states.push(machine.state);
    }
    expect(states).toEqual(['reaching', 'reaching', 'waiting']);
  });
});

describe('SPEC.md says what an event of a container calls for', () => {
  const of = { containerId: 'container-1', taskId: 'task-1', atMs: 50_000, engineAtMs: 50_000 };
  const events = new Map<string, EngineEvent>([
    ...(Object.keys(ACTIONS) as (keyof typeof ACTIONS)[]).map((action): [string, EngineEvent] => [
      action,
      { kind: 'container', action, exitCode: null, ...of },
    ]),
    ['healthy', { kind: 'health', status: 'healthy', ...of }],
    ['unhealthy', { kind: 'health', status: 'unhealthy', ...of }],
    ['probe failed', { kind: 'exec-die', exitCode: 1, ...of }],
    ['probe passed', { kind: 'exec-die', exitCode: 0, ...of }],
  ]);

  function ask(event: EngineEvent, who: 'known' | 'other' | 'ignored'): string {
    const table = createContainerTable(
      'node-1',
      () => {},
      () => {},
    );
    if (who === 'known') putContainer(table, track(buildCheckedContainer(), 49_000));
    if (who === 'ignored') table.ignored.add(of.containerId);
    const { kind } = followEvent(table, event, 50_000);
    return kind === 'none' ? '' : kind;
  }

  it('has each event once', () => {
    expect(readRows('Containers of an engine').map((cells) => cells[1])).toEqual([...events.keys()]);
  });

  it.each([...events])('%s', (name, event) => {
    const row = readRows('Containers of an engine').find((cells) => cells[1] === name);
    expect([ask(event, 'known'), ask(event, 'other'), ask(event, 'ignored')]).toEqual(row?.slice(2, 5));
  });
});
