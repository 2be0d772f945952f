import { Age } from '#components/live/times.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import type { FleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/fleet.ts';
import { FleetWord } from './fleet-word.tsx';
import { StatusBar } from './status-bar.tsx';

/** All swarms in five numbers; what is not known is in the last alone. */
export function FleetFacts({ view }: { view: FleetView }) {
  const { rows, bad, unknown, totals, notKnown } = view;
  const known = rows.length - unknown.length;
  const { services, replicas, nodes } = totals;
  return (
    <section className="panel fleet-facts" aria-label={words.summary}>
      <div className={bad > 0 ? 's-unhealthy fleet-bad' : undefined}>
        <h2>{words.swarms}</h2>
        <b className={bad > 0 ? 'text-tone' : undefined}>
          {bad > 0 ? words.needAttentionOf(bad, rows.length) : <FleetWord view={view} />}
        </b>
        <small>
          <Silence unknown={unknown} />
        </small>
      </div>
      <div>
        <h2>{words.columns.services}</h2>
        <b>{formatCount(services.well)}</b>{' '}
        <span className="text-muted">{words.wellOf(formatCount(services.total))}</span>
        <small>{words.inKnown(known, rows.length)}</small>
      </div>
      <div>
        <h2>{words.columns.replicas}</h2>
        <b>{formatCount(replicas.well)}</b>{' '}
        <span className="text-muted">{words.wellOf(formatCount(replicas.total))}</span>
        <StatusBar byStatus={replicas.byStatus} />
      </div>
      <div>
        <h2>{words.columns.nodes}</h2>
        <b>{formatCount(nodes.ready)}</b>{' '}
        <span className="text-muted">{words.readyOf(formatCount(nodes.total))}</span>
        <small>
          <NotReady nodes={nodes} />
        </small>
      </div>
      <div className={unknown.length > 0 ? 'fleet-hatched' : undefined}>
        <h2>{words.notKnown}</h2>
        {notKnown.services + notKnown.replicas > 0 ? (
          <>
            <b>{formatCount(notKnown.services)}</b>{' '}
            <span className="text-muted">
              {words.unknownCounts(notKnown.services, formatCount(notKnown.replicas))}
            </span>
          </>
        ) : (
          <b>{notKnown.neverHeard.length > 0 ? words.unheard : words.nothing}</b>
        )}
        <small>
          {notKnown.names.length > 0
            ? words.inNoCount(notKnown.names)
            : notKnown.neverHeard.length > 0
              ? words.neverHeardOf(notKnown.neverHeard)
              : words.everyHeard}
        </small>
      </div>
    </section>
  );
}

function Silence({ unknown }: { unknown: FleetView['unknown'] }) {
  const [first] = unknown;
  if (first === undefined) return words.everyHeard;
  const atMs = first.swarm.heardAtMs;
  return (
    <span className="status-word s-unknown">
      <span className="status-glyph" aria-hidden="true" />
      {unknown.length === 1 && first.swarm.state === 'silent' && atMs !== null ? (
        <span>
          {words.silentOne} <Age atMs={atMs} form="span" />
        </span>
      ) : (
        words.countSilent(unknown.length)
      )}
    </span>
  );
}

function NotReady({ nodes }: { nodes: FleetView['totals']['nodes'] }) {
  const { notReady, ready, total } = nodes;
  if (notReady === null) return total === 0 ? words.noNodes : words.allReady;
  const { host, swarm } = notReady;
  const more = total - ready - 1;
  const text = more > 0 ? words.moreNotReady(host, swarm, more) : words.notReadyIn(host, swarm);
  return <StatusWord look={{ word: text, className: 's-unhealthy' }} />;
}
