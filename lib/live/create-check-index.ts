import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { CheckedSibling } from '#lib/model/contract/subject-facts.ts';
import { isJob } from '#lib/model/docker/service.ts';

/** Which services have a health check: one that has none, and is like others that have one, may have been forgotten. */
export interface CheckIndex {
  /** As it was decided; `null`: it is no more. */
  set(serviceId: string, service: ServicePicture | null): void;
  /** What is like this service and has a check; `null`: nothing, or it has one itself. */
  siblingOf(serviceId: string): CheckedSibling | null;
  /** Services without a check of which something else is to be said than when this was last asked. */
  takeChanged(): Iterable<string>;
}

interface Entry {
  name: string;
  /** Without its tag. */
  image: string;
  stack: string | null;
  /** `own`: its service sets it; `image`: it came with the image, so that another one without it has switched it off. */
  check: 'own' | 'image' | 'none' | 'unknown';
}

/** So many others of a stack are a custom. */
const MIN_OF_STACK = 3;

const NONE: readonly string[] = [];

export function createCheckIndex(): CheckIndex {
  const entries = new Map<string, Entry>();
  const groups = new Map<string, Set<string>>();
  let changed = new Set<string>();

  const groupsOf = ({ image, stack }: Entry) => [
    `image ${image}`,
    ...(stack === null ? [] : [`stack ${stack}`]),
  ];

  function leave(serviceId: string, entry: Entry): void {
    for (const key of groupsOf(entry)) {
      const group = groups.get(key);
      group?.delete(serviceId);
      if (group?.size === 0) groups.delete(key);
    }
  }

  function touch(entry: Entry): void {
    for (const key of groupsOf(entry))
      for (const id of groups.get(key) ?? NONE) if (entries.get(id)?.check === 'none') changed.add(id);
  }

  const othersOf = (key: string, serviceId: string) =>
    [...(groups.get(key) ?? NONE)]
      .filter((id) => id !== serviceId)
      .map((id) => entries.get(id))
      .filter((entry) => entry !== undefined);

  return {
    set(serviceId, service) {
      const before = entries.get(serviceId);
      const now = service === null ? null : toEntry(service);
      if (before === undefined ? now === null : now !== null && isSame(before, now)) return;
      if (before !== undefined) {
        leave(serviceId, before);
        entries.delete(serviceId);
        touch(before);
      }
      if (now === null) return;
      entries.set(serviceId, now);
      for (const key of groupsOf(now)) {
        const group = groups.get(key);
        if (group) group.add(serviceId);
        else groups.set(key, new Set([serviceId]));
      }
      touch(now);
    },
    siblingOf(serviceId) {
      const entry = entries.get(serviceId);
      if (entry?.check !== 'none') return null;
      const { image, stack } = entry;
      // What is called `alpine` elsewhere does something else.
      const twins = othersOf(`image ${image}`, serviceId).filter(
        (other) => stack !== null && other.stack === stack,
      );
      // What came with the image, and is not here, somebody has switched off.
      if (twins.some(({ check }) => check === 'image')) return null;
      const twin = twins.filter(({ check }) => check === 'own').sort((a, b) => (a.name < b.name ? -1 : 1))[0];
      if (twin !== undefined) return { kind: 'image', image, service: twin.name };
      const others = stack === null ? [] : othersOf(`stack ${stack}`, serviceId);
      const isCustom = others.length >= MIN_OF_STACK && others.every(isChecked);
      return stack !== null && isCustom ? { kind: 'stack', stack, services: others.length } : null;
    },
    takeChanged() {
      if (changed.size === 0) return NONE;
      const taken = changed;
      changed = new Set();
      return taken;
    },
  };
}

function isChecked({ check }: Entry): boolean {
  return check === 'own' || check === 'image';
}

function isSame(a: Entry, b: Entry): boolean {
  return a.name === b.name && a.image === b.image && a.stack === b.stack && a.check === b.check;
}

/** `null`: it has nothing to do with health checks. */
function toEntry(service: ServicePicture): Entry | null {
  if (isJob(service) || service.image === '') return null;
  const { name, stack, healthCheck, replicas } = service;
  const image = service.image.replace(/:[^:/]*$/, '');
  const isUnchecked = replicas.some(({ status }) => status === 'running');
  const check =
    healthCheck !== null
      ? healthCheck.source === 'image'
        ? 'image'
        : 'own'
      : isUnchecked
        ? 'none'
        : 'unknown';
  return { name, image, stack, check };
}
