'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import { toKeyAction } from '#lib/view/search/to-key-action.ts';

const FleetSearch = lazy(() =>
  import('./fleet-search.tsx').then((loaded) => ({ default: loaded.FleetSearch })),
);

const PAGES = [{ href: '/wall' }];

/** Search and keys above all swarms. */
export function FleetFinder() {
  const isHydrated = useHydrated();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const { key, altKey: alt, target } = event;
      const typing =
        document.querySelector('dialog[open]') !== null ||
        (target instanceof HTMLElement && target.matches('input,textarea,select'));
      const command = event.ctrlKey || event.metaKey;
      const action = toKeyAction({ key, command, alt, typing, afterG: false }, PAGES);
      if (action?.kind !== 'search' && action?.kind !== 'go') return;
      event.preventDefault();
      if (action.kind === 'search') setOpen(true);
      else location.assign(toFleetPath(action.href));
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <button
        type="button"
        className={isHydrated ? 'find-button' : 'find-button invisible'}
        aria-label="Search"
        aria-keyshortcuts="/ Control+K"
        onClick={() => setOpen(true)}
      >
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="M10.5 10.5l4 4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </svg>
        <span>Search</span>
        <kbd>/</kbd>
      </button>
      <Suspense fallback={null}>{isOpen && <FleetSearch onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
