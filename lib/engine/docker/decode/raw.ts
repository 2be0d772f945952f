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

/** A name or another short text of somebody's, as it may be shown anywhere; `null` for anything else. */
export function readName(value: unknown): string | null {
  const text = readText(value);
  return text === null ? null : toVisibleName(text);
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

export function readTexts(value: unknown): string[] {
  return readList(value)
    .filter((item): item is string => typeof item === 'string')
    .map(cutText);
}

/** A map of texts, such as labels; other members are left out. */
export function readTextMap(value: unknown): Record<string, string> {
  const texts = Object.entries(readObject(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}
