import { expect, it } from 'vitest';
import { toPlainContainer } from './to-plain-container.ts';

const LISTED = {
  Id: 'c1',
  Names: ['/legacy-ftp'],
  Image: 'user:S3cr3tV4lue@registry.lan/ftp:1.4',
  Created: 1_795_000_000,
  State: 'running',
  Status: 'Up 12 days (unhealthy)',
  Labels: { token: 'S3cr3tV4lue' },
  Command: 'serve --password S3cr3tV4lue',
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 21, PublicPort: 21, Type: 'tcp' },
    { IP: '::', PrivatePort: 21, PublicPort: 21, Type: 'tcp' },
    { PrivatePort: 80, Type: 'tcp' },
    { IP: 'x', PrivatePort: 99_999, Type: 'tcp' },
    null,
  ],
};

it('reads what docker ps shows, and nothing else', () => {
  const container = toPlainContainer(LISTED, 0);
  expect(container).toEqual({
    id: 'c1',
    name: 'legacy-ftp',
    image: 'user:•••@registry.lan/ftp:1.4',
    state: 'running',
    createdAtMs: 1_795_000_000_000,
    startedAtMs: null,
    health: { status: 'unhealthy', failingStreak: 0, probes: [], statusSinceMs: null },
    healthCheck: null,
    ports: [
      { address: '0.0.0.0', published: 21, target: 21, protocol: 'tcp' },
      { address: null, published: null, target: 80, protocol: 'tcp' },
    ],
    isListedOnly: true,
  });
  expect(JSON.stringify(container)).not.toContain('S3cr3tV4lue');
});

it.each(['hibernating', 'Running', 'healthy'])(
  'a state that Docker does not have (%j) is not known',
  (State) => {
    expect(toPlainContainer({ ...LISTED, State }, 0)?.state).toBe('unknown');
  },
);

it.each([
  [null],
  [{}],
  [{ ...LISTED, Names: [] }],
  [{ ...LISTED, Names: null }],
  [{ ...LISTED, Id: '../x' }],
])('an entry that says too little, or another kind of answer, is none', (raw) => {
  expect(toPlainContainer(raw, 0)).toBeNull();
});
