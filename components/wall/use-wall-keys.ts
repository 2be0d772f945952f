import { useEffect } from 'react';

/** `F` goes full screen and back, `S` opens the set-up, Escape closes it. Not while somebody types. */
export function useWallKeys(keys: { onFull(): void; onSetup(): void; onEscape(): void }): void {
  const { onFull, onSetup, onEscape } = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') return onEscape();
      if (event.target instanceof Element && event.target.closest('input, select, textarea') !== null) return;
      if (event.key === 'f' || event.key === 'F') onFull();
      if (event.key === 's' || event.key === 'S') onSetup();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onFull, onSetup, onEscape]);
}
