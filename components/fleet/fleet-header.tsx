'use client';
import { PageClock } from '#components/live/times.tsx';
import { Mark, SignOut } from '#components/ui/app-header.tsx';
import { ThemeButton } from '#components/ui/theme-button.tsx';
import { useFleet, useFleetContext } from '#lib/client/fleet/fleet-context.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/fleet.ts';
import { title as incidents } from '#words/pages/incidents.ts';
import { demoPill } from '#words/pages/shell.ts';
import { allSwarms } from '#words/pages/switch.ts';
import { FleetConnection } from './fleet-connection.tsx';
import { FleetFinder } from './fleet-finder.tsx';
import { SwarmSwitch } from './swarm-switch.tsx';

const PAGES = [
  { href: '/', label: words.swarms },
  { href: '/events', label: words.eventsLabel },
  { href: '/incidents', label: incidents },
  { href: '/wall', label: words.wall },
];

/** The head of the pages above all swarms. */
export function FleetHeader({ page }: { page: string | null }) {
  const { signedIn } = useFleetContext();
  const isDemo = useFleet().swarms.some(({ said }) => said?.demo);
  return (
    <header className="app-header">
      <a href={toFleetPath('/')} className="app-mark" aria-label={allSwarms}>
        <Mark />
      </a>
      <SwarmSwitch name={null} />
      <nav aria-label={words.pages} className="app-pages">
        <ul>
          {PAGES.map(({ href, label }) => (
            <li key={href}>
              <a
                href={toFleetPath(href)}
                className="app-nav"
                aria-current={page === href ? 'page' : undefined}
                data-on={page === href}
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {isDemo && <span className="pill">{demoPill}</span>}
      <div className="app-tools">
        <FleetFinder />
        <FleetConnection />
        <PageClock />
        <ThemeButton />
        {signedIn && <SignOut />}
      </div>
    </header>
  );
}
