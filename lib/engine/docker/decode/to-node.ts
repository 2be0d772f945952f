import type {
  NodeAvailability,
  NodePlugins,
  NodeStatus,
  Reachability,
  SwarmNode,
} from '#lib/model/docker/node.ts';
import { MASK } from '#lib/model/text/masking/mask-secrets.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import {
  type DockerObject,
  readId,
  readList,
  readName,
  readNumber,
  readObject,
  readOneOf,
  readText,
  readTextMap,
} from './raw.ts';
import { toTimeMs } from './times.ts';
import { toGenericResources } from './to-generic-resources.ts';

const STATUSES: readonly NodeStatus[] = ['ready', 'down', 'disconnected', 'unknown'];
const AVAILABILITIES: readonly NodeAvailability[] = ['active', 'pause', 'drain'];
const REACHABILITIES: readonly Reachability[] = ['reachable', 'unreachable', 'unknown'];

/** Why a node is down: a sentence. */
const MAX_MESSAGE_CHARS = 2_000;

/**
 * One entry of `GET /nodes`; `null` when it has no id. A node that never joined fully has no Description: its id
 * stands in for the hostname, as people need something to call it.
 */
export function toNode(raw: unknown, skewMs: number): SwarmNode | null {
  const node = readObject(raw);
  const id = readId(node.ID);
  if (id === null) return null;
  const spec = readObject(node.Spec);
  const status = readObject(node.Status);
  const description = readObject(node.Description);
  const resources = readObject(description.Resources);
  const manager = toManager(node);
  return {
    id,
    hostname: readName(description.Hostname) ?? readName(spec.Name) ?? id,
    role: readOneOf(spec.Role, ['manager', 'worker'] as const) ?? (manager ? 'manager' : 'worker'),
    manager,
    status: readOneOf(status.State, STATUSES) ?? 'unknown',
    statusMessage: readSafe(status.Message),
    availability: toAvailability(spec.Availability),
    address: toAddress(status.Addr) ?? toAddress(hostOf(manager?.address ?? null)),
    listedAddress: findListed(status.Addr) ?? findListed(hostOf(manager?.address ?? null)),
    engineVersion: readName(readObject(description.Engine).EngineVersion),
    os: readName(readObject(description.Platform).OS),
    architecture: readName(readObject(description.Platform).Architecture),
    labels: toLabels(spec.Labels),
    engineLabels: toNames(Object.keys(readObject(readObject(description.Engine).Labels))),
    plugins: toPlugins(readObject(description.Engine).Plugins),
    cpuNano: readNumber(resources.NanoCPUs),
    memoryBytes: readNumber(resources.MemoryBytes),
    generic: toGenericResources(resources.GenericResources),
    issuer: toIssuer(description.TLSInfo),
    createdAtMs: toTimeMs(node.CreatedAt, skewMs),
    updatedAtMs: toTimeMs(node.UpdatedAt, skewMs),
    notUnderstood: findOddWords(node),
    listedAs: null,
  };
}

/** Left out it means active (swarmkit api/specs.proto, its first value); what is not known is not guessed. */
function toAvailability(raw: unknown): NodeAvailability {
  return raw === undefined ? 'active' : (readOneOf(raw, AVAILABILITIES) ?? 'unknown');
}

const ALL_UNDERSTOOD: readonly string[] = [];

/** What stands in the places that decide what a node is, and no version we know has. */
function findOddWords(node: DockerObject): readonly string[] {
  const spec = readObject(node.Spec);
  const places: [name: string, raw: unknown, known: readonly string[]][] = [
    ['availability', spec.Availability, AVAILABILITIES],
    ['role', spec.Role, ['manager', 'worker']],
    ['state', readObject(node.Status).State, STATUSES],
    ['reachability', readObject(node.ManagerStatus).Reachability, REACHABILITIES],
  ];
  const odd = places.filter(([, raw, known]) => raw !== undefined && readOneOf(raw, known) === null);
  if (odd.length === 0) return ALL_UNDERSTOOD;
  return odd.map(([name, raw]) => `${name} ${readSafe(readName(raw) ?? typeof raw)}`);
}

