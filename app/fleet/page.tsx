import { notFound } from 'next/navigation';
import { FleetFrame } from '#components/fleet/fleet-frame.tsx';
import { FleetOverview } from '#components/fleet/fleet-overview.tsx';
import { isAboveSwarms } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** All swarms: what `/` is where there are several. */
export default async function FleetPage() {
  if (!(await isAboveSwarms())) notFound();
  return (
    <FleetFrame page="/">
      <FleetOverview />
    </FleetFrame>
  );
}
