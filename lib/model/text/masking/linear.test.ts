import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGING_UNITS, countTo, HOSTILE_UNITS, repeatTo } from '#lib/testing/hostile-texts.ts';
import { maskCommand } from './mask-command.ts';
import { maskSecrets } from './mask-secrets.ts';

const SHORT = 12_000;
const TIMES = 5;
/** What grows with the square takes 25 times as long; what is below this is over before it can be measured. */
const MAX_GROWTH = 15;
const MIN_MS = 4;
const TRIES = 6;

/** How many times longer five times the text takes, the best of some tries: others work on this machine too. */
function measureGrowth(run: (chars: number) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < TRIES && best > MAX_GROWTH; round += 1) {
    const short = measureMs(() => run(SHORT));
    const long = measureMs(() => run(SHORT * TIMES));
    best = Math.min(best, long < MIN_MS ? 1 : long / Math.max(short, MIN_MS / TIMES));
  }
  return best;
}

function measureMs(run: () => unknown): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}

describe('masking takes time that grows with the text alone', { timeout: 60_000 }, () => {
  for (const unit of HOSTILE_UNITS) {
    it(`of ${JSON.stringify(unit)}, again and again`, () => {
      expect(measureGrowth((chars) => maskSecrets(repeatTo(unit, chars)))).toBeLessThan(MAX_GROWTH);
    });
  }

  it('of words that are never the same', () => {
    for (const unit of CHANGING_UNITS)
      expect(
        measureGrowth((chars) => maskSecrets(countTo(unit, chars))),
        unit,
      ).toBeLessThan(MAX_GROWTH);
  });

  it('of any of them, mixed', () => {
    const mixed = fc.array(fc.constantFrom(...HOSTILE_UNITS), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(mixed, (units) => {
        expect(measureGrowth((chars) => maskSecrets(repeatTo(units.join(''), chars)))).toBeLessThan(
          MAX_GROWTH,
        );
      }),
      { numRuns: 150, seed: 20_261_128 },
    );
  });

  it('of a command of many words', () => {
    for (const unit of HOSTILE_UNITS) {
      const run = (chars: number) =>
        maskCommand(['CMD', 'redis-cli', ...Array.from({ length: chars / 12 }, () => unit)]);
      expect(measureGrowth(run), unit).toBeLessThan(MAX_GROWTH);
    }
  });
});

describe('masking gives what it took', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE_UNITS), fc.string({ unit: 'binary', maxLength: 12 })), {
      maxLength: 30,
    })
    .map((parts) => parts.join(''));

  it('but for what it masks: every piece between masks is in the text, in its order', () => {
    fc.assert(
      fc.property(text, (given) => {
        let at = 0;
        for (const piece of maskSecrets(given).split('•••')) {
          const found = given.indexOf(piece, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + piece.length;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('and a command has its words', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), (words) => {
        expect(maskCommand(words)).toHaveLength(words.length);
      }),
      { numRuns: 500 },
    );
  });
});
