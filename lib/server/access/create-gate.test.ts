import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from '#lib/server/settings/read-settings.ts';
import type { AccessConfig } from './access.ts';
import { createGate } from './create-gate.ts';
import type { Gate } from './gate.ts';
import { formatScope } from './grants/grants.ts';
import { parseGrants } from './grants/parse-grants.ts';
import { SIGNED_OUT_PATH } from './sign-outs/watch-peers.ts';
import type { Visitor } from './visitor.ts';

const PASSWORD = 'correct horse';
const folder = mkdtempSync(join(tmpdir(), 'vitals-gate-'));
const tokensFile = join(folder, 'tokens');
afterAll(() => rmSync(folder, { recursive: true }));

const ALONE = { networks: [], own: [], inContainer: false };
const CONFIG: AccessConfig = {
  mode: { kind: 'password', password: { kind: 'plain', text: PASSWORD } },
  grants: null,
  trustedProxies: ['10.0.0.1'],
  sureProxies: [],
  apiToken: 'an-api-token-of-ours',
  wallTokens: { kind: 'file', path: tokensFile, swarmNames: [] },
  peers: null,
  hosts: [],
  frameAncestors: [],
  development: false,
  loopback: false,
};
const make = (config: Partial<AccessConfig> = {}, nowMs = () => 0, wallMs = () => Date.now()) =>
  createGate(
    { ...CONFIG, ...config },
    { nowMs, wallMs, log: () => {}, installationSecret: null, signOutPath: null, surroundings: ALONE },
  );

const SESSION_COOKIE = 'vitals-session';
const WALL_COOKIE = 'vitals-wall';
const DEVICE_COOKIE = 'vitals-device';

