import { isIP } from 'node:net';
import {
  isDockerObject,
  readCount,
  readList,
  readName,
  readObject,
  readOneOf,
  readText,
} from '#lib/engine/docker/decode/raw.ts';
import { toImage } from '#lib/engine/docker/decode/to-image.ts';
import type { ContainerPort, PlainContainer } from '#lib/model/docker/plain-container.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toContainerSummary } from './to-container-summary.ts';

const STATES = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const;
const MAX_PORTS = 100;
const MAX_NAME_CHARS = 255;

/**
 * One entry of `GET /containers/json` of a container that Swarm did not make; `null` without an id or a name, as an agent
 * of an older release sends them.
 */
export function toPlainContainer(raw: unknown, skewMs: number): PlainContainer | null {
  const summary = toContainerSummary(raw, skewMs);
  const container = readObject(raw);
  const name = toName(readList(container.Names)[0]);
  if (summary === null || name === null) return null;
  return {
    id: summary.id,
    name,
    image: toImage(container.Image).image,
    state: readOneOf(summary.state, STATES) ?? 'unknown',
    createdAtMs: summary.createdAtMs,
    startedAtMs: null,
    health:
      summary.healthStatus === null
        ? null
        : {
            status: summary.healthStatus,
            failingStreak: summary.failingStreak ?? 0,
            probes: [],
            statusSinceMs: null,
          },
    healthCheck: null,
    ports: toPorts(container.Ports),
    isListedOnly: true,
  };
}

/** Docker writes a slash before it. */
function toName(raw: unknown): string | null {
  const name = readName(raw);
  return name === null ? null : maskText(name.replace(/^\//, '')).slice(0, MAX_NAME_CHARS);
}

/** The same for IPv4 and IPv6 is one. */
function toPorts(raw: unknown): ContainerPort[] {
  const ports = readList(raw).slice(0, MAX_PORTS).flatMap(toPort);
  const seen = new Set<string>();
  return ports.filter(({ address, published, target, protocol }) => {
    const isAny = address === '0.0.0.0' || address === '::';
    const key = `${isAny ? '*' : address} ${published} ${target} ${protocol}`;
    return !seen.has(key) && seen.add(key);
  });
}

function toPort(raw: unknown): ContainerPort[] {
  if (!isDockerObject(raw)) return [];
  const target = readCount(raw.PrivatePort);
  const protocol = readOneOf(raw.Type, ['tcp', 'udp', 'sctp'] as const);
  if (target === null || target > 65_535 || protocol === null) return [];
  const published = readCount(raw.PublicPort) || null;
  const address = readText(raw.IP);
  return [
    {
      address: address !== null && isIP(address) !== 0 ? address : null,
      published: published !== null && published <= 65_535 ? published : null,
      target,
      protocol,
    },
  ];
}
