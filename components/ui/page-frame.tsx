'use client';

import { useRouter } from 'next/navigation';
import { type MouseEvent, type ReactNode, useCallback } from 'react';
import { LocalTitles } from '#components/live/local-titles.tsx';
import { ManagerProblem } from '#components/live/manager-problem.tsx';
import { StaleNotice } from '#components/live/stale-notice.tsx';
import { usePagePath } from '#lib/client/hooks/use-address.ts';
import { basePath, toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/shell.ts';
import { AppHeader } from './app-header.tsx';
import { type Seen, SeenContext } from './seen.tsx';

interface PageFrameProps {
  demo: boolean;
  signedIn: boolean;
  seen: Seen;
  /** Which of several it is; `null`: there is but one. */
  swarm: string | null;
  children: ReactNode;
}

/** What is around every page. The wall has the whole screen to itself, and says all of this in its own way. */
export function PageFrame({ demo, signedIn, seen, swarm, children }: PageFrameProps) {
  const isBare = usePagePath() === '/wall';
  return (
    <SeenContext value={seen}>
      <SoftLinks className={isBare ? undefined : 'app-frame'}>
        {!isBare && (
          <>
            <a className="skip-link" href="#main">
              {words.skipToContent}
            </a>
            {demo && <DemoBar />}
            <AppHeader signedIn={signedIn} swarm={swarm} />
            <ManagerProblem />
          </>
        )}
        <main id="main" tabIndex={-1} className="outline-none">
          {children}
        </main>
      </SoftLinks>
      {!isBare && <StaleNotice />}
      <LocalTitles />
    </SeenContext>
  );
}

/** On every page of a demo: nobody may take it for their own swarm. */
function DemoBar() {
  return (
    <aside className="demo-bar" aria-label={words.demoLabel}>
      <b>{words.demo}</b> <span>{words.demoHelp}</span>
    </aside>
  );
}

/** Makes plain links inside it change the page without a reload. One listener serves thousands of links. */
function SoftLinks({ className, children }: { className: string | undefined; children: ReactNode }) {
  const router = useRouter();
  const onClick = useCallback(
    (event: MouseEvent) => {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const href = link?.getAttribute('href') ?? '';
      if (!href.startsWith('/') || href.startsWith(toPath('/api/')) || link?.target) return;
      // Another swarm's, or above all of them: another document.
      if (!`${href}/`.startsWith(`${basePath()}/`) && !href.startsWith(`${basePath()}?`)) return;
      event.preventDefault();
      router.push(href);
    },
    [router],
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: it handles what its links do; keys work on them.
    <div className={className} onClick={onClick}>
      {children}
    </div>
  );
}
