import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { type StartedSubject, startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { print } from '#e2e/support/print.ts';
import { type Feed, startFeed } from '#e2e/support/proxies/start-feed.ts';
import { inspectWall } from '#e2e/support/wall/inspect-wall.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { isProblem } from '#lib/model/status/severity.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';

/** The wall on demo swarms of every size, and on swarms that no Docker would make. */
const SCREENS = [
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
] as const;

const SIZES = [
  { nodes: 1, services: 1, replicas: 3 },
  { nodes: 3, services: 10, replicas: 30 },
  { nodes: 5, services: 100, replicas: 200 },
  { nodes: 8, services: 1000, replicas: 1100 },
];

const wall = (page: Page) => page.locator('.wall');

/** Lets two probes in a row fail, of one replica of so many services that are well: the second makes it a problem. */
async function breakServices({ url, control }: StartedSubject, count: number): Promise<void> {
  const picture = (await (await fetch(`${url}/api/swarm`)).json()) as SwarmPicture;
  const well = picture.services.filter(
    ({ verdict, mode, healthCheck }) =>
      verdict === 'healthy' && mode.kind === 'replicated' && healthCheck !== null,
  );
  const flip = async (service: string) => {
    const body = JSON.stringify({ service, slot: 1, to: 'fail' });
    await fetch(`${control}/flip`, { method: 'POST', body });
  };
  for (const { name } of well.slice(0, count)) {
    await flip(name);
    await flip(name);
  }
}

async function countFailing({ url }: StartedSubject): Promise<number> {
  const picture = (await (await fetch(`${url}/api/swarm`)).json()) as SwarmPicture;
  return picture.services.filter(({ verdict }) => isProblem(verdict)).length;
}

async function expectFits(page: Page, what: string, scale = 1): Promise<Record<string, number>> {
  const smallest: Record<string, number> = {};
  for (const [width, height] of SCREENS) {
    await page.setViewportSize({ width, height });
    await expect(async () => {
      const measured = await inspectWall(page, scale);
      expect(measured.faults, `${what} at ${width}x${height}`).toEqual([]);
      expect(measured.texts).toBeGreaterThan(3);
      for (const [kind, size] of Object.entries(measured.smallest))
        smallest[kind] = Math.min(smallest[kind] ?? size, size);
    }).toPass({ timeout: 20_000 });
  }
  return smallest;
}

for (const size of SIZES) {
  test(`a swarm of ${size.services} services fits every screen, with no problem and with many`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const subject = await startVitalsSubject({ size, profile: null, signal: new AbortController().signal });
    try {
      await page.goto(`${subject.url}/wall`);
      await expect(wall(page)).toHaveAttribute('data-truth', 'live');
      await expect(wall(page)).toHaveAttribute('data-tone', 'well');
      await expect(page.locator('[data-text="verdict"]')).toHaveText('All is well');
      let smallest = await expectFits(page, `${size.services} services, no problem`);
      let broken = 0;
      for (const wanted of [1, 5, 50, 200].filter((count) => count <= size.services)) {
        await breakServices(subject, wanted - broken);
        broken = wanted;
        // What fails at once on one node is the node's on the wall, so services are counted where they are all listed.
        await expect
          .poll(() => countFailing(subject), { timeout: 20_000 })
          .toBeGreaterThanOrEqual(Math.floor(wanted * 0.9));
        await expect(wall(page)).toHaveAttribute('data-tone', 'bad');
        const own = await expectFits(page, `${size.services} services, ${wanted} problems`);
        smallest = { ...own, ...smallest };
        print(`${size.services} services, ${await wall(page).getAttribute('data-problems')} problems: fits`);
      }
      expect(Object.keys(smallest)).toEqual(expect.arrayContaining(['clock', 'counts', 'foot', 'tileName']));
    } finally {
      await subject.close();
    }
  });
}

const HOSTILE = [
  'a'.repeat(63),
  'W'.repeat(63),
  `${'very-long-stack-name'.repeat(2)}_${'service'.repeat(3)}`,
  'خدمة-الدفع-الإلكتروني',
  '支払いサービス'.repeat(6),
  '👩‍👩‍👧‍👦🚀🔥'.repeat(8),
  '\u202eevil\u202c name',
  '<b>bold</b> & "quoted"',
  'z̷̡̛͎a̸̢l̵g̶o̴'.repeat(6),
  '',
  ' ',
  'line\nbreak\ttab\u0000nul',
];

