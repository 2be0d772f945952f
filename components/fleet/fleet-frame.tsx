'use client';
import type { ReactNode } from 'react';
import { LocalTitles } from '#components/live/local-titles.tsx';
import { StaleNotice } from '#components/live/stale-notice.tsx';
import * as words from '#words/pages/shell.ts';
import { FleetHeader } from './fleet-header.tsx';
import { FleetTab } from './fleet-tab.tsx';

/** What is around a page above all swarms. Their wall has the whole screen to itself. */
export function FleetFrame({
  page,
  children,
}: {
  page: '/' | '/events' | '/incidents' | '/wall' | null;
  children: ReactNode;
}) {
  const isBare = page === '/wall';
  return (
    <>
      <div className={isBare ? undefined : 'app-frame'}>
        {!isBare && (
          <>
            <a className="skip-link" href="#main">
              {words.skipToContent}
            </a>
            <FleetHeader page={page} />
          </>
        )}
        <main id="main" tabIndex={-1} className="outline-none">
          {children}
        </main>
      </div>
      {!isBare && <StaleNotice />}
      <LocalTitles />
      <FleetTab />
    </>
  );
}
