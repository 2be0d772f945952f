import { expect, test } from 'vitest';
import type { EngineIdentity } from '#lib/engine/port.ts';
import { toSwarmError } from '#lib/model/docker/swarm-info.ts';
import { refuseIdentity, refuseManager } from './refuse.ts';

const EXPIRED =
  'error while loading TLS certificate in /var/lib/docker/swarm/certificates/swarm-node.crt: certificate (1 - x1) not valid after Mon, 22 Nov 2026: x509: certificate has expired or is not yet valid';

const WELL: EngineIdentity = {
  hostname: 'docker03',
  engineVersion: '20.10.24',
  apiVersion: '1.41',
  nodeId: 'node-3',
  localNodeState: 'active',
  controlAvailable: true,
  swarmError: null,
  swarm: null,
  lookalike: null,
  agentLevel: null,
  skewMs: 0,
};

test.each<
  [situation: string, identity: Partial<EngineIdentity>, manager: RegExp | null, engine: RegExp | null]
>([
  ['all is well', {}, null, null],
  ['its agent is of before agents looked at ports', { agentLevel: 3 }, null, null],
  [
    'certificates ran out while it was off (moby#42660)',
    { localNodeState: 'error', swarmError: EXPIRED, controlAvailable: false },
    /^tcp:\/\/d3 \(docker03\) is not in its swarm now: error while loading TLS certificate/,
    /^The certificate of docker03 has expired while it was away: on it, docker swarm leave, then join again\./,
  ],
  [
    'its clock is behind: its certificate is not valid yet',
    {
      localNodeState: 'error',
      swarmError:
        'error while loading TLS certificate in /var/lib/docker/swarm/certificates/swarm-node.crt: certificate (1 - x1) not valid before Mon, 22 Nov 2026, and it is currently Thu, 01 Jan 1970: x509: certificate has expired or is not yet valid',
    },
    /is not in its swarm now: error while loading/,
    /^By the clock of docker03 its certificate is not valid yet: set that clock/,
  ],
  [
    'its certificate is of another authority (moby#38967): neither too old nor too young',
    {
      localNodeState: 'error',
      swarmError:
        'rpc error: code = Unavailable desc = connection error: desc = "transport: authentication handshake failed: x509: certificate signed by unknown authority"',
    },
    /is not in its swarm now: rpc error/,
    /^docker03 is not in its swarm now: rpc error/,
  ],
  [
    'the swarm failed on it for another reason',
    {
      localNodeState: 'error',
      swarmError: "manager stopped: can't initialize raft node: invalid data",
      nodeId: null,
    },
    /is not in its swarm now: manager stopped/,
    /^docker03 is not in its swarm now: manager stopped/,
  ],
  [
    'locked',
    { localNodeState: 'locked', controlAvailable: false },
    /is locked: run docker swarm unlock/,
    /^docker03 is locked since/,
  ],
  ['still joining', { localNodeState: 'pending', controlAvailable: false }, /still joining its swarm/, null],
  [
    'Podman (podman 4 and 5)',
    { lookalike: 'Podman Engine', localNodeState: 'inactive', nodeId: null, controlAvailable: false },
    /^tcp:\/\/d3 is Podman Engine, not Docker: it has no swarm\.$/,
    /^docker03 runs Podman Engine, not Docker: it has no swarm\.$/,
  ],
  [
    'in no swarm',
    { localNodeState: 'inactive', nodeId: null, controlAvailable: false },
    /docker swarm init/,
    /is in no swarm: join it/,
  ],
])('%s', (_situation, identity, manager, engine) => {
  const whole = { ...WELL, ...identity };
  const refusals = [refuseManager(whole, 'tcp://d3'), refuseIdentity(whole)];
  for (const [i, words] of [manager, engine].entries())
    if (words === null) expect(refusals[i]).toBeNull();
    else expect(refusals[i]).toMatch(words);
});

test('a manager whose certificates ran out is said in plain words', () => {
  const refusal = refuseManager({ ...WELL, localNodeState: 'error', swarmError: EXPIRED }, 'tcp://d3');
  expect(toSwarmError(refusal ?? '')).toBe('certificates-expired');
});
