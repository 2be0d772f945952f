import type { Case } from '#e2e/cases/case.ts';
import type { MadeNode } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { type Json, patch } from '#e2e/cases/made-docker/patch.ts';
import { toMs } from '#e2e/cases/made-docker/times.ts';

/** Its clock is set: what it writes from now on has other times, what it wrote before has not. */
function setClock(node: MadeNode, byMs: number): void {
  node.aheadMs = byMs;
  for (const container of node.containers.values()) {
    const { inspect } = container;
    container.inspect = () => shiftProbes(inspect(), byMs);
  }
}

/** The last five probes are all of the time since. */
function shiftProbes(answer: Json, byMs: number): Json {
  const { Log } = (answer.State as { Health: { Log: { Start: string; End: string }[] } }).Health;
  const shift = (time: string) => new Date(Date.parse(time) + byMs).toISOString();
  const log = Log.map((probe) => ({ ...probe, Start: shift(probe.Start), End: shift(probe.End) }));
  return patch(answer, { State: { Health: { Log: log } } });
}

/** How far a clock may be off, and be set while it is read. */
export const CASES: Case[] = [
  {
    id: 'clock-set-back',
    title: 'a clock is set back by hours while it is read: its probes are earlier than its start',
    source: 'https://github.com/pnxtech/hydra-router/issues/162',
    ownSwarm: { managers: 1 },
    lay({ swarm, name, faulty }) {
      swarm.service({ name, on: ['docker02'], check: '2 s' });
      if (faulty) swarm.later(() => setClock(swarm.node('docker02'), -toMs('4 h')));
    },
    expect: [
      { code: 200, status: 'healthy', isWell: true },
      { node: 'docker02', cause: 'clock-off', level: 'notice', says: ['4 h behind'] },
    ],
    control: [
      { code: 200, status: 'healthy', isWell: true },
      { node: 'docker02', never: ['behind'] },
    ],
  },
  {
    id: 'clock-ahead',
    title: 'a clock is an hour ahead: it is said, and changes nothing',
    source: 'https://github.com/moby/moby/issues/25112',
    lay({ swarm, name, faulty }) {
      const node = swarm.addNode(`${name}1`);
      swarm.service({ name, on: [`${name}1`] });
      if (faulty) setClock(node, toMs('1 h'));
    },
    expect: [
      { code: 200, status: 'healthy', isWell: true },
      { node: 'clock-ahead1', cause: 'clock-off', level: 'notice', says: ['1 h ahead', 'timedatectl'] },
    ],
    control: [
      { code: 200, isWell: true },
      { node: 'clock-ahead-well1', never: ['ahead of'] },
    ],
  },
];
