import type { ReactNode } from 'react';
import { EventRow } from '#components/events/event-row.tsx';
import { isHistoryTroubled } from '#components/history/history-notice.tsx';
import { IncidentList } from '#components/incidents/incident-list.tsx';
import { Moment } from '#components/live/times.tsx';
import { FoldedProbeLog } from '#components/replica/probe-log.tsx';
import type { EventsPage } from '#lib/model/contract/history.ts';
import type { IncidentsPage } from '#lib/model/contract/incident.ts';
import type { MomentAnswer, Moment as MomentPast, MomentReplica } from '#lib/model/contract/moment.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toNodeHref, toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { filterMoment } from '#lib/view/moment/filter-moment.ts';
import { groupMoment } from '#lib/view/moment/group-moment.ts';
import { type AskedMoment, withAt } from '#lib/view/moment/parse-at.ts';
import { formatFilter, isFiltering, type OverviewFilter } from '#lib/view/overview/overview-filter.ts';
import { noneAmongNewest } from '#words/pages/events.ts';
import * as words from '#words/pages/moment.ts';
import { PastMatrix } from './past-matrix.tsx';
import { PastPage } from './past-page.tsx';
import { nameReplica, PastCounts, PastGroups, PastReplicas } from './past-replicas.tsx';

interface NoMomentProps {
  asked: Exclude<AskedMoment, { kind: 'moment' }>;
  knownFromMs: number | null;
  liveHref: string;
}

const TITLES = { nonsense: words.nonsense, future: words.future, before: words.before } as const;

/** The address asks for a moment that there is none of: said, and nothing is shown in its place. */
export function NoMoment({ asked, knownFromMs, liveHref }: NoMomentProps) {
  const atMs = asked.kind === 'nonsense' ? null : asked.atMs;
  const title = asked.kind === 'before' && knownFromMs === null ? words.noHistory : TITLES[asked.kind];
  return (
    <PastPage title={title} atMs={null} liveHref={liveHref}>
      <p className="panel p-6" data-no-moment={asked.kind}>
        {atMs !== null && atMs < 8e15 && (
          <>
            <Moment atMs={atMs} />.{' '}
          </>
        )}
        {asked.kind === 'nonsense' && words.nonsenseHelp}
        {asked.kind === 'before' && knownFromMs !== null && (
          <>
            {words.beginsAt} <Moment atMs={knownFromMs} />.
          </>
        )}
      </p>
    </PastPage>
  );
}

interface PastNothingProps {
  title: string;
  liveHref: string;
  notKept?: string;
}

/** A page of which nothing is kept: said in place of what is so now. */
export function PastNothing({ title, liveHref, notKept = words.notKeptOther }: PastNothingProps) {
  return (
    <PastPage title={title} atMs={null} liveHref={liveHref} notKept={notKept}>
      {null}
    </PastPage>
  );
}

/** What is known of the moment, or why nothing is. */
function Known({
  past,
  empty,
  children,
}: {
  past: MomentAnswer;
  empty: string;
  children: (past: MomentPast) => ReactNode;
}) {
  if (past === null) return <Unknown why={words.unread} />;
  if (past === 'busy') return <Unknown why={words.busy} />;
  if (!past.isSeen) return <Unknown why={words.unseen} />;
  if (past.replicas.length === 0) return <Unknown why={empty} />;
  return (
    <>
      {past.unreadSinceMs !== null && (
        <p className="panel p-6 past-unknown" data-unread="">
          {words.managersUnread} <Moment atMs={past.unreadSinceMs} />.
        </p>
      )}
      {past.isCut && <p className="text-muted">{words.cut}</p>}
      {children(past)}
    </>
  );
}

function Unknown({ why }: { why: string }) {
  return (
    <p className="panel p-6 past-unknown" data-unknown="">
      {why}
    </p>
  );
}

interface PastProps {
  atMs: number;
  past: MomentAnswer;
}

