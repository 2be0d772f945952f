import { describe, expect, it, test } from 'vitest';
import type { SwarmCause } from '#lib/model/contract/finding.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { decideSwarmVerdict } from '#lib/model/derive/decide-swarm-verdict.ts';
import { diffPicture } from '#lib/model/derive/diff-picture.ts';
import { silencePicture } from '#lib/model/silences/silence-picture.ts';
import { buildFinding } from '#lib/testing/build-finding.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSilence } from '#lib/testing/build-silence.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { english } from '#lib/words/english.ts';
import type { VerdictChange } from './create-held-verdicts.ts';
import { createVerdictWatch } from './create-verdict-watch.ts';

type VerdictWatchOptions = Parameters<typeof createVerdictWatch>[0];

/** A watch, what it emits, and pictures that are shown to it, each for so many seconds. */
function startWatch<T>(
  toEmitted: (...emitted: Parameters<VerdictWatchOptions['onChange']>) => T,
  onFirst?: (change: VerdictChange) => T,
) {
  const clock = createFakeClock();
  const emitted: T[] = [];
  const watch = createVerdictWatch({
    ...clock,
    holdMs: 10_000,
    calmMs: 300_000,
    onChange: (...change) => emitted.push(toEmitted(...change)),
    ...(onFirst === undefined ? {} : { onFirst: (change) => emitted.push(onFirst(change)) }),
  });
  let before = buildSwarmPicture({ ready: false, services: [] });
  return {
    clock,
    emitted,
    async show(picture: SwarmPicture, seconds: number): Promise<void> {
      watch.update({ picture, changes: diffPicture(before, picture) });
      before = picture;
      await clock.advance(seconds * 1_000);
    },
    close: watch.close,
  };
}

const toLine = ({ service, node, from, to, afterSilence }: VerdictChange) =>
  `${service?.name ?? node?.hostname ?? 'swarm'}: ${from} → ${to}${afterSilence === undefined ? '' : ' (after)'}`;

/** Pictures one after the other with the seconds that each lasts. */
async function playAll(
  steps: readonly (readonly [picture: SwarmPicture, seconds: number])[],
  onFirst?: (change: VerdictChange) => string,
): Promise<string[]> {
  const { emitted, show, close } = startWatch(toLine, onFirst);
  for (const [picture, seconds] of steps) await show(picture, seconds);
  close();
  return emitted;
}

/** Service verdicts one after the other; the swarm's stays out of it. */
function play(...steps: [verdict: Verdict | 'gone', seconds: number][]): Promise<string[]> {
  return playAll(
    steps.map(([verdict, seconds]) => {
      const services = verdict === 'gone' ? [] : [buildServicePicture({ verdict })];
      return [buildSwarmPicture({ services, verdict: 'healthy' }), seconds];
    }),
  );
}

