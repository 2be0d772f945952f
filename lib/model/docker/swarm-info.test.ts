import { expect, test } from 'vitest';
import { describeSwarmError } from './swarm-info.ts';

const QUORUM =
  'No quorum: too few managers are online to agree on anything. What runs goes on running, but Swarm replaces, updates and schedules nothing until more than half of them are back';

test.each<[error: string, words: string | null]>([
  [
    "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
    QUORUM,
  ],
  ['rpc error: code = DeadlineExceeded desc = context deadline exceeded', QUORUM],
  [
    'tcp://10.0.0.1:2375 does not answer for its swarm (/info) in time: it may have no leader.',
    'A manager answers, but not for its swarm: it has no leader, or is looking for one. What runs goes on running, but until then Swarm replaces, updates and schedules nothing',
  ],
  [
    'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.',
    'The swarm is locked since its manager was restarted: docker swarm unlock, with the unlock key, opens it',
  ],
  [
    'Swarm certificates have expired. To replace them, leave the swarm and join again.',
    'The swarm’s certificates have expired: its nodes refuse each other until the manager’s clock is right or the certificates are renewed',
  ],
  [
    'tcp://10.0.0.1:2375 answers /tasks with 500: rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5097134 vs. 4194304)',
    'The manager cannot list its tasks: the answer is larger than it allows. Lower the task history limit (docker swarm update --task-history-limit), and remove services that are done',
  ],
  ['tcp://10.0.0.1:2375 does not answer.', null],
  ['something new.', null],
])('%s', (error, words) => {
  expect(describeSwarmError(error)).toBe(words);
});
