'use client';
import { lazy, Suspense, useState } from 'react';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import type { SilenceSubject } from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/silence.ts';

// Fetched when somebody wants it.
const SilenceDialog = lazy(() =>
  import('./silence-dialog.tsx').then(({ SilenceDialog }) => ({ default: SilenceDialog })),
);

/** Opens the dialog that silences one of these. */
export function SilenceButton({ subjects }: { subjects: readonly SilenceSubject[] }) {
  const isHydrated = useHydrated();
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState('');
  // Nothing is wrong any more, or all is silenced: whoever is choosing goes on, and what was done stays said.
  const hasAny = subjects.length > 0;
  return (
    <>
      {hasAny && (
        <button
          type="button"
          className={isHydrated ? 'copy-button' : 'copy-button invisible'}
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          {words.button}
        </button>
      )}
      <span role="status" className="silence-done">
        {done}
      </span>
      <Suspense fallback={null}>
        {isOpen && <SilenceDialog subjects={subjects} onClose={() => setOpen(false)} onDone={setDone} />}
      </Suspense>
    </>
  );
}
