import { expect, it } from 'vitest';
import type { Connected, PortPlace } from './connect-port.ts';
import { createEngineLink } from './create-engine-link.ts';
import { createPortChecks, PORT_LIMITS } from './create-port-checks.ts';
import { toMesh } from './read-mesh.ts';

const MESH = toMesh({
  Peers: [{ IP: '10.0.0.1' }, { IP: '10.0.0.2' }],
  Services: { web: { Ports: ['Target: 80, Publish: 30080', 'Target: 81, Publish: 30081'] } },
});
const LEFT = new AbortController().signal;

function setUp(connect: (place: PortPlace) => Promise<Connected | null>, mesh = Promise.resolve(MESH)) {
  const gone: string[] = [];
  let reads = 0;
  const clock = { ms: 0 };
  const checks = createPortChecks({
    link: createEngineLink({ kind: 'unix', path: '/nowhere' }),
    nowMs: () => clock.ms,
    connect: (place) => {
      gone.push(`${place.address}:${place.port}`);
      return connect(place);
    },
    read: () => {
      reads += 1;
      return mesh;
    },
  });
  const ask = async (...places: PortPlace[]) => {
    const { statusCode, body } = await checks.answer(places, LEFT);
    return statusCode === 200
      ? (JSON.parse(body) as { ports: { answer: string }[] }).ports.map(({ answer }) => answer)
      : statusCode;
  };
  return { checks, ask, gone, clock, reads: () => reads };
}

const answers = async (): Promise<Connected> => ({ answer: 'answers', ms: 1 });

it('whoever has the secret asks for this and that: an agent connects to what its own engine lists', async () => {
  const { ask, gone } = setUp(answers);
  const asked = await ask(
    { address: '10.0.0.1', port: 30_080 },
    { address: '10.0.0.1', port: 22 },
    { address: '192.168.1.1', port: 30_080 },
    { address: '127.0.0.1', port: 30_080 },
    { address: '10.0.0.2', port: 30_081 },
  );
  expect(asked).toEqual(['answers', 'unlisted', 'unlisted', 'unlisted', 'answers']);
  expect(gone).toEqual(['10.0.0.1:30080', '10.0.0.2:30081']);
});

it('somebody asks a thousand times a second: eight connections at first, then two a second', async () => {
  const { ask, gone, clock, reads } = setUp(answers);
  const place = { address: '10.0.0.1', port: 30_080 };
  for (let i = 0; i < 200; i += 1) await ask(place, place, place, place, place);
  expect(gone).toHaveLength(PORT_LIMITS.burst);
  clock.ms = 3_000;
  for (let i = 0; i < 200; i += 1) await ask(place);
  expect(gone).toHaveLength(PORT_LIMITS.burst + 6);
  expect(reads()).toBe(1);
});

it('ports that never answer: four are waited for at a time, and more questions are told to come again', async () => {
  const ends: (() => void)[] = [];
  const { ask, gone } = setUp(
    () => new Promise((resolve) => ends.push(() => resolve({ answer: 'timed-out', ms: null }))),
  );
  const place = { address: '10.0.0.1', port: 30_080 };
  const waiting = Array.from({ length: 4 }, () => ask(place, place));
  await expect.poll(() => gone.length).toBe(PORT_LIMITS.atOnce);
  expect(await ask(place)).toBe(429);
  while (gone.length < 8 || ends.length > 0) {
    for (const end of ends.splice(0)) end();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await Promise.all(waiting)).flat()).toEqual(Array.from({ length: 8 }, () => 'timed-out'));
});

it('whoever asked goes away while the engine is slow to list: its place is free for the next one at once', async () => {
  let list = (_: typeof MESH) => {};
  const { checks, ask } = setUp(answers, new Promise((resolve) => (list = resolve)));
  const place = { address: '10.0.0.1', port: 30_080 };
  const leaving = new AbortController();
  const waiting = Array.from({ length: PORT_LIMITS.requests }, () => checks.answer([place], leaving.signal));
  expect(await ask(place)).toBe(429);
  leaving.abort();
  await Promise.allSettled(waiting);
  const next = ask(place);
  list(MESH);
  expect(await next).toEqual(['answers']);
});
