import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { FleetRoot } from '#components/fleet/fleet-root.tsx';
import { readSignIn } from '#lib/server/access/read-sign-in.ts';
import { getFleet, isAboveSwarms } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** Around the pages above all swarms, so that those of a swarm load nothing of it. */
export default async function FleetLayout({ children }: { children: ReactNode }) {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  if (fleet === null) return children;
  await fleet.ready(1500);
  const { build, epoch } = fleet;
  const picture = fleet.picture();
  return (
    <FleetRoot
      start={{ build, epoch, revision: picture.revision, atMs: picture.atMs, seenAtMs: picture.atMs }}
      fleet={picture}
      signIn={readSignIn(await headers())}
    >
      {children}
    </FleetRoot>
  );
}
