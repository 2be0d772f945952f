import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { LiveRoot } from '#components/live/live-root.tsx';
import { TabVerdict } from '#components/tab/tab-verdict.tsx';
import { PageFrame } from '#components/ui/page-frame.tsx';
import type { Seen } from '#components/ui/seen.tsx';
import { toSwarmHead } from '#lib/model/contract/picture-lookup.ts';
import { findSwarmRole, type Scope, seesOutputs } from '#lib/model/contract/scope.ts';
import { LEVEL_HEADER } from '#lib/server/access/guard-request.ts';
import { readSignIn } from '#lib/server/access/read-sign-in.ts';
import { SWARM_HEADER } from '#lib/server/fleet/fleet-address.ts';
import { getFleet, getVitals, isAboveSwarms } from '#lib/server/get-vitals.ts';
import { basePath, fleetBase, toPath } from '#lib/view/links/to-path.ts';
import { surface } from '#lib/view/shell/palette.ts';
import * as words from '#words/pages/shell.ts';
import { allSwarms } from '#words/pages/switch.ts';
import './globals.css';
import '#components/status/status.css';
import '#components/live/live.css';
import '#components/ui/ui.css';
import '#components/overview/overview.css';
import '#components/service/service.css';
import '#components/replica/replica.css';
import '#components/history/history.css';
import '#components/nodes/nodes.css';
import '#components/find/find.css';
import '#components/copy/copy.css';
import '#components/filter/filter.css';
import '#components/events/events.css';
import '#components/incidents/incidents.css';
import '#components/reports/reports.css';
import '#components/timeline/timeline.css';
import '#components/moment/moment.css';
import '#components/usage/usage.css';
import '#components/silences/silences.css';
import '#components/fleet/fleet.css';
import '#components/ui/print.css';

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
});
const jetbrains = localFont({
  src: '../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  variable: '--font-jetbrains',
  // The first look has little of it, in lines that it neither wraps nor makes higher: it may come after the style.
  preload: false,
  adjustFontFallback: false,
});

export const dynamic = 'force-dynamic';

/** The swarm's own name in the tab: whoever has several of them open must be able to tell which is which. */
export async function generateMetadata(): Promise<Metadata> {
  const swarm = isKnown(await headers()) ? await nameSwarm() : words.product;
  return {
    title: { default: swarm, template: `%s · ${swarm}` },
    icons: { icon: { url: toPath('/icon.svg'), type: 'image/svg+xml' } },
    manifest: toPath('/manifest.webmanifest'),
    description: words.description,
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: surface.light },
    { media: '(prefers-color-scheme: dark)', color: surface.dark },
  ],
};

async function nameSwarm(): Promise<string> {
  if (await isAboveSwarms()) return allSwarms;
  const { ready, name } = (await getVitals()).picture();
  return ready ? name : words.product;
}

/** Next draws “not found” within the layout for whoever asks, also for strange addresses of what anybody may ask for. */
function isKnown(own: Pick<Headers, 'get'>): boolean {
  const level = own.get(LEVEL_HEADER);
  return level === 'full' || level === 'wall';
}

function toSeen(scope: Scope): Seen {
  const role = findSwarmRole(scope);
  return { swarm: role !== null, lastLines: seesOutputs(role) };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const own = await headers();
  if (!isKnown(own))
    return (
      <html lang="en">
        <body>{children}</body>
      </html>
    );
  const fleet = await getFleet();
  const isAbove = await isAboveSwarms();
  const chosen = (await cookies()).get('theme')?.value;
  const root = {
    lang: 'en',
    className: `${inter.variable} ${jetbrains.variable}`,
    'data-base': basePath() || undefined,
    'data-fleet-base': fleet === null ? undefined : fleetBase(),
    'data-theme': chosen === 'dark' || chosen === 'light' ? chosen : undefined,
  };
  if (isAbove)
    return (
      <html {...root} data-live="stale" data-first="" suppressHydrationWarning>
        <body>{children}</body>
      </html>
    );
  const vitals = await getVitals();
  await vitals.ready(1500);
  const picture = vitals.picture();
  const head = toSwarmHead(picture);
  const { build, epoch } = vitals;
  const signIn = readSignIn(own);
  return (
    <html {...root} data-live="stale" data-first="" suppressHydrationWarning>
      <body>
        <LiveRoot
          start={{ build, epoch, revision: picture.revision, atMs: Date.now(), seenAtMs: picture.atMs }}
          head={head}
          signIn={signIn}
        >
          <PageFrame
            demo={head.demo}
            signedIn={signIn !== null}
            seen={toSeen(vitals.scope)}
            swarm={fleet === null ? null : own.get(SWARM_HEADER)}
          >
            {children}
          </PageFrame>
          <TabVerdict />
        </LiveRoot>
      </body>
    </html>
  );
}
