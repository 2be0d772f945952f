import { describe, expect, it } from 'vitest';
import { parseEndpoint } from './parse-endpoint.ts';
import { EngineError } from './port.ts';

const PLAIN = { certPath: null, tlsVerify: false };
const CERTS = { certPath: '/certs', tlsVerify: true };

describe('parseEndpoint', () => {
  it.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock', '/var/run/docker.sock'],
    ['/run/d.sock', 'unix:///run/d.sock', '/run/d.sock'],
  ])('%s is a socket', (text, display, path) => {
    expect(parseEndpoint(text, CERTS)).toEqual({ kind: 'unix', display, path });
  });

  it.each([
    ['tcp://10.0.0.5:2375', PLAIN, '10.0.0.5', 2375, null, 'tcp://10.0.0.5:2375'],
    ['10.0.0.5:2375', PLAIN, '10.0.0.5', 2375, null, 'tcp://10.0.0.5:2375'],
    ['tcp://node-1', PLAIN, 'node-1', 2375, null, 'tcp://node-1:2375'],
    ['tcp://node-1:80', PLAIN, 'node-1', 80, null, 'tcp://node-1:80'],
    ['tcp://node_1:2375/', PLAIN, 'node_1', 2375, null, 'tcp://node_1:2375'],
    ['tcp://[fd00::1]:2375', PLAIN, 'fd00::1', 2375, null, 'tcp://[fd00::1]:2375'],
    ['http://proxy', CERTS, 'proxy', 80, null, 'http://proxy:80'],
    [
      'https://proxy',
      PLAIN,
      'proxy',
      443,
      { certPath: null, verify: true, pinnedCaPath: null },
      'https://proxy:443',
    ],
    ['tcp://h', CERTS, 'h', 2376, { certPath: '/certs', verify: true, pinnedCaPath: null }, 'tcp://h:2376'],
    [
      'https://h:1',
      { certPath: '/c', tlsVerify: false },
      'h',
      1,
      { certPath: '/c', verify: false, pinnedCaPath: null },
      'https://h:1',
    ],
    [
      'tcp://h',
      { certPath: null, tlsVerify: true },
      'h',
      2376,
      { certPath: null, verify: true, pinnedCaPath: null },
      'tcp://h:2376',
    ],
  ])('%s', (text, settings, host, port, tls, display) => {
    expect(parseEndpoint(text, settings)).toEqual({ kind: 'tcp', display, host, port, tls });
  });

  it.each([
    ['ssh://ops@host', 'host', null, 'ops'],
    ['ssh://ops@host:2222', 'host', 2222, 'ops'],
    ['ssh://host', 'host', null, null],
  ])('%s', (text, host, port, user) => {
    expect(parseEndpoint(text, PLAIN)).toEqual({ kind: 'ssh', display: text, host, port, user });
  });

  it.each([
    'unix://relative.sock',
    'tcp://',
    'tcp://h:99999',
    'tcp://h/prefix',
    'tcp://h?x=1',
    'http://user:hunter2@h',
    'ssh://user:hunter2@h',
    'tcp://user@h',
    'npipe:////./pipe/docker_engine',
    'fd://',
    'ssh://-oProxyCommand=x@h',
    'ssh://-oProxyCommand=x',
    '',
    'a b',
  ])('refuses %j without repeating a password', (text) => {
    expect(() => parseEndpoint(text, PLAIN)).toThrow(EngineError);
    expect(() => parseEndpoint(text, PLAIN)).not.toThrow(/hunter2/);
  });
});
