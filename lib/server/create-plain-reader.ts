import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { PlainContainers } from '#lib/model/contract/node-detail.ts';

/** What runs on a node besides Swarm's containers, read while somebody looks. */
export interface PlainReader {
  read(nodeId: string): Promise<PlainContainers>;
}

/** Of one node, so seldom at most, however many look. */
const FRESH_MS = 5_000;
/** A page waits no longer; what comes later is there when it asks again. */
const WITHIN_MS = 1_500;
const MAX_NODES = 200;

const NOTHING = { containers: [], moreContainers: 0 };
const OFF: PlainContainers = { plainState: 'off', plainError: null, ...NOTHING };

interface Kept {
  atMs: number;
  answer: Promise<PlainContainers>;
  /** The last one that came, while another is under way. */
  last: PlainContainers | null;
}

/** @param isOn `false`: none is ever asked */
export function createPlainReader(parts: {
  isOn: boolean;
  clientOf(nodeId: string): Pick<EngineClient, 'readPlainContainers'> | null;
  nowMs(): number;
}): PlainReader {
  const { isOn, clientOf, nowMs } = parts;
  const kept = new Map<string, Kept>();

  async function ask(nodeId: string): Promise<PlainContainers> {
    const client = clientOf(nodeId);
    if (client === null) return toUnread('Its engine cannot be reached.');
    try {
      const { containers, more } = await client.readPlainContainers();
      return { plainState: 'read', plainError: null, containers, moreContainers: more };
    } catch (error) {
      return toUnread(error instanceof EngineError ? error.message : 'Its engine does not tell of them.');
    }
  }

  function findFresh(nodeId: string): Kept {
    const known = kept.get(nodeId);
    if (known !== undefined && nowMs() - known.atMs < FRESH_MS) return known;
    const next: Kept = { atMs: nowMs(), answer: ask(nodeId), last: known?.last ?? null };
    void next.answer.then((answer) => {
      next.last = answer;
    });
    kept.delete(nodeId);
    kept.set(nodeId, next);
    for (const [oldest] of kept) {
      if (kept.size <= MAX_NODES) break;
      kept.delete(oldest);
    }
    return next;
  }

  return {
    async read(nodeId) {
      if (!isOn) return OFF;
      const one = findFresh(nodeId);
      const late = new Promise<PlainContainers>((resolve) => {
        setTimeout(
          () => resolve(one.last ?? toUnread('Its engine has not answered yet.')),
          WITHIN_MS,
        ).unref();
      });
      return Promise.race([one.answer, late]);
    },
  };
}

const toUnread = (plainError: string): PlainContainers => ({ plainState: 'unread', plainError, ...NOTHING });
