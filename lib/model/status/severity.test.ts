import { expect, test } from 'vitest';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { isChanging, isOk, isProblem, isTroubled, isUp, STATUS_FACTS, toSeverity } from './severity.ts';

const ORDER = ['critical', 'warning', 'unknown', 'ok'];

test('verdicts are listed from the most severe to the least', () => {
  const ranks = VERDICTS.map((verdict) => ORDER.indexOf(toSeverity(verdict)));
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
});

test.each(VERDICTS)('%s is a problem, unknown or ok: exactly one of them', (verdict) => {
  const isUnknown = toSeverity(verdict) === 'unknown';
  expect([isProblem(verdict), isUnknown, isOk(verdict)].filter(Boolean)).toHaveLength(1);
  if (isChanging(verdict)) expect(isOk(verdict)).toBe(true);
});

test('nothing that is not up passes its check, and what is not known is neither up nor ok', () => {
  for (const status of REPLICA_STATUSES)
    if (STATUS_FACTS[status].passing) expect(isUp(status), status).toBe(true);
  expect(STATUS_FACTS.unknown).toMatchObject({ severity: 'unknown', passing: false, counted: false });
  expect(REPLICA_STATUSES.filter(isUp)).toEqual(['failing', 'running', 'healthy']);
});

test('whoever looks for problems finds each replica that is bad or not known; failing probes are bad from a line on', () => {
  expect(REPLICA_STATUSES.filter(isTroubled).toSorted()).toEqual([
    'failed',
    'lost',
    'paused',
    'pending',
    'unhealthy',
    'unknown',
  ]);
});
