import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { diffPicture } from '#lib/model/derive/diff-picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createToldEnds } from './create-told-ends.ts';
import { createVerdictWatch } from './create-verdict-watch.ts';
import { openToldFile } from './open-told-file.ts';
import { type Delivery, toDelivery } from './to-delivery.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitals-told-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const toPath = () => join(folder, 'told.json');

/** One life of a server: pictures, each for so many seconds, and what it sent. */
async function live(
  steps: readonly (readonly [SwarmPicture, number])[],
  isDelivered = true,
): Promise<string[]> {
  const clock = createFakeClock();
  const sent: string[] = [];
  const ends = createToldEnds({
    ...clock,
    file: openToldFile(toPath(), () => {}),
    webhook: {
      post({ body }, done) {
        const { kind, service, from, to, ok } = JSON.parse(body) as Delivery;
        sent.push(`${service ?? kind}: ${from} → ${to}${ok ? ' (ok)' : ''}`);
        if (isDelivered) done();
      },
    },
  });
  const toMessage = (
    ...[change, picture]: Parameters<Parameters<typeof createVerdictWatch>[0]['onChange']>
  ) => toDelivery(change, picture, { publicUrl: null, nowMs: clock.nowMs() });
  const watch = createVerdictWatch({
    ...clock,
    holdMs: 10_000,
    calmMs: 300_000,
    onChange: (change, picture) => ends.send(change.id, toMessage(change, picture)),
    onFirst: (change, picture, isLater) => ends.first(change.id, toMessage(change, picture), isLater),
    onQuiet: ends.silence,
  });
  let before = buildSwarmPicture({ ready: false, services: [] });
  for (const [picture, seconds] of steps) {
    ends.update(picture);
    watch.update({ picture, changes: diffPicture(before, picture) });
    before = picture;
    await clock.advance(seconds * 1_000);
  }
  watch.close();
  ends.close();
  return sent;
}

const web = (verdict: Verdict | 'gone'): SwarmPicture =>
  buildSwarmPicture({
    verdict: 'healthy',
    services: verdict === 'gone' ? [] : [buildServicePicture({ id: 'web', name: 'web', verdict })],
  });

const TOLD = [
  [web('healthy'), 60],
  [web('degraded'), 30],
] as const;

test('what was told as a problem, and ended while no server ran, is told once', async () => {
  expect(await live(TOLD)).toEqual(['web: healthy → degraded']);
  expect(await live([[web('healthy'), 200]])).toEqual(['web: degraded → healthy (ok)']);
  expect(await live([[web('healthy'), 200]]), 'and not at the next start').toEqual([]);
});

test('what is still so at the start is told no more, and its end is', async () => {
  await live(TOLD);
  expect(
    await live([
      [web('degraded'), 200],
      [web('healthy'), 60],
    ]),
  ).toEqual(['web: degraded → healthy (ok)']);
  expect(await live([[web('healthy'), 200]])).toEqual([]);
});

test('what ends just while a server is read is told once', async () => {
  await live(TOLD);
  expect(
    await live([
      [web('unknown'), 5],
      [web('healthy'), 5],
      [web('degraded'), 3],
      [web('healthy'), 200],
    ]),
  ).toEqual(['web: degraded → healthy (ok)']);
});

test('a service that was removed meanwhile is told as that', async () => {
  await live(TOLD);
  expect(await live([[web('gone'), 200]])).toEqual(['web: degraded → null (ok)']);
});

test('an end that was not delivered is told at the next start', async () => {
  await live(TOLD);
  expect(await live([[web('healthy'), 200]], false)).toHaveLength(1);
  expect(await live([[web('healthy'), 200]])).toEqual(['web: degraded → healthy (ok)']);
});

test('a service that a lost node explained at the start, and that fails by itself later, is told', async () => {
  const because = { cause: 'node-disk', subject: { kind: 'node', nodeId: 'node-1' } } as const;
  const about = { level: 'problem', sentence: 'No.', evidence: null, hint: null, sinceMs: 0 } as const;
  const show = (isExplained: boolean) => {
    const subject = { kind: 'replica', serviceId: 'web', key: '1' } as const;
    const finding = { ...about, cause: 'disk-full', subject, because: isExplained ? because : null } as const;
    const replicas = [buildReplica({ status: 'failed', findings: [finding] })];
    return buildSwarmPicture({
      verdict: 'down',
      services: [buildServicePicture({ id: 'web', name: 'web', verdict: 'down', replicas })],
      nodes: [
        buildNodePicture({
          id: 'node-1',
          hostname: 'docker01',
          findings: isExplained ? [{ ...because, ...about, because: null }] : [],
        }),
      ],
    });
  };
  const steps = [[show(true), 3_600] as const, [show(false), 60] as const];
  expect(await live(steps)).toContain('web: null → down');
  expect(await live(steps), 'and not once more by a server that is started since').not.toContain(
    'web: down → down',
  );
});

test('what nobody was told of has no end, and a file of something else tells nothing', async () => {
  expect(await live([[web('healthy'), 200]])).toEqual([]);
  for (const text of [
    '',
    '{',
    '{"version":1,"told":[["web",{}],[1,2],null]}',
    '[]',
    '{"version":2,"told":[]}',
  ]) {
    writeFileSync(toPath(), text);
    expect(await live([[web('healthy'), 200]]), text).toEqual([]);
  }
});

test('the file is for its owner alone', async () => {
  await live(TOLD);
  expect(statSync(toPath()).mode & 0o077).toBe(0);
});
