'use client';
import { lazy, Suspense, useState } from 'react';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/switch.ts';

const SwitchDialog = lazy(() =>
  import('./switch-dialog.tsx').then((loaded) => ({ default: loaded.SwitchDialog })),
);

/** Whose pages these are, and the way to another swarm; without scripts a link to all of them. */
export function SwarmSwitch({ name }: { name: string | null }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <a
        href={toFleetPath('/')}
        className="swarm-switch"
        aria-haspopup="dialog"
        aria-label={words.switchFrom(name ?? words.allSwarms)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span className="truncate">{name ?? words.allSwarms}</span>
        <svg width="9" height="6" viewBox="0 0 9 6" aria-hidden="true">
          <path d="M1 1l3.5 3.5L8 1" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </a>
      <Suspense fallback={null}>
        {isOpen && <SwitchDialog name={name} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