function toHostilePicture(copies: number): SwarmPicture {
  const services = HOSTILE.flatMap((name, kind) =>
    Array.from({ length: copies }, (_, copy) => {
      const isBad = (kind + copy) % 2 === 0;
      const text = `${name} ${'x'.repeat(200)} \u001b[31mred\u001b[0m\n${'دروغ '.repeat(40)}\n${'🔥'.repeat(90)}`;
      return buildServicePicture({
        id: `s${kind}-${copy}`,
        name,
        stack: kind % 3 === 0 ? name : null,
        image: `registry.example/${'i'.repeat(200)}`,
        desired: 10_000,
        healthy: 9_999,
        verdict: isBad ? (kind % 2 === 0 ? 'down' : 'failing') : 'healthy',
        sentence: isBad ? `Replica 1 on ${name}: ${text}` : 'All of them are healthy.',
        sinceMs: copy,
        replicas: Array.from({ length: copy === 0 ? 400 : 1 }, (_one, slot) =>
          buildReplica({
            key: String(slot + 1),
            slot: slot + 1,
            hostname: name,
            status: slot === 7 || copies === 1 ? 'failed' : 'healthy',
            evidence: { label: `exit 137 (SIGKILL) ${name}`, text },
          }),
        ),
      });
    }),
  );
  const nodes = HOSTILE.map((hostname, index) =>
    buildNodePicture({
      id: `n${index}`,
      hostname,
      status: index % 4 === 0 ? 'down' : 'ready',
      statusMessage: hostname,
    }),
  );
  return buildSwarmPicture({ name: HOSTILE[5] ?? '', services, nodes, revision: 1, atMs: Date.now() });
}

