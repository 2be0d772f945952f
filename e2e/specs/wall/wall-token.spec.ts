import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { images } from '#e2e/lab/images.ts';
import { ask, toCookie } from '#e2e/support/ask.ts';
import { readStream } from '#e2e/support/read-stream.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const API_TOKEN = 'api-token-0123456789';
const [EVERYTHING, SHOP] = ['wall-of-everything-01', 'wall-of-the-shop-01'];
/** A check that passes and says something, in this stack. */
const checked = (stack: string) => ({
  image: images.sleep,
  flags: [
    ...['--label', `com.docker.stack.namespace=${stack}`],
    ...['--health-cmd', `echo output-of-${stack}; : command-of-${stack}`],
    ...['--health-interval', '1s', '--health-timeout', '5s'],
  ],
});

test('a screen is sent what the wall draws of its stacks: no commands, no outputs, nothing of others', async ({
  page,
  swarm,
  services,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'vitals-walls-'));
  const screens = join(folder, 'screens');
  writeFileSync(screens, `${EVERYTHING}\n${SHOP} stacks=shop,none # by the till\n`);
  const vitals = await startVitals({
    ...swarm.settings,
    VITALS_PASSWORD: 'correct horse battery',
    VITALS_API_TOKEN: API_TOKEN,
    VITALS_WALL_TOKENS_FILE: screens,
  });
  try {
    const [shop, ml] = [
      await services.create('shop_till', checked('shop')),
      await services.create('ml_train', checked('ml')),
    ];
    const program = { authorization: `Bearer ${API_TOKEN}` };
    const picture = async () => (await fetch(`${vitals.url}/api/swarm`, { headers: program })).text();
    await expect
      .poll(picture, { timeout: 30_000 })
      .toMatch(/output-of-shop.*output-of-ml|output-of-ml.*output-of-shop/s);
    expect(await picture()).toContain('command-of-shop');

    const wallOf = async (token: string) => toCookie(await ask(`${vitals.url}/wall?token=${token}`), 'wall');
    const snapshotOf = async (headers: Record<string, string>) => {
      const stream = await readStream(vitals, null, headers);
      const { text } = await stream.next('snapshot');
      await expect.poll(() => stream.messages.length).toBeGreaterThan(3);
      stream.close();
      return { text, all: stream.messages.map((message) => message.text).join('\n') };
    };
    const whole = await snapshotOf(program);
    expect(whole.text, 'the test sees what it is about').toMatch(/command-of-ml/);
    const everything = await snapshotOf({ cookie: await wallOf(EVERYTHING) });
    expect(everything.text).toContain(shop);
    expect(everything.text).toContain(ml);
    expect(everything.all).not.toMatch(/output-of|command-of|tcp:\/\/|"events"/);
    const own = await snapshotOf({ cookie: await wallOf(SHOP) });
    expect(own.text).toContain(shop);
    expect(own.all).not.toMatch(new RegExp(`${ml}|output-of|command-of|tcp://`));
    expect(own.text).not.toContain('"stack":"ml"');
    const { services: everyService } = JSON.parse(await picture()) as SwarmPicture;
    for (const { name, stack, id } of everyService.filter((one) => one.stack !== 'shop'))
      expect([name, own.all.includes(name), own.all.includes(id)], `${stack}`).toEqual([name, false, false]);
    // The verdict and the count of problems are those of its stack, and nothing tells how large the swarm is.
    const { picture: ofShop } = JSON.parse(own.text);
    expect(ofShop).toMatchObject({ problems: 0, quorum: { managers: 0 } });
    expect(whole.text).toMatch(/"quorum":\{[^}]*"managers":[1-9]/);

    // The page itself says no more, and shows what it may.
    const pageOf = async (token: string) =>
      (await fetch(`${vitals.url}/wall`, { headers: { cookie: await wallOf(token) } })).text();
    const html = await pageOf(SHOP);
    expect(html).not.toMatch(/tcp:\/\/|command-of|output-of|ml_train/);
    // What it begins with is of its stack, too: the managers cannot be counted, nor problems of others.
    const counted = /managers\\?":[1-9]|\d managers? reachable|role\\?":\\?"manager/;
    expect(await pageOf(EVERYTHING), 'the test sees what it is about').toMatch(counted);
    expect(html).not.toMatch(counted);
    expect(own.all).not.toMatch(counted);
    await page.goto(`${vitals.url}/wall?token=${SHOP}&views=services`);
    await expect(page.locator('.wall')).toHaveAttribute('data-truth', 'live');
    await expect(page.locator('.wall')).toContainText(shop);
    await expect(page.locator('.wall')).not.toContainText(ml);
    // A wall of everything that is only asked for a stack is named in its address, not trusted to hide the rest.
    await page.context().clearCookies();
    await page.goto(`${vitals.url}/wall?token=${EVERYTHING}&stacks=ml&views=services`);
    await expect(page.locator('.wall')).toContainText(ml);

    // Narrowed while it is open: it ends.
    const stream = await readStream(vitals, null, { cookie: await wallOf(EVERYTHING) });
    await stream.next('snapshot');
    writeFileSync(screens, `${EVERYTHING} stacks=shop\n`);
    await expect
      .poll(
        async () => {
          const before = stream.messages.length;
          await new Promise((resolve) => setTimeout(resolve, 2_500));
          return stream.messages.length - before;
        },
        { timeout: 15_000 },
      )
      .toBe(0);
  } finally {
    await vitals.kill();
    await rm(folder, { recursive: true });
  }
});
