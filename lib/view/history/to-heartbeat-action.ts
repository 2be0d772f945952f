/** What a key does in the heartbeat chart. */
export type HeartbeatAction =
  /** So many bars further (negative: back). */
  | { kind: 'step'; by: number }
  /** To the next bar with a failed probe, `1` newer or `-1` older. */
  | { kind: 'failed'; towards: 1 | -1 }
  | { kind: 'edge'; edge: 'oldest' | 'newest' }
  | { kind: 'zoom'; factor: number }
  /** By a share of the window. */
  | { kind: 'pan'; share: number }
  | { kind: 'reset' };

const ACTIONS = new Map<string, HeartbeatAction>([
  ['ArrowLeft', { kind: 'step', by: -1 }],
  ['ArrowRight', { kind: 'step', by: 1 }],
  ['PageUp', { kind: 'step', by: -10 }],
  ['PageDown', { kind: 'step', by: 10 }],
  ['ArrowDown', { kind: 'failed', towards: -1 }],
  ['ArrowUp', { kind: 'failed', towards: 1 }],
  ['Home', { kind: 'edge', edge: 'oldest' }],
  ['End', { kind: 'edge', edge: 'newest' }],
  ['+', { kind: 'zoom', factor: 0.5 }],
  ['=', { kind: 'zoom', factor: 0.5 }],
  ['-', { kind: 'zoom', factor: 2 }],
  ['Shift+ArrowLeft', { kind: 'pan', share: -0.25 }],
  ['Shift+ArrowRight', { kind: 'pan', share: 0.25 }],
  ['Escape', { kind: 'reset' }],
  ['0', { kind: 'reset' }],
]);

/** What a key means, by its name as browsers give it; `null`: it is not for the chart. */
export function toHeartbeatAction(key: string, shift: boolean): HeartbeatAction | null {
  return ACTIONS.get(shift && key.startsWith('Arrow') ? `Shift+${key}` : key) ?? null;
}