test.describe('a wall with a stream of our own', () => {
  let subject: StartedSubject;
  let feed: Feed;

  test.beforeAll(async () => {
    const size = { nodes: 1, services: 1, replicas: 1 };
    subject = await startVitalsSubject({ size, profile: null, signal: new AbortController().signal });
  });
  test.beforeEach(async () => {
    feed = await startFeed(subject.url, buildSwarmPicture(), 'unknown');
  });
  test.afterEach(() => feed.close());
  test.afterAll(() => subject.close());

  test('names and outputs that are long, foreign, empty or meant to break it fit every screen', async ({
    page,
  }) => {
    // Twenty-eight walls are measured, which a busy machine does in more than two minutes.
    test.setTimeout(240_000);
    feed.show(toHostilePicture(1));
    await page.goto(`${feed.url}/wall`);
    for (const copies of [1, 3, 12]) {
      feed.show(toHostilePicture(copies));
      const problems =
        toHostilePicture(copies).services.filter(({ verdict }) => verdict !== 'healthy').length + 3;
      await expect(wall(page)).toHaveAttribute('data-problems', String(problems));
      await expectFits(page, `${problems} hostile problems`);
    }
    for (const [density, scale] of [
      ['roomy', 1.25],
      ['dense', 0.75],
    ] as const) {
      await page.goto(
        `${feed.url}/wall?density=${density}&title=${'T'.repeat(60)}&stacks=${'s'.repeat(200)}`,
      );
      await expect(wall(page)).toHaveAttribute('data-tone', 'empty');
      await expectFits(page, `a miss, ${density}`, scale);
      await page.goto(`${feed.url}/wall?density=${density}&views=nodes`);
      await expect(wall(page)).toHaveAttribute('data-tone', 'bad');
      await expectFits(page, `hostile, ${density}`, scale);
    }
  });

  test('services by nodes fit every screen, whatever their names', async ({ page }) => {
    test.setTimeout(120_000);
    feed.show(toHostilePicture(3));
    await page.goto(`${feed.url}/wall?views=matrix`);
    await expect(page.locator('.wall-matrix [data-status="failed"]').first()).toBeVisible();
    await expectFits(page, 'a hostile matrix');
  });

  test('problems that do not fit turn over: each is named within a round', async ({ page }) => {
    const services = Array.from({ length: 60 }, (_, index) =>
      buildServicePicture({
        id: `s${index}`,
        name: `service-${index}`,
        verdict: 'degraded',
        sentence: 'It is not well.',
      }),
    );
    feed.show(buildSwarmPicture({ services }));
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${feed.url}/wall`);
    await expect(page.locator('.wall-label')).toContainText(/And 5\d more, in turn: \d+ to \d+ of 60/);
    const named = new Set<string>();
    await waitFor(
      async () => {
        const names = await page
          .locator('[data-problem]')
          .evaluateAll((all) => all.map((one) => one.dataset.service ?? ''));
        for (const name of names) named.add(name);
        return named.size === 60;
      },
      90_000,
      'each of 60 problems to be named',
    );
  });

  test('a problem that comes and goes is set off for a while and named in the foot; the first look is no news', async ({
    page,
  }) => {
    const [well, bad] = (['healthy', 'degraded'] as const).map((verdict) =>
      buildSwarmPicture({ services: [buildServicePicture({ verdict, sentence: 'Replica 1: exit 1.' })] }),
    );
    if (!well || !bad) throw new Error('Both are there.');
    feed.show(bad);
    await page.goto(`${feed.url}/wall`);
    await expect(page.locator('[data-problem]')).toHaveAttribute('data-new', 'false');
    feed.show(well);
    await expect(wall(page)).toHaveAttribute('data-tone', 'well');
    await expect(page.locator('[data-notice="cleared"]')).toContainText('web is well again');
    feed.show(bad);
    await expect(page.locator('[data-problem]')).toHaveAttribute('data-new', 'true');
    await expect(page.locator('[data-notice="appeared"]')).toContainText('web needs attention');
    await expect(page.locator('[data-problem]')).toHaveAttribute('data-new', 'false', { timeout: 12_000 });
  });

  test('a new version is loaded once, and not while a problem is shown', async ({ page }) => {
    const [well, bad] = (['healthy', 'down'] as const).map((verdict) =>
      buildSwarmPicture({ services: [buildServicePicture({ verdict })] }),
    );
    if (!well || !bad) throw new Error('Both are there.');
    feed.show(bad);
    await page.goto(`${feed.url}/wall`);
    await expect(wall(page)).toHaveAttribute('data-tone', 'bad');
    feed.show(bad, 'a-new-build');
    await page.waitForTimeout(1500);
    expect(feed.loads(), 'it waits for the problem to pass').toBe(1);
    feed.show(well);
    // Half a minute at the latest: pages come one after another.
    await expect.poll(() => feed.loads(), { timeout: 60_000 }).toBe(2);
    await expect(wall(page)).toHaveAttribute('data-tone', 'well');
    feed.show(well);
    await page.waitForTimeout(1500);
    expect(feed.loads(), 'once per version').toBe(2);
  });

  test('a stream that falls silent is shown within five seconds: grey, in a red frame, with the reason', async ({
    page,
  }) => {
    await page.goto(`${feed.url}/wall`);
    await expect(page.locator('[data-answer="s-healthy"]')).toBeVisible();
    feed.fallSilent();
    const silentAtMs = Date.now();
    await expect(wall(page)).toHaveAttribute('data-truth', 'stale', { timeout: 6_000 });
    print(`silent → grey in a red frame: ${Date.now() - silentAtMs} ms`);
    await expect(page.locator('.wall > .wall-frame')).toBeVisible();
    await expect(page.locator('.wall-head h1')).toHaveText('Not live');
    await expect(page.locator('[data-text="scope"]')).toContainText(
      /Seen last at \d\d:\d\d:\d\d\. The server/,
    );
    await expect(page.locator('[data-answer="s-healthy"]')).toHaveCount(0);
    await expect(page.locator('.wall-age')).toContainText(/data \d+ s old/);
    await expectFits(page, 'not live');
  });

  test('managers that do not answer make it old although the server is there', async ({ page }) => {
    const source = {
      kind: 'manager',
      endpoint: 'tcp://10.0.0.1:2375',
      nodeId: null,
      state: 'unreachable',
      sinceMs: Date.now() - 90_000,
      error: 'connection refused.',
      active: true,
      engineVersion: null,
      apiVersion: null,
      skewMs: 0,
    } as const;
    feed.show(buildSwarmPicture({ sources: [source] }));
    await page.goto(`${feed.url}/wall`);
    await expect(wall(page)).toHaveAttribute('data-truth', 'stale');
    await expect(page.locator('[data-text="scope"]')).toContainText(
      'No manager answers: connection refused.',
    );
    await expect(page.locator('.wall-age')).toContainText(/data 1 min \d+ s old/);
    await expect(page.locator('[data-answer="s-healthy"]')).toHaveCount(0);
  });

  test('a page whose script stands still covers itself, and comes back when it runs again', async ({
    browser,
    page,
  }) => {
    await page.goto(`${feed.url}/wall`);
    await expect(page.locator('[data-answer="s-healthy"]')).toBeVisible();
    const cover = page.locator('.wall-watchdog');
    await expect(cover).toHaveCSS('opacity', '0');
    // The screen as it is, looked at in another page: no script of this one can, while it stands still.
    const reader = await browser.newPage();
    const client = await page.context().newCDPSession(page);
    const isEdgeRed = async () => readCorner(reader, await captureScreen(client));
    await expect.poll(isEdgeRed, { timeout: 60_000 }).toBe(false);
    // The script waits for this answer, and does nothing else, for as long as it takes until the cover is seen.
    let goOn = () => {};
    const covered = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/stands-still', async (route) => {
      await covered;
      await route.fulfill({ status: 204 });
    });
    const standing = page.evaluate(() => {
      const request = new XMLHttpRequest();
      request.open('GET', '/stands-still', false);
      request.send();
    });
    try {
      await expect
        .poll(isEdgeRed, {
          message: 'the edge of the screen is red while the script stands still',
          timeout: 60_000,
        })
        .toBe(true);
    } finally {
      goOn();
      await standing;
      await reader.close();
    }
    await expect(cover).toHaveCSS('opacity', '0');
  });

  test('a script that never starts is noticed', async ({ page }) => {
    await page.route('**/_next/static/**/*.js', (route) => route.abort());
    await page.goto(`${feed.url}/wall`);
    const cover = page.locator('.wall-watchdog');
    await expect
      .poll(() => cover.evaluate((one) => Number(getComputedStyle(one).opacity)))
      .toBeGreaterThan(0.9);
    await expect(cover).toContainText('Its script does not run');
    await expect(page.locator('.s-healthy')).toHaveCount(0);
  });

  test('a wall is set up by hand: the panel writes the address, and says what is shown', async ({ page }) => {
    const services = ['shop_web', 'shop_db', 'ml_train'].map((name) =>
      buildServicePicture({
        id: name,
        name,
        stack: name.split('_')[0] ?? null,
        verdict: name === 'ml_train' ? 'down' : 'healthy',
      }),
    );
    feed.show(buildSwarmPicture({ services }));
    await page.goto(`${feed.url}/wall`);
    await expect(wall(page)).toHaveAttribute('data-tone', 'bad');
    await page.keyboard.press('s');
    const panel = page.getByRole('complementary', { name: 'Set up this wall' });
    await panel.getByRole('checkbox', { name: 'shop', exact: true }).check();
    await expect(page).toHaveURL(/\/wall\?stacks=shop$/);
    await expect(page.locator('[data-text="verdict"]')).toHaveText('Stack shop: all well');
    await panel.getByLabel('Theme').selectOption('light');
    await expect(page).toHaveURL(/stacks=shop&theme=light$/);
    await expect(wall(page)).toHaveCSS('background-color', 'rgb(246, 247, 249)');
    await expect(panel).toContainText('keeps the screen awake');
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await page.reload();
    await expect(page.locator('[data-text="verdict"]')).toHaveText('Stack shop: all well');
    await expect(wall(page)).toHaveAttribute('data-idle', 'true');
    await expect(wall(page)).toHaveCSS('cursor', 'none');
    await page.keyboard.press('f');
    await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
    await page.goto(`${feed.url}/wall?stacks=shopp`);
    await expect(page.locator('[data-text="verdict"]')).toHaveText('Nothing matches stack shopp');
    await expect(page.locator('[data-answer="s-healthy"]')).toHaveCount(0);
  });
});

/** A picture that needs no script of the page: of a cast that goes on, the last frame may be left out on a busy machine. */
async function captureScreen(client: CDPSession): Promise<string> {
  const frame = new Promise<string>((resolve) =>
    client.once('Page.screencastFrame', ({ data }) => resolve(data)),
  );
  await client.send('Page.startScreencast', { format: 'png' });
  try {
    return await frame;
  } finally {
    await client.send('Page.stopScreencast');
  }
}

/** Is the outermost corner of a picture red? */
function readCorner(page: Page, png: string): Promise<boolean> {
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const [red = 0, green = 0, blue = 0] = context?.getImageData(3, 3, 1, 1).data ?? [];
    return red > 150 && green < 130 && blue < 130;
  }, png);
}