/** The cookies of who gives the right password. */
async function signIn(gate: Gate, from = visitor({})): Promise<{ session: string; device: string }> {
  const result = await gate.signIn(PASSWORD, from);
  expect(result.kind).toBe('welcome');
  const cookies = result.kind === 'welcome' ? result.cookies : [];
  const [session, device] = cookies;
  return { session: session?.value ?? '', device: device?.value ?? '' };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The end of a seal with the letter after its last one, of which a lenient reader takes the same bits. */
const toLikeEnd = (end: string) => `${LETTERS[LETTERS.indexOf(end.charAt(0)) + 1]}~2`;

/** Whether a password waits for its turn, while the clock stands still. */
async function isHeld(gate: Gate, from: Visitor): Promise<boolean> {
  let gone = false;
  const result = gate.signIn(PASSWORD, { ...from, isGone: () => gone });
  const held = await Promise.race([result.then(() => false), sleep(300).then(() => true)]);
  gone = true;
  await result;
  return held;
}

function visitor(over: {
  path?: string;
  method?: string;
  peer?: string;
  headers?: Record<string, string | string[]>;
  cookies?: Record<string, string>;
}): Visitor {
  const headers: Record<string, string | string[]> = { host: 'vitals.example', ...over.headers };
  return {
    method: over.method ?? 'GET',
    path: over.path ?? '/',
    address: over.path ?? '/',
    header: (name) => (headers[name] === undefined ? null : [headers[name]].flat().join(', ')),
    countLines: (name) => [headers[name] ?? []].flat().length,
    cookie: (name) => over.cookies?.[name] ?? null,
    peer: over.peer ?? '192.168.0.9',
  };
}

describe('a session', () => {
  it('comes with the password, opens everything, and ends for good when its owner signs out', async () => {
    const gate = make();
    expect((await gate.admit(visitor({}))).level).toBe('none');
    expect(await gate.signIn('wrong password', visitor({}))).toEqual({ kind: 'wrong' });
    const { session } = await signIn(gate);
    const mine = visitor({ path: '/api/swarm', cookies: { [SESSION_COOKIE]: session } });
    const { decision, level, grant } = await gate.admit(mine);
    expect([decision, level]).toEqual([{ kind: 'allow' }, 'full']);
    expect(gate.isLasting(grant)).toBe(true);
    // Another server with the same password takes it too.
    expect((await make().admit(mine)).level).toBe('full');
    await gate.signOut(mine);
    expect((await gate.admit(mine)).level).toBe('none');
    expect(gate.isLasting(grant)).toBe(false);
  });

  it('that was signed out at one server is refused by another that asked', async () => {
    const peers = { peers: { host: 'tasks.vitals', port: 3000 } };
    const [one, other] = [make(peers), make(peers)];
    const { session } = await signIn(one);
    const mine = visitor({ cookies: { [SESSION_COOKIE]: session } });
    await one.signOut(mine);
    expect((await other.admit(mine)).level).toBe('full');
    // Asked by the other, it answers; and a server that was started again knows as soon as it asked one of them.
    const again = make(peers);
    for (const [asker, asked] of [
      [other, one],
      [again, other],
    ] as const) {
      const { headers, answerKey } = await asker.askPeer();
      const sealed = await asked.answerPeer(visitor({ path: SIGNED_OUT_PATH, headers }));
      expect(await asker.mergeSignOuts(sealed ?? '', answerKey)).toBe(true);
      expect((await asker.admit(mine)).level).toBe('none');
      // The same question once more, and the same answer to another question: neither is worth anything.
      expect(await asked.answerPeer(visitor({ path: SIGNED_OUT_PATH, headers }))).toBeNull();
      const next = await asker.askPeer();
      expect(await asker.mergeSignOuts(sealed ?? '', next.answerKey)).toBe(false);
    }
  });

  it('is spoken of with other servers alone: whoever cannot prove to be one learns nothing', async () => {
    const peers = { peers: { host: 'tasks.vitals', port: 3000 } };
    const gate = make(peers);
    const { headers } = await gate.askPeer();
    const stranger = make({
      ...peers,
      mode: { kind: 'password', password: { kind: 'plain', text: 'another one' } },
    });
    const cases: Record<string, string>[] = [
      {},
      (await stranger.askPeer()).headers,
      { ...headers, 'vitals-peer-nonce': 'A'.repeat(24) },
      { ...headers, 'vitals-peer-time': String(Date.now() + 5) },
      { ...headers, 'vitals-peer-proof': '' },
    ];
    for (const given of cases)
      expect(await gate.answerPeer(visitor({ path: SIGNED_OUT_PATH, headers: given }))).toBeNull();
    expect(await gate.answerPeer(visitor({ path: '/api/swarm', headers }))).toBeNull();
    for (const alone of [make(), make({ ...peers, mode: { kind: 'none' } })])
      expect(await alone.answerPeer(visitor({ path: SIGNED_OUT_PATH, headers }))).toBeNull();
    expect(await gate.answerPeer(visitor({ path: SIGNED_OUT_PATH, headers }))).toMatch(/^Fe26/);
  });

  it('is worth nothing when it is changed, of another kind, or the password is another one now', async () => {
    const gate = make();
    const { session } = await signIn(gate);
    const cookie = session;
    const tampered = `${cookie.slice(0, -8)}AAAAAAAA`;
    // Whoever has one could write it in any number of ways, so that those of others are forgotten.
    const more = [`${cookie}1`, `${cookie}~2`, cookie.slice(0, -2), `${cookie.slice(0, -1)}3`];
    for (const value of [tampered, ...more, '', 'x', 'Fe26.2*1*', cookie.repeat(50)])
      expect((await gate.admit(visitor({ cookies: { [SESSION_COOKIE]: value } }))).level).toBe('none');
    expect((await gate.admit(visitor({ cookies: { [WALL_COOKIE]: cookie } }))).level).toBe('none');
    const other = make({ mode: { kind: 'password', password: { kind: 'plain', text: 'another one' } } });
    expect((await other.admit(visitor({ cookies: { [SESSION_COOKIE]: cookie } }))).level).toBe('none');
  });

  it.each<[string, (seal: string) => string]>([
    ['a blank in its last part', (seal) => `${seal.slice(0, -20)} ${seal.slice(-20)}`],
    ['a tab in it', (seal) => `${seal.slice(0, -20)}\t${seal.slice(-20)}`],
    ['a line break in it', (seal) => `${seal.slice(0, -20)}\n${seal.slice(-20)}`],
    ['= at its end', (seal) => seal.replace(/~2$/, '=~2')],
    ['another last letter', (seal) => seal.replace(/.~2$/, toLikeEnd)],
    ['a line break behind it', (seal) => `${seal}\n`],
  ])('and a pass of a wall are written in one way: %s opens nothing', async (_, change) => {
    const gate = make();
    const { session } = await signIn(gate);
    writeFileSync(tokensFile, 'a-token-of-16-ch\n');
    const wall = (await gate.openWall('a-token-of-16-ch', visitor({})))?.value ?? '';
    for (const [name, seal, level] of [
      [SESSION_COOKIE, session, 'full'],
      [WALL_COOKIE, wall, 'wall'],
    ] as const) {
      expect((await gate.admit(visitor({ cookies: { [name]: seal } }))).level).toBe(level);
      expect((await gate.admit(visitor({ cookies: { [name]: change(seal) } }))).level).toBe('none');
    }
  });

  it('is not to be guessed: tries are slowed down, also those of a program, and not for who was here before', async () => {
    const gate = make();
    const { device } = await signIn(gate, visitor({ peer: '192.168.0.10' }));
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const program = visitor({ headers: basic(`before:${PASSWORD}`) });
    expect((await gate.admit(program)).level).toBe('full');
    for (let index = 0; index < 5; index += 1) await gate.signIn(`guess ${index}`, visitor({}));
    expect(await isHeld(gate, visitor({}))).toBe(true);
    let gone = false;
    const other = gate.admit({ ...visitor({ headers: basic('x:guess again') }), isGone: () => gone });
    // Another address, a browser in which somebody signed in, a program whose password was right, and who is in already.
    await signIn(gate, visitor({ peer: '192.168.0.10' }));
    const known = visitor({ cookies: { [DEVICE_COOKIE]: device } });
    const again = await signIn(gate, known);
    expect((await gate.admit(program)).level).toBe('full');
    expect((await gate.admit(visitor({ cookies: { [SESSION_COOKIE]: again.session } }))).level).toBe('full');
    gone = true;
    expect((await other).wait).toMatchObject({ address: '192.168.0.9' });
    // It opens nothing itself, neither as what it is nor as another one, and has an end to its tries.
    for (const name of [DEVICE_COOKIE, SESSION_COOKIE, WALL_COOKIE])
      expect((await gate.admit(visitor({ cookies: { [name]: device } }))).level).toBe('none');
    for (let index = 0; index < 5; index += 1) await gate.signIn(`guess ${index}`, known);
    expect(await gate.signIn(PASSWORD, known)).toMatchObject({ kind: 'wait', wait: { whose: 'browser' } });
  });

  it('is not found out beside a program that sends the password: what is right is not answered sooner than what is wrong', async () => {
    const gate = make();
    const program = (name: string, password: string, peer = '192.168.0.9') =>
      visitor({
        peer,
        path: '/metrics',
        headers: { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` },
      });
    const isHeldBack = async (from: Visitor) => {
      let gone = false;
      const result = gate.admit({ ...from, isGone: () => gone });
      const held = await Promise.race([result.then(() => false), sleep(300).then(() => true)]);
      gone = true;
      await result;
      return held;
    };
    expect((await gate.admit(program('prometheus', PASSWORD))).level).toBe('full');
    // Five wrong ones from elsewhere: there a right one waits for its turn, too.
    for (let index = 0; index < 5; index += 1)
      await gate.signIn(`guess ${index}`, visitor({ peer: '10.9.9.9' }));
    expect(await isHeldBack(program('prometheus', PASSWORD, '10.9.9.9'))).toBe(true);
    // Where the program is: it goes on, whatever the form is sent.
    for (let index = 0; index < 5; index += 1) await gate.signIn(`guess ${index}`, visitor({}));
    expect(await isHeldBack(program('prometheus', PASSWORD))).toBe(false);
    // But not beside many guesses that look like a program, of which nobody waits for any.
    for (let index = 0; index < 20; index += 1)
      await gate.admit({ ...program('prometheus', `guess ${index}`), isGone: () => true });
    expect(await isHeldBack(program('prometheus', PASSWORD))).toBe(true);
  });

  it('has a name over TLS that only this host’s TLS answers can set', async () => {
    const gate = make();
    const { session } = await signIn(gate);
    const level = async (name: string, proto: string) =>
      (await gate.admit(visitor({ headers: { 'x-forwarded-proto': proto }, cookies: { [name]: session } })))
        .level;
    expect(await level('__Host-vitals-session', 'https')).toBe('full');
    expect(await level('vitals-session', 'https')).toBe('none');
    expect(await level('vitals-session', 'http')).toBe('full');
  });

  it('counts tries against the person behind a proxy that is trusted, and takes nobody else’s word', async () => {
    const gate = make();
    const behind = (peer: string, client: string) =>
      visitor({ peer, headers: { 'x-forwarded-for': client } });
    for (let index = 0; index < 5; index += 1) await gate.signIn('guess', behind('10.0.0.1', '1.1.1.1'));
    expect((await gate.signIn(PASSWORD, behind('10.0.0.1', '2.2.2.2'))).kind).toBe('welcome');
    for (let index = 0; index < 5; index += 1)
      await gate.signIn('guess', behind('10.9.9.9', `3.3.3.${index}`));
    expect(await isHeld(gate, behind('10.9.9.9', '4.4.4.4'))).toBe(true);
  });
});

it.each([
  ['with its port', (index: number) => `1.1.1.1:${4_000 + index}`],
  ['as IPv6 with its port', (index: number) => `[2001:db8::7]:${4_000 + index}`],
  ['as words', (index: number) => `client-${index}`],
])('who guesses stays one person when a trusted proxy writes the address %s', async (_, write) => {
  const gate = make();
  const from = (client: string) => visitor({ peer: '10.0.0.1', headers: { 'x-forwarded-for': client } });
  for (let index = 0; index < 5; index += 1) await gate.signIn('guess', from(write(index)));
  expect(await isHeld(gate, from(write(9)))).toBe(true);
});

describe('other credentials', () => {
  it('the API token, whole, and the password as Basic', async () => {
    const gate = make();
    const level = async (authorization: string) =>
      (await gate.admit(visitor({ path: '/metrics', headers: { authorization } }))).level;
    expect(await level('Bearer an-api-token-of-ours')).toBe('full');
    expect(await level('Bearer an-api-token-of-our')).toBe('none');
    expect(await level(`Basic ${Buffer.from(`prometheus:${PASSWORD}`).toString('base64')}`)).toBe('full');
    expect(await level(`Basic ${Buffer.from('prometheus:wrong one').toString('base64')}`)).toBe('none');
  });

  it('a proxy’s word counts only from its own address', async () => {
    const gate = make({
      mode: {
        kind: 'proxy',
        header: 'x-forwarded-user',
        groupsHeader: 'x-forwarded-groups',
        groupsSeparator: ',',
      },
    });
    const level = async (peer: string, headers: Record<string, string | string[]>) =>
      (await gate.admit(visitor({ peer, headers }))).level;
    expect(await level('10.0.0.1', { 'x-forwarded-user': 'joe' })).toBe('full');
    expect(await level('10.0.0.2', { 'x-forwarded-user': 'joe' })).toBe('none');
    expect(await level('10.0.0.1', {})).toBe('none');
    expect(await level('10.0.0.1', { 'x-forwarded-user': '' })).toBe('none');
    expect(await level('10.0.0.1', { 'x-forwarded-user': 'CN=Joe, OU=Ops' })).toBe('full');
    // A proxy that adds its line to what the client sent.
    for (const lines of [['mallory', ''], ['', ''], ['mallory', 'joe'], ', ', ',,'])
      expect(await level('10.0.0.1', { 'x-forwarded-user': lines }), String(lines)).toBe('none');
  });
});

describe('a proxy’s word', () => {
  const mode = (groupsSeparator: string) =>
    ({
      kind: 'proxy',
      header: 'x-forwarded-user',
      groupsHeader: 'x-forwarded-groups',
      groupsSeparator,
    }) as const;
  const grants = parseGrants(
    readSettings({ VITALS_GRANTS: 'ops=admin; cn=night,dc=example=operator; Süd=viewer' }, []),
    'oidc',
    [],
  );
  const from = (groups: string) =>
    visitor({ peer: '10.0.0.1', headers: { 'x-forwarded-user': 'joe', 'x-forwarded-groups': groups } });

  it.each<[separator: string, groups: string, may: string]>([
    [',', 'staff, ops', 'admin'],
    [',', 'staff|ops', 'nothing'],
    [',', 'staff;ops', 'nothing'],
    ['|', 'staff|ops', 'admin'],
    ['|', 'staff, ops', 'nothing'],
    ['|', 'cn=night,dc=example|staff', 'operator'],
    [';', 'cn=night,dc=example;staff', 'operator'],
    // As Node reads what a proxy writes in UTF-8, and in Latin-1.
    [',', Buffer.from('staff,Süd').toString('latin1'), 'viewer'],
    [',', 'Süd', 'viewer'],
  ])('with “%s” between groups, of “%s” somebody may see as much as: %s', async (separator, groups, may) => {
    const gate = make({ mode: mode(separator), grants });
    expect(formatScope((await gate.admit(from(groups))).scope)).toBe(may);
  });

  it('counts for what is open for five minutes at most, and then their browser has to ask again', async () => {
    let passedMs = 0;
    const gate = make({ mode: mode(','), grants }, () => passedMs);
    const { grant } = await gate.admit(from('ops'));
    expect(gate.isLasting(grant)).toBe(true);
    passedMs += 2 * 60_000;
    expect(gate.isLasting(grant)).toBe(true);
    passedMs += 3 * 60_000;
    expect(gate.isLasting(grant)).toBe(false);
    expect(gate.isLasting((await gate.admit(from('ops'))).grant)).toBe(true);
  });
});

describe('a wall’s token', () => {
  it('opens the wall and nothing else, until its line is taken out', async () => {
    writeFileSync(tokensFile, '# screens\nkitchen-0123456789abcdef\nhall-0123456789abcdef # by the stairs\n');
    const gate = make();
    expect(await gate.openWall('kitchen-0123456789abcdeX', visitor({}))).toBeNull();
    const pass = await gate.openWall('kitchen-0123456789abcdef', visitor({}));
    const cookies = { [WALL_COOKIE]: pass?.value ?? '' };
    const decide = async (path: string) => (await gate.admit(visitor({ path, cookies }))).decision.kind;
    const { grant } = await gate.admit(visitor({ path: '/wall', cookies }));
    expect(gate.isLasting(grant)).toBe(true);
    expect(await decide('/wall')).toBe('allow');
    expect(await decide('/api/stream')).toBe('allow');
    expect(await decide('/api/swarm')).toBe('refuse');
    expect(await decide('/services/web')).toBe('refuse');
    // Another password, a restart, and other tokens beside it change nothing; it opens no other token's name.
    const other = make({ mode: { kind: 'password', password: { kind: 'plain', text: 'another one' } } });
    expect((await other.admit(visitor({ path: '/wall', cookies }))).level).toBe('wall');
    const hall = await gate.openWall('hall-0123456789abcdef', visitor({}));
    const mixed = `${hall?.value.split('.')[0]}.${pass?.value.split(/\.(.*)/s)[1]}`;
    expect((await gate.admit(visitor({ path: '/wall', cookies: { [WALL_COOKIE]: mixed } }))).level).toBe(
      'none',
    );
    writeFileSync(tokensFile, '# screens\nhall-0123456789abcdef # by the stairs\n');
    expect(await decide('/wall')).toBe('sign-in');
    expect(gate.isLasting(grant)).toBe(false);
    rmSync(tokensFile);
    expect(await decide('/wall')).toBe('sign-in');
  });
});

describe('when the clock of the machine is set', () => {
  const DAY_MS = 24 * 3_600_000;
  const EPOCH_MS = 1_800_000_000_000;

  /** A gate with a clock that goes on by itself and one that is set. */
  function makeSet() {
    let passedMs = 0;
    let setMs = 0;
    const gate = make(
      {},
      () => passedMs,
      () => EPOCH_MS + passedMs + setMs,
    );
    return {
      gate,
      pass: (ms: number) => (passedMs += ms),
      set: (ms: number) => (setMs += ms),
      async levelOf(session: string) {
        return (await gate.admit(visitor({ cookies: { [SESSION_COOKIE]: session } }))).level;
      },
    };
  }

  it.each([
    ['a day forth', DAY_MS],
    ['a day back', -DAY_MS],
    ['a year back', -365 * DAY_MS],
  ])('%s, nobody is signed out before or after their seven days', async (_, stepMs) => {
    const { gate, pass, set, levelOf } = makeSet();
    const { session } = await signIn(gate);
    pass(6.5 * DAY_MS);
    set(stepMs);
    expect(await levelOf(session)).toBe('full');
    const { session: later } = await signIn(gate);
    pass(0.4 * DAY_MS);
    expect(await levelOf(session)).toBe('full');
    pass(0.2 * DAY_MS);
    expect(await levelOf(session)).toBe('none');
    expect(await levelOf(later)).toBe('full');
    pass(7 * DAY_MS);
    expect(await levelOf(later)).toBe('none');
  });

  it('a machine that slept for a month has nobody signed in', async () => {
    const { gate, set, levelOf } = makeSet();
    const { session } = await signIn(gate);
    set(30 * DAY_MS);
    expect(await levelOf(session)).toBe('none');
  });

  it('a session of a time when the clock was a year ahead does not last for a year', async () => {
    const { session } = await signIn(
      make(
        {},
        () => 0,
        () => EPOCH_MS + 365 * DAY_MS,
      ),
    );
    const { levelOf } = makeSet();
    expect(await levelOf(session)).toBe('none');
  });

  it('who signed out stays out', async () => {
    const { gate, pass, set, levelOf } = makeSet();
    const { session } = await signIn(gate);
    set(-DAY_MS);
    await gate.signOut(visitor({ cookies: { [SESSION_COOKIE]: session } }));
    for (let day = 0; day < 10; day += 1) {
      expect(await levelOf(session)).toBe('none');
      pass(DAY_MS);
    }
  });

  it('a screen whose line has a slip is led to no swarm, whichever it names', async () => {
    const gate = make();
    writeFileSync(tokensFile, 'a-token-of-a-screen swarm=prod\n');
    const wall = (await gate.openWall('a-token-of-a-screen', visitor({})))?.value ?? '';
    const headers = { 'x-vitals-swarm': 'lab' };
    const cookies = { [WALL_COOKIE]: wall };
    const admission = await gate.admit({
      ...visitor({ path: '/wall', headers, cookies }),
      address: '/swarms/lab/wall',
    });
    expect(admission.elsewhere).toBe('/fleet/none');
    expect(admission.scope.rights).toEqual([]);
  });

  it('a screen goes on, whatever the year', async () => {
    const { gate, set } = makeSet();
    writeFileSync(tokensFile, 'a-token-of-a-screen\n');
    const wall = (await gate.openWall('a-token-of-a-screen', visitor({})))?.value ?? '';
    set(56 * 365 * DAY_MS);
    const screen = visitor({ path: '/wall', cookies: { [WALL_COOKIE]: wall } });
    expect((await gate.admit(screen)).level).toBe('wall');
  });
});

describe('the audit log', () => {
  function setUp() {
    const said: string[] = [];
    let nowMs = 0;
    const gate = createGate(CONFIG, {
      ...{ nowMs: () => nowMs, wallMs: () => Date.now(), log: (text: string) => void said.push(text) },
      ...{ installationSecret: null, signOutPath: null, surroundings: ALONE },
    });
    return { gate, said, pass: (ms: number) => (nowMs += ms) };
  }

  it('says once in 10 s that somebody may not silence this, and how often it was in between', () => {
    const { gate, said, pass } = setUp();
    const why = 'This is for the role admin; yours is viewer.';
    for (let at = 0; at < 400; at += 1) gate.audit.silence('silence', 'ada', visitor({}), { why });
    gate.audit.silence('silence-end', 'ada', visitor({}), { why });
    gate.audit.silence('silence', 'eve', visitor({}), { why });
    expect(said).toHaveLength(3);
    pass(10_000);
    gate.audit.silence('silence', 'ada', visitor({}), { why });
    expect(said).toHaveLength(4);
    expect(said[3]).toContain('"moreBefore":399');
  });

  it('says each change of a silence, whoever was refused before', () => {
    const { gate, said } = setUp();
    gate.audit.silence('silence', 'ada', visitor({}), { why: 'This is for the role admin.' });
    for (const silence of ['one', 'two', 'three'])
      gate.audit.silence('silence', 'ada', visitor({}), { silence, of: 'service shop_web' });
    expect(said).toHaveLength(4);
  });
});
