import type { Listed, MountName, NamedFile, SpecNames } from '#lib/model/docker/spec-names.ts';
import { MASK } from '#lib/model/text/masking/mask-secrets.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { type DockerObject, readList, readName, readObject, readOneOf } from './raw.ts';

/** More than a person reads; how many there are is told. */
const MAX_NAMES = 100;
const MAX_CHARS = 160;
const MOUNT_KINDS = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image'] as const;

/** The names in a service's `Spec`. No value leaves this function. */
export function toSpecNames(spec: DockerObject): SpecNames {
  const container = readObject(readObject(spec.TaskTemplate).ContainerSpec);
  return {
    env: list(readList(container.Env), toVariable, (name) => name),
    labels: listKeys(spec.Labels),
    containerLabels: listKeys(container.Labels),
    secrets: list(readList(container.Secrets), toFile('Secret'), ({ name }) => name),
    configs: list(readList(container.Configs), toFile('Config'), ({ name }) => name),
    mounts: list(readList(container.Mounts), toMount, ({ target }) => target),
  };
}

const listKeys = (raw: unknown) => list(Object.keys(readObject(raw)), toLabel, (name) => name);

function list<T>(
  raw: readonly unknown[],
  toItem: (one: unknown) => T | null,
  keyOf: (item: T) => string,
): Listed<T> {
  const items = raw
    .slice(0, MAX_NAMES)
    .map(toItem)
    .filter((item) => item !== null);
  const lost = Math.min(raw.length, MAX_NAMES) - items.length;
  return { items: items.sort((a, b) => compare(keyOf(a), keyOf(b))), total: raw.length - lost };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What is before the `=`. A text without one, or that could be no name, may be a value that somebody put there: masked. */
function toVariable(raw: unknown): string | null {
  if (typeof raw !== 'string' || raw === '') return null;
  const at = raw.indexOf('=');
  return at !== -1 && /^[\w.-]{1,256}$/.test(raw.slice(0, at)) ? toShown(raw.slice(0, at)) : MASK;
}

function toLabel(raw: unknown): string | null {
  return typeof raw !== 'string' || raw === '' ? null : toShown(raw);
}

/** A name that somebody chose; what looks like a secret in it is masked. */
function toShown(raw: unknown): string | null {
  const name = readName(raw);
  // Cut after that: half a secret is not known for one.
  return name === null ? null : maskText(name).slice(0, MAX_CHARS);
}

function toFile(kind: 'Secret' | 'Config'): (raw: unknown) => NamedFile | null {
  return (raw) => {
    const file = readObject(raw);
    const name = toShown(file[`${kind}Name`]) ?? toShown(file[`${kind}ID`]);
    return name === null ? null : { name, file: toShown(readObject(file.File).Name) };
  };
}

function toMount(raw: unknown): MountName | null {
  const mount = readObject(raw);
  const target = toShown(mount.Target);
  if (target === null) return null;
  return {
    kind: readOneOf(mount.Type ?? 'volume', MOUNT_KINDS) ?? 'unknown',
    source: toShown(mount.Source),
    target,
    readOnly: mount.ReadOnly === true,
  };
}
