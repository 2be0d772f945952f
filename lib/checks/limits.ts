/** What checks may cost: this server, and those that are asked. */
export const LIMITS = {
  /** Connections a second, over all nodes; so many may be made up at once. */
  perSecond: 5,
  burst: 10,
  /** Open at a time, in all and to one node: what never answers must not keep the others waiting. */
  atOnce: 8,
  perNode: 2,
  /** For a connection and all that is asked through it. */
  timeoutMs: 3_000,
  /** Until whoever took a connection has answered that we ended it. */
  takenMs: 2_000,
  /** Of an answer: its first line, and what is read of the rest so that whoever answers need not notice that we go. */
  lineBytes: 1_024,
  restBytes: 16_384,
  restMs: 250,
  /** Between two rounds of a port, where the connections are enough. */
  everyMs: 20_000,
  /** The same after so many rounds in which all answered, until something fails or other replicas are behind it. */
  calmRounds: 6,
  calmEveryMs: 60_000,
  /** Where others are asked, by so much earlier. */
  calmEarlyMs: 10_000,
  /** After one that something failed in. */
  againMs: 3_000,
  /** Of a port that Swarm needs. */
  swarmEveryMs: 60_000,
  /** All ports are asked within this time, with fewer connections each where it has to be. */
  roundMs: 30_000,
  /** So many ports on nodes; of more the rest is not asked. */
  targets: 20_000,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };
