import { describe, expect, it } from 'vitest';
import { toHttpError } from './to-http-error.ts';

const NOT_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";
const json = (message: string) => JSON.stringify({ message });

describe('toHttpError', () => {
  it.each([
    ['/tasks', 503, json(NOT_MANAGER), 'not-manager', NOT_MANAGER],
    [
      '/tasks',
      503,
      json('This node is not a swarm manager. Use "docker swarm init"'),
      'not-manager',
      'swarm init',
    ],
    [
      '/tasks',
      503,
      json(
        'This node is not a swarm manager. Manager is being prepared or has trouble connecting to the cluster.',
      ),
      'no-quorum',
      'trouble',
    ],
    [
      '/nodes',
      500,
      json('rpc error: code = Unknown desc = The swarm does not have a leader.'),
      'no-quorum',
      'leader',
    ],
    [
      '/nodes',
      500,
      json('rpc error: code = DeadlineExceeded desc = context deadline exceeded'),
      'no-quorum',
      'deadline',
    ],
    [
      '/nodes',
      503,
      json('Swarm is encrypted and needs to be unlocked before it can be used.'),
      'no-quorum',
      'unlocked',
    ],
    ['/nodes', 503, json('Swarm certificates have expired.'), 'no-quorum', 'expired'],
    ['/tasks', 403, '<html><body><h1>403 Forbidden</h1></body></html>', 'forbidden', 'TASKS=1'],
    ['/containers/abc/json', 403, '', 'forbidden', 'CONTAINERS=1'],
    ['/info', 405, 'nope', 'forbidden', 'INFO=1'],
    ['/info', 401, '', 'forbidden', 'secret'],
    ['/info', 503, '<html><h1>503 Service Unavailable</h1></html>', 'unreachable', '503 Service Unavailable'],
    ['/info', 502, '', 'unreachable', '(502)'],
    ['/info', 302, '', 'garbled', 'redirect'],
    [
      '/info',
      400,
      json('client version 1.44 is too new. Maximum supported API version is 1.41'),
      'version',
      '1.41',
    ],
    ['/info', 400, 'Client sent an HTTP request to an HTTPS server.\n', 'config', 'TLS'],
    ['/info', 500, json('disk full'), 'http', 'disk full'],
    ['/info', 404, '{"message":5}', 'http', '404'],
  ])('%s %i %s', (path, statusCode, body, kind, words) => {
    const error = toHttpError({ path, statusCode, body }, 'tcp://h:1');
    expect(error).toMatchObject({ kind, statusCode });
    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/<\w/);
  });

  it('keeps a long answer short', () => {
    const body = 'x'.repeat(10_000);
    expect(toHttpError({ path: '/info', statusCode: 418, body }, 'h').message.length).toBeLessThan(500);
  });

  it('takes no longer for a page that is nothing but beginnings of tags', () => {
    const bodies = ['<', '<a ', ' <', '<\n'].map((text) => `<${text.repeat(64_000 / text.length)}`);
    for (let count = 0; count < 20; count += 1)
      for (const body of bodies)
        expect(toHttpError({ path: '/info', statusCode: 500, body }, 'h').message.length).toBeLessThan(500);
  });
});
