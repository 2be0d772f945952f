import { expect, test } from 'vitest';
import { buildNode } from '#lib/testing/build-node.ts';
import type { Config } from './config.ts';
import { toEngineAccess } from './to-engine-access.ts';

const config = (pattern: string) => ({ engines: { kind: 'pattern', pattern } }) as Config;

test.each([
  ['tcp://{addr}:2375', { address: '10.0.0.5' }, 'tcp://10.0.0.5:2375'],
  ['tcp://{addr}:2375', { address: 'fd00::5' }, 'tcp://[fd00::5]:2375'],
  ['tcp://{addr}:2375', { address: null, manager: null }, null],
  ['ssh://ops@{hostname}', { address: null, hostname: 'docker03' }, 'ssh://ops@docker03'],
] as const)('%s for a node with %j', (pattern, node, endpoint) => {
  const engineAccess = toEngineAccess(config(pattern), [], () => null);
  if (engineAccess.kind !== 'pattern') expect.unreachable();
  else expect(engineAccess.toEndpoint(buildNode(node))).toBe(endpoint);
});
