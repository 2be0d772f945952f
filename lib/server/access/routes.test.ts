import { expect, test } from 'vitest';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { findRouteNeed, ROUTES } from './routes.ts';

test('every route under app/ says whom it is for, and none that is not there', () => {
  expect(Object.keys(ROUTES).sort()).toEqual(
    listRoutes()
      .map(({ name }) => name)
      .sort(),
  );
});

test.each<[string, string | null]>([
  ['/', '/'],
  ['/services/web', '/services/[name]'],
  ['/services/web/log', '/services/[name]/log'],
  ['/services/web/compare', '/services/[name]/compare'],
  ['/services/log/log', '/services/[name]/log'],
  ['/services/web/1', '/services/[name]/[replica]'],
  ['/services/web/log/log', '/services/[name]/[replica]/log'],
  ['/api/services/web/usage', '/api/services/[name]/usage'],
  ['/api/tasks/x/last-words', '/api/tasks/[id]/last-words'],
  ['/services', null],
  ['/services/', null],
  ['/services/web/1/2', null],
  ['/services/web/%6cog/x', null],
  ['/API/swarm', null],
  ['/%61pi/swarm', null],
  ['/constructor', null],
  ['/__proto__', null],
])('%s is asked what %s asks for', (path, name) => {
  expect(findRouteNeed(path)).toBe(name === null ? null : ROUTES[name]);
});
