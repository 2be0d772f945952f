import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { FleetEventList } from '#components/fleet/fleet-event-list.tsx';
import { FleetFrame } from '#components/fleet/fleet-frame.tsx';
import { FleetGaps, FleetPastHead } from '#components/fleet/fleet-past.tsx';
import { getFleet, isAboveSwarms } from '#lib/server/get-vitals.ts';
import { parseEventsFilter } from '#lib/view/events/events-filter.ts';
import * as words from '#words/pages/fleet.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.eventsLabel };

interface Params {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What happened in all swarms: what `/events` is where there are several. */
export default async function FleetEventsPage({ searchParams }: Params) {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  if (fleet === null) notFound();
  const given = await searchParams;
  const atMs = Date.now();
  const { levels } = parseEventsFilter((name) => [given[name] ?? []].flat(), atMs);
  const until = Number(given.until);
  const untilMs = Number.isSafeInteger(until) && until > 0 ? until : null;
  const page = await fleet.events({ untilMs, levels });
  const choices = [
    { query: '', word: words.levels.all, isOn: levels.length === 0 },
    { query: '?level=bad', word: words.levels.bad, isOn: levels.join() === 'bad' },
    { query: '?level=bad,warn', word: words.levels.warn, isOn: levels.join() === 'bad,warn' },
  ];
  return (
    <FleetFrame page="/events">
      <div className="page events-page">
        <FleetPastHead title={words.events} intro={words.eventsIntro} path="/events" choices={choices} />
        <FleetGaps gaps={page.gaps} />
        <FleetEventList
          key={`${levels.join()} ${untilMs}`}
          page={page}
          levels={levels}
          isBack={untilMs !== null}
          atMs={atMs}
        />
      </div>
    </FleetFrame>
  );
}
