import {
  readId,
  readList,
  readName,
  readNumber,
  readObject,
  readText,
} from '#lib/engine/docker/decode/raw.ts';
import { toSkewMs } from '#lib/engine/docker/decode/times.ts';
import { toIdentity } from '#lib/engine/docker/decode/to-identity.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import { EngineError, type EngineIdentity } from '#lib/engine/port.ts';

interface Identification {
  negotiate(): Promise<{ apiVersion: string; version: unknown }>;
  read(call: Call): Promise<unknown>;
  readInfo: InfoReader;
  nowMs(): number;
  limits: { infoPatienceMs: number; engineMs: number };
  display: string;
  /** What an earlier one found. */
  known: EngineIdentity | null;
  /** How long to wait for `/info` where a container says that it is the engine that is known. */
  patienceMs: number;
}

export interface Identified {
  identity: EngineIdentity;
  /**
   * What `/info` says when it comes after all, and something else was already taken for it; `null` when it does not come,
   * or is another node's. Never rejects.
   */
  late: Promise<EngineIdentity | null>;
}

/** `/info`, and when it was asked for. */
export type InfoReader = (apiVersion: string) => Promise<{ raw: unknown; askedAtMs: number }>;

/** An engine gives all that ask meanwhile one answer anyway: more that wait would only stand in the way of others. */
const MAX_INFOS = 2;

export function createInfoReader(
  read: (call: Call) => Promise<unknown>,
  { nowMs, timeoutMs }: { nowMs(): number; timeoutMs: number },
): InfoReader {
  const underWay: ReturnType<InfoReader>[] = [];
  return (apiVersion) => {
    const newest = underWay.at(-1);
    if (newest !== undefined && underWay.length >= MAX_INFOS) return newest;
    const askedAtMs = nowMs();
    const mine = read({ path: '/info', apiVersion, timeoutMs }).then((raw) => ({ raw, askedAtMs }));
    underWay.push(mine);
    const forget = () => void underWay.splice(underWay.indexOf(mine), 1);
    mine.then(forget, forget);
    return mine;
  };
}

const NEVER_LATE: Promise<null> = Promise.resolve(null);

/**
 * Who the engine is. Rejects soon when `/version` does not come. `/info` may take 20 s on a manager that looks for its
 * leader (moby `daemon/cluster/cluster.go`), on an engine that is fine: after some patience the node id is taken from
 * what we know or from a task container's label, and only without either `/info` is waited for to the end.
 */
export async function identify(identification: Identification): Promise<Identified> {
  const { negotiate, read, readInfo, nowMs, limits, display, known, patienceMs } = identification;
  const { apiVersion, version } = await negotiate();
  const engineVersion = readText(readObject(version).Version) ?? known?.engineVersion ?? 'unknown';

  const agentLevel = readNumber(readObject(version).VitalsAgent);
  const lookalike = findLookalike(version);

  const info = readInfo(apiVersion).then(({ raw, askedAtMs }) => {
    const skewMs = toSkewMs(readObject(raw).SystemTime, askedAtMs, nowMs());
    const identity = toIdentity(raw, { apiVersion, engineVersion, agentLevel, lookalike, skewMs });
    if (identity) return identity;
    throw new EngineError('garbled', `${display} answers /info, but not as Docker does.`);
  });
  const fromInfo = async (): Promise<Identified> => ({ identity: await info, late: NEVER_LATE });
  const instead = (nodeId: string): Identified => ({
    identity: withoutInfo({ apiVersion, engineVersion, agentLevel, lookalike, nodeId, known, display }),
    // Twenty seconds late it still says why: then the next one knows.
    late: info.then(
      (identity) => (identity.nodeId === nodeId ? identity : null),
      () => null,
    ),
  });

  if (known?.nodeId != null && patienceMs < limits.infoPatienceMs) {
    if (await settledWithin(info, patienceMs)) return fromInfo();
    if ((await readNodeId({ read, limits }, apiVersion)) === known.nodeId) return instead(known.nodeId);
  }
  if (await settledWithin(info, limits.infoPatienceMs)) return fromInfo();
  const nodeId = known?.nodeId ?? (await readNodeId({ read, limits }, apiVersion));
  return nodeId === null ? fromInfo() : instead(nodeId);
}

/**
 * Others speak Docker's API and have no swarm: `/version` of each names its parts, and Docker's own is called `Engine`
 * (moby daemon/info.go). An engine or agent that names none is taken for Docker.
 */
function findLookalike(version: unknown): string | null {
  const names = readList(readObject(version).Components).map((part) => readName(readObject(part).Name));
  const [first = null] = names;
  return names.some((name) => name !== null && /^(?:docker )?engine$/i.test(name)) ? null : first;
}

async function settledWithin(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const done = work.then(
    () => true,
    () => true,
  );
  const settled = await Promise.race([done, late]);
  clearTimeout(timer);
  return settled;
}

/** Every container that Swarm made carries its node's id. */
async function readNodeId(
  { read, limits }: Pick<Identification, 'read' | 'limits'>,
  apiVersion: string,
): Promise<string | null> {
  const query = { all: '1', limit: '1', filters: JSON.stringify({ 'is-task': ['true'] }) };
  try {
    const raw = await read({ path: '/containers/json', apiVersion, query, timeoutMs: limits.engineMs });
    return readId(readObject(readObject(readList(raw)[0]).Labels)['com.docker.swarm.node.id']);
  } catch {
    return null;
  }
}

/** Only a manager asks others before it answers `/info`, so this is one; what it can still do, its lists will show. */
function withoutInfo({
  apiVersion,
  engineVersion,
  agentLevel,
  lookalike,
  nodeId,
  known,
  display,
}: {
  apiVersion: string;
  engineVersion: string;
  agentLevel: number | null;
  lookalike: string | null;
  nodeId: string;
  known: EngineIdentity | null;
  display: string;
}): EngineIdentity {
  const swarmError =
    known?.swarmError ?? `${display} does not answer for its swarm (/info) in time: it may have no leader.`;
  return {
    hostname: known?.hostname ?? null,
    engineVersion,
    apiVersion,
    nodeId,
    // That it was joining is of no use any more.
    localNodeState: known === null || known.localNodeState === 'pending' ? 'unknown' : known.localNodeState,
    controlAvailable: known?.controlAvailable ?? true,
    swarmError,
    swarm: known?.swarm
      ? { ...known.swarm, error: swarmError }
      : { id: null, name: null, error: swarmError, rotation: null },
    agentLevel,
    lookalike,
    skewMs: known?.skewMs ?? 0,
  };
}
