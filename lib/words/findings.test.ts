import { describe, expect, test } from 'vitest';
import type { FindingFacts } from '#lib/model/contract/finding-facts.ts';
import type { Phrase, ReasonCause } from '#lib/model/contract/reason.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/** Every language there is. */
const LANGUAGES: Readonly<Record<string, Words>> = { en };

/** Cases of each cause, the usual one first and then those with nothing known: the types ask for every cause. */
const CASES: { readonly [C in ReasonCause]: readonly FindingFacts[C][] } = {
  'probe-failing': [
    {
      service: 'web',
      streak: 2,
      retries: 3,
      last: { kind: 'exit', exitCode: 1 },
      shell: { container: '0123456789ab', host: 'docker01' },
    },
    { service: 'web', streak: 1, retries: 3, last: null, shell: null },
  ],
  'probe-timeout': [
    { service: 'web', streak: 1, retries: 3, last: { kind: 'timeout', afterMs: 3_000 }, shell: null },
    { service: 'web', streak: 1, retries: 3, last: { kind: 'start-timeout' }, shell: null },
  ],
  'probe-command': [
    {
      service: 'web',
      streak: 1,
      retries: 3,
      last: { kind: 'not-run', command: 'curl', why: 'missing' },
      shell: null,
    },
  ],
  unhealthy: [
    { service: 'web', streak: 3, retries: 3, last: { kind: 'exit', exitCode: 1 }, restarts: true },
    { service: 'web', streak: 1, retries: 1, last: null, restarts: false },
  ],
  'unhealthy-stuck': [
    { service: 'web', streak: 9, retries: 3, last: { kind: 'exit', exitCode: 1 }, restarts: true },
  ],
};

describe.each(Object.entries(LANGUAGES))('%s', (_language, words) => {
  test.each(Object.keys(CASES) as ReasonCause[])('says %s in whole sentences', (cause) => {
    for (const { sentence, hint } of sayAll(words, cause)) {
      expectWhole(sentence);
      if (hint !== null) expectWhole(hint);
    }
  });
});

function sayAll<C extends ReasonCause>(words: Words, cause: C): Phrase[] {
  return CASES[cause].map((facts) => words.findings[cause](facts));
}

/** A fact that is not known leaves no hole, no blank too many and no `undefined`. */
function expectWhole(text: string): void {
  expect(text).toMatch(/^\S.*\S$/);
  expect(text).toMatch(/[.?]$/);
  expect(text).not.toMatch(/ {2}|undefined|null|NaN|\[object|\(\)|[.,;:]{2}| [.,;:)]/);
  expect(text.length).toBeLessThan(400);
}
