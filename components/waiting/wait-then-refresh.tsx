'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { WaitingForSwarm } from './waiting-for-swarm.tsx';

const AGAIN_MS = 3_000;

/** A page whose subject cannot be looked up yet: says why, and asks the server again once the swarm is known. */
export function WaitThenRefresh() {
  const router = useRouter();
  const head = usePart('swarm');
  const sources = head?.sources ?? [];
  const isLost = sources.some(({ kind, state }) => kind === 'server' && state !== 'live');
  const isReady = head?.ready === true && !isLost;
  useEffect(() => {
    if (!isReady) return;
    router.refresh();
    // What it asked for may have been on another server that was away for a moment.
    const again = setInterval(() => router.refresh(), AGAIN_MS);
    return () => clearInterval(again);
  }, [isReady, router]);
  return <WaitingForSwarm sources={sources} />;
}
