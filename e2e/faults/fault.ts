import fc from 'fast-check';

/** What can happen to the viewers of any swarm, or a pause. */
export type CommonFault =
  /** The viewer goes, and comes again with what it had. */
  | { kind: 'drop-viewer' }
  /** The viewer reads nothing for so long. */
  | { kind: 'stall-viewer'; forMs: number }
  /** The viewer comes again with an id that no server gave. */
  | { kind: 'confuse-viewer' }
  | { kind: 'wait'; forMs: number };

/** One thing that goes wrong in the demo swarm. Nodes and replicas are meant by number, modulo how many there are. */
export type DemoFault =
  | { kind: 'freeze' | 'thaw' | 'node-down' | 'node-up'; node: number }
  /** That engine's next answers are cut in half, or are a web page. */
  | { kind: 'cut-body' | 'garbage'; node: number; count: number }
  | { kind: 'kill-task'; replica: number; exitCode: number }
  | { kind: 'flip'; replica: number; to: 'ok' | 'fail' };

/** Stands for a thing by number. */
export const number = fc.nat({ max: 10_000 });

export const viewerFault: fc.Arbitrary<CommonFault> = fc.oneof(
  fc.constant<CommonFault>({ kind: 'drop-viewer' }),
  fc.constant<CommonFault>({ kind: 'confuse-viewer' }),
  fc.record({ kind: fc.constant('stall-viewer' as const), forMs: fc.nat({ max: 3_000 }) }),
);

/** A pause, now and then one that is long enough that Swarm acts. */
const wait: fc.Arbitrary<CommonFault> = fc.record({
  kind: fc.constant('wait' as const),
  forMs: fc.oneof(
    { weight: 8, arbitrary: fc.nat({ max: 1_500 }) },
    { weight: 1, arbitrary: fc.constant(13_000) },
  ),
});

/** A schedule of faults with pauses. */
export const demoSchedule: fc.Arbitrary<(DemoFault | CommonFault)[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('freeze', 'thaw', 'node-down', 'node-up'),
        node: number,
      }) as fc.Arbitrary<DemoFault>,
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('cut-body', 'garbage'),
        node: number,
        count: fc.constantFrom(1, 2, 5, 1_000_000),
      }) as fc.Arbitrary<DemoFault>,
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('kill-task' as const),
        replica: number,
        exitCode: fc.constantFrom(0, 1, 137, 139),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('flip' as const),
        replica: number,
        to: fc.constantFrom('ok' as const, 'fail' as const),
      }),
    },
    { weight: 2, arbitrary: viewerFault },
    { weight: 6, arbitrary: wait },
  ),
  { minLength: 3, maxLength: 14 },
);
