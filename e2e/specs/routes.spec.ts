import { type Answer, ask, toCookie } from '#e2e/support/ask.ts';
import { listRoutes } from '#e2e/support/list-routes.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

const PASSWORD = 'correct horse battery';
const API_TOKEN = 'api-token-0123456789';
const WALL_TOKEN = 'wall-token-0123456789';

/** What is said of a route here is what differs; every other one, and each that is new, is for a session alone. */
const OPEN: Record<string, number[]> = {
  '/login': [200, 303],
  '/login/callback': [200, 303],
  '/api/login': [405],
  '/api/logout': [405],
  '/api/healthz': [200],
  '/api/readyz': [200, 503],
  '/api/signed-out': [404],
  '/api/silences/[id]/end': [405],
};
/** Who may post what is tried in access.spec.ts and, of silences, in decide-access.test.ts and silences.spec.ts. */
const TAKES_POST = ['/api/login', '/api/logout', '/api/silences', '/api/silences/[id]/end'];
const OF_WALL = ['/wall', '/api/stream'];
/** The same above several swarms: with one they are not there. */
const OF_FLEET_WALL = ['/fleet/wall', '/api/fleet/stream'];

const ANSWERED = [200, 404, 503];
const REFUSED = [303, 401];

type Who = Record<string, string>;

/** Asks for every route there is, as each of these, and for what each should get. */
async function expectAnswers(
  { url }: VitalsServer,
  cases: { what: string; who: Who; full: number[]; wall: number[] }[],
): Promise<void> {
  const routes = listRoutes();
  expect(routes.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      '/',
      '/api/swarm',
      '/services/[name]/[replica]/log',
      ...Object.keys(OPEN),
      ...OF_WALL,
    ]),
  );
  const nowhere = ['/nowhere', '/api/nowhere', '/API/swarm', '/api/swarm/', '//api/swarm', '/%61pi/swarm'];
  for (const { name, path } of [...routes, ...nowhere.map((one) => ({ name: one, path: one }))])
    for (const { what, who, full, wall } of cases) {
      const answer = await ask(`${url}${path}`, who);
      const isNotThere = OF_FLEET_WALL.includes(name) && !wall.includes(404);
      const ofWall = isNotThere ? wall.map((status) => (status === 200 ? 404 : status)) : wall;
      const isOfWall = OF_WALL.includes(name) || OF_FLEET_WALL.includes(name);
      const expected = OPEN[name] ?? (isOfWall ? ofWall : full);
      // A slash too many is taken off, or refused before anything of ours is asked.
      const redirects = nowhere.includes(path) ? [308, 400] : [];
      expect([...expected, ...redirects], `GET ${path}, ${what}`).toContain(answer.status);
      expectCareful(answer, `GET ${path}, ${what}`, !expected.includes(200));
      for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
        if (method === 'POST' && TAKES_POST.includes(name)) continue;
        const { status } = await ask(`${url}${path}`, who, { method });
        expect([403, 405, ...redirects], `${method} ${path}, ${what}`).toContain(status);
      }
    }
}

/** Nobody keeps it, frames it, guesses its kind, or reads a word of the swarm that is not theirs. */
function expectCareful({ status, headers, body }: Answer, what: string, isClosed: boolean): void {
  // Next takes a slash off before anything of ours is asked; it says nothing but where to.
  if (status === 308) return;
  if (status === 200) expect(headers['cache-control'], what).toMatch(/no-store/);
  expect(headers['x-content-type-options'], what).toBe('nosniff');
  if (headers['content-type']?.includes('html')) expect(headers['x-frame-options'], what).toBe('DENY');
  if (isClosed) expect(body, what).not.toMatch(/docker0|memoryBytes|tcp:\/\/|"services"/);
}

