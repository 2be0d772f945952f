import type { PublishedPort } from '#lib/model/docker/service.ts';

/** Something that is reached under a port or an address. */
export type Place =
  | { kind: 'port'; serviceId: string; serviceName: string; port: PublishedPort }
  /** `key`: of the replica whose address it is; `null`: it is the service's own (VIP). */
  | { kind: 'address'; serviceId: string; serviceName: string; key: string | null; address: string };

/** What was found under a port or an address. */
export interface PlacesPage {
  places: Place[];
  /** How many there are, also those beyond `places`. */
  total: number;
}
