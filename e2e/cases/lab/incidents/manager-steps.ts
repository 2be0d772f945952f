import { images } from '#e2e/lab/images.ts';
import { type Chapter, create, type IncidentStep } from './incident-step.ts';

const SLEEP = [images.sleep, 'sleep', '1000000'];

/** What the managers say of the swarm as a whole is of those that were lost. */
const OF_SWARM = /^(The swarm|One more manager|No manager)/;

const MANAGER: IncidentStep = {
  id: 'walk-manager',
  what: 'one of three managers loses power, and is started again',
  on: 'docker03',
  strike: (rig) => rig.host('docker03').kill(),
  mend: (rig) => rig.host('docker03').start(),
  title: /^docker03 lost/,
  about: { node: 'docker03' },
  never: OF_SWARM,
};

const LEADER: IncidentStep = {
  id: 'walk-leader',
  what: 'the leader of three managers loses power, and is started again',
  on: 'docker01',
  strike: (rig) => rig.host('docker01').kill(),
  mend: (rig) => rig.host('docker01').start(),
  title: /^docker01 lost/,
  about: { node: 'docker01' },
  never: OF_SWARM,
};

const QUORUM: IncidentStep = {
  id: 'walk-quorum',
  what: 'two of three managers freeze, and go on',
  on: null,
  prepare: (rig) => create(rig, 'walk-everywhere', '--mode', 'global', ...SLEEP),
  async strike(rig) {
    for (const hostname of ['docker02', 'docker03']) await rig.host(hostname).freeze();
  },
  async mend(rig) {
    for (const hostname of ['docker02', 'docker03']) await rig.host(hostname).thaw();
  },
  title: /^No quorum: /,
  about: { node: 'docker02' },
  never: OF_SWARM,
};

export const MANAGER_CHAPTERS: Chapter[] = [
  { id: 'manager', steps: [MANAGER] },
  { id: 'quorum', steps: [QUORUM], isBlind: true },
  { id: 'leader', steps: [LEADER] },
];
