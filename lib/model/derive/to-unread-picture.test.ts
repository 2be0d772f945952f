import { expect, test } from 'vitest';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { decideServiceStatus } from '#lib/model/status/decide-service-status.ts';
import { findDoubt } from '#lib/model/status/managers.ts';
import { isNodeReady } from '#lib/model/status/severity.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { english } from '#lib/testing/word-findings.ts';
import { decideSwarmVerdict } from './decide-swarm-verdict.ts';
import { toUnreadPicture } from './to-unread-picture.ts';

const LOSS = { endpoint: 'https://prod.example', error: 'It is silent.', sinceMs: 1_800_000_000_000 };

const picture = buildSwarmPicture({
  nodes: [buildNodePicture()],
  services: VERDICTS.map((verdict) =>
    buildServicePicture({
      id: verdict,
      name: verdict,
      verdict,
      replicas: REPLICA_STATUSES.map((status) => buildReplica({ key: status, status })),
    }),
  ),
});

test('whatever a service or replica was, nothing of it is told as if it were so now', () => {
  const unread = toUnreadPicture(picture, LOSS, english);
  expect(unread.verdict).toBe('unknown');
  expect(new Set(unread.services.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  const replicas = unread.services.flatMap((service) => service.replicas);
  expect(replicas).toHaveLength(VERDICTS.length * REPLICA_STATUSES.length);
  for (const replica of replicas)
    expect(replica).toMatchObject({
      status: 'unknown',
      sinceMs: LOSS.sinceMs,
      health: null,
      inRotation: null,
    });
  for (const service of unread.services) expect([service.running, service.healthy]).toEqual([0, 0]);
  for (const node of unread.nodes)
    expect([node.status, node.engine.state, isNodeReady(node)]).toEqual(['unknown', 'unreachable', false]);
});

test('a monitor gets no yes, and the reason', () => {
  const unread = toUnreadPicture(picture, LOSS, english);
  for (const verdict of VERDICTS) {
    const { statusCode, body } = decideServiceStatus(unread, verdict, LOSS.sinceMs, english);
    expect([statusCode, body.ok, body.verdict]).toEqual([503, false, 'unknown']);
    expect(body.sentence).toContain('It is silent.');
  }
  expect(findDoubt(unread, LOSS.sinceMs)).toMatchObject({
    problem: { isRelayed: true, sinceMs: LOSS.sinceMs },
  });
});

test('said once, of the swarm: services and replicas point there, and what is decided anew of it is the same', () => {
  const unread = toUnreadPicture(picture, LOSS, english);
  expect(unread.problems).toBe(0);
  expect(decideSwarmVerdict({ ...unread, ready: true }, english)).toEqual({
    verdict: 'unknown',
    sentence: unread.sentence,
    problems: 0,
  });
});
