import { type FleetPicture, MAX_FLEET_EVENTS } from '#lib/model/contract/fleet.ts';

/** What the stream says of all swarms, or of one of them. */
export type FleetChange =
  | { kind: 'fleet'; fleet: FleetPicture }
  | { kind: 'swarm'; atMs: number; revision: number; swarm: FleetPicture['swarms'][number] }
  | { kind: 'swarm-gone'; atMs: number; revision: number; name: string }
  | { kind: 'events'; atMs: number; events: FleetPicture['events'] };

/** All swarms, one message further. A swarm comes whole, in the place of what was known of it. */
export function applyFleetMessage(picture: FleetPicture, message: FleetChange): FleetPicture {
  if (message.kind === 'fleet') return message.fleet;
  const { atMs } = message;
  switch (message.kind) {
    case 'swarm': {
      const { swarm, revision } = message;
      const at = picture.swarms.findIndex(({ name }) => name === swarm.name);
      const swarms = at < 0 ? [...picture.swarms, swarm] : picture.swarms.with(at, swarm);
      return { ...picture, atMs, revision, swarms };
    }
    case 'swarm-gone': {
      const swarms = picture.swarms.filter(({ name }) => name !== message.name);
      return { ...picture, atMs, revision: message.revision, swarms };
    }
    case 'events': {
      const known = new Set(picture.events.map(toFleetEventKey));
      const fresh = message.events.filter((event) => !known.has(toFleetEventKey(event)));
      const events = [...fresh, ...picture.events].sort((a, b) => b.atMs - a.atMs).slice(0, MAX_FLEET_EVENTS);
      return { ...picture, atMs, events };
    }
  }
}

/** Ids are each swarm's own. */
export const toFleetEventKey = ({ swarm, id }: FleetPicture['events'][number]): string => `${swarm} ${id}`;
