import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/** The stack of a service by its id, `null`: it is in none, `undefined`: it is not there; looked up once for each picture. */
export type StackLookup = (serviceId: string) => string | null | undefined;

export function createStackLookup(picture: () => SwarmPicture): StackLookup {
  let of: SwarmPicture['services'] | null = null;
  let stacks = new Map<string, string | null>();
  return (serviceId) => {
    const { services } = picture();
    if (of !== services) {
      of = services;
      stacks = new Map(services.map(({ id, stack }) => [id, stack]));
    }
    return stacks.get(serviceId);
  };
}
