import { type AnswerLimits, MAX_DEPTH } from '#lib/engine/docker/transport/answer-limits.ts';
import { BodyError } from '#lib/engine/docker/transport/body-error.ts';
import { CLOSE_LIST, COMMA, OPEN_LIST } from '#lib/model/text/json-codes.ts';
import { parseJson } from './parse-json.ts';
import { scanJson } from './scan-json.ts';

/** Decodes a list, entry by entry, giving way to everything else now and then. */
export interface ListDecoder<T> {
  /** `lost`: how many entries could not be read. @throws BodyError · the signal's reason */
  decode(body: Buffer, signal: AbortSignal): Promise<{ items: T[]; lost: number }>;
  /** The same of one part of a list that comes in several; all that came since the last {@link endParts} are one list. */
  decodePart: ListDecoder<T>['decode'];
  endParts(): void;
  /** What was decoded with another clock's skew is no longer of use. */
  clear(): void;
}

export interface ListDecoderOptions<T> {
  limits: AnswerLimits;
  toItem(raw: unknown): T | null;
  /** Whether an entry with the id and the version of before is the item of before. */
  versioned: boolean;
}

const OPEN = Buffer.from('[{"ID":"');
const BETWEEN = Buffer.from('},{"ID":"');
const HEAD = /^\{"ID":"[a-z0-9]{1,64}","Version":\{"Index":\d{1,20}\}/;
const HEAD_BYTES = 128;
/** Longer than this at a time nothing is decoded: a list of a hundred thousand tasks takes seconds. */
const SLICE_MS = 10;
const BLANK = 0x20;

interface Known<T> {
  item: T | null;
}

/** Finds the end of the entry that begins at `from`. */
type CutEntry = (body: Buffer, from: number, end: number) => number;

/**
 * `versioned` is for lists of tasks and services: whatever changes in one gives it a new version (swarmkit
 * `manager/state/store`), so an entry with the id and the version that were decoded before is that item again, the same
 * object. Not for nodes, whose `ManagerStatus` comes from elsewhere. At ten thousand tasks that is 15 MB of text of
 * which a few kB are parsed.
 */
export function createListDecoder<T>({ limits, toItem, versioned }: ListDecoderOptions<T>): ListDecoder<T> {
  let known = new Map<string, Known<T>>();
  let parts = new Map<string, Known<T>>();
  let generation = 0;

  function decodeOne(body: Buffer, from: number, to: number): Known<T> {
    const raw = parseJson(body, limits, from, to);
    try {
      return { item: toItem(raw) };
    } catch {
      // Whatever a hostile entry does to our own code, it is one that cannot be read.
      return { item: null };
    }
  }

  async function walk(
    body: Buffer,
    { first, end }: { first: number; end: number },
    cut: CutEntry,
    { signal, isPart }: { signal: AbortSignal; isPart: boolean },
  ) {
    const next = isPart ? parts : new Map<string, Known<T>>();
    const items: T[] = [];
    const begun = generation;
    let lost = 0;
    let sliceEndMs = performance.now() + SLICE_MS;
    for (let from = first; from < end; ) {
      const to = cut(body, from, end);
      const head = versioned
        ? HEAD.exec(body.toString('latin1', from, Math.min(to, from + HEAD_BYTES)))?.[0]
        : undefined;
      const one = (head && known.get(head)) || decodeOne(body, from, to);
      if (head) next.set(head, one);
      if (one.item === null) lost += 1;
      else items.push(one.item);
      if (items.length + lost > limits.maxEntries) throw new BodyError('entries');
      from = skipComma(body, to, end);
      if (performance.now() > sliceEndMs) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
        sliceEndMs = performance.now() + SLICE_MS;
      }
    }
    if (versioned && !isPart && begun === generation) known = next;
    return { items, lost };
  }

  async function decode(body: Buffer, how: { signal: AbortSignal; isPart: boolean }) {
    const list = findList(body);
    if (versioned && body.subarray(0, OPEN.length).equals(OPEN)) {
      try {
        return await walk(body, list, cutAsDocker, how);
      } catch (error) {
        // A text of people's that looks like the place between two entries: then each entry is followed to its end.
        if (!(error instanceof BodyError) || error.reason !== 'no-json') throw error;
      }
    }
    return walk(body, list, (bytes, from, last) => cutAsJson(bytes, from, last, limits), how);
  }

  return {
    decode: (body, signal) => decode(body, { signal, isPart: false }),
    decodePart: (body, signal) => decode(body, { signal, isPart: true }),
    endParts() {
      known = parts;
      parts = new Map();
    },
    clear() {
      known.clear();
      parts = new Map();
      generation += 1;
    },
  };
}

function cutAsDocker(body: Buffer, from: number, end: number): number {
  const between = body.indexOf(BETWEEN, from);
  return between < 0 ? end : between + 1;
}

function cutAsJson(body: Buffer, from: number, end: number, { maxElements }: AnswerLimits): number {
  const { end: to, excess } = scanJson(body, from, end, { maxDepth: MAX_DEPTH, maxElements });
  if (excess !== null) throw new BodyError(excess);
  return to;
}

/** Where the list's first entry begins and its closing bracket is. @throws BodyError when it is no list */
function findList(body: Buffer): { first: number; end: number } {
  const start = skipBlanks(body, 0, body.length);
  let end = body.length - 1;
  while (end > start && (body[end] ?? 0) <= BLANK) end -= 1;
  if (body[start] === OPEN_LIST && body[end] === CLOSE_LIST && end > start)
    return { first: skipBlanks(body, start + 1, end), end };
  throw new BodyError(isJson(body) ? 'no-list' : 'no-json');
}

/** Only to say which of the two it is: what is small enough is looked at. */
function isJson(body: Buffer): boolean {
  if (body.length > 8_192) return false;
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

function skipBlanks(body: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && (body[at] ?? 0) <= BLANK) at += 1;
  return at;
}

/** To the entry after this one. @throws BodyError when something else stands between them */
function skipComma(body: Buffer, to: number, end: number): number {
  const comma = skipBlanks(body, to, end);
  if (comma >= end) return end;
  if (body[comma] !== COMMA) throw new BodyError('no-json');
  const next = skipBlanks(body, comma + 1, end);
  if (next >= end) throw new BodyError('no-json');
  return next;
}