test('with a password every route is closed to all but those whom it is for', async ({ swarm }) => {
  const vitals = await startVitals({
    ...swarm.settings,
    VITALS_PASSWORD: PASSWORD,
    VITALS_API_TOKEN: API_TOKEN,
    VITALS_WALL_TOKENS: WALL_TOKEN,
  });
  try {
    const form = `password=${encodeURIComponent(PASSWORD)}`;
    const signedIn = await ask(`${vitals.url}/api/login`, {}, { form });
    const session = toCookie(signedIn, 'session');
    const wall = toCookie(await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`), 'wall');
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const nobody = { full: REFUSED, wall: REFUSED };
    const everything = { full: ANSWERED, wall: ANSWERED };
    const strangers: [string, Who][] = [
      ['with nothing', {}],
      ['with a cookie that is none', { cookie: 'vitals-session=Fe26.2*1*x' }],
      ['with a changed session', { cookie: `${session.slice(0, -6)}AAAAAA` }],
      ['with a session as a wall’s pass', { cookie: session.replace('-session', '-wall') }],
      ['with a wall’s pass as a session', { cookie: wall.replace('-wall', '-session') }],
      ['as a known browser', { cookie: toCookie(signedIn, 'device') }],
      [
        'as a known browser that calls it a session',
        { cookie: toCookie(signedIn, 'device').replace('-device', '-session') },
      ],
      ['with a session of TLS', { cookie: session.replace('vitals', '__Host-vitals') }],
      ['with a wrong token', { authorization: `Bearer ${API_TOKEN}x` }],
      ['with a wall’s token as the API’s', { authorization: `Bearer ${WALL_TOKEN}` }],
      [
        'with headers of ours',
        {
          'x-vitals-level': 'full',
          'x-vitals-peer': '127.0.0.1',
          'x-forwarded-user': 'root',
          'x-vitals-session': '1',
        },
      ],
      ['past the guard', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ];
    await expectAnswers(vitals, [
      ...strangers.map(([what, who]) => ({ what, who, ...nobody })),
      { what: 'as a wall', who: { cookie: wall }, full: [403], wall: [200] },
      { what: 'signed in', who: { cookie: session }, ...everything },
      { what: 'with the API token', who: { authorization: `Bearer ${API_TOKEN}` }, ...everything },
      { what: 'with the password', who: basic(`x:${PASSWORD}`), ...everything },
    ]);
  } finally {
    await vitals.kill();
  }
});

test('behind a proxy every route is closed to all whom it does not name', async ({ swarm }) => {
  const vitals = await startVitals({
    ...swarm.settings,
    VITALS_AUTH: 'proxy',
    VITALS_TRUSTED_PROXIES: '127.0.0.1',
    VITALS_WALL_TOKENS: WALL_TOKEN,
  });
  try {
    const wall = toCookie(await ask(`${vitals.url}/wall?token=${WALL_TOKEN}`), 'wall');
    const nobody = { full: [401], wall: [401] };
    await expectAnswers(vitals, [
      { what: 'without a name', who: {}, ...nobody },
      { what: 'with an empty name', who: { 'x-forwarded-user': '' }, ...nobody },
      { what: 'with another header', who: { 'x-auth-user': 'joe', 'remote-user': 'joe' }, ...nobody },
      { what: 'as a wall', who: { cookie: wall }, full: [403], wall: [200] },
      { what: 'with a name', who: { 'x-forwarded-user': 'joe' }, full: ANSWERED, wall: ANSWERED },
    ]);
    for (const { path, name } of listRoutes())
      if (OPEN[name] === undefined) {
        const { status } = await ask(
          `${vitals.url}${path}`,
          { 'x-forwarded-user': 'joe' },
          { from: '127.0.0.2' },
        );
        expect(status, `${path} with a name, from elsewhere`).toBe(401);
      }
  } finally {
    await vitals.kill();
  }
});

test('open to everybody, every route is still read only, and only for people who came here themselves', async ({
  swarm,
}) => {
  const vitals = await startVitals({ ...swarm.settings, VITALS_AUTH: 'none' });
  try {
    await expectAnswers(vitals, [{ what: 'with nothing', who: {}, full: ANSWERED, wall: ANSWERED }]);
    for (const { path } of listRoutes()) {
      const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
      expect([403, 405], `${path} for another site`).toContain(
        (await ask(`${vitals.url}${path}`, foreign)).status,
      );
      const rebound = await ask(`${vitals.url}${path}`, { host: 'evil.example' });
      expect([421, 405], `${path} by another name`).toContain(rebound.status);
    }
  } finally {
    await vitals.kill();
  }
});
