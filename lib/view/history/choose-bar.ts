import type { Bar } from './bar.ts';
import type { HeartbeatAction } from './to-heartbeat-action.ts';

/**
 * Which of the bars (oldest first) is chosen after a key that moves among them; `current` is `null` while none is: then
 * any step goes to the newest one. `null` when there are no bars.
 */
export function chooseBar(
  bars: readonly Bar[],
  current: number | null,
  action: Extract<HeartbeatAction, { kind: 'step' | 'failed' | 'edge' }>,
): number | null {
  const newest = bars.length - 1;
  if (newest < 0) return null;
  if (action.kind === 'edge') return action.edge === 'oldest' ? 0 : newest;
  if (action.kind === 'step')
    return current === null ? newest : Math.max(0, Math.min(newest, current + action.by));
  let at = current === null ? (action.towards === -1 ? newest : bars.length) : current + action.towards;
  while (at >= 0 && at <= newest && bars[at]?.failed === 0) at += action.towards;
  return at >= 0 && at <= newest ? at : current;
}
