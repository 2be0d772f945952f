/**
 * The path to ask for, of one of ours without the base path: `/nodes` is `/swarm/nodes` below `/swarm`, and `/` is
 * `/swarm`. Whatever is linked, fetched or sent to goes through here.
 */
export function toPath(own: string): string {
  return toPathBelow(basePath(), own);
}

/** A path without the base path, as `toPath` takes it; also one that has lost it on its way. */
export function toOwnPath(path: string): string {
  const base = basePath();
  if (base === '') return path;
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

/** The path of what is above all swarms, where a server shows several: `/` is the page of them all. */
export function toFleetPath(own: string): string {
  return toPathBelow(fleetBase(), own);
}

/** The path of a page of one swarm of several, from wherever that is asked. */
export function toSwarmPath(name: string, own: string): string {
  return toPathBelow(fleetBase() + toSwarmPrefix(name), own);
}

/** What stands before the paths of one swarm of several. */
export function toSwarmPrefix(name: string): string {
  return `/swarms/${name}`;
}

function toPathBelow(base: string, own: string): string {
  if (base === '') return own;
  return own === '/' || own.startsWith('/?') ? base + own.slice(1) : base + own;
}

const BASE = Symbol.for('swarm-vitals-base-path');
const SWARM = Symbol.for('swarm-vitals-swarm-path');
const shared = globalThis as { [BASE]?: string; [SWARM]?: () => string };

/**
 * What stands before every path of ours, such as `/swarm`; empty at the root of a host. Where a server shows several swarms
 * it is that of the swarm whose page it is, such as `/swarms/prod`. The one thing here that no argument says: the server
 * sets it at its start, and a page has it in its first HTML, before any script runs.
 */
export function basePath(): string {
  shared[BASE] ??= readPage('base') ?? '';
  return shared[SWARM] === undefined ? shared[BASE] : shared[BASE] + shared[SWARM]();
}

/** What stands before what is above all swarms: as `basePath`, without the swarm. */
export function fleetBase(): string {
  if (typeof document === 'undefined') return shared[BASE] ?? '';
  return readPage('fleetBase') ?? basePath();
}

/** Of a page of one swarm of several: its name; `null`: it is above all swarms, or there is but one. For the page alone. */
export function readSwarmName(): string | null {
  if (readPage('fleetBase') === undefined) return null;
  return basePath().slice(fleetBase().length).split('/')[2] ?? null;
}

function readPage(name: 'base' | 'fleetBase'): string | undefined {
  return typeof document === 'undefined' ? undefined : document.documentElement.dataset[name];
}

/** For the server's start, before anything is drawn. */
export function setBasePath(path: string): void {
  shared[BASE] = path;
}

/** @param read what comes after the base path for the request that is answered now; empty above all swarms */
export function setSwarmPath(read: () => string): void {
  shared[SWARM] = read;
}
