import type { PortCheck, PortResult, PortRound, PortTarget, PortView } from '#lib/model/docker/port-check.ts';

/** Port 30000 of `web` on `node-1`, by the routing mesh, with three replicas behind it. */
export function buildPortTarget(overrides: Partial<PortTarget> = {}): PortTarget {
  const { serviceId, nodeId, port } = {
    serviceId: 'service-1',
    nodeId: 'node-1',
    port: 30_000,
    ...overrides,
  };
  return {
    key: `${serviceId ?? ''} ${nodeId} ${port}`,
    serviceId,
    nodeId,
    address: '10.0.0.1',
    port,
    mode: 'ingress',
    ask: { kind: 'tcp' },
    image: 'web:1',
    connections: 3,
    expects: 'answer',
    basis: '1:task-1:true',
    ...overrides,
  };
}

/** A round in which all three connections answered after 2 ms. */
export function buildRound(overrides: Partial<PortRound> = {}): PortRound {
  return {
    atMs: 10_000,
    basis: '1:task-1:true',
    expects: 'answer',
    asked: 3,
    answered: 3,
    late: 0,
    failure: null,
    ms: 2,
    status: null,
    wrong: null,
    ...overrides,
  };
}

/** A check that has answered since ever. */
export function buildPortCheck(overrides: Partial<PortCheck> = {}): PortCheck {
  return {
    target: buildPortTarget(),
    rounds: [buildRound()],
    state: 'answers',
    sinceMs: 10_000,
    failure: null,
    failed: 0,
    asked: 3,
    wrong: null,
    wasReached: false,
    views: [],
    ...overrides,
  };
}

export function buildResult(answer: PortResult['answer'], overrides: Partial<PortResult> = {}): PortResult {
  const ms = answer === 'answers' ? 2 : null;
  return { answer, ms, connectMs: ms, status: null, wrong: null, ...overrides };
}

/** Seen from `node-2`, where it has answered since ever. */
export function buildView(overrides: Partial<PortView> = {}): PortView {
  return {
    nodeId: 'node-2',
    state: 'answers',
    sinceMs: 10_000,
    answer: 'answers',
    ms: 1,
    atMs: 10_000,
    basis: '1:task-1:true',
    wasReached: true,
    ...overrides,
  };
}
