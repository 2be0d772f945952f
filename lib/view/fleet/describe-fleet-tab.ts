import { toSeverity } from '#lib/model/status/severity.ts';
import type { TabWords } from '#lib/view/shell/describe-tab.ts';
import type { FleetView } from './to-fleet-view.ts';

/**
 * What a browser's tab says of all swarms, in the signs of one: how many need attention. One that is not heard is never
 * called well, and hides no other's problem.
 */
export function describeFleetTab(
  { rows, bad, unknown }: Pick<FleetView, 'rows' | 'bad' | 'unknown'>,
  { live, wasLive }: { live: boolean; wasLive: boolean },
): TabWords {
  if (!wasLive) return { prefix: '', icon: 'plain' };
  if (!live) return { prefix: '? ', icon: 'unknown' };
  if (bad > 0) {
    const isCritical = rows.some(({ tone, verdict }) => tone === 'bad' && toSeverity(verdict) === 'critical');
    return isCritical ? { prefix: `${bad} ✖ `, icon: 'bad' } : { prefix: `${bad} ▲ `, icon: 'warn' };
  }
  if (unknown.length > 0 || rows.length === 0) return { prefix: '? ', icon: 'unknown' };
  return { prefix: '', icon: 'well' };
}
