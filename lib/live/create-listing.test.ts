import { expect, test } from 'vitest';
import type { Source } from '#lib/model/docker/source.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { createListing } from './create-listing.ts';

function setUp() {
  let managers: Source[] = [];
  const listing = createListing({ managers: () => managers });
  const look = (state: 'live' | 'unreachable', sinceMs: number, nowMs: number) => {
    managers = [buildSource({ kind: 'manager', state, active: state === 'live', sinceMs })];
    return listing.hasChanged(nowMs);
  };
  return { listing, look };
}

test('managers are read again after ten seconds: what Swarm may have done unseen is decided again, once', () => {
  const { listing, look } = setUp();
  expect(look('live', 0, 1_000)).toBe(false);
  expect(look('unreachable', 2_000, 2_000)).toBe(false);
  expect(listing.unreadSinceMs()).toBe(2_000);
  expect(look('unreachable', 2_000, 11_000)).toBe(false);
  expect(look('live', 12_000, 12_000)).toBe(true);
  expect(listing.unreadSinceMs()).toBeNull();
  expect(look('live', 12_000, 13_000)).toBe(false);
});

test('no manager is read for long: each service says so, and no longer once one is', () => {
  const { listing, look } = setUp();
  look('unreachable', 0, 1_000);
  expect(listing.nextDueMs()).toBe(30_000);
  expect(look('unreachable', 0, 30_000)).toBe(true);
  expect([listing.missingSinceMs(), listing.nextDueMs()]).toEqual([0, Number.POSITIVE_INFINITY]);
  expect(look('live', 31_000, 31_000)).toBe(true);
});
