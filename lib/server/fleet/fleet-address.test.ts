import { expect, test } from 'vitest';
import { takeSwarm, toFleetRoute } from './fleet-address.ts';

test.each<[string, string | null, string]>([
  ['/swarms/prod', 'prod', '/'],
  ['/swarms/prod/', 'prod', '/'],
  ['/swarms/prod/services/web', 'prod', '/services/web'],
  ['/swarms/prod/swarms/lab', 'prod', '/swarms/lab'],
  ['/swarms/other/nodes', null, '/swarms/other/nodes'],
  ['/swarms/PROD/nodes', null, '/swarms/PROD/nodes'],
  ['/swarms/%70rod/nodes', null, '/swarms/%70rod/nodes'],
  ['/swarms/__proto__/nodes', null, '/swarms/__proto__/nodes'],
  ['/swarmsprod/nodes', null, '/swarmsprod/nodes'],
  ['/swarms', null, '/swarms'],
  ['/nodes', null, '/nodes'],
])('%s is of %s: %s', (path, swarm, own) => {
  expect(takeSwarm(path, ['prod', 'lab'])).toEqual({ swarm, path: own });
});

test.each([
  ['/', '/fleet'],
  ['/wall', '/fleet/wall'],
  ['/events', '/fleet/events'],
  ['/incidents', '/fleet/incidents'],
  ['/incidents/k1', '/fleet/none'],
  ['/metrics', '/metrics'],
  ['/api/status', '/api/status'],
  ['/login', '/login'],
  ['/api/fleet', '/api/fleet'],
  ['/services/web', '/fleet/none'],
  ['/fleet', '/fleet/none'],
  ['/fleet/wall', '/fleet/none'],
  ['/api/status/web', '/api/fleet/none'],
  ['/api/stream', '/api/fleet/none'],
  ['/swarms/other/api/swarm', '/api/fleet/none'],
  ['/swarms/other/metrics', '/api/fleet/none'],
  ['/swarms/other/services/api', '/fleet/none'],
  ['/constructor', '/fleet/none'],
])('above all swarms %s is answered by %s', (path, route) => {
  expect(toFleetRoute(path)).toBe(route);
});
