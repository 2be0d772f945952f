import { expect, test } from 'vitest';
import { type SwarmError, toSwarmError } from './swarm-info.ts';

test.each<[error: string, meaning: SwarmError | null]>([
  [
    "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
    'no-quorum',
  ],
  ['rpc error: code = DeadlineExceeded desc = context deadline exceeded', 'timed-out'],
  ['tcp://10.0.0.1:2375 does not answer for its swarm (/info) in time: it may have no leader.', 'no-leader'],
  [
    'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.',
    'locked',
  ],
  [
    'Swarm certificates have expired. To replace them, leave the swarm and join again.',
    'certificates-expired',
  ],
  [
    'tcp://10.0.0.1:2375 answers /tasks with 500: rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5097134 vs. 4194304)',
    'answer-too-large',
  ],
  ['tcp://10.0.0.1:2375 does not answer.', null],
  ['something new.', null],
])('%s', (error, meaning) => {
  expect(toSwarmError(error)).toBe(meaning);
});
