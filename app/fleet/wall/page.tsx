import { notFound } from 'next/navigation';
import { FleetList } from '#components/fleet/fleet-list.tsx';
import { getFleet, isAboveSwarms } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** All swarms for a screen on a wall: what `/wall` is where there are several. */
export default async function FleetWallPage() {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  if (fleet === null) notFound();
  return <FleetList fleet={fleet.picture()} />;
}
