import { expect, test } from 'vitest';
import type { ContainerHealth } from '#lib/model/docker/container.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import { decidePlainStatus, formatContainerPorts } from './plain-containers.ts';

const health = (overrides: Partial<ContainerHealth> = {}): ContainerHealth => ({
  status: 'healthy',
  failingStreak: 0,
  probes: [],
  statusSinceMs: null,
  ...overrides,
});
const container: PlainContainer = {
  id: 'c1',
  name: 'ftp',
  image: 'ftp:1',
  state: 'running',
  createdAtMs: null,
  startedAtMs: null,
  health: health(),
  healthCheck: null,
  ports: [],
  isListedOnly: false,
};

test.each<[string, Partial<PlainContainer>, string]>([
  ['healthy', {}, 'healthy'],
  ['its probes fail', { health: health({ failingStreak: 2 }) }, 'failing'],
  ['unhealthy', { health: health({ status: 'unhealthy' }) }, 'unhealthy'],
  ['not healthy yet', { health: health({ status: 'starting' }) }, 'starting'],
  ['without a check', { health: null }, 'running'],
  ['paused, whatever its health was', { state: 'paused' }, 'paused'],
  ['ended', { state: 'exited' }, 'stopping'],
  ['restarting', { state: 'restarting' }, 'starting'],
  ['in a state that nobody knows, with a check that passes', { state: 'unknown' }, 'unknown'],
  ['in a state that nobody knows, without a check', { state: 'unknown', health: null }, 'unknown'],
  ['healthy by the list alone, which tells no streak', { isListedOnly: true }, 'unknown'],
  [
    'unhealthy by the list alone',
    { isListedOnly: true, health: health({ status: 'unhealthy' }) },
    'unhealthy',
  ],
])('%s', (_, overrides, status) => {
  expect(decidePlainStatus({ ...container, ...overrides })).toBe(status);
});

test('ports as docker ps has them', () => {
  const port = { address: '10.0.0.5', published: 9_100, target: 9_100, protocol: 'tcp' } as const;
  expect(formatContainerPorts([])).toBe('none');
  expect(formatContainerPorts([port, { ...port, address: null, published: null, protocol: 'udp' }])).toBe(
    '10.0.0.5:9100→9100/tcp, 9100/udp',
  );
  expect(formatContainerPorts([{ ...port, address: 'fd00::5' }])).toBe('[fd00::5]:9100→9100/tcp');
});

test('ranges of ports are ranges, in whatever order Docker lists them', () => {
  const port = (published: number | null, target: number, address: string | null = '0.0.0.0') =>
    ({ address, published, target, protocol: 'tcp' }) as const;
  const many = Array.from({ length: 100 }, (_, i) =>
    port(30_000 + ((i * 7) % 100), 30_000 + ((i * 7) % 100)),
  );
  expect(formatContainerPorts(many)).toBe('30000-30099→30000-30099/tcp');
  expect(
    formatContainerPorts([port(81, 81), port(80, 80), port(8_082, 82), port(null, 83), port(null, 84)]),
  ).toBe('80-81→80-81/tcp, 8082→82/tcp, 83-84/tcp');
  expect(formatContainerPorts([port(80, 80, 'fd00::5'), port(81, 81, 'fd00::6')])).toBe(
    '[fd00::5]:80→80/tcp, [fd00::6]:81→81/tcp',
  );
});
