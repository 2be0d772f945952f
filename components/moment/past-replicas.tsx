import { Moment } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { MomentReplica } from '#lib/model/contract/moment.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { countStatuses, type MomentGroup } from '#lib/view/moment/group-moment.ts';
import { withAt } from '#lib/view/moment/parse-at.ts';
import * as words from '#words/pages/moment.ts';

/** How many were in which status, the worst first: all that was, and nothing that was not seen. */
export function PastCounts({ replicas }: { replicas: readonly MomentReplica[] }) {
  return (
    <p className="panel past-counts">
      {countStatuses(replicas).map(({ status, count }) => (
        <span key={status} data-count={status}>
          <b>{count}</b> <StatusWord look={STATUS_LOOKS[status]} />
        </span>
      ))}
    </p>
  );
}

const SAID = 3;

/** Services or nodes at a moment, those with the worst replica first; what was wrong has its sentence. */
export function PastGroups({
  groups,
  atMs,
  toHref,
}: {
  groups: readonly MomentGroup[];
  atMs: number;
  /** `null`: it has no page. */
  toHref: (name: string) => string | null;
}) {
  return (
    <ul className="panel past-groups">
      {groups.map(({ name, counts, said }) => {
        const href = toHref(name);
        return (
          <li key={name} data-past={name}>
            {href === null ? <b>{name}</b> : <a href={withAt(href, atMs)}>{name}</a>}
            <span className="past-statuses">
              {counts.map(({ status, count }) => (
                <span key={status}>
                  {count} <StatusWord look={STATUS_LOOKS[status]} />
                </span>
              ))}
            </span>
            {said.slice(0, SAID).map((replica) => (
              <p key={`${replica.serviceId} ${replica.key}`}>
                <a href={toPastReplicaHref(replica, atMs)}>{nameReplica(replica)}</a>:{' '}
                {keepTogether(replica.sentence ?? '')}
              </p>
            ))}
            {said.length > SAID && <p className="text-muted">{words.more(said.length - SAID)}</p>}
          </li>
        );
      })}
    </ul>
  );
}

/** Replicas one by one: status, sentence, node, since when. */
export function PastReplicas({ replicas, atMs }: { replicas: readonly MomentReplica[]; atMs: number }) {
  return (
    <ul className="panel past-groups">
      {replicas.map((replica) => (
        <li
          key={`${replica.serviceId} ${replica.key}`}
          data-replica={nameReplica(replica)}
          data-status={replica.status}
        >
          <a href={toPastReplicaHref(replica, atMs)}>{nameReplica(replica)}</a>
          <span className="past-statuses">
            <StatusWord look={STATUS_LOOKS[replica.status]} />
            <span className="text-muted">
              {words.since} <Moment atMs={replica.sinceMs} />
            </span>
            <span className="text-muted">{replica.hostname ?? words.noNode}</span>
          </span>
          {replica.sentence !== null && <p>{keepTogether(replica.sentence)}</p>}
        </li>
      ))}
    </ul>
  );
}

export function nameReplica({ serviceName, slot, hostname, key }: MomentReplica): string {
  return `${serviceName}.${slot ?? hostname ?? key}`;
}

function toPastReplicaHref({ serviceName, key }: MomentReplica, atMs: number): string {
  return withAt(toReplicaHref(serviceName, key), atMs);
}
