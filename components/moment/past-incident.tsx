import { CoursePanel } from '#components/incidents/course-panel.tsx';
import { IncidentEvents } from '#components/incidents/incident-events.tsx';
import { toIncidentLook } from '#components/incidents/incident-look.ts';
import { IncidentServices } from '#components/incidents/incident-services.tsx';
import { Moment } from '#components/live/times.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import type { Incident, IncidentDetail } from '#lib/model/contract/incident.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import { toIncidentThen } from '#lib/view/moment/to-incident-then.ts';
import { countServices } from '#words/counts.ts';
import * as list from '#words/pages/incident.ts';
import * as words from '#words/pages/moment.ts';
import { PastPage } from './past-page.tsx';

/** One incident as far as it had come at a moment. */
export function PastIncident({ detail, atMs }: { detail: IncidentDetail; atMs: number }) {
  const liveHref = toIncidentHref(detail.incident.id);
  const then = toIncidentThen(detail, atMs);
  const { title, startedAtMs } = detail.incident;
  if (then === null)
    return (
      <PastPage title={title} atMs={atMs} liveHref={liveHref}>
        <p className="panel p-6" data-not-begun="">
          {words.notYetIncident} <Moment atMs={startedAtMs} />.{' '}
          <a className="text-accent" href={liveHref}>
            {words.wholeIncident}
          </a>
        </p>
      </PastPage>
    );
  const { incident, events, isCut, before, lanes, notWhole } = then;
  return (
    <PastPage title={title} atMs={atMs} liveHref={liveHref} notKept={words.notKeptIncident}>
      <p data-incident-state={incident.state}>
        <StatusWord look={toIncidentLook(incident)} /> {describeThen(incident, notWhole)}
      </p>
      <CoursePanel incident={incident} lanes={lanes} atMs={atMs} isPast />
      <IncidentServices incident={incident} />
      <IncidentEvents
        title={list.eventsTitle}
        note={list.eventsNote}
        events={events}
        startedAtMs={startedAtMs}
        empty={list.noEvents}
        cut={isCut}
      />
      <IncidentEvents
        title={list.beforeTitle}
        note={list.beforeNote}
        events={before}
        startedAtMs={startedAtMs}
        empty={list.nothingBefore}
        cut={false}
      />
    </PastPage>
  );
}

function describeThen({ state, services }: Incident, notWhole: number): string {
  switch (state) {
    case 'over':
      return words.incidentOver;
    case 'recovered':
      return words.incidentRecovered;
    case 'open':
      return services.length === 0
        ? words.incidentOpenBare
        : words.incidentOpen(notWhole, countServices(services.length));
  }
}
