import { toIncidentLook } from '#components/incidents/incident-look.ts';
import { type Look, NODE_LOOKS, STATUS_LOOKS, toNodeLook, VERDICT_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { FleetHit } from '#lib/model/contract/fleet.ts';
import type { Place } from '#lib/model/contract/place.ts';
import type { PublishedPort } from '#lib/model/docker/service.ts';
import { describeRole } from '#lib/view/node/nodes.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';
import * as words from '#words/pages/search.ts';
import type { AnyHit, PlaceHit } from './to-search-groups.ts';

interface HitText {
  /** `null`: it has no state. */
  look: Look | null;
  name: string;
  /** An id that was searched for. */
  id: string | null;
  note: string;
}

function toText(hit: AnyHit): HitText {
  switch (hit.kind) {
    case 'page':
      return { look: null, name: hit.label, id: null, note: '' };
    case 'place': {
      const { service, replica, place } = hit;
      const slot = replica === null || replica.slot === null ? '' : `.${replica.slot}`;
      return {
        look: replica === null ? VERDICT_LOOKS[service.verdict] : STATUS_LOOKS[replica.status],
        name: `${service.name}${slot}`,
        id: formatPlace(place),
        note: toPlaceNote(hit),
      };
    }
    case 'service':
      return {
        look: VERDICT_LOOKS[hit.service.verdict],
        name: hit.service.name,
        id: null,
        note: describeCounts(hit.service),
      };
    case 'node':
      return {
        look: toNodeLook(hit.node),
        name: hit.node.hostname,
        id: null,
        note: [describeRole(hit.node), hit.node.address].filter((part) => part !== null).join(', '),
      };
    case 'elsewhere': {
      const { kind, name, of } = hit.found;
      const isId = kind === 'task' || kind === 'container';
      if (kind === 'port') return { look: toElsewhereLook(hit.found), name, id: of, note: words.kinds.port };
      return {
        look: toElsewhereLook(hit.found),
        name: isId ? (of ?? '') : name,
        id: isId ? name.slice(0, 25) : null,
        note: isId || of === null ? words.kinds[kind] : words.onNode(of),
      };
    }
    case 'incident': {
      const { title, course } = hit.incident;
      return { look: toIncidentLook(hit.incident), name: title, id: null, note: course[0] ?? '' };
    }
    default: {
      const { service, replica } = hit;
      return {
        look: STATUS_LOOKS[replica.status],
        name: replica.slot === null ? service.name : `${service.name}.${replica.slot}`,
        id: hit.kind === 'replica' ? null : hit.id.slice(0, 25),
        note: replica.hostname === null ? words.noNodeYet : words.onNode(replica.hostname),
      };
    }
  }
}

function toElsewhereLook({ kind, status }: FleetHit): Look {
  const looks: Readonly<Record<string, Look | undefined>> =
    kind === 'service' || kind === 'port' ? VERDICT_LOOKS : kind === 'node' ? NODE_LOOKS : STATUS_LOOKS;
  return looks[status] ?? STATUS_LOOKS.unknown;
}

function formatPlace(place: Place): string {
  if (place.kind === 'network') return place.network;
  return place.kind === 'port' ? formatPort(place.port) : place.address;
}

function formatPort({ published, target, protocol }: PublishedPort): string {
  return `${published ?? '?'} → ${target}/${protocol}`;
}

function toPlaceNote({ replica, place }: PlaceHit): string {
  if (place.kind === 'port') return place.port.mode === 'host' ? words.hostPort : words.meshPort;
  if (place.kind === 'network') return words.onNetwork;
  if (place.key === null) return words.ownAddress;
  return replica === null || replica.hostname === null ? words.noNodeYet : words.onNode(replica.hostname);
}

/** One thing that was found: its state in glyph and word, its name, where it is. */
export function HitRow({ hit }: { hit: AnyHit }) {
  const { look, name, id, note } = toText(hit);
  return (
    <>
      <span className="hit-name">{name}</span>
      <span className="hit-note">
        {id !== null && <code className="hit-id">{id}</code>} {note}
      </span>
      {look !== null && <StatusWord look={look} />}
    </>
  );
}
