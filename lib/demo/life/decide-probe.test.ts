import { expect, it } from 'vitest';
import { CHECKS } from '#lib/demo/checks.ts';
import { decideProbe, formatGoDuration } from './decide-probe.ts';

const WELL = { warmingUp: false, failure: null, chance: 0, timing: 0.5, partialOutput: true };
const SILENT = 1;

it('passes when nothing is wrong', () => {
  const outcome = decideProbe(CHECKS.traefik, WELL);
  expect(outcome).toMatchObject({ exitCode: 0, output: 'OK: http://:8080/ping\n' });
  expect(outcome.durationMs).toBeGreaterThanOrEqual(22);
  expect(outcome.durationMs).toBeLessThan(110);
});

it('fails while it warms up, and as it is set', () => {
  expect(decideProbe(CHECKS.java, { ...WELL, warmingUp: true }).exitCode).toBe(7);
  expect(decideProbe(CHECKS.http, { ...WELL, failure: 0 }).exitCode).toBe(22);
  expect(decideProbe(CHECKS.http, { ...WELL, failure: 3 }).exitCode).toBe(22);
});

it('runs into its timeout, with what was printed until then on newer engines', () => {
  expect(decideProbe(CHECKS.http, { ...WELL, failure: SILENT })).toMatchObject({
    exitCode: -1,
    output: 'Health check exceeded timeout (3s)',
  });
  const model = { ...WELL, failure: 1 };
  expect(decideProbe(CHECKS.model, model).output).toMatch(/^Health check exceeded timeout \(3s\): waiting/);
  expect(decideProbe(CHECKS.model, { ...model, partialOutput: false }).output).toBe(
    'Health check exceeded timeout (3s)',
  );
  expect(decideProbe(CHECKS.http, { ...WELL, failure: SILENT }).durationMs).toBeGreaterThan(3_000);
});

it.each([
  [500, '500ms'],
  [5_000, '5s'],
  [1_500, '1.5s'],
  [60_000, '1m0s'],
  [90_000, '1m30s'],
])('writes %i ms as Go does: %s', (ms, text) => expect(formatGoDuration(ms)).toBe(text));
