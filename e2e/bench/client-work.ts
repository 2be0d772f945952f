import { createPictureStore, type PartName } from '#lib/client/live/create-picture-store.ts';
import type { NodePicture, Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { SIZES, type Size } from './sizes.ts';

/**
 * `node e2e/bench/client-work.ts`: what an open overview computes for one change, without drawing it, µs: the median of
 * all, of replicas all over the swarm that fail a probe and pass again; while all nodes are well, and while one is down.
 */
const LARGER: Size = { nodes: 500, services: 2_500, replicas: 25_000 };
const READ: readonly PartName[] = ['swarm', 'nodes', 'summary', 'problems', 'stacks'];
const CHANGES = 2_000;

console.log('| replicas | a change, µs | while a node is down, µs |\n|---|---|---|');
for (const size of [SIZES.S, SIZES.M, SIZES.L, LARGER]) {
  const [well, lost] = [false, true].map((isLost) => measureChange(toPicture(size, isLost)).toFixed(0));
  console.log(`| ${size.replicas.toLocaleString('en')} | ${well} | ${lost} |`);
}

function toPicture({ nodes, services, replicas }: Size, isLost: boolean): SwarmPicture {
  const each = replicas / services;
  const toReplica = (index: number): Replica => {
    const node = index % nodes;
    const status = isLost && node === 0 ? 'lost' : 'healthy';
    const key = String((index % each) + 1);
    return buildReplica({ key, slot: Number(key), nodeId: `n${node}`, hostname: `n${node}`, status });
  };
  return buildSwarmPicture({
    nodes: Array.from({ length: nodes }, (_, index) => toNode(index, isLost && index === 0)),
    services: Array.from({ length: services }, (_, index) =>
      buildServicePicture({
        id: `s${index}`,
        name: `service-${String(index).padStart(5, '0')}`,
        stack: `stack-${index % Math.ceil(services / 10)}`,
        replicas: Array.from({ length: each }, (_none, slot) => toReplica(index * each + slot)),
      }),
    ),
  });
}

function toNode(index: number, isLost: boolean): NodePicture {
  const node = buildNodePicture({ id: `n${index}`, hostname: `n${index}` });
  if (!isLost) return node;
  const finding = {
    cause: 'node-down',
    level: 'problem',
    subject: { kind: 'node', nodeId: node.id },
    sentence: '',
    evidence: null,
    hint: null,
    sinceMs: 1,
    because: null,
  } as unknown as NodePicture['findings'][number];
  return { ...node, status: 'down', findings: [finding] };
}

function measureChange(picture: SwarmPicture): number {
  const timers: (() => void)[] = [];
  const setTimer = (_: number, run: () => void) => {
    timers.push(run);
    return { cancel() {} };
  };
  const store = createPictureStore({ epoch: 'e', picture, isPart: false }, { setTimer });
  for (const name of READ) {
    store.subscribe(name, () => store.read(name));
    store.read(name);
  }
  for (const { id } of picture.services) store.subscribe(`service:${id}`, () => store.read(`service:${id}`));
  const tookUs: number[] = [];
  for (let step = 0; step < CHANGES; step += 1) {
    const service = picture.services[(step >> 1) % picture.services.length] as ServicePicture;
    const replica = service.replicas[(step % 7) % service.replicas.length] as Replica;
    const from = store.position().revision;
    const status = step % 2 === 0 ? 'failing' : replica.status;
    const beganMs = performance.now();
    store.take({
      kind: 'changes',
      from,
      to: from + 1,
      atMs: step,
      changes: [{ kind: 'replica', serviceId: service.id, replica: { ...replica, status } }],
    });
    for (const run of timers.splice(0)) run();
    tookUs.push((performance.now() - beganMs) * 1_000);
  }
  return tookUs.sort((a, b) => a - b)[tookUs.length >> 1] ?? Number.NaN;
}
