/** Decodes a swarm's list again and again, looking closely only at what is new in it. */
export interface ListDecoder<T> {
  /** @returns `null` when the text is not as Docker writes it: then all of it has to be parsed */
  decode(body: Buffer): { items: T[]; lost: number } | null;
  /** What was decoded with another clock's skew is no longer of use. */
  clear(): void;
}

const OPEN = Buffer.from('[{"ID":"');
const BETWEEN = Buffer.from('},{"ID":"');
const HEAD = /^\{"ID":"[a-z0-9]{1,64}","Version":\{"Index":\d{1,20}\}/;
const HEAD_BYTES = 128;

interface Known<T> {
  item: T | null;
}

/**
 * For lists of tasks and services: whatever changes in one gives it a new version (swarmkit `manager/state/store`), so
 * an entry with the id and the version that were decoded before is that item again, the same object. Not for nodes,
 * whose `ManagerStatus` comes from elsewhere. At ten thousand tasks that is 15 MB of text of which a few kB are parsed.
 */
export function createListDecoder<T>(toItem: (raw: unknown) => T | null): ListDecoder<T> {
  let known = new Map<string, Known<T>>();

  function decodeOne(body: Buffer, from: number, to: number): Known<T> {
    return { item: toItem(JSON.parse(body.toString('utf8', from, to))) };
  }

  return {
    decode(body) {
      const end = findEnd(body);
      if (end < 0) return null;
      const next = new Map<string, Known<T>>();
      const items: T[] = [];
      let lost = 0;
      try {
        for (let from = 1; from < end; ) {
          const between = body.indexOf(BETWEEN, from);
          const to = between < 0 ? end : between + 1;
          const head = HEAD.exec(body.toString('latin1', from, Math.min(to, from + HEAD_BYTES)))?.[0];
          const one = (head && known.get(head)) || decodeOne(body, from, to);
          if (head) next.set(head, one);
          if (one.item === null) lost += 1;
          else items.push(one.item);
          from = to + 1;
        }
      } catch {
        return null;
      }
      known = next;
      return { items, lost };
    },
    clear: () => known.clear(),
  };
}

/** Where the list's last entry ends; -1 when it is not such a list. */
function findEnd(body: Buffer): number {
  if (!body.subarray(0, OPEN.length).equals(OPEN)) return -1;
  let end = body.length - 1;
  while (end > 0 && (body[end] as number) <= 0x20) end -= 1;
  return body[end] === 0x5d ? end : -1;
}
