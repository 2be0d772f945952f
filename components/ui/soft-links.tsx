'use client';
import { useRouter } from 'next/navigation';
import { type MouseEvent, type ReactNode, useCallback } from 'react';
import { toPath } from '#lib/view/links/to-path.ts';

/** Makes plain links inside it change the page without a reload. One listener serves thousands of links. */
export function SoftLinks({ children }: { children: ReactNode }) {
  const router = useRouter();
  const onClick = useCallback(
    (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const href = link?.getAttribute('href') ?? '';
      if (!href.startsWith('/') || href.startsWith(toPath('/api/')) || link?.target) return;
      event.preventDefault();
      router.push(href);
    },
    [router],
  );
  // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: it handles what its links do; keys work on them.
  return <div onClick={onClick}>{children}</div>;
}
