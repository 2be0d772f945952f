'use client';

import { useCallback } from 'react';
import { CopyButton } from '#components/copy/copy-button.tsx';
import { CopyMoment } from '#components/copy/copy-moment.tsx';
import { Age, ClockTime } from '#components/live/times.tsx';
import { SilenceButton } from '#components/silences/silence-button.tsx';
import { SilenceMark } from '#components/silences/silence-mark.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { Output } from '#components/ui/output.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { useAskAgain } from '#lib/client/hooks/use-ask-again.ts';
import { useDetail } from '#lib/client/hooks/use-detail.ts';
import { useLiveContext, usePicture } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { IncidentDetail } from '#lib/model/contract/incident.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toIncidentHref, toNodeHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import {
  findSilencedOfIncident,
  selectOwnSubjects,
  toIncidentSubjects,
} from '#lib/view/silences/silence-subjects.ts';
import * as words from '#words/pages/incident.ts';
import * as list from '#words/pages/incidents.ts';
import { CoursePanel } from './course-panel.tsx';
import { IncidentEvents } from './incident-events.tsx';
import { toIncidentLook } from './incident-look.ts';
import { IncidentServices } from './incident-services.tsx';
import { IncidentSigns } from './incident-signs.tsx';
import { SwarmThenPanel } from './swarm-then-panel.tsx';

/** One that lasts is asked for again so often; for a while after its end, too: it may come back. */
const POLL_MS = 3_000;
const AFTER_END_MS = 120_000;

interface IncidentViewProps {
  initial: IncidentDetail;
  /** The swarm over the time of its course; `null`: the server had no time to read it. */
  timeline: Timeline | null;
  /** The server's clock when it drew the page. */
  atMs: number;
  /** What whoever looks may silence; `null`: nothing is silenced here. */
  scope?: Scope | null;
}

/** One incident: what happened from its first sign to its end, on what that rests, and what changed before it. */
export function IncidentView({ initial, timeline, atMs, scope = null }: IncidentViewProps) {
  const { clock } = useLiveContext();
  const { swarm } = useSeen();
  const detail = useDetail(keys.incident(initial.incident.id), initial);
  const toDueAtMs = useCallback(
    ({ incident: { endedAtMs } }: IncidentDetail) => {
      const nowMs = clock.nowMs();
      return endedAtMs !== null && nowMs - endedAtMs > AFTER_END_MS ? null : nowMs + POLL_MS;
    },
    [clock],
  );
  useAskAgain(detail, null, toDueAtMs);
  const { incident, events, isCut, before, lanes } = detail.data;
  return (
    <div className="page incident-page" data-incident={incident.id} data-incident-state={incident.state}>
      <IncidentHead detail={detail.data} scope={scope} />
      <IncidentSigns incident={incident} />
      <div className="grid min-w-0 content-start gap-5">
        <CoursePanel incident={incident} lanes={lanes} atMs={atMs} />
        <SwarmThenPanel incident={incident} initial={timeline} atMs={atMs} />
        <IncidentServices incident={incident} />
        <IncidentEvents
          title={words.eventsTitle}
          note={words.eventsNote}
          events={events}
          startedAtMs={incident.startedAtMs}
          empty={words.noEvents}
          cut={isCut}
        />
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <IncidentEvents
          title={words.beforeTitle}
          note={words.beforeNote}
          events={before}
          startedAtMs={incident.startedAtMs}
          empty={swarm ? words.nothingBefore : words.nothingBeforeApart}
          cut={false}
        />
        <EvidencePanel incident={incident} />
        {incident.nodes.length > 0 && <NodesPanel incident={incident} />}
      </div>
    </div>
  );
}

