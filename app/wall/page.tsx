import type { Metadata } from 'next';
import { Wall } from '#components/wall/wall.tsx';
import '#components/wall/wall.css';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: 'Wall' };

/** The swarm for a screen on a wall. The first HTML says nothing of health: nobody may take a page for live that is not. */
export default function WallPage() {
  return <Wall />;
}
