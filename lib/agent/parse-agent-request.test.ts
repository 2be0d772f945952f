import { describe, expect, it } from 'vitest';
import { parseAgentRequest } from './parse-agent-request.ts';

const ID = 'a'.repeat(64);
const parse = (target: string, method = 'GET', logs = true, plainContainers = false, checks = false) =>
  parseAgentRequest(method, target, { logs, usage: logs, plainContainers, checks });
const PLAIN = `/containers/json?filters=${encodeURIComponent('{"is-task":["false"]}')}`;

describe('what the agent answers', () => {
  it.each([
    ['/_ping', { kind: 'ping' }],
    ['/version', { kind: 'version' }],
    ['/info', { kind: 'info' }],
    ['/containers/json', { kind: 'containers', limit: null }],
    ['/containers/json?all=0&filters=%7B%7D&limit=1', { kind: 'containers', limit: 1 }],
    [
      `/containers/json?all=1&filters=${encodeURIComponent(`{"is-task":["true"],"id":["${ID.slice(0, 16)}"],"status":["exited"]}`)}`,
      { kind: 'stopped-containers', ids: [ID.slice(0, 16)] },
    ],
    [
      `/containers/json?filters=${encodeURIComponent(`{"since":["${ID}"],"label":["none"]}`)}`,
      { kind: 'missing-containers', ids: [ID] },
    ],
    // No names, nothing but ids, and not too many.
    ...['{"since":["web.1"]}', '{"since":[]}', '{"since":"a"}', '{"id":[1],"status":[]}', 'null', '{'].map(
      (filters): [string, object] => [
        `/containers/json?filters=${encodeURIComponent(filters)}`,
        { kind: 'containers', limit: null },
      ],
    ),
    [
      `/containers/json?filters=${encodeURIComponent(JSON.stringify({ since: Array(51).fill(ID.slice(0, 12)) }))}`,
      { kind: 'containers', limit: null },
    ],
    ['/events?filters=%7B%22type%22%3A%5B%22secret%22%5D%7D', { kind: 'events', since: null }],
    ['/events?since=1795415226.077', { kind: 'events', since: '1795415226.077' }],
    ['/events?since=1h', { kind: 'events', since: null }],
    [`/containers/${ID}/json`, { kind: 'container', id: ID }],
    [`/containers/${ID}/stats?stream=true`, { kind: 'stats', id: ID }],
    [
      `/containers/${ID}/logs?stdout=1&stderr=true&follow=1&tail=50`,
      {
        kind: 'log',
        id: ID,
        query: { tail: 50, since: null, until: null, follow: true, stdout: true, stderr: true },
      },
    ],
  ])('%s', (target, request) => {
    expect(parse(target)).toEqual({ apiVersion: null, request });
    expect(parse(`/v1.41${target}`)).toEqual({ apiVersion: '1.41', request });
  });

  it('bounds how many lines of a log it gives', () => {
    expect(parse(`/containers/${ID}/logs?tail=99999999`)).toMatchObject({
      request: { query: { tail: 10_000 } },
    });
    expect(parse(`/containers/${ID}/logs?tail=all`)).toMatchObject({ request: { query: { tail: 10_000 } } });
  });

  it('gives no logs where they are switched off', () => {
    expect(parse(`/containers/${ID}/logs`, 'GET', false)).toMatchObject({ kind: 'refused', statusCode: 403 });
  });

  it('does not say what containers use where that is switched off', () => {
    expect(parse(`/containers/${ID}/stats`, 'GET', false)).toMatchObject({
      kind: 'refused',
      statusCode: 403,
    });
  });
});

describe('what the agent refuses', () => {
  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'get', ''])('the method %s', (method) => {
    expect(parse('/containers/json', method)).toMatchObject({ kind: 'refused', statusCode: 405 });
  });

  it.each([
    '/',
    '',
    '/nodes',
    '/services',
    '/tasks',
    '/swarm',
    '/secrets',
    '/configs',
    '/images/json',
    '/_ping/',
    '/info/',
    '//info',
    '/v1/info',
    '/v1.41/v1.41/info',
    '/v1.41',
    '/containers/json/',
    `/containers/${ID}`,
    `/containers/${ID}/top`,
    `/containers/${ID}/archive?path=/etc`,
    `/containers/${ID}/export`,
    `/containers/${ID}/attach/ws`,
    `/containers/${ID}/json/../archive`,
    `/containers/${ID}%2fjson`,
    `/containers/${ID}/JSON`,
    '/containers/web.1/json',
    '/containers/../info',
    '/containers/%2e%2e/info',
    '/containers/abc/json',
    '/info\u0000',
    '/info#x',
    'http://elsewhere/info',
    `/info?${'x'.repeat(6_000)}`,
  ])('the path %s', (target) => {
    expect(parse(target)).toMatchObject({ kind: 'refused' });
  });
});

describe('containers that Swarm did not make', () => {
  it('are told of where it was said so, and asked for by that very filter', () => {
    expect(parse(PLAIN, 'GET', true, true)).toMatchObject({ request: { kind: 'plain-containers' } });
    expect(parse(PLAIN)).toMatchObject({ kind: 'refused', statusCode: 403 });
  });

  it.each([
    '/containers/json?filters={"is-task":["false"],"status":["exited"]}',
    '/containers/json?filters={"is-task":{"false":true}}',
    '/containers/json?all=1',
  ])('%s is answered with Swarm’s own', (target) => {
    expect(parse(target, 'GET', true, true)).toMatchObject({ request: { kind: 'containers' } });
  });
});

describe('what answers from its node, where the agent is told to connect', () => {
  const at = (text: string, checks = true) =>
    parse(`/vitals/ports?at=${encodeURIComponent(text)}`, 'GET', true, false, checks);

  it('is asked by addresses and ports', () => {
    const places = [
      { address: '10.0.0.1', port: 30_080 },
      { address: 'fd00::1', port: 8_443 },
    ];
    expect(at('[FD00::1]:80')).toMatchObject({ request: { kind: 'ports' } });
    expect(at('10.0.0.1:30080,[fd00::1]:8443,10.0.0.1:30080')).toMatchObject({
      request: { kind: 'ports', places },
    });
  });

  it('is refused unless its own VITALS_CHECKS says so', () => {
    expect(at('10.0.0.1:30080', false)).toMatchObject({ kind: 'refused', statusCode: 403 });
  });

  it.each([
    '',
    'web:80',
    '10.0.0.1',
    '10.0.0.1:0',
    '10.0.0.1:65536',
    '10.0.0.1:80/path',
    'http://10.0.0.1:80',
    '10.0.0.999:80',
    '[::1%eth0]:80',
    Array.from({ length: 9 }, (_, i) => `10.0.0.1:${i + 1}`).join(),
  ])('is refused for %s', (text) => {
    expect(at(text)).toMatchObject({ kind: 'refused', statusCode: 400 });
  });
});