describe('verdict changes', () => {
  it.each<[string, Parameters<typeof play>, string[]]>([
    ['what is so at the start is not sent', [['down', 60]], []],
    [
      'nor that engines are read one by one',
      [
        ['unknown', 20],
        ['healthy', 60],
      ],
      [],
    ],
    [
      'a problem is sent when it held, and so is its end',
      [
        ['healthy', 60],
        ['failing', 11],
        ['healthy', 11],
      ],
      ['web: healthy → failing', 'web: failing → healthy'],
    ],
    [
      'what turns back within the hold is not sent',
      [
        ['healthy', 60],
        ['failing', 9],
        ['healthy', 60],
      ],
      [],
    ],
    [
      'flapping is sent once it held',
      [
        ['healthy', 60],
        ['failing', 5],
        ['healthy', 5],
        ['failing', 5],
        ['healthy', 5],
        ['failing', 11],
      ],
      ['web: healthy → failing'],
    ],
    [
      'one problem after another is a problem that holds',
      [
        ['healthy', 60],
        ['failing', 6],
        ['degraded', 6],
      ],
      ['web: healthy → degraded'],
    ],
    [
      'a problem that gets worse is sent again',
      [
        ['healthy', 60],
        ['failing', 11],
        ['down', 11],
      ],
      ['web: healthy → failing', 'web: failing → down'],
    ],
    [
      'one that gets milder is sent when that held for five minutes, and not where it is as bad again before',
      [
        ['healthy', 60],
        ['down', 11],
        ['degraded', 290],
        ['down', 60],
        ['degraded', 200],
        ['pending', 120],
      ],
      ['web: healthy → down', 'web: down → pending'],
    ],
    [
      'what fails again soon after its end was sent is over when that held for five minutes, however often it does',
      [
        ['healthy', 60],
        ['down', 15],
        ['running', 15],
        ...[1, 2, 3, 4, 5, 6].flatMap((): [Verdict, number][] => [
          ['down', 15],
          ['running', 60],
          ['degraded', 30],
        ]),
        ['running', 301],
      ],
      ['web: healthy → down', 'web: down → running', 'web: running → down', 'web: down → running'],
    ],
    [
      'an hour later that is another problem',
      [
        ['healthy', 60],
        ['down', 15],
        ['running', 3_700],
        ['down', 15],
        ['running', 15],
      ],
      ['web: healthy → down', 'web: down → running', 'web: running → down', 'web: down → running'],
    ],
    [
      'an update within its limits is no news',
      [
        ['healthy', 60],
        ['updating', 60],
        ['healthy', 60],
      ],
      [],
    ],
    [
      'what never was up is sent',
      [
        ['gone', 60],
        ['pending', 11],
      ],
      ['web: null → pending'],
    ],
    [
      'a service that is made and well is no news',
      [
        ['gone', 60],
        ['starting', 20],
        ['healthy', 60],
      ],
      [],
    ],
    [
      'a problem ends with its service',
      [
        ['healthy', 60],
        ['down', 11],
        ['gone', 1],
      ],
      ['web: healthy → down', 'web: down → null'],
    ],
    [
      'an engine that never could be read was so at the start',
      [
        ['unknown', 80],
        ['healthy', 11],
      ],
      ['web: unknown → healthy'],
    ],
  ])('%s', async (_what, steps, expected) => {
    expect(await play(...steps)).toEqual(expected);
  });

  it('are sent for the swarm as a whole', async () => {
    const { clock, emitted, show } = startWatch((change) => change);
    await show(buildSwarmPicture(), 60);
    await show(buildSwarmPicture({ verdict: 'unknown' }), 11);
    const changedAtMs = clock.nowMs() - 11_000;
    expect(emitted).toEqual([
      { id: '', service: null, node: null, from: 'healthy', to: 'unknown', sinceMs: changedAtMs },
    ]);
  });
});

test('a clock that is set holds nothing back, and lets nothing through', async () => {
  const watch = startWatch(({ service, to }) => `${service?.name}: ${to}`);
  const { clock, emitted } = watch;
  const show = (verdict: Verdict, seconds: number) =>
    watch.show(
      buildSwarmPicture({ services: [buildServicePicture({ verdict })], verdict: 'healthy' }),
      seconds,
    );
  await show('healthy', 60);
  await show('down', 5);
  clock.step(-3_600_000);
  await show('down', 6);
  expect(emitted).toEqual(['web: down']);
  await show('healthy', 2);
  clock.step(7_200_000);
  await show('healthy', 2);
  expect(emitted).toEqual(['web: down']);
  watch.close();
});

