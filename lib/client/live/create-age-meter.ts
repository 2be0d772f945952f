/** How old what a page shows is. Trusts no single clock: one may be set, another stands still in sleep. */
export interface AgeMeter {
  /** The server confirmed what is shown, at `confirmedAtMs` of its clock. The same again is no confirmation. */
  observe(confirmedAtMs: number): void;
  /** The longest that any of the clocks says, ms. */
  ageMs(): number;
}

export interface AgeMeterClocks {
  /** This machine's clock. */
  wallMs(): number;
  /** A clock that nobody sets. */
  steadyMs(): number;
  /** The server's clock, as far as this page knows it. */
  serverMs(): number;
}

export function createAgeMeter({ wallMs, steadyMs, serverMs }: AgeMeterClocks, startAtMs: number): AgeMeter {
  let confirmedAtMs = startAtMs;
  let observedWallMs = wallMs();
  let observedSteadyMs = steadyMs();
  return {
    observe(atMs) {
      if (atMs === confirmedAtMs) return;
      confirmedAtMs = atMs;
      observedWallMs = wallMs();
      observedSteadyMs = steadyMs();
    },
    ageMs: () =>
      Math.max(0, wallMs() - observedWallMs, steadyMs() - observedSteadyMs, serverMs() - confirmedAtMs),
  };
}
