import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FleetFrame } from '#components/fleet/fleet-frame.tsx';
import { FleetIncidentList } from '#components/fleet/fleet-incident-list.tsx';
import { FleetGaps, FleetPastHead } from '#components/fleet/fleet-past.tsx';
import { getFleet, isAboveSwarms } from '#lib/server/get-vitals.ts';
import * as words from '#words/pages/fleet.ts';
import { state as states, title } from '#words/pages/incidents.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title };

interface Params {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Incidents of all swarms: what `/incidents` is where there are several. */
export default async function FleetIncidentsPage({ searchParams }: Params) {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  if (fleet === null) notFound();
  const [asked] = [(await searchParams).state ?? []].flat();
  const state = asked === 'open' || asked === 'over' ? asked : null;
  const page = await fleet.incidents(state);
  const choices = [
    { query: '', word: words.levels.all, isOn: state === null },
    { query: '?state=open', word: states.open, isOn: state === 'open' },
    { query: '?state=over', word: states.over, isOn: state === 'over' },
  ];
  return (
    <FleetFrame page="/incidents">
      <div className="page incidents-page">
        <FleetPastHead title={title} intro={words.incidentsIntro} path="/incidents" choices={choices} />
        <FleetGaps gaps={page.gaps} />
        <FleetIncidentList page={page} atMs={Date.now()} />
      </div>
    </FleetFrame>
  );
}
