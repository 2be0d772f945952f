import { expect, test } from 'vitest';
import { maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import { ConfigError, parseConfig as parse } from './config.ts';

const parseConfig = (env: Record<string, string>) => parse({ HOSTNAME: '127.0.0.1', ...env });

test('with nothing set, the local socket is read and nothing else', () => {
  expect(parseConfig({})).toEqual({
    relays: [],
    managers: ['unix:///var/run/docker.sock'],
    engines: { kind: 'managers' },
    agentSecret: null,
    certPath: null,
    tlsVerify: false,
    access: {
      mode: { kind: 'none' },
      trustedProxies: [],
      sureProxies: [],
      apiToken: null,
      wallTokens: { kind: 'fixed', tokens: [] },
      peers: null,
      hosts: [],
      grants: null,
      frameAncestors: [],
      development: false,
      loopback: true,
    },
    port: 3000,
    basePath: '',
    webhook: null,
    dataFolder: null,
    database: null,
    historyDays: 8,
    historyMb: 64,
    mask: [],
    name: null,
    logs: true,
    checks: false,
    usage: true,
    plainContainers: false,
    probeLine: { inRow: 2, flapping: 6 },
    demo: false,
    demoPast: null,
    build: 'unknown',
  });
});

test('VITALS_MANAGERS goes before DOCKER_HOST; blanks and doubles do not count', () => {
  const config = parseConfig({
    VITALS_MANAGERS: ' tcp://a:2375, tcp://b:2375 ,,tcp://a:2375',
    DOCKER_HOST: 'tcp://c:1',
  });
  expect(config.managers).toEqual(['tcp://a:2375', 'tcp://b:2375']);
});

test.each([
  ['tcp://{addr}:2375', { kind: 'pattern', pattern: 'tcp://{addr}:2375' }],
  ['ssh://ops@{hostname}', { kind: 'pattern', pattern: 'ssh://ops@{hostname}' }],
  ['tcp://a:1,tcp://b:1', { kind: 'list', endpoints: ['tcp://a:1', 'tcp://b:1'] }],
  ['', { kind: 'managers' }],
])('VITALS_ENGINES=%s, whatever the agents’ secret', (text, engines) => {
  const secret = 's'.repeat(32);
  const config = parseConfig({ VITALS_ENGINES: text, VITALS_AGENT_SECRET: secret });
  expect(config.engines).toEqual(engines);
  expect(config.agentSecret, 'sessions are sealed with it').toBe(secret);
});

test('a history in PostgreSQL has an address, and one that cannot be is refused without saying it', () => {
  const database = { host: 'db', port: 5_432, user: 'vitals', password: 'hidden', database: 'history' };
  expect(parseConfig({ VITALS_DATABASE_URL: 'postgres://vitals:hidden@db/history' }).database).toEqual({
    ...database,
    tls: { check: 'full', ca: null },
  });
  const wrong = { VITALS_DATABASE_URL: 'postgres://vitals:hidden@db' };
  expect(() => parseConfig(wrong)).toThrow('VITALS_DATABASE_URL names no database');
  expect(() => parseConfig(wrong)).not.toThrow('hidden');
});

test('a history on disk may take more than one in memory', () => {
  const { dataFolder, historyMb } = parseConfig({
    VITALS_DATA: '/var/lib/vitals',
    VITALS_HISTORY_DAYS: '30',
  });
  expect({ dataFolder, historyMb }).toEqual({ dataFolder: '/var/lib/vitals', historyMb: 1_024 });
  expect(() => parseConfig({ VITALS_HISTORY_MB: '1' })).toThrow('VITALS_HISTORY_MB');
  expect(() => parseConfig({ VITALS_HISTORY_DAYS: 'week' })).toThrow('VITALS_HISTORY_DAYS');
});

test.each(['0', '65536', '3000x', '0x50'])('PORT=%s is refused: it would listen elsewhere', (port) => {
  expect(() => parseConfig({ PORT: port })).toThrow(
    `PORT: a port is a number from 1 to 65535, not "${port}".`,
  );
});

test('what containers use is read unless it is switched off', () => {
  expect(parseConfig({ VITALS_USAGE: 'off' }).usage).toBe(false);
  expect(() => parseConfig({ VITALS_USAGE: 'no' })).toThrow('VITALS_USAGE: on or off, not "no".');
});

test('from where failing probes are a problem is two numbers, and nonsense is refused with the reason', () => {
  expect(parseConfig({ VITALS_FAILING: '1', VITALS_FLAPPING: '0' }).probeLine).toEqual({
    inRow: 1,
    flapping: null,
  });
  expect(parseConfig({ VITALS_FAILING: '10', VITALS_FLAPPING: '60' }).probeLine).toEqual({
    inRow: 10,
    flapping: 60,
  });
  expect(() => parseConfig({ VITALS_FLAPPING: '1' })).toThrow('one failed probe of 60 is no rate');
  for (const value of ['0', '11', '-1', '1.5', 'two'])
    expect(() => parseConfig({ VITALS_FAILING: value })).toThrow('VITALS_FAILING');
  for (const value of ['61', '-1', 'off'])
    expect(() => parseConfig({ VITALS_FLAPPING: value })).toThrow('VITALS_FLAPPING');
});

test('container logs are switched off by one word', () => {
  expect(parseConfig({ VITALS_PLAIN_CONTAINERS: 'on' }).plainContainers).toBe(true);
  expect(parseConfig({ VITALS_LOGS: 'off' }).logs).toBe(false);
  expect(parseConfig({ VITALS_LOGS: 'on' }).logs).toBe(true);
  expect(() => parseConfig({ VITALS_LOGS: 'false' })).toThrow('VITALS_LOGS: on or off, not "false".');
});

test('what is masked besides the obvious is a list of patterns; off masks nothing', () => {
  const { mask } = parseConfig({ VITALS_MASK: String.raw`\d{4}-\d{4};; IBAN \w+ ` });
  expect(maskSecrets('customer 4711-0815, IBAN DE12, 4711', mask ?? [])).toBe('customer •••, •••, 4711');
  expect(parseConfig({ VITALS_MASK: 'off' }).mask).toBeNull();
  expect(() => parseConfig({ VITALS_MASK: 'a(' })).toThrow(
    'VITALS_MASK: the pattern a( is no regular expression',
  );
  expect(() => parseConfig({ VITALS_MASK: 'a*' })).toThrow(
    'VITALS_MASK: the pattern a* matches an empty text',
  );
});

test.each([
  ['(?=a)b', 'looks ahead or behind'],
  ['(?<!a)b', 'looks ahead or behind'],
  [String.raw`(a+)\1`, 'refers back to a group'],
  ['((a{30}){30}){30}', 'is no regular expression'],
  ['(?:a{0,100}b){9}', 'are too large'],
  ['x'.repeat(1_001), 'more than 1000 characters'],
  [Array.from({ length: 65 }, (_, index) => `word${index}`).join(';;'), 'too many'],
])('a pattern that could hold the server up is refused with the reason: %s', (VITALS_MASK, reason) => {
  expect(() => parseConfig({ VITALS_MASK })).toThrow(reason);
});

test('a pattern that takes other engines for ever takes no longer here than one that does not', () => {
  const { mask } = parseConfig({ VITALS_MASK: '(a+)+$;;(a|aa)*c;;a.*b|a' });
  const masked = maskSecrets(`${'a'.repeat(60_000)}!`, mask ?? []);
  expect(masked).not.toContain('aa');
}, 10_000);

test('a webhook has an address, and its secret is of no use without', () => {
  const hook = {
    VITALS_WEBHOOK_URL: 'https://chat.example/hook/key',
    VITALS_WEBHOOK_SECRET: 's3cret of 16 and more',
  };
  expect(parseConfig({ ...hook, VITALS_PUBLIC_URL: 'https://vitals.example/' }).webhook).toEqual({
    url: 'https://chat.example/hook/key',
    secret: 's3cret of 16 and more',
    holdMs: 10_000,
    calmMs: 300_000,
    publicUrl: 'https://vitals.example',
  });
  expect(() => parseConfig({ VITALS_WEBHOOK_SECRET: 'x' })).toThrow('signs nothing');
  expect(() => parseConfig({ ...hook, VITALS_WEBHOOK_SECRET: 'fifteen letters' })).toThrow('too short');
  expect(() => parseConfig({ VITALS_WEBHOOK_URL: 'chat.example' })).toThrow('VITALS_WEBHOOK_URL');
  expect(() => parseConfig({ ...hook, VITALS_WEBHOOK_HOLD: '1m' })).toThrow('VITALS_WEBHOOK_HOLD');
  expect(() => parseConfig({ ...hook, VITALS_PUBLIC_URL: 'vitals' })).toThrow('VITALS_PUBLIC_URL');
});

test('every problem is reported at once, by name, and no password is repeated', () => {
  try {
    parseConfig({ DOCKER_HOST: 'ftp://joe:secret@host', VITALS_ENGINES: 'tcp://{ip}:1' });
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.problems).toHaveLength(2);
    expect(error.problems[0]).toContain('DOCKER_HOST');
    expect(error.problems[0]).not.toContain('secret');
    expect(error.problems[1]).toContain('{addr} and {hostname}');
  }
});

