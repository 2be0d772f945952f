import fc from 'fast-check';
import { expect, it } from 'vitest';
import { collectBytes } from './collect-bytes.ts';

it('puts pieces of any size together, again and again', () => {
  const pieces = fc.array(fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 3_000 })));
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 3 }), (rounds) => {
      const collector = collectBytes();
      for (const round of rounds) {
        for (const piece of round) collector.push(Buffer.from(piece));
        const whole = Buffer.concat(round);
        expect(collector.byteLength()).toBe(whole.length);
        expect(collector.take().equals(whole)).toBe(true);
      }
    }),
  );
});

it('takes hardly more memory than what is in the pieces', () => {
  const collector = collectBytes();
  const before = process.memoryUsage();
  for (let at = 0; at < 4_000_000; at += 1) collector.push(Buffer.from([at % 256]));
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  expect(collector.byteLength()).toBe(4_000_000);
  // Kept as they came they are 400 MB; what the garbage collector has not looked at yet is in this.
  expect(heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(150_000_000);
});