function IncidentHead({ detail, scope }: { detail: IncidentDetail; scope: Scope | null }) {
  const { incident } = detail;
  const { title, course, reason, startedAtMs, endedAtMs, isStartSeen, isEndSeen, unknown } = incident;
  const swarm = usePart('swarm');
  const picture = usePicture();
  const permalink = () => new URL(toIncidentHref(incident.id), location.href).href;
  const toText = async () => {
    const { formatIncidentCourse } = await import('#lib/view/copy/format-incident-course.ts');
    return formatIncidentCourse(detail, { swarm: swarm?.name ?? '', permalink: permalink() });
  };
  const hints = [
    isStartSeen ? null : words.unseenStart,
    endedAtMs !== null && !isEndSeen ? words.unseenEnd : null,
    endedAtMs === null && unknown > 0 ? words.notKnown(unknown) : null,
  ].filter((hint) => hint !== null);
  return (
    <header className="incident-head">
      <div className="min-w-0">
        <nav className="text-muted" aria-label={words.breadcrumb}>
          <a href={toPath('/incidents')}>{list.title}</a> / {incident.id}
        </nav>
        <div className="incident-title">
          <h1>{title}</h1>
          <StatusWord look={toIncidentLook(incident)} />
        </div>
        <p className="incident-course">
          <b>
            <ClockTime atMs={startedAtMs} nearMs={endedAtMs ?? startedAtMs} />
          </b>
          {course.map((part) => (
            <span key={part}>
              <i aria-hidden="true">→</i>
              {part}
            </span>
          ))}
        </p>
        {reason.sentence !== null && <p>{keepTogether(reason.sentence)}</p>}
        {reason.hint !== null && endedAtMs === null && <p className="text-muted">{reason.hint}</p>}
        {endedAtMs === null && picture !== null && (
          <SilenceMark silenced={findSilencedOfIncident(incident, picture)} />
        )}
        {hints.length > 0 && <p className="text-muted">{hints.join(' ')}</p>}
      </div>
      <div className="incident-actions">
        {endedAtMs === null && (
          <SilenceButton subjects={selectOwnSubjects(toIncidentSubjects(incident, picture), scope)} />
        )}
        <noscript>
          <a
            className="copy-button"
            href={toPath(`/api/incidents/${encodeURIComponent(incident.id)}?format=md`)}
          >
            {words.asMarkdown}
          </a>
        </noscript>
        <CopyButton label={words.copyAsMarkdown} what={words.copyWhat} toText={toText} />
        <CopyButton label={words.copyLinkLabel} what={words.copyLink} toText={permalink} />
        {endedAtMs === null && <CopyMoment />}
      </div>
    </header>
  );
}

/** In Docker's and the probes' own words: of what explains it, and of each service that has its own. */
function EvidencePanel({ incident }: { incident: IncidentDetail['incident'] }) {
  const { reason, nodes, services } = incident;
  const found = new Map<string, { name: string | null; label: string; text: string }>();
  if (reason.evidence !== null) found.set(reason.evidence.text, { name: null, ...reason.evidence });
  for (const { evidence, ...of } of [...nodes, ...services]) {
    if (evidence === null || found.has(evidence.text) || found.size >= MAX_EVIDENCE) continue;
    found.set(evidence.text, { name: 'name' in of ? of.name : of.hostname, ...evidence });
  }
  return (
    <Panel title={words.evidenceTitle}>
      {found.size === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noEvidence}</p>
      ) : (
        <ul className="incident-evidence">
          {[...found.values()].map(({ name, label, text }) => (
            <li key={text}>
              {name !== null && <b>{name}</b>}
              <Output text={text} lead={label} boxed />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const MAX_EVIDENCE = 6;

/** The nodes that explain it, each with how long that lasted. */
function NodesPanel({ incident: { nodes } }: { incident: IncidentDetail['incident'] }) {
  return (
    <Panel title={words.nodesTitle}>
      <ul className="incident-nodes">
        {nodes.map(({ id, hostname, sentence, fromMs, untilMs }) => (
          <li key={id}>
            <a className="font-semibold" href={toNodeHref(id)}>
              {hostname ?? id}
            </a>
            <span className="text-muted">
              {untilMs === null ? (
                <>
                  {words.since} <ClockTime atMs={fromMs} />, <Age atMs={fromMs} form="span" />
                </>
              ) : (
                <>
                  <ClockTime atMs={fromMs} /> – <ClockTime atMs={untilMs} />
                </>
              )}
            </span>
            {sentence !== null && <p>{keepTogether(sentence)}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
