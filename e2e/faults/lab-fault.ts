import fc from 'fast-check';
import type { ProxyFault } from '#e2e/support/proxies/start-get-proxy.ts';
import { type CommonFault, number, viewerFault } from './fault.ts';

/** How a host gets lost. */
export type HostFault = 'freeze' | 'cut' | 'stop' | 'kill' | 'crash';

/** One thing that goes wrong in a real swarm. Hosts and containers are meant by number, modulo how many there are. */
export type LabFault =
  | { kind: HostFault; host: number }
  /** A host that got lost comes back. */
  | { kind: 'return'; host: number }
  /** One packet in twenty from and to the host gets lost; where a proxy is in between, its answers are late, too. */
  | { kind: 'loss'; host: number }
  | { kind: 'proxy'; host: number; proxyFault: ProxyFault }
  | { kind: 'proxy-well'; host: number }
  /** A worker is cut from the managers alone (TCP 2377): its engine answers, its containers run on. Or no longer so. */
  | { kind: 'cut-off' | 'cut-off-well'; host: number }
  /** A worker leaves the swarm, and stays in its list; it joins again, as another node, when it returns. */
  | { kind: 'leave'; host: number }
  | { kind: 'container-kill' | 'container-term' | 'container-pause' | 'container-remove'; container: number }
  | { kind: 'container-unpause'; container: number }
  | { kind: 'probe-bad' | 'probe-good'; container: number }
  /** Its shim is stopped in its tracks, or goes on. */
  | { kind: 'shim-stop' | 'shim-go-on'; container: number }
  /** Its shell is gone: no probe of it can be started. */
  | { kind: 'probe-unstartable'; container: number }
  | { kind: 'service-create' | 'service-remove' | 'service-update' | 'service-fail'; service: number }
  | { kind: 'service-scale'; service: number; to: number }
  | { kind: 'drain' | 'activate'; host: number };

export const LATE_MS = 200;

const PROXY_FAULTS: ProxyFault[] = [
  { kind: 'page', status: 200 },
  { kind: 'page', status: 502 },
  { kind: 'cut' },
  { kind: 'silent' },
  { kind: 'slow', delayMs: LATE_MS },
];

const host = (weight: number, ...kinds: string[]) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constantFrom(...kinds), host: number }),
});
const onHost = fc.oneof(
  host(5, 'freeze', 'cut', 'stop', 'kill', 'crash'),
  host(2, 'return'),
  host(1, 'loss'),
  host(2, 'drain', 'activate'),
  host(1, 'proxy-well'),
  host(2, 'cut-off', 'cut-off', 'cut-off-well'),
  host(1, 'leave'),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('proxy'),
      host: number,
      proxyFault: fc.constantFrom(...PROXY_FAULTS),
    }),
  },
) as fc.Arbitrary<LabFault>;

const onContainer = fc.record({
  kind: fc.constantFrom(
    ...['container-kill', 'container-term', 'container-pause', 'container-unpause', 'container-remove'],
    ...['probe-bad', 'probe-bad', 'probe-good'],
    ...['shim-stop', 'shim-stop', 'shim-go-on', 'probe-unstartable', 'probe-unstartable'],
  ),
  container: number,
}) as fc.Arbitrary<LabFault>;

const onService = fc.oneof(
  fc.record({
    kind: fc.constantFrom('service-create', 'service-remove', 'service-update', 'service-fail'),
    service: number,
  }),
  fc.record({ kind: fc.constant('service-scale'), service: number, to: fc.nat({ max: 3 }) }),
) as fc.Arbitrary<LabFault>;

/** Nothing, a moment, what a probe takes to fail, or long enough for Swarm to act. */
const pause = fc.record({
  kind: fc.constant('wait' as const),
  forMs: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: 1_000, max: 5_000 }) },
    { weight: 3, arbitrary: fc.constant(8_000) },
    { weight: 1, arbitrary: fc.constant(20_000) },
  ),
});

/** A schedule of faults, most of them followed by a pause: a real swarm takes its time to come to terms with each. */
export const labSchedule: fc.Arbitrary<(LabFault | CommonFault)[]> = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: onHost },
        { weight: 3, arbitrary: onContainer },
        { weight: 2, arbitrary: onService },
        { weight: 1, arbitrary: viewerFault },
      ),
      pause,
    ),
    { minLength: 2, maxLength: 9, size: 'max' },
  )
  .map((pairs) => pairs.flat());
