import type { Rig } from '#e2e/cases/lab/lab-case.ts';
import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { type Chapter, create, type IncidentStep } from './incident-step.ts';

const SLEEP = [images.sleep, 'sleep', '1000000'];

/** What the managers say of the swarm as a whole is of those that were lost. */
const OF_SWARM = /^(The swarm|One more manager|No manager)/;

/** A service that is everywhere, and its end: they come one after the other. */
const EVERYWHERE = {
  prepare: (rig: Rig) => create(rig, 'walk-everywhere', '--mode', 'global', ...SLEEP),
  clean: (rig: Rig) => rig.docker('service', 'rm', 'walk-everywhere'),
};

const MANAGER: IncidentStep = {
  ...EVERYWHERE,
  id: 'walk-manager',
  what: 'one of three managers loses power, and is started again',
  on: 'docker03',
  strike: (rig) => rig.host('docker03').kill(),
  mend: (rig) => rig.host('docker03').start(),
  title: /^docker03 lost/,
  kind: 'node',
  causes: ['node-down', 'manager-unreachable', 'engine-unread'],
  about: { node: 'docker03' },
  never: OF_SWARM,
};

const LEADER: IncidentStep = {
  ...EVERYWHERE,
  id: 'walk-leader',
  what: 'the leader of three managers loses power, and is started again',
  on: 'docker01',
  strike: (rig) => rig.host('docker01').kill(),
  mend: (rig) => rig.host('docker01').start(),
  title: /^docker01 lost/,
  kind: 'node',
  causes: ['node-down', 'manager-unreachable', 'engine-unread'],
  about: { node: 'docker01' },
  never: OF_SWARM,
};

/** After they go on, managers may elect one another again and again: no leader for seconds at a time. */
const LED_FOR_MS = 10_000;

async function waitUntilLed(rig: Rig): Promise<void> {
  let ledSinceMs: number | null = null;
  const isLed = async () => {
    const listed = await rig.docker('node', 'ls', '--format', '{{.ManagerStatus}}').catch(() => '');
    const managers = listed.split('\n').filter((status) => status !== '');
    const isWhole = managers.length === 3 && managers.every((status) => /^(Leader|Reachable)$/.test(status));
    ledSinceMs = isWhole ? (ledSinceMs ?? Date.now()) : null;
    return ledSinceMs !== null && Date.now() - ledSinceMs >= LED_FOR_MS;
  };
  await waitFor(isLed, 120_000, 'a leader that stays');
}

const QUORUM: IncidentStep = {
  ...EVERYWHERE,
  id: 'walk-quorum',
  what: 'two of three managers freeze, and go on',
  on: null,
  async strike(rig) {
    for (const hostname of ['docker02', 'docker03']) await rig.host(hostname).freeze();
  },
  async mend(rig) {
    for (const hostname of ['docker02', 'docker03']) await rig.host(hostname).thaw();
    await waitUntilLed(rig);
  },
  title: /^No quorum: /,
  kind: 'engine',
  causes: ['quorum-lost', 'no-quorum', 'engine-unread', 'none-leads'],
  about: { node: 'docker02' },
  never: OF_SWARM,
};

/** Engines answer, and nobody that is asked manages the swarm. */
const DEMOTED: IncidentStep = {
  ...EVERYWHERE,
  id: 'walk-demoted',
  what: 'the only manager that Swarm Vitals asks is demoted, and promoted again',
  on: 'docker03',
  strike: (rig) => rig.docker('node', 'demote', 'docker03'),
  mend: (rig) => rig.docker('node', 'promote', 'docker03'),
  title: /^The swarm is not managed|^No manager can be read/,
  kind: 'swarm',
  causes: ['swarm-error', 'managers-unreachable'],
  about: { swarm: /not managed|No manager/ },
};

export const MANAGER_CHAPTERS: Chapter[] = [
  { id: 'manager', steps: [MANAGER] },
  { id: 'quorum', steps: [QUORUM], isBlind: true },
  { id: 'leader', steps: [LEADER] },
  { id: 'demoted', steps: [DEMOTED], isBlind: true, managers: ['docker03'] },
];
