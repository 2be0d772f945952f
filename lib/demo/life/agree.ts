import type { SimNode, World } from '#lib/demo/world.ts';

/** So long a leader that lost the others goes on answering from what it had (swarmkit `raft`, CheckQuorum). */
const UNNOTICED_MS = 15_000;
/** So long managers wait for a leader that is gone, and who asks them with them. */
const WAITING_MS = 12_000;
const ELECTION_MS = 3_000;

/** Done by the managers together: now, or when enough of them are there again. */
export function agree(world: World, run: () => void): void {
  if (canAgree(world)) run();
  else world.raft.waiting.push(run);
}

export function canAgree({ raft }: World): boolean {
  return raft.state === 'agreeing';
}

/** A manager went away or came back: are there enough of them? More than half, as Raft needs. */
export function followManagers(world: World): void {
  const { raft } = world;
  const managers = world.nodes.filter(({ manager }) => manager);
  const present = managers.filter(isPresent);
  const isLed = present.some(({ leader }) => leader);
  if (2 * present.length <= managers.length) {
    if (raft.state === 'agreeing' || raft.state === 'unnoticed') {
      if (!isLed) awaitLeader(world);
      else if (raft.state === 'agreeing') enter(world, 'unnoticed', UNNOTICED_MS, () => awaitLeader(world));
    }
    return;
  }
  if (raft.state === 'unnoticed' && isLed) goOn(world);
  else if (raft.state !== 'agreeing') enter(world, raft.state, ELECTION_MS, () => elect(world));
}

function awaitLeader(world: World): void {
  enter(world, 'waiting', WAITING_MS, () => enter(world, 'leaderless'));
}

function elect(world: World): void {
  const present = world.nodes.filter((node) => node.manager && isPresent(node));
  const leader = present.find((node) => node.leader) ?? present[0];
  for (const node of world.nodes) node.leader = node === leader;
  goOn(world);
}

function goOn(world: World): void {
  enter(world, 'agreeing');
  for (const run of world.raft.waiting.splice(0)) agree(world, run);
}

/** @param then what follows, unless managers come or go before */
function enter(
  world: World,
  state: World['raft']['state'],
  forMs = 0,
  then: (() => void) | null = null,
): void {
  const { raft } = world;
  raft.state = state;
  raft.term += 1;
  const { term } = raft;
  if (then !== null)
    world.timeline.after(forMs, () => {
      if (raft.term === term) then();
    });
}

function isPresent({ up, frozen }: SimNode): boolean {
  return up && !frozen;
}
