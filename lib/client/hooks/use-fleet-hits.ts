import { useEffect, useState } from 'react';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { FleetHits } from '#lib/model/contract/fleet.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import { useAsked } from './use-asked.ts';

const AFTER_MS = 120;

/**
 * What all swarms have that answers to `query`, asked for when nothing more was typed for a moment; `answer` is `null` while
 * nothing is asked or known, and with one swarm.
 */
export function useFleetHits(query: string): { answer: FleetHits | null; failed: boolean } {
  const [asked, setAsked] = useState('');
  const wanted = query.trim();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const isFleet = typeof document !== 'undefined' && document.documentElement.dataset.fleetBase !== undefined;
  const key =
    !isFleet || asked === '' ? null : toFleetPath(`/api/fleet/search?q=${encodeURIComponent(asked)}`);
  const { data, error } = useAsked<FleetHits>(key, fetchJson<FleetHits>, {
    keepPreviousData: true,
    shouldRetryOnError: false,
  });
  return { answer: (wanted === '' ? null : data) ?? null, failed: error !== undefined };
}
