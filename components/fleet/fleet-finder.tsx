'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { FindButton } from '#components/find/find-button.tsx';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import { toKeyAction } from '#lib/view/search/to-key-action.ts';

const FleetSearch = lazy(() =>
  import('./fleet-search.tsx').then((loaded) => ({ default: loaded.FleetSearch })),
);

const PAGES = [{ href: '/wall' }];

/** Search and keys above all swarms. */
export function FleetFinder() {
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
      <FindButton onOpen={() => setOpen(true)} />
      <Suspense fallback={null}>{isOpen && <FleetSearch onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
