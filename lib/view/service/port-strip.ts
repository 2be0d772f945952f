import type { PortSpan } from '#lib/model/contract/history.ts';

export type StripTone = 'good' | 'warn' | 'bad' | 'unknown';

const RANKS: readonly StripTone[] = ['unknown', 'good', 'warn', 'bad'];
const TONES: Readonly<Record<PortSpan['state'], StripTone>> = {
  answers: 'good',
  partly: 'warn',
  refused: 'bad',
  'timed-out': 'bad',
  unreachable: 'bad',
  wrong: 'bad',
};

/** The time of a window in so many pieces, each as bad as the worst in it; nothing is known of the others. */
export function toStrip(
  spans: readonly PortSpan[],
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
  count: number,
): StripTone[] {
  const strip: StripTone[] = Array.from({ length: count }, () => 'unknown');
  const pieceMs = (untilMs - fromMs) / count;
  if (!(pieceMs > 0)) return strip;
  for (const span of spans) {
    const first = Math.max(0, Math.floor((span.fromMs - fromMs) / pieceMs));
    const endMs = Math.min(span.untilMs ?? untilMs, untilMs);
    const last = Math.min(count - 1, Math.ceil((endMs - fromMs) / pieceMs) - 1);
    const tone = TONES[span.state] ?? 'unknown';
    for (let i = first; i <= last; i += 1)
      if (RANKS.indexOf(tone) > RANKS.indexOf(strip[i] ?? 'unknown')) strip[i] = tone;
  }
  return strip;
}
