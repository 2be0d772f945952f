import { expect, test } from 'vitest';
import { parseConfig } from '#lib/server/config.ts';

const TOKEN = 'relay-token-0123456789';
const read = (env: Record<string, string>) => parseConfig({ HOSTNAME: '127.0.0.1', ...env }).relays;
const prod = { VITALS_SWARMS: 'prod=https://vitals.example', VITALS_SWARMS_TOKENS: `prod=${TOKEN}` };

test.each([
  ['https://vitals.example', 'https://vitals.example'],
  ['https://vitals.example/', 'https://vitals.example'],
  ['https://vitals.example:8443/swarm/', 'https://vitals.example:8443/swarm'],
  ['http://vitals:3000', 'http://vitals:3000'],
])('a relay of %s', (address, url) => {
  expect(read({ ...prod, VITALS_SWARMS: `prod=${address}` })).toEqual([
    { name: 'prod', url, token: TOKEN, ca: null },
  ]);
});

test('without it there is none, whatever Docker is set', () => {
  expect(read({})).toEqual([]);
  expect(read({ ...prod, DOCKER_HOST: 'tcp://other:2375', VITALS_CHECKS: 'off' })).toMatchObject([
    { name: 'prod' },
  ]);
});

test('several swarms have an address and a token each', () => {
  const sources = read({
    VITALS_SWARMS: 'prod=https://a.example,lab=https://b.example/lab',
    VITALS_SWARMS_TOKENS: `lab=lab-${TOKEN}\nprod=prod-${TOKEN}`,
  });
  expect(sources).toEqual([
    { name: 'prod', url: 'https://a.example', token: `prod-${TOKEN}`, ca: null },
    { name: 'lab', url: 'https://b.example/lab', token: `lab-${TOKEN}`, ca: null },
  ]);
});

test.each<[string, Record<string, string>, string]>([
  [
    'two swarms of one name',
    { ...prod, VITALS_SWARMS: 'prod=https://a.example,prod=https://b.example' },
    'two swarms are called prod',
  ],
  [
    'more than there may be',
    { ...prod, VITALS_SWARMS: Array.from({ length: 51 }, (_, at) => `s${at}=https://a.example`).join(',') },
    'at most 50 swarms, not 51',
  ],
  [
    'a name for all of several',
    { ...prod, VITALS_SWARMS: 'prod=https://a.example,lab=https://b.example', VITALS_NAME: 'x' },
    'Leave VITALS_NAME out',
  ],
  [
    'no token for the second of two',
    { ...prod, VITALS_SWARMS: 'prod=https://a.example,lab=https://b.example' },
    'VITALS_SWARMS_TOKENS_FILE: lab=TOKEN',
  ],
  ['a name that is a path', { ...prod, VITALS_SWARMS: '../prod=https://a.example' }, 'small letters'],
  ['no name', { ...prod, VITALS_SWARMS: 'https://a.example' }, 'VITALS_SWARMS: prod=https://'],
  ['a name with capitals', { ...prod, VITALS_SWARMS: 'Prod=https://a.example' }, 'small letters'],
  ['no address', { ...prod, VITALS_SWARMS: 'prod=a.example' }, 'begins with https://'],
  ['a token in the address', { ...prod, VITALS_SWARMS: `prod=https://x:${TOKEN}@a.example` }, 'no token'],
  ['a token in the query', { ...prod, VITALS_SWARMS: `prod=https://a.example/?token=${TOKEN}` }, 'no token'],
  ['no token', { VITALS_SWARMS: 'prod=https://a.example' }, 'VITALS_SWARMS_TOKENS_FILE: prod=TOKEN'],
  ['a token of another swarm', { ...prod, VITALS_SWARMS_TOKENS: `dev=${TOKEN}` }, 'there is no swarm dev'],
  ['a short token', { ...prod, VITALS_SWARMS_TOKENS: 'prod=short' }, '16 printable characters'],
  ['a token without a swarm', { VITALS_SWARMS_TOKENS: `prod=${TOKEN}` }, 'VITALS_SWARMS alone'],
  ['managers beside it', { ...prod, VITALS_MANAGERS: 'tcp://a:1' }, 'VITALS_SWARMS and VITALS_MANAGERS'],
  [
    'a database beside it',
    { ...prod, VITALS_DATABASE_URL: 'postgres://vitals:secret@db/history' },
    'a relay keeps no history, the server that it reads does',
  ],
  [
    'what is asked of Docker, which a relay does not read,',
    { ...prod, VITALS_CHECKS: 'on', VITALS_PLAIN_CONTAINERS: 'on' },
    'VITALS_SWARMS and VITALS_CHECKS, VITALS_PLAIN_CONTAINERS: ',
  ],
  [
    'a pattern to mask, which would hide nothing,',
    { ...prod, VITALS_MASK: 'IBAN', VITALS_FAILING: '3', VITALS_HISTORY_DAYS: '9' },
    'VITALS_SWARMS and VITALS_HISTORY_DAYS, VITALS_FAILING, VITALS_MASK: ',
  ],
  [
    'an authority that is not there',
    { ...prod, VITALS_SWARMS_CA: '/nonexistent' },
    'VITALS_SWARMS_CA: ENOENT',
  ],
])('%s is refused, and no token is said', (_what, env, problem) => {
  let said = '';
  try {
    parseConfig({ HOSTNAME: '127.0.0.1', ...env });
  } catch (error) {
    said = String(error);
  }
  expect(said).toContain(problem);
  expect(said).not.toContain(TOKEN);
});
