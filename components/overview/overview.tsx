'use client';

import { lazy, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { CopyMoment } from '#components/copy/copy-moment.tsx';
import { EventsPanel } from '#components/events/events-panel.tsx';
import { FilterBar } from '#components/filter/filter-bar.tsx';
import { OpenIncidents } from '#components/incidents/open-incidents.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { useFilter } from '#lib/client/hooks/use-address.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { usePlacedServices } from '#lib/client/hooks/use-placed-services.ts';
import { pushBelow } from '#lib/client/page/push-below.ts';
import type { OpenIncidents as OpenIncidentsShown } from '#lib/model/contract/incident.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { listSwarmRoots } from '#lib/model/status/severity.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { areNodesOld } from '#lib/view/overview/are-nodes-old.ts';
import { filterServices, isFiltering } from '#lib/view/overview/overview-filter.ts';
import type { OverviewProblems } from '#lib/view/overview/overview-problems.ts';
import type { Stack } from '#lib/view/overview/to-stacks.ts';
import * as words from '#words/pages/overview.ts';
import { allServices } from '#words/pages/shell.ts';
import { NodeStrip } from './node-strip.tsx';
import { ProblemList } from './problem-list.tsx';
import { StackTable } from './stack-table.tsx';
import { SummaryStrip } from './summary-strip.tsx';

// What most swarms never show is loaded where it is shown. By React itself: next/dynamic alone is 1.9 kB of the first look.
const UnknownServices = lazy(() =>
  import('./unknown-services.tsx').then((loaded) => ({ default: loaded.UnknownServices })),
);
const SwarmNotices = lazy(() =>
  import('./swarm-findings.tsx').then((loaded) => ({ default: loaded.SwarmNotices })),
);
const OwnIncidents = lazy(() =>
  import('#components/incidents/own-incidents.tsx').then((loaded) => ({ default: loaded.OwnIncidents })),
);
const NoServices = lazy(() => import('./no-services.tsx').then((loaded) => ({ default: loaded.NoServices })));
const EngineHint = lazy(() => import('./engine-hint.tsx').then((loaded) => ({ default: loaded.EngineHint })));
const WaitingForSwarm = lazy(() =>
  import('#components/waiting/waiting-for-swarm.tsx').then((loaded) => ({ default: loaded.WaitingForSwarm })),
);

const NOTHING: OverviewProblems = { losses: [], serviceIds: [], order: [], unknown: [] };

interface OverviewProps {
  events: readonly SwarmEvent[];
  /** Why none may be known; `null`: nothing is in the way. */
  noEvents: string | null;
  /** Those that last. */
  incidents: OpenIncidentsShown;
  /** The server's clock when it drew the page. */
  atMs: number;
  /** The filter's fields, as the server drew them. */
  filterFields: ReactNode;
  /** The services that have the port or the address, or are on the network, that the filter is. */
  placed: readonly string[] | null;
}

/** The whole swarm on one page, problems first. */
export function Overview({
  events,
  noEvents,
  incidents,
  atMs,
  filterFields,
  placed: initial,
}: OverviewProps) {
  const head = usePart('swarm');
  const summary = usePart('summary');
  const nodes = usePart('nodes') ?? [];
  const problems = usePart('problems') ?? NOTHING;
  const stacks = usePart('stacks') ?? [];
  const { swarm: isWhole } = useSeen();
  const [filter, setFilter] = useFilter('/');
  const isFiltered = isFiltering(filter);
  const services = usePart(isFiltered ? 'services' : null);
  const placed = usePlacedServices(filter.text, initial);
  const chosen = useMemo(
    () => (isFiltered && services !== undefined ? filterServices(services, filter, placed) : null),
    [isFiltered, services, filter, placed],
  );
  const total = summary?.services.total ?? 0;
  const unknown = keepChosen(problems.unknown, chosen);
  const losses =
    chosen === null
      ? problems.losses
      : problems.losses.filter((loss) => loss.services.some(({ id }) => chosen.has(id)));
  if (head === undefined || summary === undefined || !head.ready)
    return <WaitingForSwarm sources={head?.sources ?? []} />;
  return (
    <div className="page overview">
      <Column>
        <h1 className="sr-only">{words.servicesOf(head.name)}</h1>
        <SummaryStrip swarm={head} summary={summary} nodes={nodes} problems={problems} />
        {nodes.some(({ engine }) => engine.state === 'unconfigured') && <EngineHint nodes={nodes} />}
        {total > 0 && (
          <FilterBar
            page="/"
            filter={filter}
            onFilter={setFilter}
            fields={filterFields}
            shown={chosen?.size ?? total}
            total={total}
            byPlace={placed === null ? 0 : countOf(chosen, placed)}
          />
        )}
        <Place>
          {isWhole ? (
            <OpenIncidents initial={incidents} atMs={atMs} />
          ) : (
            <OwnIncidents initial={incidents} atMs={atMs} />
          )}
        </Place>
        <Place>
          <ProblemList
            of={Object.values(filter).join()}
            swarm={chosen === null ? listSwarmRoots(head.findings) : []}
            losses={losses}
            serviceIds={keepChosen(problems.serviceIds, chosen)}
            order={problems.order}
          />
        </Place>
        <Place>
          {chosen === null && head.findings.length > 0 && <SwarmNotices findings={head.findings} />}
        </Place>
        <Place>{unknown.length > 0 && <UnknownServices serviceIds={unknown} />}</Place>
        <Place>
          <NodeStrip nodes={nodes} isOld={areNodesOld(head.findings)} />
        </Place>
        <AllServices stacks={stacks} chosen={chosen} total={total} />
      </Column>
      <EventsPanel initial={events} none={noEvents} />
    </div>
  );
}

/** Every service in the table of its stack, or those that the filter leaves: `chosen`; `null`: it leaves all. */
function AllServices({
  stacks,
  chosen,
  total,
}: {
  stacks: readonly Stack[];
  chosen: ReadonlySet<string> | null;
  total: number;
}) {
  const groups = stacks
    .map(({ stack, serviceIds }) => ({ stack, serviceIds: keepChosen(serviceIds, chosen) }))
    .filter(({ serviceIds }) => serviceIds.length > 0);
  return (
    <section className="all-services grid gap-3.5" aria-labelledby="all-services">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="all-services">{allServices}</h2>
        {total > 0 && (
          <span className="flex items-baseline gap-4">
            <a className="text-[13px] whitespace-nowrap text-accent" href={toPath('/matrix')}>
              {words.byNodes}
            </a>
            <CopyMoment />
          </span>
        )}
      </div>
      {stacks.length === 0 && <NoServices />}
      {chosen?.size === 0 && stacks.length > 0 && (
        <p className="panel p-6 text-muted">
          {words.noneMatch}{' '}
          <a className="text-accent" href={toPath('/')}>
            {words.showAll(total)}
          </a>
        </p>
      )}
      {groups.map(({ stack, serviceIds }) => (
        <StackTable key={stack ?? ''} stack={stack} serviceIds={serviceIds} alone={stacks.length === 1} />
      ))}
    </section>
  );
}

function keepChosen(ids: string[], chosen: ReadonlySet<string> | null): string[] {
  return chosen === null ? ids : ids.filter((id) => chosen.has(id));
}

/** What stands in it keeps its place in the layout: what comes above pushes it, and nothing jumps. */
function Column({ children }: { children: ReactNode }) {
  const column = useRef<HTMLDivElement>(null);
  useEffect(() => (column.current === null ? undefined : pushBelow(column.current)), []);
  return (
    <div className="overview-column" ref={column}>
      {children}
    </div>
  );
}

/** Room for what comes, grows and goes. */
function Place({ children }: { children: ReactNode }) {
  return (
    <div className="place">
      <div>{children}</div>
    </div>
  );
}

function countOf(chosen: ReadonlySet<string> | null, placed: ReadonlySet<string>): number {
  return [...(chosen ?? [])].filter((id) => placed.has(id)).length;
}
