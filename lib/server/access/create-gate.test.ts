import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AccessConfig } from './access.ts';
import { createGate, SESSION_COOKIE, type Visitor, WALL_COOKIE } from './create-gate.ts';
import { SIGNED_OUT_PATH } from './watch-peers.ts';

const PASSWORD = 'correct horse';
const folder = mkdtempSync(join(tmpdir(), 'vitals-gate-'));
const tokensFile = join(folder, 'tokens');
afterAll(() => rmSync(folder, { recursive: true }));

const CONFIG: AccessConfig = {
  mode: { kind: 'password', password: { kind: 'plain', text: PASSWORD } },
  trustedProxies: ['10.0.0.1'],
  apiToken: 'an-api-token-of-ours',
  wallTokens: { kind: 'file', path: tokensFile },
  peers: null,
  hosts: [],
  frameAncestors: [],
  development: false,
  loopback: false,
};
const make = (config: Partial<AccessConfig> = {}, nowMs = () => 0) =>
  createGate({ ...CONFIG, ...config }, { nowMs, log: () => {}, installationSecret: null });

function visitor(over: {
  path?: string;
  method?: string;
  peer?: string;
  headers?: Record<string, string>;
  cookies?: Record<string, string>;
}): Visitor {
  const headers: Record<string, string> = { host: 'vitals.example', ...over.headers };
  return {
    method: over.method ?? 'GET',
    path: over.path ?? '/',
    header: (name) => headers[name] ?? null,
    cookie: (name) => over.cookies?.[name] ?? null,
    peer: over.peer ?? '192.168.0.9',
  };
}

describe('a session', () => {
  it('comes with the password, opens everything, and ends for good when its owner signs out', async () => {
    const gate = make();
    expect((await gate.admit(visitor({}))).level).toBe('none');
    expect(await gate.signIn('wrong password', visitor({}))).toEqual({ kind: 'wrong' });
    const signIn = await gate.signIn(PASSWORD, visitor({}));
    if (signIn.kind !== 'welcome') return expect.unreachable();
    const mine = visitor({ path: '/api/swarm', cookies: { [SESSION_COOKIE]: signIn.cookie } });
    expect(await gate.admit(mine)).toEqual({ decision: { kind: 'allow' }, level: 'full' });
    // Another server with the same password takes it too.
    expect((await make().admit(mine)).level).toBe('full');
    await gate.signOut(mine);
    expect((await gate.admit(mine)).level).toBe('none');
    expect(await gate.isStillAdmitted(mine)).toBe(false);
  });

  it('that was signed out at one server is refused by another that asked', async () => {
    const peers = { peers: { host: 'tasks.vitals', port: 3000 } };
    const [one, other] = [make(peers), make(peers)];
    const signIn = await one.signIn(PASSWORD, visitor({}));
    if (signIn.kind !== 'welcome') return expect.unreachable();
    const mine = visitor({ cookies: { [SESSION_COOKIE]: signIn.cookie } });
    await one.signOut(mine);
    expect((await other.admit(mine)).level).toBe('full');
    // Asked by the other, it tells; and a server that was started again knows as soon as it asked one of them.
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

  it('is spoken of with other servers alone: whoever cannot prove to be one is told nothing', async () => {
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
      { ...headers, 'x-vitals-peer-nonce': 'A'.repeat(24) },
      { ...headers, 'x-vitals-peer-time': String(Date.now() + 5) },
      { ...headers, 'x-vitals-peer-proof': '' },
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
    const signIn = await gate.signIn(PASSWORD, visitor({}));
    if (signIn.kind !== 'welcome') return expect.unreachable();
    const { cookie } = signIn;
    const tampered = `${cookie.slice(0, -8)}AAAAAAAA`;
    for (const value of [tampered, '', 'x', 'Fe26.2*1*', cookie.repeat(50)])
      expect((await gate.admit(visitor({ cookies: { [SESSION_COOKIE]: value } }))).level).toBe('none');
    expect((await gate.admit(visitor({ cookies: { [WALL_COOKIE]: cookie } }))).level).toBe('none');
    const other = make({ mode: { kind: 'password', password: { kind: 'plain', text: 'another one' } } });
    expect((await other.admit(visitor({ cookies: { [SESSION_COOKIE]: cookie } }))).level).toBe('none');
  });

  it('is not to be guessed: tries are slowed down, also those of a program', async () => {
    const gate = make();
    for (let index = 0; index < 5; index += 1) await gate.signIn(`guess ${index}`, visitor({}));
    expect(await gate.signIn(PASSWORD, visitor({}))).toMatchObject({ kind: 'wait' });
    expect((await gate.signIn(PASSWORD, visitor({ peer: '192.168.0.10' }))).kind).toBe('welcome');
    const basic = `Basic ${Buffer.from(`x:${PASSWORD}`).toString('base64')}`;
    expect((await gate.admit(visitor({ headers: { authorization: basic } }))).level).toBe('none');
  });

  it('counts tries against the person behind a proxy that is trusted, and takes nobody else’s word', async () => {
    const gate = make();
    const behind = (peer: string, client: string) =>
      visitor({ peer, headers: { 'x-forwarded-for': client } });
    for (let index = 0; index < 5; index += 1) await gate.signIn('guess', behind('10.0.0.1', '1.1.1.1'));
    expect((await gate.signIn(PASSWORD, behind('10.0.0.1', '2.2.2.2'))).kind).toBe('welcome');
    for (let index = 0; index < 5; index += 1)
      await gate.signIn('guess', behind('10.9.9.9', `3.3.3.${index}`));
    expect((await gate.signIn(PASSWORD, behind('10.9.9.9', '4.4.4.4'))).kind).toBe('wait');
  });
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
    const gate = make({ mode: { kind: 'proxy', header: 'x-forwarded-user' } });
    const level = async (peer: string, headers: Record<string, string>) =>
      (await gate.admit(visitor({ peer, headers }))).level;
    expect(await level('10.0.0.1', { 'x-forwarded-user': 'joe' })).toBe('full');
    expect(await level('10.0.0.2', { 'x-forwarded-user': 'joe' })).toBe('none');
    expect(await level('10.0.0.1', {})).toBe('none');
    expect(await level('10.0.0.1', { 'x-forwarded-user': '' })).toBe('none');
  });
});

