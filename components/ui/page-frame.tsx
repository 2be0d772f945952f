'use client';
import type { ReactNode } from 'react';
import { LocalTitles } from '#components/live/local-titles.tsx';
import { ManagerTrouble } from '#components/live/manager-trouble.tsx';
import { StaleNotice } from '#components/live/stale-notice.tsx';
import { usePagePath } from '#lib/client/hooks/use-page-path.ts';
import { AppHeader } from './app-header.tsx';
import { DemoBar } from './demo-bar.tsx';
import { SoftLinks } from './soft-links.tsx';

interface PageFrameProps {
  demo: boolean;
  signedIn: boolean;
  children: ReactNode;
}

/** What is around every page. The wall has the whole screen to itself, and says all of this in its own way. */
export function PageFrame({ demo, signedIn, children }: PageFrameProps) {
  const isBare = usePagePath() === '/wall';
  return (
    <>
      <SoftLinks>
        {!isBare && (
          <>
            <a className="skip-link" href="#main">
              Skip to content
            </a>
            {demo && <DemoBar />}
            <AppHeader signedIn={signedIn} />
            <ManagerTrouble />
          </>
        )}
        <main id="main" tabIndex={-1} className="outline-none">
          {children}
        </main>
      </SoftLinks>
      {!isBare && <StaleNotice />}
      <LocalTitles />
    </>
  );
}