interface FilteredProps extends PastProps {
  filter: OverviewFilter;
}

/** What the filter of the address leaves of a moment, and how much that is. */
function Filtered({
  atMs,
  past,
  filter,
  page,
  children,
}: FilteredProps & { page: string; children: (replicas: MomentReplica[]) => ReactNode }) {
  return (
    <Known past={past} empty={words.noReplicas}>
      {({ replicas }) => {
        if (!isFiltering(filter)) return children(replicas);
        const left = filterMoment(replicas, filter);
        const [count, total] = [left, replicas].map((some) => new Set(some.map((one) => one.serviceId)).size);
        return (
          <>
            <p className="text-muted" data-filtered="">
              {words.filtered(formatCount(count ?? 0), formatCount(total ?? 0))}{' '}
              <a className="text-accent" href={withAt(toPath(page), atMs)}>
                {words.showAll}
              </a>
            </p>
            {left.length === 0 ? <Unknown why={words.noneMatch} /> : children(left)}
          </>
        );
      }}
    </Known>
  );
}

/** All services at a moment. */
export function PastOverview({ atMs, past, filter }: FilteredProps) {
  return (
    <PastPage
      title={words.services}
      atMs={atMs}
      liveHref={formatFilter(filter)}
      notKept={words.notKeptOverview}
    >
      <Filtered atMs={atMs} past={past} filter={filter} page="/">
        {(replicas) => (
          <>
            <PastCounts replicas={replicas} />
            <PastGroups
              groups={groupMoment(replicas, ({ serviceName }) => serviceName)}
              atMs={atMs}
              toHref={toServiceHref}
            />
          </>
        )}
      </Filtered>
    </PastPage>
  );
}

/** Services by nodes at a moment. */
export function PastMatrixPage({ atMs, past, filter }: FilteredProps) {
  const liveHref = formatFilter(filter, '/matrix');
  return (
    <PastPage title={words.matrix} atMs={atMs} liveHref={liveHref} notKept={words.notKeptOverview}>
      <Filtered atMs={atMs} past={past} filter={filter} page="/matrix">
        {(replicas) => (
          <>
            <PastCounts replicas={replicas} />
            <PastMatrix replicas={replicas} atMs={atMs} />
          </>
        )}
      </Filtered>
    </PastPage>
  );
}

/** All nodes at a moment, by the replicas that were on them. */
export function PastNodes({ atMs, past }: PastProps) {
  return (
    <PastPage title={words.nodes} atMs={atMs} liveHref={toPath('/nodes')} notKept={words.notKeptNode}>
      <Known past={past} empty={words.noReplicas}>
        {({ replicas }) => (
          <PastGroups
            groups={groupMoment(replicas, ({ hostname }) => hostname ?? words.noNode)}
            atMs={atMs}
            toHref={(name) => (name === words.noNode ? null : toNodeHref(name))}
          />
        )}
      </Known>
    </PastPage>
  );
}

interface PastOfOneProps extends PastProps {
  title: string;
  liveHref: string;
  notKept: string;
  /** Only what was on this node, by its id or hostname. */
  nodeName?: string;
}

function pick(past: MomentAnswer, isWanted: (replica: MomentReplica) => boolean): MomentAnswer {
  return past === null || past === 'busy' ? past : { ...past, replicas: past.replicas.filter(isWanted) };
}

/** One service at a moment, or one node. */
export function PastOfOne({ atMs, past, title, liveHref, notKept, nodeName }: PastOfOneProps) {
  const isOn = ({ nodeId, hostname }: MomentReplica) => nodeId === nodeName || hostname === nodeName;
  const own = nodeName === undefined ? past : pick(past, isOn);
  return (
    <PastPage title={title} atMs={atMs} liveHref={liveHref} notKept={notKept}>
      <Known past={own} empty={words.noReplica}>
        {({ replicas }) => (
          <>
            <PastCounts replicas={replicas} />
            <PastReplicas replicas={replicas} atMs={atMs} />
          </>
        )}
      </Known>
    </PastPage>
  );
}

