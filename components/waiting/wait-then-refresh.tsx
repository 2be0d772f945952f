'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { WaitingForSwarm } from './waiting-for-swarm.tsx';

/** A page whose subject cannot be looked up yet: says why, and asks the server again once the swarm is known. */
export function WaitThenRefresh() {
  const router = useRouter();
  const head = usePart('swarm');
  const isReady = head?.ready ?? false;
  useEffect(() => {
    if (isReady) router.refresh();
  }, [isReady, router]);
  return <WaitingForSwarm sources={head?.sources ?? []} />;
}
