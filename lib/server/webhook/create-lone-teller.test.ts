import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createLoneTeller } from './create-lone-teller.ts';
import { toDelivery } from './to-delivery.ts';

const picture = buildSwarmPicture();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server of several whose database answers, or does not. */
function start() {
  const sent: string[] = [];
  const logged: string[] = [];
  let answeredAtMs = Date.now();
  let isUp = true;
  const teller = createLoneTeller({
    unledMs: () => Date.now() - answeredAtMs,
    steadyMs: Date.now,
    send: ({ service, from, to, alone }) => sent.push(`${service}: ${from} → ${to}${alone ? ', alone' : ''}`),
    log: (_, text) => logged.push(text),
  });
  return {
    sent,
    logged,
    isAlone: teller.isAlone,
    setUp(next: boolean) {
      isUp = next;
    },
    pass(seconds: number) {
      for (let left = seconds; left > 0; left -= 1) {
        if (isUp) answeredAtMs = Date.now();
        vi.advanceTimersByTime(1_000);
      }
    },
    see(name: string, from: Verdict | null, to: Verdict) {
      const service = buildServicePicture({ id: name, name, verdict: to });
      const change = { id: name, service, node: null, from, to, sinceMs: 0 };
      teller.observe(change, toDelivery(change, picture, { publicUrl: null, nowMs: 0 }));
    },
  };
}

test('while the database answers nothing is told, nor later what turned then', () => {
  const server = start();
  server.see('web', 'healthy', 'failing');
  server.pass(60);
  server.setUp(false);
  server.pass(300);
  expect(server.sent).toEqual([]);
});

test('what turned while it does not is told after two minutes, and what turns then at once; each says so', () => {
  const server = start();
  server.pass(60);
  server.setUp(false);
  server.pass(10);
  server.see('web', 'healthy', 'failing');
  server.see('api', 'healthy', 'failing');
  server.see('api', 'failing', 'healthy');
  server.pass(100);
  expect(server.sent).toEqual([]);
  server.pass(30);
  expect(server.isAlone()).toBe(true);
  expect(server.sent).toEqual(['web: healthy → failing, alone']);
  expect(server.logged).toEqual([expect.stringContaining('known to lead for two minutes')]);
  server.see('web', 'failing', 'healthy');
  server.pass(600);
  expect(server.sent.slice(1)).toEqual(['web: failing → healthy, alone']);
});

test('once it answers again all is left to who leads', () => {
  const server = start();
  server.setUp(false);
  server.pass(140);
  expect(server.isAlone()).toBe(true);
  server.setUp(true);
  server.pass(2);
  expect(server.isAlone()).toBe(false);
  server.see('web', 'healthy', 'failing');
  server.pass(60);
  expect(server.sent).toEqual([]);
});

test('a server that was stopped for long and is woken tells nothing by itself, once it knows who leads', () => {
  const server = start();
  server.pass(60);
  server.see('web', 'healthy', 'failing');
  server.pass(5);
  server.setUp(false);
  vi.setSystemTime(Date.now() + 600_000);
  server.pass(4);
  server.setUp(true);
  server.pass(60);
  expect(server.sent).toEqual([]);
});

test('what was well again a moment before, and turns bad once nobody leads, is told', () => {
  const server = start();
  server.pass(60);
  server.see('web', 'failing', 'healthy');
  server.pass(5);
  server.setUp(false);
  server.pass(20);
  server.see('web', 'healthy', 'failing');
  server.pass(140);
  expect(server.sent).toEqual(['web: healthy → failing, alone']);
});
