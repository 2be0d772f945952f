import type { SimTask, World } from '#lib/demo/world.ts';
import { isEnded } from './change-task.ts';

const LANES = 254;

/** An address of the overlay network, as swarmkit's allocator gives one: none of a task that has not ended, or a VIP. */
export function takeAddress(world: World, task: SimTask): void {
  const { addresses, random } = world;
  let place = random.index(200) * LANES + random.index(250);
  for (let holder = addresses.get(place); holder && !isEnded(holder); holder = addresses.get(place))
    place += 1;
  addresses.set(place, task);
  const lane = 2 + Math.floor(place / LANES);
  task.ip = `10.${Math.floor(lane / 256)}.${lane % 256}.${1 + (place % LANES)}`;
}