function readSafe(value: unknown): string | null {
  const text = readText(value);
  return text === null ? null : maskText(toVisibleName(text.slice(0, MAX_MESSAGE_CHARS)));
}

/** A label may be called `registry_token`: its value is nobody's business. */
function toLabels(value: unknown): Record<string, string> {
  const labels = Object.entries(readTextMap(value)).map(([name, text]) => {
    const label = `${name}=${text}`;
    const shown = maskText(label);
    const value = shown.startsWith(`${name}=`) ? shown.slice(name.length + 1) : MASK;
    return [toVisibleName(name), toVisibleName(value)];
  });
  return Object.fromEntries(labels);
}

const MAX_PLUGINS = 200;
/** Most nodes of a swarm have the same: they share one object. */
const knownPlugins = new Map<string, NodePlugins>();
const MAX_KNOWN_PLUGINS = 1_000;

/** `{Type: "Volume", Name: "local"}` each. */
function toPlugins(raw: unknown): NodePlugins | null {
  const plugins: Record<string, string[]> = {};
  for (const plugin of readList(raw).slice(0, MAX_PLUGINS)) {
    const { Type, Name } = readObject(plugin);
    const type = readId(Type);
    const name = readName(Name);
    if (type === null || name === null) continue;
    plugins[type] = [...(plugins[type] ?? []), name];
  }
  const key = JSON.stringify(plugins);
  const known = knownPlugins.get(key);
  if (known !== undefined) return known;
  if (Object.keys(plugins).length === 0) return null;
  if (knownPlugins.size >= MAX_KNOWN_PLUGINS) knownPlugins.clear();
  knownPlugins.set(key, plugins);
  return plugins;
}

const MAX_LABELS = 100;

function toNames(raw: readonly string[]): string[] {
  return raw.slice(0, MAX_LABELS).map((name) => maskText(toVisibleName(name.slice(0, MAX_MESSAGE_CHARS))));
}

function toManager(node: DockerObject): SwarmNode['manager'] {
  // `null` and absent both mean a worker; `Leader` is left out when false.
  if (typeof node.ManagerStatus !== 'object' || node.ManagerStatus === null) return null;
  const status = readObject(node.ManagerStatus);
  return {
    leader: status.Leader === true,
    reachability: readOneOf(status.Reachability, REACHABILITIES) ?? 'unknown',
    address: readText(status.Addr),
  };
}

/**
 * The leader may list itself as 0.0.0.0, and the first manager of a swarm as 127.0.0.1: the one leads nowhere, and the
 * other to ourselves, to another engine under this one's name.
 */
function toAddress(value: unknown): string | null {
  const address = readText(value);
  if (
    address === null ||
    /^(?:0\.0\.0\.0|127(?:\.\d{1,3}){1,3}|::|::1|(?:::ffff:)127(?:\.\d{1,3}){3}|localhost)$/i.test(address)
  )
    return null;
  return address;
}

/** Of an engine's elliptic curve key, 124 characters. */
const MAX_ISSUER_CHARS = 1_024;

/** A public key, as Docker gives it: only compared with another. */
export function toIssuer(tlsInfo: unknown): string | null {
  return readText(readObject(tlsInfo).CertIssuerPublicKey)?.slice(0, MAX_ISSUER_CHARS) ?? null;
}

/** As it is listed, unless it is no node's: the leader may list itself as 0.0.0.0. */
function findListed(value: unknown): string | null {
  const address = readText(value);
  return address === null || address === '0.0.0.0' || address === '::'
    ? null
    : address.slice(0, MAX_ADDRESS_CHARS);
}

/** Of an IPv6 address with its zone. */
const MAX_ADDRESS_CHARS = 64;

/** `10.0.0.1:2377` or `[fd00::1]:2377` without the port. */
function hostOf(address: string | null): string | null {
  return address?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') ?? null;
}
