import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FleetFrame } from '#components/fleet/fleet-frame.tsx';
import { FleetWall } from '#components/fleet-wall/fleet-wall.tsx';
import { isAboveSwarms } from '#lib/server/get-vitals.ts';
import * as words from '#words/pages/fleet.ts';
import '#components/wall/wall.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.wall };

/** All swarms for a screen on a wall: what `/wall` is where there are several. As the other wall it begins with nothing of health. */
export default async function FleetWallPage() {
  if (!(await isAboveSwarms())) notFound();
  return (
    <FleetFrame page="/wall">
      <FleetWall />
    </FleetFrame>
  );
}
