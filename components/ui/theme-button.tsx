'use client';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/shell.ts';

function effectiveTheme(): 'dark' | 'light' {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

function switchTheme() {
  const theme = effectiveTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is not in every browser; the server needs it for its first HTML.
  document.cookie = `theme=${theme}; path=${toFleetPath('/')}; max-age=31536000; samesite=lax`;
}

/** Switches between dark and light; the choice is kept in a cookie, so that the next page is right from its first byte. */
export function ThemeButton() {
  const isHydrated = useHydrated();
  return (
    <button
      type="button"
      className={isHydrated ? 'theme-button' : 'theme-button invisible'}
      onClick={switchTheme}
      aria-label={words.switchTheme}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
