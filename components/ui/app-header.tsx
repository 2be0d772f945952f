'use client';

import { Finder } from '#components/find/finder.tsx';
import { SwarmSwitch } from '#components/fleet/swarm-switch.tsx';
import { ConnectionState } from '#components/live/connection-state.tsx';
import { PageClock } from '#components/live/times.tsx';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { toFleetPath, toPath } from '#lib/view/links/to-path.ts';
import { MARK } from '#lib/view/shell/icons.ts';
import * as words from '#words/pages/shell.ts';
import { allSwarms } from '#words/pages/switch.ts';
import { PageLinks } from './page-links.tsx';
import { ThemeButton } from './theme-button.tsx';

/** The head of every page: whose swarm this is, where to go, and whether what is shown is alive. */
export function AppHeader({ signedIn, swarm }: { signedIn: boolean; swarm: string | null }) {
  const head = usePart('swarm');
  return (
    <header className="app-header">
      {swarm === null ? (
        <a href={toPath('/')} className="flex min-w-0 items-center gap-3.5 font-semibold">
          <Mark />
          <span className="truncate">{head?.ready ? head.name : words.product}</span>
        </a>
      ) : (
        <>
          <a href={toFleetPath('/')} className="app-mark" aria-label={allSwarms}>
            <Mark />
          </a>
          <SwarmSwitch name={swarm} />
        </>
      )}
      {head?.demo && <span className="pill">{words.demoPill}</span>}
      <PageLinks />
      <div className="app-tools">
        <Finder />
        <ConnectionState />
        <PageClock />
        <ThemeButton />
        {signedIn && <SignOut />}
      </div>
    </header>
  );
}

/** The mark of Swarm Vitals, which says nothing of any swarm. */
export function Mark() {
  return (
    <svg
      width="22"
      height="22"
      viewBox={MARK.viewBox}
      className="flex-none"
      role="img"
      aria-label={words.product}
    >
      <path
        d={MARK.path}
        fill="none"
        stroke="var(--healthy)"
        strokeWidth={MARK.width}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Ends the session of this browser. Works without scripts. */
export function SignOut() {
  return (
    <form method="post" action={toPath('/api/logout')} className="flex">
      <button type="submit" className="app-nav">
        {words.signOut}
      </button>
    </form>
  );
}
