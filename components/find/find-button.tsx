import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import * as words from '#words/pages/shell.ts';

/** Opens the search; without JavaScript it would do nothing, and is not seen. */
export function FindButton({ onOpen }: { onOpen: () => void }) {
  const isHydrated = useHydrated();
  return (
    <button
      type="button"
      className={isHydrated ? 'find-button' : 'find-button invisible'}
      aria-label={words.search}
      aria-keyshortcuts="/ Control+K"
      onClick={onOpen}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M10.5 10.5l4 4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </svg>
      <span>{words.search}</span>
      <kbd>/</kbd>
    </button>
  );
}
