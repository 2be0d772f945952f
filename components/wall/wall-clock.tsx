'use client';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatClock } from '#lib/view/format/times.ts';
import { WallText } from './wall-text.tsx';

/** The server's time, in this screen's zone, with its seconds: whoever looks sees at once whether it goes. */
export function WallClock({ fontPx }: { fontPx: number }) {
  const isHydrated = useHydrated();
  const text = useTickingText((nowMs) => formatClock(nowMs, 'local'));
  return (
    <WallText kind="clock" fontPx={fontPx} className="wall-clock">
      {isHydrated ? text : ''}
    </WallText>
  );
}
