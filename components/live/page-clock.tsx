'use client';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { formatClock } from '#lib/view/format/format-clock.ts';

/** The server's time, in the viewer's zone. In the first HTML there is none: without JavaScript it would stand still. */
export function PageClock() {
  const isHydrated = useHydrated();
  const text = useTickingText((nowMs) => formatClock(nowMs, 'local'));
  return (
    <span className="min-w-[8ch] text-right text-muted max-sm:hidden" aria-hidden="true">
      {isHydrated ? text : ''}
    </span>
  );
}
