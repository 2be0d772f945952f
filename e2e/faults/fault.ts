import fc from 'fast-check';

/** One thing that goes wrong, or a pause. Nodes and replicas are meant by number, modulo how many there are. */
export type Fault =
  | { kind: 'freeze' | 'thaw' | 'node-down' | 'node-up'; node: number }
  /** That engine's next answers are cut in half, or are a web page. */
  | { kind: 'cut-body' | 'garbage'; node: number; count: number }
  | { kind: 'kill-task'; replica: number; exitCode: number }
  | { kind: 'flip'; replica: number; to: 'ok' | 'fail' }
  /** The viewer goes, and comes again with what it had. */
  | { kind: 'drop-viewer' }
  /** The viewer reads nothing for so long. */
  | { kind: 'stall-viewer'; forMs: number }
  /** The viewer comes again with an id that no server gave. */
  | { kind: 'confuse-viewer' }
  | { kind: 'wait'; forMs: number };

const number = fc.nat({ max: 10_000 });

/** A schedule of faults with pauses, some of them long enough that Swarm acts. */
export const schedule: fc.Arbitrary<Fault[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('freeze', 'thaw', 'node-down', 'node-up'),
        node: number,
      }) as fc.Arbitrary<Fault>,
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('cut-body', 'garbage'),
        node: number,
        count: fc.constantFrom(1, 2, 5, 1_000_000),
      }) as fc.Arbitrary<Fault>,
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
    {
      weight: 2,
      arbitrary: fc.oneof(
        fc.constant<Fault>({ kind: 'drop-viewer' }),
        fc.constant<Fault>({ kind: 'confuse-viewer' }),
        fc.record({ kind: fc.constant('stall-viewer' as const), forMs: fc.nat({ max: 3_000 }) }),
      ),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        forMs: fc.oneof(
          { weight: 8, arbitrary: fc.nat({ max: 1_500 }) },
          { weight: 1, arbitrary: fc.constant(13_000) },
        ),
      }),
    },
  ),
  { minLength: 3, maxLength: 14 },
);
