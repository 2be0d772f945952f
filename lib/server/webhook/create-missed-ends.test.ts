import { describe, expect, test } from 'vitest';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { decideSwarmVerdict } from '#lib/model/derive/decide-swarm-verdict.ts';
import { buildFinding } from '#lib/testing/build-finding.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSilence } from '#lib/testing/build-silence.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { english } from '#lib/words/english.ts';
import { createMissedEnds } from './create-missed-ends.ts';
import { createVerdictWatch } from './create-verdict-watch.ts';

const build = (target: Silence['target'], overrides: Partial<Silence> = {}): Silence =>
  buildSilence({ target, untilMs: 1, ...overrides });
const toPicture = (facts: Pick<SwarmPicture, 'services' | 'findings'>): SwarmPicture => {
  const seen = { ...facts, nodes: [], ready: true };
  return buildSwarmPicture({ ...seen, ...decideSwarmVerdict(seen, english) });
};

/** A server that starts with the first picture, and sees the others a second apart. @param isLate silences are read after it */
async function start(silence: Silence, isLate: boolean, ...pictures: SwarmPicture[]): Promise<string[]> {
  const clock = createFakeClock();
  const emitted: string[] = [];
  const watch = createVerdictWatch({
    ...clock,
    holdMs: 10_000,
    calmMs: 300_000,
    onChange: ({ service, to, afterSilence }) =>
      emitted.push(`${service?.name ?? 'swarm'}: ${to}${afterSilence === undefined ? '' : ' (after)'}`),
  });
  const missed = createMissedEnds(watch, { ...clock, holdMs: 10_000 });
  const tell = () => missed.tell([silence], () => emitted.push('done'));
  if (!isLate) tell();
  for (const [at, picture] of pictures.entries()) {
    missed.update({ picture, changes: [] });
    await clock.advance(1_000);
    if (isLate && at === 0) tell();
  }
  await clock.advance(200_000);
  watch.close();
  return emitted;
}

const web = (verdict: Verdict) => buildServicePicture({ id: 'web', name: 'web', stack: null, verdict });
const ofSwarm = build({ kind: 'swarm' }, { cause: 'quorum-lost' });
const ofWeb = build({ kind: 'service', name: 'web' });

describe.each([
  ['before the swarm is read', false],
  ['after it', true],
])('silences that were over at the start, and are read %s', (_, isLate) => {
  test('what the swarm itself had is told', async () => {
    const lost = toPicture({ services: [web('healthy')], findings: [buildFinding()] });
    expect(await start(ofSwarm, isLate, lost)).toEqual(['swarm: degraded (after)', 'done']);
  });

  test('also beside a service that is as bad, of which nothing is told', async () => {
    const lost = toPicture({ services: [web('degraded')], findings: [buildFinding()] });
    expect(await start(ofSwarm, isLate, lost)).toEqual(['swarm: degraded (after)', 'done']);
  });

  test('what engines say a moment after the start is told, too', async () => {
    const unread = toPicture({ services: [web('starting')], findings: [] });
    const bad = toPicture({ services: [web('degraded')], findings: [] });
    const emitted = await start(ofWeb, isLate, unread, unread, bad);
    expect(emitted).toContain('web: degraded (after)');
    expect(emitted.at(-1)).toBe('done');
  });

  test('nothing is where all is well by now', async () => {
    const well = toPicture({ services: [web('healthy')], findings: [] });
    expect(await start(ofSwarm, isLate, well, well)).toEqual(['done']);
    expect(await start(ofWeb, isLate, well, well)).toEqual(['done']);
  });
});