test('that the swarm is well is sent when that was of each of its services', async () => {
  const loop: [Seen, number][] = [
    [{ services: [toy('down')] }, 20],
    [{ services: [toy('healthy')] }, 20],
  ];
  const emitted = await playPictures(
    ...[[{ services: [toy('healthy')] }, 70] as [Seen, number], ...loop, ...loop, ...loop],
    [{ services: [toy('healthy')] }, 270],
    [{ services: [toy('healthy')] }, 60],
  );
  expect(emitted.filter((one) => !one.startsWith('first'))).toEqual([
    ...['swarm: healthy → down', 'toy: healthy → down', 'swarm: down → healthy', 'toy: down → healthy'],
    ...['swarm: healthy → down', 'toy: healthy → down', 'swarm: down → healthy', 'toy: down → healthy'],
  ]);
});

/** A node, and services that suffer from it or from something else; `countsFirst`: what is so at the start is emitted, too. */
function startNode({ countsFirst = false } = {}) {
  const atFirst = ({ service, node, to }: VerdictChange) =>
    `${service?.name ?? node?.hostname ?? 'swarm'}: at first ${to}`;
  const watch = startWatch(toLine, countsFirst ? atFirst : undefined);
  const because = { cause: 'node-disk', subject: { kind: 'node', nodeId: 'node-1' } } as const;
  const about = { level: 'problem', sentence: 'No.', evidence: null, hint: null, sinceMs: 0 } as const;
  const service = (name: string, ...explained: boolean[]) =>
    buildServicePicture({
      id: name,
      name,
      verdict: explained.length === 0 ? 'healthy' : 'down',
      replicas: explained.map((one, at) =>
        buildReplica({
          key: String(at),
          status: 'failed',
          findings: [
            {
              ...about,
              cause: 'disk-full',
              subject: { kind: 'replica', serviceId: name, key: String(at) },
              because: one ? because : null,
            },
          ],
        }),
      ),
    });
  const show = (services: ServicePicture[], hasRoot: boolean, seconds = 60) => {
    const findings = hasRoot ? [{ ...because, ...about, because: null }] : [];
    const nodes = [buildNodePicture({ id: 'node-1', hostname: 'docker01', findings })];
    const verdict = services.every((one) => one.verdict === 'healthy') ? 'healthy' : 'down';
    return watch.show(buildSwarmPicture({ services, nodes, verdict }), seconds);
  };
  return { service, show, emitted: watch.emitted, close: watch.close };
}

test('a node with what its services suffer from is emitted once, and first; a service with more to say, itself', async () => {
  const { service, show, emitted, close } = startNode();
  await show([service('a'), service('b'), service('c')], false);
  await show([service('a', true), service('b', true), service('c', true, false)], true);
  expect(emitted.splice(0)).toEqual([
    'swarm: healthy → down',
    'docker01: healthy → degraded',
    'c: healthy → down',
  ]);
  // The node is mended, and one service is not.
  await show([service('a'), service('b', false), service('c')], false);
  expect(emitted.splice(0)).toEqual([
    'docker01: degraded → healthy',
    'b: healthy → down',
    'c: down → healthy',
  ]);
  await show([service('a'), service('b'), service('c')], false);
  expect(emitted).toEqual(['swarm: down → healthy', 'b: down → healthy']);
  close();
});

test('what a node explains at the start is the node’s alone; what is so of it when it is not explained any more is said then', async () => {
  const { service, show, emitted, close } = startNode({ countsFirst: true });
  await show([service('a', true), service('b', true), service('c', false)], true);
  expect(emitted.splice(0).toSorted()).toEqual([
    'c: at first down',
    'docker01: at first degraded',
    'swarm: at first down',
  ]);
  await show([service('a'), service('b', false), service('c', false)], false);
  expect(emitted).toEqual(['docker01: degraded → healthy', 'a: at first healthy', 'b: at first down']);
  close();
});

