import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import {
  findNodeFindings,
  LEFT_AFTER_MS,
  NOTHING_MORE,
  type NodeSigns,
} from '#lib/model/findings/find-node-findings.ts';
import { toFindings } from '#lib/model/findings/to-finding.ts';
import { english } from '#lib/words/english.ts';

const NOW_MS = 10_000;

/** `node-1`, a ready worker whose engine is live; with the findings that follow from its state. */
export function buildNodePicture(overrides: Partial<NodePicture> = {}): NodePicture {
  return build(overrides, NOTHING_MORE);
}

/** One that is down for so long that nobody waits for it. */
export function buildLeftNode(overrides: Partial<NodePicture> = {}): NodePicture {
  const engine = { ...buildNodePicture().engine, state: 'unreachable' as const };
  return build(
    { status: 'down', engine, ...overrides },
    { ...NOTHING_MORE, updatedAtMs: NOW_MS - LEFT_AFTER_MS },
  );
}

function build(overrides: Partial<NodePicture>, more: NodeSigns): NodePicture {
  const state: Omit<NodePicture, 'findings'> = {
    id: 'node-1',
    hostname: 'host-1',
    role: 'worker',
    leader: false,
    reachability: null,
    status: 'ready',
    statusMessage: null,
    availability: 'active',
    address: '10.0.0.1',
    engineVersion: '28.5.0',
    engine: {
      state: 'live',
      sinceMs: 0,
      error: null,
      endpoint: 'tcp://10.0.0.1:2375',
      apiVersion: '1.51',
      skewMs: 0,
      lastReadMs: NOW_MS,
    },
    ...overrides,
  };
  const findings = toFindings(
    findNodeFindings(state, NOW_MS, more),
    { kind: 'node', nodeId: state.id },
    english,
    { previous: NO_FINDINGS, nowMs: NOW_MS },
  );
  return { ...state, findings: overrides.findings ?? findings };
}
