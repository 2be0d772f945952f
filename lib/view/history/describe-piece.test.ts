import { expect, test } from 'vitest';
import { buildEnd, buildSegment } from '#lib/testing/build-segment.ts';
import { describePiece } from './describe-piece.ts';

const ended = (cause: 'exit-code' | 'out-of-memory' | null) =>
  buildSegment({ untilMs: 20_000, end: buildEnd({ cause }) });

test.each([
  ['Up', [buildSegment()]],
  ['End not seen', [buildSegment({ untilMs: 20_000 })]],
  ['Ended as expected', [ended(null)]],
  ['Out of memory', [ended('out-of-memory')]],
  [
    '4 tasks, 2 × exited by itself, 1 × out of memory',
    [ended('exit-code'), ended('out-of-memory'), ended('exit-code'), buildSegment()],
  ],
])('%s', (words, segments) => expect(describePiece(segments)).toBe(words));
