import type { Case, Expected, Lay } from '#e2e/cases/case.ts';
import type { Json, Patch } from '#e2e/cases/made-docker/patch.ts';
import { ago } from '#e2e/cases/made-docker/times.ts';

const down = { UpdatedAt: ago('40 s'), Status: { State: 'down', Message: 'heartbeat failure' } };
const drained = { UpdatedAt: ago('40 s'), Spec: { Labels: {}, Role: 'worker', Availability: 'drain' } };

const comes = (State: string, more: Json = {}): Patch => ({
  CreatedAt: ago('38 s'),
  UpdatedAt: ago('30 s'),
  Status: { State, Message: State, Timestamp: ago('30 s'), ContainerStatus: null, ...more },
});

/** Slot 2 of two ran on a host of the case's own; what became of that, and of the task that replaces it. */
function afterLoss(
  { id, title }: Pick<Case, 'id' | 'title'>,
  { node, before, next }: { node: Patch; before: Patch; next: { task: Patch; on?: null } },
  expect: Expected,
): Case {
  return {
    id,
    title,
    source: 'ours',
    lay({ swarm, name, faulty }: Lay) {
      const host = `${name}-host`;
      const { replies } = swarm.addNode(host, faulty ? { node } : {});
      const on = ['docker01', faulty ? 'docker03' : host];
      if (!faulty) return void swarm.service({ name, replicas: 2, on });
      for (const path of ['/_ping', '/info', '/version', '/events']) replies.set(path, 'hang');
      const service = swarm.service({ name, replicas: 2, on: ['docker01'] });
      service.tasks.pop();
      service.task({ slot: 2, on: host, task: { DesiredState: 'shutdown', ...before }, container: 'none' });
      service.task({ slot: 2, on: next.on === null ? null : 'docker03', task: next.task, container: 'none' });
    },
    expect: { counts: [1, 2], ...expect },
  };
}

const MISSING = { code: 503, verdict: 'degraded', level: 'problem' } as const;
const LOST = { ...MISSING, cause: 'starting-after-loss', because: 'node-down' } as const;

/** What Swarm starts elsewhere for a node that it lost is missing until it runs. */
export const CASES: Case[] = [
  afterLoss(
    { id: 'lost-and-prepared', title: 'its node went down, and the next one pulls its image' },
    { node: down, before: { UpdatedAt: ago('38 s') }, next: { task: comes('preparing') } },
    { ...LOST, says: ['lost-and-prepared-host, which is down', 'Being prepared on docker03'] },
  ),
  afterLoss(
    { id: 'lost-and-assigned', title: 'its node went down, and the next one is not taken yet' },
    { node: down, before: {}, next: { task: comes('assigned') } },
    LOST,
  ),
  afterLoss(
    { id: 'lost-and-orphaned', title: 'its node is down for so long that its task is orphaned' },
    { node: down, before: { Status: { State: 'orphaned' } }, next: { task: comes('starting') } },
    LOST,
  ),
  afterLoss(
    { id: 'lost-without-room', title: 'its node went down, and no other has room' },
    {
      node: down,
      before: {},
      next: {
        on: null,
        task: comes('pending', { Err: 'no suitable node (insufficient resources on 3 nodes)' }),
      },
    },
    { ...MISSING, cause: 'node-down', because: 'node-down', says: ['no other node can take it'] },
  ),
  afterLoss(
    {
      id: 'lost-and-back',
      title: 'nobody looked: its node was away and is back, and the next one still starts',
    },
    { node: {}, before: { Status: { State: 'shutdown' } }, next: { task: comes('starting') } },
    {
      ...MISSING,
      cause: 'starting-after-loss',
      because: null,
      says: ['when its node lost-and-back-host was away'],
    },
  ),
  afterLoss(
    { id: 'crashed-before', title: 'it crashed instead, which is judged alike' },
    {
      node: {},
      before: {
        Status: { State: 'failed', Err: 'task: non-zero exit (1)', ContainerStatus: { ExitCode: 1 } },
      },
      next: { task: comes('preparing') },
    },
    { ...MISSING, cause: 'starting-again' },
  ),
  afterLoss(
    { id: 'drained-by-hand', title: 'its node is drained by hand, which is planned' },
    { node: drained, before: { Status: { State: 'shutdown' } }, next: { task: comes('preparing') } },
    { code: 200, verdict: 'starting', never: [/not up again/] },
  ),
  afterLoss(
    { id: 'drained-and-off', title: 'its node is drained by hand and switched off' },
    {
      node: { ...drained, Status: { State: 'down', Message: '' } },
      before: {},
      next: { task: comes('starting') },
    },
    { code: 200, verdict: 'starting', never: [/not up again/] },
  ),
];
