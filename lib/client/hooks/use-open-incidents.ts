import { useEffect, useRef, useState } from 'react';
import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { Incident, IncidentsPage } from '#lib/model/contract/incident.ts';
import { usePart } from './use-part.ts';

const EVERY_MS = 3_000;

/** Incidents that last: asked for again after something happened, and never more often than every few seconds. */
export function useOpenIncidents(initial: readonly Incident[]): readonly Incident[] {
  const [incidents, setIncidents] = useState(initial);
  const events = usePart('recentEvents');
  const problems = usePart('problems');
  const askedAtMs = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happened is the reason to ask, and not what is asked.
  useEffect(() => {
    const ask = async () => {
      askedAtMs.current = performance.now();
      const page = await fetchJson<IncidentsPage>(keys.openIncidents()).catch(() => null);
      if (page !== null) setIncidents(page.incidents);
    };
    const waitMs = Math.max(500, askedAtMs.current + EVERY_MS - performance.now());
    const timer = setTimeout(ask, waitMs);
    return () => clearTimeout(timer);
  }, [events, problems]);
  return incidents;
}