/** One replica at a moment, with the probes before it. */
export function PastReplica({
  atMs,
  past,
  serviceName,
  replicaKey,
  probes,
}: PastProps & { serviceName: string; replicaKey: string; probes: readonly Probe[] }) {
  const liveHref = toReplicaHref(serviceName, replicaKey);
  const own = pick(past, ({ key }) => key === replicaKey);
  const [replica] = own === null || own === 'busy' ? [] : own.replicas;
  const chart = `${liveHref}?from=${atMs - CHART_MS}&until=${atMs + CHART_MS}`;
  return (
    <PastPage
      title={replica === undefined ? `${serviceName}.${replicaKey}` : nameReplica(replica)}
      atMs={atMs}
      liveHref={liveHref}
      notKept={words.notKeptReplica}
    >
      <Known past={own} empty={words.noReplica}>
        {({ replicas }) => <PastReplicas replicas={replicas} atMs={atMs} />}
      </Known>
      <section className="panel" aria-labelledby="past-probes">
        <div className="panel-title">
          <h2 id="past-probes">{words.lastProbes}</h2>
          <a className="text-accent" href={chart}>
            {words.openChart}
          </a>
        </div>
        {probes.length === 0 ? (
          <p className="p-6 text-muted">{words.noProbes}</p>
        ) : (
          <FoldedProbeLog probes={probes} nowMs={atMs} />
        )}
      </section>
    </PastPage>
  );
}

const CHART_MS = 450_000;

/** What is kept of the moment itself: lists of what happened go on over the time in which nobody looked. */
interface PastListProps {
  atMs: number;
  /** Did anybody look then? `null`: the history cannot be read. */
  isSeen: boolean | null;
  /** What the address asks for, without the moment. */
  query: string;
}

const toListHref = (page: string, query: string) => toPath(query === '' ? page : `${page}?${query}`);

/** What had happened by then, newest first. */
export function PastEvents({ atMs, isSeen, query, page }: PastListProps & { page: EventsPage }) {
  const isRead = isSeen !== null && !isHistoryTroubled(page.history);
  return (
    <PastPage title={words.events} atMs={atMs} liveHref={toListHref('/events', query)}>
      {!isRead && <Unknown why={words.unread} />}
      {isRead && isSeen === false && <Unknown why={words.unseen} />}
      {isRead && page.events.length === 0 && (
        <p className="panel p-6 text-muted">{page.more ? noneAmongNewest : words.noEvents}</p>
      )}
      {page.events.length > 0 && (
        <ol className="panel event-list">
          {page.events.map((event) => (
            <EventRow key={event.id} event={event} others={[]} nowMs={atMs} />
          ))}
        </ol>
      )}
    </PastPage>
  );
}

/** Which lasted then. */
export function PastIncidents({ atMs, isSeen, query, page }: PastListProps & { page: IncidentsPage }) {
  const isRead = isSeen !== null && !isHistoryTroubled(page.history);
  return (
    <PastPage title={words.incidentsThen} atMs={atMs} liveHref={toListHref('/incidents', query)}>
      <p className="text-muted">{words.wholeCourse}</p>
      {!isRead && <Unknown why={words.unread} />}
      {isRead && isSeen === false && <Unknown why={words.unseen} />}
      {isRead && isSeen === true && page.incidents.length === 0 && (
        <p className="panel p-6 text-muted">{words.noIncident}</p>
      )}
      {page.incidents.length > 0 && (
        <IncidentList page={{ ...page, more: false }} query="at" isBack={false} atMs={atMs} />
      )}
      {page.more && <p className="text-muted">{words.moreIncidents(formatCount(page.incidents.length))}</p>}
    </PastPage>
  );
}
