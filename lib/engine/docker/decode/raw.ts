import { toVisibleName } from '#lib/model/text/show-hidden.ts';

/** A JSON object as Docker sent it. Nothing about its members is certain: a proxy or another version may differ. */
export type DockerObject = Readonly<Record<string, unknown>>;

const EMPTY: DockerObject = Object.freeze({});

export function isDockerObject(value: unknown): value is DockerObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one for anything else, so that missing branches read as missing leaves. */
export function readObject(value: unknown): DockerObject {
  return isDockerObject(value) ? value : EMPTY;
}

export function readList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Longer than any name, image or error of Docker's: what is longer is cut, and says so. */
const MAX_TEXT_CHARS = 16_384;

/** A text that is not empty; `null` for anything else: Docker writes "" for "not set". */
export function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? cutText(value) : null;
}

function cutText(text: string): string {
  return text.length > MAX_TEXT_CHARS ? `${text.slice(0, MAX_TEXT_CHARS)}…` : text;
}

/** A reference to an image has up to 455 characters, a host 255, a service 63: a name stands in thousands of sentences. */
const MAX_NAME_CHARS = 512;

/** A name or another short text of somebody's, as it may be shown anywhere; `null` for anything else. */
export function readName(value: unknown): string | null {
  const text = readText(value);
  if (text === null) return null;
  const name = toVisibleName(text.slice(0, MAX_NAME_CHARS));
  const isCut = text.length > MAX_NAME_CHARS || name.length > MAX_NAME_CHARS;
  return isCut ? `${name.slice(0, MAX_NAME_CHARS)}…` : name;
}

/** The stack that labels name. An empty label names none: nobody could link to it, or ask for it. */
export function readStack(labels: unknown): string | null {
  return readName(readObject(labels)['com.docker.stack.namespace']) || null;
}

export function readNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A whole number of at least 0; `null` for anything else. */
export function readCount(value: unknown): number | null {
  const number = readNumber(value);
  return number !== null && Number.isInteger(number) && number >= 0 ? number : null;
}

/** The members of `values` that equal the text; `null` when it is none of them. */
export function readOneOf<T extends string>(value: unknown, values: readonly T[]): T | null {
  return values.find((known) => known === value) ?? null;
}

/** Of a list or a map: more texts than a command has words, a service constraints or a node labels. */
const MAX_TEXTS = 1_000;
const MAX_TEXTS_CHARS = 64 * 1024;

/** The texts of a list, up to as many as are kept of one. */
export function readTexts(value: unknown): string[] {
  return takeTexts(readList(value), (item) => (typeof item === 'string' ? [cutText(item)] : null)).flat();
}

/** A map of texts, such as labels, up to as many as are kept of one; other members are left out. */
export function readTextMap(value: unknown): Record<string, string> {
  const texts = takeTexts(Object.entries(readObject(value)), ([name, text]) =>
    typeof text === 'string' ? [cutText(name), cutText(text)] : null,
  );
  return Object.fromEntries(texts);
}

/** What is read of each item, until there is too much of it; `null`: it is left out. */
function takeTexts<T, R extends string[]>(items: readonly T[], read: (item: T) => R | null): R[] {
  const taken: R[] = [];
  let chars = 0;
  for (const item of items) {
    const texts = read(item);
    if (texts === null) continue;
    for (const text of texts) chars += text.length;
    if (chars > MAX_TEXTS_CHARS || taken.length >= MAX_TEXTS) break;
    taken.push(texts);
  }
  return taken;
}

/** Docker's ids have 12 to 64 characters, Swarm's 25. */
const ID = /^[a-zA-Z0-9][\w.-]{0,127}$/;
const MAX_MEMBER_CHARS = Math.max(
  ...Object.getOwnPropertyNames(Object.prototype).map(({ length }) => length),
);

/**
 * The id of an object of Docker's; `null` for what could not be one. Nothing in it has to be escaped, or ends it, and no
 * object has a member of that name by itself (`constructor`).
 */
export function readId(value: unknown): string | null {
  if (typeof value !== 'string' || !ID.test(value)) return null;
  // To look for a member makes V8 keep each name that it is asked for: Docker's own ids are longer than any.
  return value.length <= MAX_MEMBER_CHARS && value in Object.prototype ? null : value;
}
