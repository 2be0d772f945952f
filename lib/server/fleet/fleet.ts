import type {
  FleetEventsPage,
  FleetHits,
  FleetIncidentsPage,
  FleetPicture,
  FleetStatus,
} from '#lib/model/contract/fleet.ts';
import type { IncidentsQuery } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import type { Scrape } from '#lib/server/metrics/create-metrics.ts';
import type { Product, Vitals } from '#lib/server/vitals.ts';

/** What pages and routes above all swarms may ask on behalf of whoever sent their request: no more than they may see. */
export interface Fleet {
  readonly epoch: string;
  readonly build: string;
  readonly scope: Scope;
  /** As of now. Of a swarm that did not change it has the same object as before. */
  picture(): FleetPicture;
  /** Is there something to say of any swarm, be it that it is silent? Also of those that may not be seen. */
  isReady(): boolean;
  /** Settles when each swarm was read, or something is known to be in the way, or after `timeoutMs`. */
  ready(timeoutMs: number): Promise<boolean>;
  /** Opens one viewer's stream (`FleetMessage`). */
  openStream(signal: AbortSignal): ReadableStream<Uint8Array>;
  find(query: string): Promise<FleetHits>;
  /** What happened in all swarms. @param untilMs what happened later is left out; `null`: nothing is */
  events(query: { untilMs: number | null; levels: SwarmEventLevel[] }): Promise<FleetEventsPage>;
  /** Incidents of all swarms. @param state those that last, or are over; `null`: both */
  incidents(state: IncidentsQuery['state']): Promise<FleetIncidentsPage>;
  status(): FleetStatus;
  /** Of all swarms that may be seen. */
  metrics(): Promise<Scrape>;
}

export interface FleetMember {
  name: string;
  product: Product;
  /** What it said when it was heard last; `null`: it never was. */
  last: SwarmPicture | null;
}

/** One of them as far as somebody may see it. */
export interface SeenSwarm {
  name: string;
  vitals: Vitals;
}

/** All that runs in this process: one swarm, or several that are relayed. Made once. */
export interface Running {
  /** @param swarm its name; `null`: the only one. @returns `null`: there is none */
  product(swarm: string | null): Product | null;
  /** `null`: there is but one swarm. */
  fleet: ((scope: Scope) => Fleet) | null;
  networks: Product['networks'];
  /** Numbers of one swarm, or of all of them. */
  stats(swarm: string | null): object;
  close(): Promise<void>;
}
