'use client';

import { ClockTime } from '#components/live/times.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { Incident } from '#lib/model/contract/incident.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { countReplicas, countServices } from '#words/counts.ts';
import * as words from '#words/pages/incident.ts';
import * as list from '#words/pages/incidents.ts';

const AT_ONCE = 20;
const MAX_KEYS = 6;
const MAX_SLOT = 8;

/** A slot, or for a global service its node: by its name where the incident knows it. */
function toPlaceName(key: string, nodes: Incident['nodes']): string {
  if (key.length <= MAX_SLOT) return `.${key}`;
  return nodes.find(({ id }) => id === key)?.hostname ?? key.slice(0, MAX_SLOT);
}

/** The services that it touched, and how long each was not whole. */
export function IncidentServices({ incident }: { incident: Incident }) {
  const { services, counts, nodes } = incident;
  const { shown, more } = useMore(services, AT_ONCE);
  if (services.length === 0) return null;
  // What its node says explains the incident: it need not stand behind each service.
  const isOfNode = (cause: Incident['reason']['cause']) =>
    nodes.length > 0 && (cause === 'engine-unread' || nodes.some((node) => node.cause === cause));
  const hidden = counts.services - services.length;
  // A port that does not answer takes no replica along.
  const of = countServices(counts.services);
  return (
    <Panel
      title={nodes.length > 0 ? words.tookAlong : words.touched}
      note={counts.replicas === 0 ? of : words.replicasOf(countReplicas(counts.replicas), of)}
    >
      <ul className="incident-services-list">
        {shown.map(({ id, name, replicas, keys, fromMs, untilMs, cause, sentence }) => (
          <li key={id}>
            <a className="font-semibold" href={toServiceHref(name)}>
              {name}
            </a>
            <span className="incident-keys">
              {keys.slice(0, MAX_KEYS).map((key) => (
                <a key={key} href={toReplicaHref(name, key)}>
                  {toPlaceName(key, nodes)}
                </a>
              ))}
              {replicas > MAX_KEYS && (
                <span className="text-muted">{list.moreOpen(replicas - MAX_KEYS)}</span>
              )}
            </span>
            <span className="text-muted">{isOfNode(cause) ? null : sentence}</span>
            <span className="incident-time" title={words.wholeAfter}>
              {untilMs === null ? (
                <span>
                  <ClockTime atMs={fromMs} /> – {words.notYet}
                </span>
              ) : (
                formatSpan(untilMs - fromMs)
              )}
            </span>
          </li>
        ))}
      </ul>
      {more}
      {hidden > 0 && <p className="px-[18px] py-3 text-muted">{words.notListed(hidden)}</p>}
    </Panel>
  );
}
