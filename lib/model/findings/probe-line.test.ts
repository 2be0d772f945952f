import { describe, expect, test } from 'vitest';
import { DEFAULT_PROBE_LINE, type ProbeLine, toProbeLineLabels } from '#lib/model/docker/probe-line.ts';
import { NO_USAGE_SIGNS } from '#lib/model/docker/usage-signs.ts';
import { addToTally, NO_TALLY } from '#lib/model/status/probe-tally.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildReplicaFacts } from '#lib/testing/build-replica-facts.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { word } from '#lib/testing/word-findings.ts';
import { diagnoseReplica } from './diagnose-replica.ts';
import { findLimitRoot } from './near-limit.ts';
import { diagnoseFailing, diagnoseFlapping } from './probes-failing.ts';

interface Situation {
  streak: number;
  retries?: number;
  line?: Partial<ProbeLine>;
  label?: Partial<ProbeLine>;
  manyFail?: boolean;
  /** How its last probes ended, before those of the streak: `.` passed, `x` failed. */
  past?: string;
}

function diagnose({ streak, retries = 3, line, label, manyFail = false, past = '' }: Situation) {
  const signs = [...past, ...'x'.repeat(streak)];
  const probes = signs.map((sign, at) =>
    buildProbe({
      startedAtMs: at * 5_000,
      exitCode: sign === 'x' ? 1 : 0,
      output: sign === 'x' ? 'HTTP 503' : '',
    }),
  );
  const facts = buildReplicaFacts({
    container: buildCheckedContainer({ failingStreak: streak, probes: probes.slice(-5) }, {}, { retries }),
    service: buildService({ probeLine: label ?? {} }),
    probeLine: { ...DEFAULT_PROBE_LINE, ...line },
    tally: addToTally(NO_TALLY, probes, 'healthy'),
    manyFail,
  });
  const status = streak > 0 ? 'failing' : 'healthy';
  return diagnoseReplica(facts, { status, stuck: false, late: null, recheckAtMs: null });
}

test.each<[what: string, level: 'watched' | 'problem', situation: Situation]>([
  ['the first of three', 'watched', { streak: 1 }],
  ['the second of three, while one is left', 'problem', { streak: 2 }],
  ['the first of two: only the last is left', 'problem', { streak: 1, retries: 2 }],
  ['the first of ten', 'watched', { streak: 1, retries: 10 }],
  ['the second of ten', 'problem', { streak: 2, retries: 10 }],
  ['the first, where the server says so', 'problem', { streak: 1, line: { inRow: 1 } }],
  ['the second, where the server says five', 'watched', { streak: 2, retries: 8, line: { inRow: 5 } }],
  ['… at the latest when one is left', 'problem', { streak: 2, retries: 3, line: { inRow: 5 } }],
  ['the first, where the service says so', 'problem', { streak: 1, label: { inRow: 1 } }],
  [
    'the service comes before the server',
    'watched',
    { streak: 2, retries: 9, line: { inRow: 1 }, label: { inRow: 4 } },
  ],
  ['the first, of half of its replicas at once', 'problem', { streak: 1, manyFail: true }],
])('%s: %s', (_what, level, situation) => {
  const reason = diagnose(situation);
  expect(reason).toMatchObject({ cause: 'probe-failing', expected: level === 'watched' });
});

describe('one that fails now and then, and never often enough in a row', () => {
  const FLAPPING = `.${'xx.......'.repeat(6)}.....`;

  test('is a problem though its newest probe passed, with how often, and what the last one said', () => {
    const reason = diagnose({ streak: 0, past: FLAPPING });
    expect(reason).toMatchObject({ cause: 'probes-flapping', expected: false });
    expect(reason && word(reason)).toMatchObject({
      sentence:
        'Failed 12 of its last 60 probes (the last: exit 1), never more than 2 in a row: Docker does not act on that.',
      evidence: { text: 'HTTP 503' },
    });
  });

  test('beside its limit of processes the runtime fails it now and then: that explains it, and its node is not to blame', () => {
    const probes = [...FLAPPING].map((sign, at) => {
      const output = 'OCI runtime exec failed: exec failed: unable to start container process: EOF';
      return buildProbe({ startedAtMs: at * 5_000, ...(sign === 'x' ? { exitCode: -1, output } : {}) });
    });
    const facts = buildReplicaFacts({
      container: buildCheckedContainer({ failingStreak: 0, probes: probes.slice(-5) }),
      tally: addToTally(NO_TALLY, probes, 'healthy'),
      usageSigns: { ...NO_USAGE_SIGNS, pids: { percent: 100, max: 20, sinceMs: 0 } },
    });
    const reason = diagnoseFlapping(facts)?.reason;
    expect(reason && findLimitRoot(facts, '1', reason)?.cause).toBe('pids-near-limit');
    expect(reason && word(reason).sentence).toContain('no more processes can be started in it');
    expect(reason && word(reason).hint).toContain('--limit-pids');
  });

  test('beside its limit of processes a probe’s own shell can start nothing: the app is not to blame, and that limit explains it', () => {
    const failed = buildProbe({
      exitCode: 2,
      output: "/bin/sh: can't fork: Resource temporarily unavailable",
    });
    const facts = buildReplicaFacts({
      container: buildCheckedContainer({ failingStreak: 1, probes: [failed] }),
      usageSigns: { ...NO_USAGE_SIGNS, pids: { percent: 100, max: 20, sinceMs: 0 } },
    });
    const reason = diagnoseFailing(facts);
    expect(reason && findLimitRoot(facts, '1', reason)?.cause).toBe('pids-near-limit');
    expect(reason && word(reason).hint).toContain(
      'it could start no process: the app may be fine. Its own limit',
    );
  });

  test.each<[what: string, cause: string, situation: Situation]>([
    ['at its first failure it is said how often', 'probes-flapping', { streak: 1, past: FLAPPING }],
    ['at the second in a row, that one', 'probe-failing', { streak: 2, past: FLAPPING }],
    [
      'not where the server says never',
      'probe-failing',
      { streak: 1, past: FLAPPING, line: { flapping: null } },
    ],
    [
      'not where the service says never',
      'probe-failing',
      { streak: 1, past: FLAPPING, label: { flapping: null } },
    ],
    [
      'not where the service wants more',
      'probe-failing',
      { streak: 1, past: FLAPPING, label: { flapping: 20 } },
    ],
    ['one that failed twice is only watched', 'probe-failing', { streak: 1, past: '.....x.....' }],
  ])('%s', (_what, cause, situation) => {
    expect(diagnose(situation)?.cause).toBe(cause);
  });

  test('nothing is said of one that failed seldom', () => {
    expect(diagnose({ streak: 0, past: '....x....x....' })).toBeNull();
  });
});

test.each<[labels: Record<string, string>, expected: Partial<ProbeLine>]>([
  [{}, {}],
  [{ 'vitals.failing': '1' }, { inRow: 1 }],
  [
    { 'vitals.failing': ' 3 ', 'vitals.flapping': '12' },
    { inRow: 3, flapping: 12 },
  ],
  [{ 'vitals.flapping': 'off' }, { flapping: null }],
  [{ 'vitals.failing': '0', 'vitals.flapping': '1' }, {}],
  [{ 'vitals.failing': '11', 'vitals.flapping': '61' }, {}],
  [{ 'vitals.failing': 'never', 'vitals.flapping': '-3' }, {}],
  [{ 'vitals.failing': '2.5', 'vitals.flapping': '1e1' }, {}],
])('labels %j', (labels, expected) => {
  expect(toProbeLineLabels(labels)).toEqual(expected);
});
