'use client';
import { type ReactNode, useState } from 'react';
import { formatCount } from '#lib/view/format/numbers.ts';
import { andMore } from '#words/pages/status.ts';

/**
 * A list whose length a swarm decides, in portions: the first `step`, and a button that shows as many more as long as
 * there are any. Without scripts the button says how many there are.
 */
export function useMore<T>(items: readonly T[], step: number): { shown: readonly T[]; more: ReactNode } {
  const [max, setMax] = useState(step);
  const hidden = items.length - max;
  if (hidden <= 0) return { shown: items, more: null };
  return {
    shown: items.slice(0, max),
    more: (
      <button
        type="button"
        className="cursor-pointer px-[18px] py-3 text-accent"
        data-more={hidden}
        onClick={() => setMax(max + step)}
      >
        {andMore(formatCount(hidden))}
      </button>
    ),
  };
}
