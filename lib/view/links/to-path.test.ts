import { afterEach, describe, expect, test } from 'vitest';
import { formatFilter, isFiltering, parseFilter } from '#lib/view/overview/overview-filter.ts';
import { toReplicaHref } from './to-href.ts';
import { setBasePath, toOwnPath, toPath } from './to-path.ts';

afterEach(() => setBasePath(''));

describe('below a path of its host', () => {
  test.each([
    ['/', '/tools/swarm'],
    ['/?q=web', '/tools/swarm?q=web'],
    ['/nodes', '/tools/swarm/nodes'],
    ['/api/events?limit=5', '/tools/swarm/api/events?limit=5'],
  ])('%s is asked for as %s, and is known by it', (own, path) => {
    setBasePath('/tools/swarm');
    expect(toPath(own)).toBe(path);
    expect(toOwnPath(path.replace(/\?.*/, ''))).toBe(own.replace(/\?.*/, ''));
  });

  test('a path is known with and without it, and one that only begins alike is another', () => {
    setBasePath('/swarm');
    expect(toOwnPath('/swarm/')).toBe('/');
    expect(toOwnPath('/nodes')).toBe('/nodes');
    expect(toOwnPath('/swarms/nodes')).toBe('/swarms/nodes');
  });

  test('links have it, and a filter that asks for nothing still asks for nothing', () => {
    setBasePath('/swarm');
    expect(toReplicaHref('web', '1')).toBe('/swarm/services/web/1');
    const none = parseFilter(new URLSearchParams());
    expect([formatFilter(none), isFiltering(none)]).toEqual(['/swarm', false]);
    expect(formatFilter({ ...none, text: 'web' })).toBe('/swarm?q=web');
  });
});

test('at the root of a host every path is as it is', () => {
  for (const path of ['/', '/?q=web', '/nodes'])
    expect([toPath(path), toOwnPath(path)]).toEqual([path, path]);
});