test('a swarm that was never read since the start is sent once, and so is that it is read', async () => {
  const { emitted, show, close } = startWatch((change, { sentence }) => `${toLine(change)}, ${sentence}`);
  const unread = (sentence: string) => buildSwarmPicture({ ready: false, services: [], sentence });
  await show(unread('Its source does not answer.'), 60);
  expect(emitted).toEqual([]);
  await show(unread('Its source refuses the token.'), 10.001);
  await show(unread('Its source does not answer.'), 600);
  expect(emitted).toEqual(['swarm: null → unknown, Its source refuses the token.']);
  await show(buildSwarmPicture({ verdict: 'healthy', services: [], sentence: 'All is well.' }), 10.001);
  close();
  expect(emitted.slice(1)).toEqual(['swarm: unknown → healthy, All is well.']);
});

const silenced = { id: 'silence-1', of: 'service', untilMs: 1e15, by: null, comment: '' } as const;

const SILENCE = buildSilence({ id: 'silence-2', target: { kind: 'swarm' }, untilMs: 1e15 });

const toy = (verdict: Verdict, isSilenced = false) =>
  buildServicePicture({ id: 'toy', name: 'toy', verdict, ...(isSilenced ? { silenced } : {}) });
type Seen = Partial<Pick<SwarmPicture, 'services' | 'nodes' | 'findings' | 'ready'>>;

/** Pictures one after the other, each with the swarm's verdict of all it has; `first`: of a server that shares a database. */
function playPictures(...steps: [seen: Seen, seconds: number][]): Promise<string[]> {
  return playAll(
    steps.map(([{ services = [], nodes = [], findings = [], ready = true }, seconds]) => {
      const facts = { services, nodes, findings, ready };
      return [buildSwarmPicture({ ...facts, ...decideSwarmVerdict(facts, english) }), seconds];
    }),
    (change) => `first ${toLine(change)}`,
  );
}

describe('what the swarm itself has, beside a service that is as bad', () => {
  const web = (verdict: Verdict) => ({ services: [toy(verdict)] });
  const lost = { ...web('degraded'), findings: [buildFinding()] };
  const start: [Seen, number][] = [
    [web('healthy'), 70],
    [web('degraded'), 60],
  ];
  const TOLD = ['swarm: healthy → degraded', 'toy: healthy → degraded'];
  const ANEW = 'swarm: degraded → degraded';

  test.each<[string, [Seen, number][], string[]]>([
    ['is told', [[lost, 60]], [ANEW]],
    [
      'is told when it is over, too',
      [
        [lost, 60],
        [web('degraded'), 60],
      ],
      [ANEW, ANEW],
    ],
    [
      'is not where it is over before it held',
      [
        [lost, 5],
        [web('degraded'), 60],
      ],
      [],
    ],
    [
      'nor that it is over, where it comes again before that held',
      [
        [lost, 60],
        [web('degraded'), 5],
        [lost, 60],
      ],
      [ANEW],
    ],
    [
      'and whatever else happens meanwhile',
      [
        [lost, 5],
        [{ ...lost, services: [toy('degraded')] }, 4],
        [{ ...lost, nodes: [buildNodePicture()] }, 60],
        [web('healthy'), 60],
      ],
      [ANEW, 'swarm: degraded → healthy', 'toy: degraded → healthy'],
    ],
  ])('%s', async (_, steps, expected) => {
    const emitted = await playPictures(...start, ...steps);
    expect(emitted.filter((one) => !one.startsWith('first'))).toEqual([...TOLD, ...expected]);
  });

  test('is told once, by whatever name a swarm without a quorum is said to be so', async () => {
    const by = (cause: SwarmCause) => ({ ...web('degraded'), findings: [{ ...buildFinding(), cause }] });
    const emitted = await playPictures(
      ...start,
      [by('quorum-edge'), 60],
      [by('swarm-error'), 60],
      [by('no-quorum'), 60],
      [by('quorum-lost'), 60],
      [web('degraded'), 60],
    );
    const [AT_EDGE, LOST, OVER] = [ANEW, ANEW, ANEW];
    expect(emitted.filter((one) => !one.startsWith('first'))).toEqual([...TOLD, AT_EDGE, LOST, OVER]);
  });

  test('that no manager can be asked is told of the swarm, and not of each service', async () => {
    const unlisted = { ...buildFinding(), cause: 'tasks-unlisted', level: 'notice' } as const;
    const unasked = {
      services: [buildServicePicture({ id: 'toy', name: 'toy', verdict: 'unknown', findings: [unlisted] })],
      findings: [{ ...buildFinding(), cause: 'no-quorum' as const }],
    };
    const well: [Seen, number] = [web('healthy'), 70];
    expect((await playPictures(well, [unasked, 60], well)).slice(2)).toEqual([
      'swarm: healthy → degraded',
      'swarm: degraded → healthy',
    ]);
    const shown = silencePicture({ ...unasked, nodes: [] }, [{ ...SILENCE, cause: 'no-quorum' }]);
    expect(shown.services[0]?.silenced?.id).toBe(SILENCE.id);
    expect((await playPictures(well, [shown, 60], well)).slice(2)).toEqual([]);
  });

  test('is told once while a swarm loses its quorum, however its verdict changes in that minute', async () => {
    const web1 = { services: [toy('healthy')] };
    const by = (cause: SwarmCause): Seen => ({ ...web1, findings: [{ ...buildFinding(), cause }] });
    const emitted = await playPictures(
      [web1, 70],
      [by('swarm-error'), 21],
      [by('managers-unreachable'), 12],
      [by('swarm-error'), 20],
      [by('no-quorum'), 120],
      [web1, 60],
    );
    expect(emitted.filter((one) => one.startsWith('swarm'))).toEqual([
      'swarm: healthy → degraded',
      'swarm: degraded → healthy',
    ]);
  });

  test('is not told where it was so at the start', async () => {
    expect(await playPictures([lost, 120], [lost, 60])).toEqual([
      'first swarm: null → degraded',
      'first toy: null → degraded',
    ]);
  });
});

