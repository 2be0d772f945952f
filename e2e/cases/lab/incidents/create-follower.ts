import { readIncidents, readSwarm } from '#e2e/support/read-api.ts';
import type { VitalsServer } from '#e2e/support/start-vitals.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const LOOK_MS = 400;
/** A picture and a list are two questions: what changed between them is seen once. */
const LOOKS = 4;

/** All that was ever told of one incident. */
export interface Followed {
  /** When it was told first; our clock. */
  firstMs: number;
  /** One after the other, each once. */
  titles: string[];
  starts: Set<number>;
  newest: Incident;
}

/** Asks a server for its incidents again and again, also while it is away. */
export interface Follower {
  readonly seen: ReadonlyMap<string, Followed>;
  /** Problems that belonged to no incident at several looks in a row. */
  readonly outside: ReadonlySet<string>;
  /** Why it was not answered last; `null`: it was. */
  failure(): string | null;
  stop(): Promise<void>;
}

export function createFollower(vitals: VitalsServer): Follower {
  const seen = new Map<string, Followed>();
  const outside = new Set<string>();
  const alone = new Map<string, number>();
  let isStopped = false;
  let failure: string | null = null;

  async function look(): Promise<void> {
    const picture = await readSwarm(vitals);
    const { incidents } = await readIncidents(vitals, 'limit=200');
    for (const incident of incidents) note(seen, incident);
    if (!picture.ready) return;
    const open = incidents.filter(({ endedAtMs }) => endedAtMs === null);
    const now = findOutside(picture, open);
    for (const name of alone.keys()) if (!now.includes(name)) alone.delete(name);
    for (const name of now) {
      const looks = (alone.get(name) ?? 0) + 1;
      alone.set(name, looks);
      if (looks >= LOOKS) outside.add(name);
    }
  }

  async function follow(): Promise<void> {
    while (!isStopped) {
      // It is killed and started again meanwhile.
      failure = await look().then(() => null, String);
      if (failure !== null) alone.clear();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  const following = follow();
  return {
    seen,
    outside,
    failure: () => failure,
    async stop() {
      isStopped = true;
      await following;
    },
  };
}

function note(seen: Map<string, Followed>, incident: Incident): void {
  const known = seen.get(incident.id);
  if (known === undefined) {
    const { id, title, startedAtMs } = incident;
    const followed = {
      firstMs: Date.now(),
      titles: [title],
      starts: new Set([startedAtMs]),
      newest: incident,
    };
    seen.set(id, followed);
    return;
  }
  if (known.titles.at(-1) !== incident.title) known.titles.push(incident.title);
  known.starts.add(incident.startedAtMs);
  known.newest = incident;
}

/** What is a problem, and in no incident that lasts. */
function findOutside({ services, nodes, findings }: SwarmPicture, open: readonly Incident[]): string[] {
  const isProblem = ({ level }: { level: string }) => level === 'problem';
  const touched = new Set(open.flatMap((one) => one.services.map(({ id }) => id)));
  const lost = new Set(open.flatMap((one) => one.nodes.map(({ id }) => id)));
  return [
    ...(findings.some(isProblem) && open.length === 0 ? ['the swarm'] : []),
    ...nodes
      .filter((node) => node.findings.some(isProblem) && node.engine.state !== 'unconfigured')
      .filter(({ id }) => !lost.has(id))
      .map(({ hostname, findings: own }) => `${hostname} (${own[0]?.cause})`),
    ...services
      .filter(
        (one) => one.findings.some(isProblem) || one.replicas.some((each) => each.findings.some(isProblem)),
      )
      .filter(({ id, verdict }) => !touched.has(id) && verdict !== 'unknown')
      .map(({ name, sentence }) => `${name} (${sentence})`),
  ];
}
