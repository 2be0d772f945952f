import { expect, test } from 'vitest';
import { toStatusPlaces } from './status-places.ts';

test('what is there all the time comes first, then the worst', () => {
  expect(toStatusPlaces([], { failing: 1, failed: 2, healthy: 7, running: 1 })).toEqual([
    'healthy',
    'running',
    'failed',
    'failing',
  ]);
});

test('what goes leaves its place, the next that comes takes it, and nothing else moves', () => {
  const first = toStatusPlaces([], { healthy: 7, failing: 1, starting: 1 });
  expect(first).toEqual(['healthy', 'failing', 'starting']);
  const gone = toStatusPlaces(first, { healthy: 8, starting: 1 });
  expect(gone).toEqual(first);
  expect(toStatusPlaces(gone, { healthy: 7, starting: 1, failed: 1, unhealthy: 1 })).toEqual([
    'healthy',
    'failed',
    'starting',
    'unhealthy',
  ]);
});