describe('what is silenced', () => {
  type Step = [verdict: Verdict, isSilenced: boolean, seconds: number];

  /** As `play`, with the swarm's verdict, of a swarm of this service alone. */
  function playSilenced(...steps: Step[]): Promise<string[]> {
    return playAll(
      steps.map(([verdict, isSilenced, seconds]) => {
        const service = buildServicePicture({ verdict, ...(isSilenced ? { silenced } : {}) });
        return [buildSwarmPicture({ services: [service], verdict }), seconds];
      }),
    );
  }

  it.each<[string, Step[], string[]]>([
    [
      'is not told, of the service nor of the swarm that has nothing else',
      [
        ['healthy', false, 70],
        ['degraded', true, 60],
        ['down', true, 60],
        ['healthy', false, 60],
      ],
      [],
    ],
    [
      'is told when the silence is over and it is still so',
      [
        ['healthy', false, 70],
        ['degraded', true, 60],
        ['degraded', false, 60],
      ],
      ['swarm: healthy → degraded (after)', 'web: healthy → degraded (after)'],
    ],
    [
      'and once more where it was told before, since nobody heard of it since',
      [
        ['healthy', false, 70],
        ['degraded', false, 60],
        ['degraded', true, 60],
        ['degraded', false, 60],
        ['degraded', false, 60],
      ],
      ['swarm: healthy → degraded', 'web: healthy → degraded', 'web: degraded → degraded (after)'],
    ],
    [
      'never seems to turn good: that it was silenced is no recovery',
      [
        ['healthy', false, 70],
        ['degraded', false, 60],
        ['degraded', true, 60],
      ],
      ['swarm: healthy → degraded', 'web: healthy → degraded'],
    ],
    [
      'and where it does, whoever was told of the problem is told',
      [
        ['healthy', false, 70],
        ['degraded', false, 60],
        ['degraded', true, 60],
        ['healthy', false, 60],
      ],
      [
        'swarm: healthy → degraded',
        'web: healthy → degraded',
        'swarm: degraded → healthy',
        'web: degraded → healthy',
      ],
    ],
    [
      'is told where the silence ends between two crashes, and it crashes again',
      [
        ['healthy', false, 70],
        ['degraded', false, 60],
        ['degraded', true, 60],
        ['healthy', true, 5],
        ['healthy', false, 4],
        ['degraded', false, 60],
      ],
      ['swarm: healthy → degraded', 'web: healthy → degraded', 'web: degraded → degraded (after)'],
    ],
    [
      'and as it is where it is told as well before that',
      [
        ['healthy', false, 70],
        ['degraded', false, 60],
        ['degraded', true, 60],
        ['healthy', false, 60],
        ['degraded', false, 60],
      ],
      [
        'swarm: healthy → degraded',
        'web: healthy → degraded',
        'swarm: degraded → healthy',
        'web: degraded → healthy',
        'swarm: healthy → degraded',
        'web: healthy → degraded',
      ],
    ],
    [
      'is not told where it is well before the hold after the silence is over',
      [
        ['healthy', false, 70],
        ['degraded', true, 60],
        ['degraded', false, 5],
        ['healthy', false, 60],
      ],
      [],
    ],
    [
      'what was about to be told when it was silenced is not',
      [
        ['healthy', false, 70],
        ['degraded', false, 5],
        ['degraded', true, 60],
      ],
      [],
    ],
    [
      'at the start is told when the silence is over',
      [
        ['degraded', true, 120],
        ['degraded', false, 60],
      ],
      ['swarm: null → degraded (after)', 'web: null → degraded (after)'],
    ],
  ])('%s', async (_, steps, expected) => {
    expect(await playSilenced(...steps)).toEqual(expected);
  });

  const lossTwice: [Seen, number][] = [0, 1].flatMap(() => [
    [{ services: [toy('degraded', true)], findings: [buildFinding()] }, 60],
    [{ services: [toy('degraded', true)] }, 600],
  ]);

  test('keeps nothing that the swarm itself has from being told, each time, nor that it is over', async () => {
    const emitted = await playPictures(
      [{ services: [toy('healthy')] }, 70],
      [{ services: [toy('degraded', true)] }, 60],
      ...lossTwice,
    );
    const once = ['swarm: healthy → degraded', 'swarm: degraded → healthy'];
    expect(emitted.filter((one) => one.startsWith('swarm'))).toEqual([...once, ...once]);
  });

  test('what the swarm was told for before it was silenced does not turn good, and what comes then is told', async () => {
    const emitted = await playPictures(
      [{ services: [toy('healthy')] }, 70],
      [{ services: [toy('degraded')] }, 60],
      [{ services: [toy('degraded', true)] }, 60],
      ...lossTwice,
      [{ services: [toy('healthy')] }, 60],
    );
    // That the quorum is back is told while the toy is silenced still; that the toy is well is told of the toy.
    const once = ['swarm: degraded → healthy', 'swarm: healthy → degraded'];
    expect(emitted.filter((one) => one.startsWith('swarm'))).toEqual([
      'swarm: healthy → degraded',
      'swarm: degraded → degraded',
      ...once,
      'swarm: degraded → healthy',
    ]);
  });

  test('a loss of quorum that ends while what was silenced later is still bad is told at once', async () => {
    const emitted = await playPictures(
      [{ services: [toy('healthy')] }, 70],
      [{ services: [toy('degraded')], findings: [buildFinding()] }, 60],
      [{ services: [toy('degraded', true)], findings: [buildFinding()] }, 60],
      [{ services: [toy('degraded', true)] }, 60],
    );
    const once = ['swarm: healthy → degraded', 'swarm: degraded → healthy'];
    expect(emitted.filter((one) => one.startsWith('swarm'))).toEqual(once);
  });

  test('that the worst of two is silenced makes the swarm no milder, and nothing is told of that', async () => {
    const other = (verdict: Verdict) => buildServicePicture({ id: 'other', name: 'other', verdict });
    const emitted = await playPictures(
      [{ services: [toy('healthy'), other('healthy')] }, 70],
      [{ services: [toy('down'), other('degraded')] }, 60],
      [{ services: [toy('down', true), other('degraded')] }, 900],
    );
    expect(emitted.filter((one) => !one.startsWith('first'))).toEqual([
      'swarm: healthy → down',
      'toy: healthy → down',
      'other: healthy → degraded',
    ]);
  });

  test('a loss of quorum that is silenced beside a service that is as bad is not over by that, and told when the silence is', async () => {
    const lost = (isSilenced: boolean): Seen => ({
      services: [toy('degraded')],
      findings: [isSilenced ? { ...buildFinding(), silenced: { ...silenced, of: 'swarm' } } : buildFinding()],
    });
    const emitted = await playPictures(
      [{ services: [toy('healthy')] }, 70],
      [lost(false), 60],
      [lost(true), 600],
      [lost(false), 60],
      [lost(false), 60],
      [lost(true), 60],
      [{ services: [toy('degraded')] }, 60],
    );
    expect(emitted.filter((one) => one.startsWith('swarm'))).toEqual([
      'swarm: healthy → degraded',
      'swarm: degraded → degraded (after)',
      'swarm: degraded → degraded',
    ]);
  });

  test('a swarm that was never read and then is well but for what is silenced is told as well', async () => {
    const emitted = await playPictures([{ ready: false }, 90], [{ services: [toy('degraded', true)] }, 60]);
    expect(emitted).toEqual(['swarm: null → unknown', 'swarm: unknown → healthy']);
  });

  test('a node whose silence ends between two losses is told when it is lost again', async () => {
    const node = buildNodePicture();
    const down = buildNodePicture({ status: 'down', engine: { ...node.engine, state: 'unreachable' } });
    const emitted = await playPictures(
      [{ nodes: [node] }, 70],
      [{ nodes: [down] }, 60],
      [{ nodes: [{ ...down, silenced: { ...silenced, of: 'node' } }] }, 60],
      [{ nodes: [node] }, 5],
      [{ nodes: [down] }, 60],
    );
    const told = ['host-1: healthy → degraded', 'host-1: degraded → degraded (after)'];
    expect(emitted.filter((one) => one.startsWith('host'))).toEqual(told);
  });

  test('a node that was silenced, and well since, is told as it is when it is lost again', async () => {
    const node = buildNodePicture();
    const down = buildNodePicture({ status: 'down', engine: { ...node.engine, state: 'unreachable' } });
    const emitted = await playPictures(
      [{ nodes: [node] }, 70],
      [{ nodes: [{ ...down, silenced: { ...silenced, of: 'node' } }] }, 60],
      [{ nodes: [node] }, 600],
      [{ nodes: [down] }, 60],
    );
    expect(emitted.filter((one) => one.startsWith('host'))).toEqual(['host-1: healthy → degraded']);
  });
});

describe('what is silenced when a server that shares a database starts', () => {
  it.each<[string, Verdict, boolean, string]>([
    [
      'is said to be well when it is, since it may have been told before',
      'healthy',
      false,
      'first toy: null → healthy',
    ],
    ['is told when that is over and it is still so', 'degraded', false, 'toy: null → degraded (after)'],
  ])('%s', async (_, verdict, isSilenced, expected) => {
    const emitted = await playPictures(
      [{ services: [toy('degraded', true)] }, 120],
      [{ services: [toy(verdict, isSilenced)] }, 60],
    );
    expect(emitted).toContain(expected);
  });

  test('is said to be gone where it is removed; of the swarm, too, that it is well', async () => {
    const emitted = await playPictures([{ services: [toy('degraded', true)] }, 120], [{}, 60]);
    expect(emitted).toEqual(['first toy: null → null', 'first swarm: null → idle']);
  });
});