const AGENT_SECRET = '0123456789abcdef0123456789abcdef';

test('agents need their secret, and are one of two ways', () => {
  expect(
    parseConfig({ VITALS_AGENT_SERVICE: 'vitals_agent', VITALS_AGENT_SECRET: AGENT_SECRET }).engines,
  ).toEqual({
    kind: 'agents',
    service: 'vitals_agent',
    secret: AGENT_SECRET,
    port: 9501,
    caPath: null,
  });
  const problems = (env: Record<string, string>) => {
    try {
      parseConfig(env);
      return '';
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error);
    }
  };
  expect(problems({ VITALS_AGENT_SERVICE: 'a' })).toContain('VITALS_AGENT_SECRET');
  expect(problems({ VITALS_AGENT_SERVICE: 'a', VITALS_AGENT_SECRET: 'sixteen-chars-ok' })).toContain(
    'openssl rand -hex 32',
  );
  expect(problems({ VITALS_AGENT_SERVICE: 'a', VITALS_AGENT_SECRET_FILE: '/nonexistent' })).toContain(
    'no such file',
  );
  expect(
    problems({ VITALS_AGENT_SERVICE: 'a', VITALS_AGENT_SECRET: 'x', VITALS_ENGINES: 'tcp://{addr}:1' }),
  ).toContain('set one of them');
});

test('below a path, the public address may end with it or not', () => {
  const read = (url: string) => {
    const { basePath, webhook } = parseConfig({
      VITALS_BASE_PATH: '/swarm',
      VITALS_WEBHOOK_URL: 'https://chat.example/hook',
      VITALS_PUBLIC_URL: url,
    });
    return [basePath, webhook?.publicUrl];
  };
  for (const url of ['https://site.example', 'https://site.example/swarm', 'https://site.example/swarm/'])
    expect(read(url)).toEqual(['/swarm', 'https://site.example']);
  expect(() => parseConfig({ VITALS_BASE_PATH: 'swarm/' })).toThrow(
    'VITALS_BASE_PATH: a path such as /swarm',
  );
});

test.each([
  ['production EU', 'production EU'],
  ['', null],
  ['Zürich – Süd', 'Zürich – Süd'],
])('VITALS_NAME=%s', (text, name) => {
  expect(parseConfig({ VITALS_NAME: text }).name).toBe(name);
});

test.each(['x'.repeat(61), 'a\u202eb', 'a\u200bb', 'a\u0007b'])('VITALS_NAME=%j is refused', (text) => {
  expect(() => parseConfig({ VITALS_NAME: text })).toThrow('VITALS_NAME: at most 60 characters');
});
