import type { PublishedPort } from '#lib/model/docker/service.ts';

/** Something that is reached under a port or an address, or on a network. */
export type Place =
  | { kind: 'port'; serviceId: string; serviceName: string; port: PublishedPort }
  /** `key`: of the replica whose address it is; `null`: it is the service's own (VIP). */
  | { kind: 'address'; serviceId: string; serviceName: string; key: string | null; address: string }
  /** The service is on this network. */
  | { kind: 'network'; serviceId: string; serviceName: string; networkId: string; network: string };

/** What was found under a port, an address or the name of a network. */
export interface PlacesPage {
  /** The first of them. */
  places: Place[];
  /** How many there are, also those beyond `places`. */
  total: number;
  /**
   * All services that have the port, have an address that begins so, or are on the network of exactly this name: a part of a
   * network's name is also some of many services' names, and asks for those.
   */
  serviceIds: string[];
}