describe('a wall’s token', () => {
  it('opens the wall and nothing else, until its line is taken out', async () => {
    writeFileSync(tokensFile, '# screens\nkitchen-0123456789abcdef\nhall-0123456789abcdef # by the stairs\n');
    const gate = make();
    expect(await gate.openWall('kitchen-0123456789abcdeX', visitor({}))).toBeNull();
    const pass = await gate.openWall('kitchen-0123456789abcdef', visitor({}));
    const cookies = { [WALL_COOKIE]: pass?.cookie ?? '' };
    const decide = async (path: string) => (await gate.admit(visitor({ path, cookies }))).decision.kind;
    expect(await decide('/wall')).toBe('allow');
    expect(await decide('/api/stream')).toBe('allow');
    expect(await decide('/api/swarm')).toBe('refuse');
    expect(await decide('/services/web')).toBe('refuse');
    // Another password, a restart, and other tokens beside it change nothing; it opens no other token's name.
    const other = make({ mode: { kind: 'password', password: { kind: 'plain', text: 'another one' } } });
    expect((await other.admit(visitor({ path: '/wall', cookies }))).level).toBe('wall');
    const hall = await gate.openWall('hall-0123456789abcdef', visitor({}));
    const mixed = `${hall?.cookie.split('.')[0]}.${pass?.cookie.split(/\.(.*)/s)[1]}`;
    expect((await gate.admit(visitor({ path: '/wall', cookies: { [WALL_COOKIE]: mixed } }))).level).toBe(
      'none',
    );
    writeFileSync(tokensFile, '# screens\nhall-0123456789abcdef # by the stairs\n');
    expect(await decide('/wall')).toBe('sign-in');
    rmSync(tokensFile);
    expect(await decide('/wall')).toBe('sign-in');
  });
});
