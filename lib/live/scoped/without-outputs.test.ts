import { expect, test } from 'vitest';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { en } from '#lib/words/en.ts';
import { english } from '#lib/words/english.ts';
import { withoutOutputs } from './without-outputs.ts';

const CANARY = 'canary-7f3a is not executable and cannot start: it is “quoted” canary-7f3a';

test('what a probe printed, what its check runs and what Docker says is nowhere in what a viewer gets', () => {
  const answer = {
    evidence: { label: 'exit 1', text: CANARY },
    hint: CANARY,
    deep: [{ error: CANARY, health: { lastProbe: buildProbe({ exitCode: 1, output: CANARY }) } }],
    healthCheck: { test: ['CMD-SHELL', CANARY], intervalMs: 1_000 },
    outputs: [CANARY, ''],
    message: CANARY,
    hasLastLines: true,
  };
  const own = withoutOutputs(answer);
  expect(JSON.stringify(own)).not.toContain('canary');
  expect(own.deep[0]?.health.lastProbe).toMatchObject({ exitCode: 1, output: english.notShown });
  expect(own.healthCheck).toEqual({ test: ['CMD-SHELL', english.notShown], intervalMs: 1_000 });
  expect(answer.hint, 'whoever may read it still does').toBe(CANARY);
});

test('how a probe ended stays: its exit code, how long it took, and that it timed out', () => {
  const probe = buildProbe({ exitCode: -1, output: 'Health check exceeded timeout (3s)' });
  expect(withoutOutputs(probe)).toEqual(probe);
  const more = buildProbe({ exitCode: -1, output: 'Health check exceeded timeout (3s): canary' });
  expect(withoutOutputs(more).output).toBe('Health check exceeded timeout (3s)');
  expect(withoutOutputs({ output: 3 }), 'a place in a list is no output').toEqual({ output: 3 });
  expect(withoutOutputs({ test: ['NONE'] })).toEqual({ test: ['NONE'] });
});

test('what did not change is the same object for all who see as much', () => {
  const replica = buildReplica({ sentence: 'Failed 1 of 3 probes (exit 1).' });
  expect(withoutOutputs(replica)).toBe(withoutOutputs(replica));
  expect(withoutOutputs(replica).sentence).toBe('Failed 1 of 3 probes (exit 1).');
});

const ended = { service: 'web', task: 'task', host: 'docker01', nextAfterMs: null };
const notRun = (why: 'missing' | 'not-executable', command: string) =>
  ({ kind: 'not-run', command, why }) as const;
const probed = { service: 'web', streak: 1, retries: 3, shell: null, host: 'docker01' };
const docker = (
  kind: 'command-missing' | 'command-denied' | 'command-format' | 'user' | 'group' | 'work-folder',
) => ({
  cause: 'command-cannot-start' as const,
  facts: { ...ended, error: { kind, object: CANARY, with: CANARY, reason: null }, wants: null },
});

test.each<[string, string]>([
  ...(['missing', 'not-executable'] as const).flatMap((why): [string, string][] =>
    [CANARY, 'canary-7f3a'].map((command) => [
      `a probe that is ${why}`,
      en.findings.replica['probe-command']({
        ...probed,
        last: notRun(why, command),
        clue: null,
        isForGood: false,
      }).sentence,
    ]),
  ),
  [
    'one that Docker called unhealthy for it',
    en.findings.replica.unhealthy({ ...probed, last: notRun('missing', 'canary-7f3a'), restarts: true })
      .sentence,
  ],
  [
    'several of them, joined',
    [1, 2]
      .map(() =>
        en.findings.replica['probe-command']({
          ...probed,
          last: notRun('missing', 'canary-7f3a'),
          clue: null,
          isForGood: false,
        }),
      )
      .map(({ sentence }) => sentence)
      .join(' '),
  ],
  ...(
    ['command-missing', 'command-denied', 'command-format', 'user', 'group', 'work-folder'] as const
  ).flatMap((kind): [string, string][] => [
    [kind, en.findings.replica['command-cannot-start'](docker(kind).facts).sentence],
    [
      `a crash loop of ${kind}`,
      en.findings.replica['crash-loop']({ count: 3, spanMs: 60_000, last: docker(kind), now: 'down' })
        .sentence,
    ],
    [`an event of ${kind}`, en.ending({ kind: 'failed', reason: docker(kind), evidence: null }, 127)],
  ]),
  ...(['never-fails', 'asks-nothing', 'shell-word'] as const).map((kind): [string, string] => [
    `a check that ${kind}`,
    en.findings.service['check-flawed']({ flaw: { kind, word: CANARY } }).sentence,
  ]),
  ['a moment of its life', en.moment({ kind: 'failing', result: notRun('missing', 'canary-7f3a') })],
])('the sentence about %s does not quote it', (_, sentence) => {
  const own = withoutOutputs(sentence);
  expect(own).not.toMatch(/canary/);
  expect(own.length).toBeGreaterThan(10);
});

test('sentences that quote nothing stay as they are', () => {
  for (const sentence of [
    'Failed 2 of 3 probes (could not run: no more processes can be started in it); one more failure and Swarm replaces it.',
    'No suitable node: insufficient resources on 3 nodes.',
    'shop_web.1 on docker01: Killed for its health: 3 probes in a row failed, the last: exit 1.',
  ])
    expect(withoutOutputs(sentence)).toBe(sentence);
});
