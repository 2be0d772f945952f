import { Age } from '#components/live/times.tsx';
import type { Incident } from '#lib/model/contract/incident.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import * as words from '#words/pages/incident.ts';

/** An incident in numbers. */
export function IncidentSigns({ incident }: { incident: Incident }) {
  const { startedAtMs, recoveredAtMs, endedAtMs, counts } = incident;
  const isLater = recoveredAtMs !== null && endedAtMs !== recoveredAtMs;
  return (
    <section className="panel incident-signs" aria-label={words.inNumbers}>
      {isLater && (
        <p>
          <b>{formatSpan(recoveredAtMs - startedAtMs)}</b>
          <small>{words.untilWhole}</small>
        </p>
      )}
      <p>
        <b>
          {endedAtMs === null ? <Age atMs={startedAtMs} form="span" /> : formatSpan(endedAtMs - startedAtMs)}
        </b>
        <small>{endedAtMs === null ? words.lasts : words.lasted}</small>
      </p>
      {counts.replicas > 0 && (
        <p>
          <b>{counts.replicas}</b> {words.replicaNoun(counts.replicas === 1)}
          <small>{words.ofServices(counts.services, counts.services === 1)}</small>
        </p>
      )}
      {counts.moved > 0 && (
        <p>
          <b>{counts.moved}</b>
          <small>{words.movedElsewhere}</small>
        </p>
      )}
      {counts.ends > 0 && (
        <p>
          <b>{counts.ends}</b>
          <small>{words.endedBadly(counts.ends === 1)}</small>
        </p>
      )}
    </section>
  );
}
