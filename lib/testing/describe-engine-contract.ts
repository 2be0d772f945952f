import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineClient, EngineError, type EngineEvent, type EngineIdentity } from '#lib/engine/port.ts';
import { isWantedTask, type Task } from '#lib/model/docker/task.ts';

export interface EngineExpectations {
  /** The engine is a manager, with a quorum. */
  manager: boolean;
  /** It lets nobody list its swarm (an agent); else a manager does and others say that they are none. */
  listsRefused?: boolean;
  /** A task's container with a health check runs on it, and an event of it comes within this long; `null`: none does. */
  eventWithinMs: number | null;
}

const NO_CONTAINER = 'f'.repeat(64);
const NO_SERVICE = 'z'.repeat(25);
const TEST_MS = 30_000;

/** Each is asked only when it is awaited: answers come in any order. */
const listsOf = (client: EngineClient) => [
  () => client.listNodes(),
  () => client.listServices(null),
  () => client.listTasks(null),
];

/**
 * What every {@link EngineClient} owes, whatever is behind it: a real engine, the demo, an agent. The engine must be in
 * a swarm that has a service; nothing is changed on it.
 */
export function describeEngineContract(
  name: string,
  makeClient: () => EngineClient,
  { manager, listsRefused = false, eventWithinMs }: EngineExpectations,
): void {
  describe(`engine contract: ${name}`, { timeout: TEST_MS }, () => {
    let client: EngineClient;
    let identity: EngineIdentity;
    beforeAll(async () => {
      client = makeClient();
      identity = await client.identify();
    });
    afterAll(() => client.close());

    it('tells who it is', async () => {
      expect(identity.nodeId).toMatch(/^\w+$/);
      expect(identity.apiVersion).toMatch(/^1\.\d+$/);
      expect(identity.engineVersion).not.toBe('');
      expect(identity).toMatchObject({
        localNodeState: 'active',
        controlAvailable: manager,
        swarmError: null,
      });
      expect(identity.swarm !== null).toBe(manager);
      expect(await client.identify()).toEqual(identity);
      await client.ping(2_000);
    });

    it.runIf(manager && !listsRefused)('lists its swarm, whole and by parts, consistently', async () => {
      const nodes = await client.listNodes();
      expect(nodes.find(({ id }) => id === identity.nodeId)).toMatchObject({
        role: 'manager',
        status: 'ready',
      });
      const services = await client.listServices(null);
      expect(services.length).toBeGreaterThan(0);
      const ids = services.slice(0, 2).map(({ id }) => id);
      const some = await client.listServices([...ids, NO_SERVICE]);
      expect(some.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(await client.listServices([])).toEqual([]);
      const tasks = await client.listTasks([...ids, NO_SERVICE]);
      expect(tasks.every(({ serviceId }) => ids.includes(serviceId))).toBe(true);
      const all = new Set((await client.listTasks(null)).map(({ id }) => id));
      expect(tasks.filter(({ state }) => state === 'running').every(({ id }) => all.has(id))).toBe(true);
      expect(await client.listTasks([NO_SERVICE])).toEqual([]);
      expect(await client.listTasks([])).toEqual([]);
      const removed = tasks.map((task) => ({ ...task, id: NO_SERVICE, state: 'running' as const }));
      const again = await client.relistTasks(ids, [...tasks, ...removed]);
      expect(again.some(({ id }) => id === NO_SERVICE)).toBe(false);
      const wanted = await client.relistTasks(ids, []);
      expect(wanted.every(isWantedTask)).toBe(true);
      expect(wanted.length > 0).toBe(tasks.some(isWantedTask));
      const one = wanted.find(({ slot }) => slot !== null);
      const service = services.find(({ id }) => id === one?.serviceId);
      if (!one || !service) return;
      const has = ({ serviceId, slot }: Task) => serviceId === service.id && slot === one.slot;
      const part = { namePrefixes: [`${service.name}.${one.slot}.`], has };
      const inSlot = await client.relistTasks([service.id], [], part);
      expect(inSlot.map(({ id }) => id)).toContain(one.id);
      expect(inSlot.every(has)).toBe(true);
    });

    it.runIf(!manager && !listsRefused)('says that it is no manager', async () => {
      for (const list of listsOf(client)) {
        await expect(list()).rejects.toMatchObject({
          name: 'EngineError',
          kind: 'not-manager',
          statusCode: 503,
        });
      }
    });

    it.runIf(listsRefused)('does not list its swarm', async () => {
      for (const list of listsOf(client))
        await expect(list()).rejects.toMatchObject({ name: 'EngineError', kind: 'forbidden' });
    });

    it('lists its containers and tells each one’s probes', async () => {
      const listed = await client.listContainers();
      expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
      const some = listed.slice(0, 2).map(({ id }) => id);
      const alone = await client.listContainers([...some, NO_CONTAINER]);
      expect(alone.map(({ id }) => id).toSorted()).toEqual(some.toSorted());
      for (const { id, taskId } of listed.slice(0, 20)) {
        const container = await client.inspectContainer(id);
        if (container === null) continue;
        expect(container).toMatchObject({ id, taskId, nodeId: identity.nodeId });
        expect(container.startedAtMs ?? 0).toBeLessThan(Date.now() + 2_000);
        const probes = container.health?.probes ?? [];
        expect(probes.length).toBeLessThanOrEqual(5);
        expect(probes).toEqual(probes.toSorted((a, b) => a.startedAtMs - b.startedAtMs));
        if (container.health) expect(container.healthCheck?.test[0]).toMatch(/^CMD/);
      }
      if (eventWithinMs !== null) {
        expect(listed.some(({ state, healthStatus }) => state === 'running' && healthStatus !== null)).toBe(
          true,
        );
      }
      expect(await client.inspectContainer(NO_CONTAINER)).toBeNull();
    });

    it('tells which of its containers do not run', async () => {
      const listed = await client.listContainers();
      const ids = listed.map(({ id }) => id);
      const running = listed.filter(({ state }) => state === 'running').map(({ id }) => id);
      expect(await client.findStopped(running.slice(0, 40))).toEqual({ stopped: [], isMissing: false });
      const { stopped } = await client.findStopped(ids);
      expect(stopped.toSorted()).toEqual(ids.filter((id) => !running.includes(id)).toSorted());
      expect(await client.findStopped([...running, NO_CONTAINER])).toMatchObject({ isMissing: true });
    });

    it('lists health and streak as it counts them, from API 1.52 on', async () => {
      const minor = Number(identity.apiVersion.split('.')[1]);
      const running = (await client.listContainers()).filter(({ state }) => state === 'running');
      expect(running.map(({ isHealthWhole }) => isHealthWhole)).toEqual(running.map(() => minor >= 52));
      for (const { id, healthStatus, failingStreak } of running.slice(0, 20)) {
        const container = await client.inspectContainer(id);
        if (container?.state !== 'running' || minor < 52) continue;
        expect(healthStatus).toBe(container.health?.status ?? null);
        expect(failingStreak).toEqual(healthStatus === null ? null : expect.any(Number));
      }
    });

    it('tells what a container has used, in sums that grow', async () => {
      const listed = await client.listContainers();
      const id = listed.find(({ state }) => state === 'running')?.id ?? '';
      const before = await client.readStats(id);
      const after = await client.readStats(id);
      if (before === null || after === null) throw new Error('It runs, and there is no reading of it.');
      expect(before).toMatchObject({ containerId: id });
      expect(after.readAtMs).toBeGreaterThanOrEqual(before.readAtMs);
      expect(Math.abs(after.readAtMs - Date.now())).toBeLessThan(TEST_MS);
      expect(after.cpuMs ?? 0).toBeGreaterThanOrEqual(before.cpuMs ?? 0);
      expect(after.memoryBytes ?? 1).toBeGreaterThan(0);
      expect(await client.readStats(NO_CONTAINER)).toBeNull();
    });

    it('reads what its containers wrote, and follows them', async () => {
      const listed = await client.listContainers();
      const running = listed.find(({ state }) => state === 'running');
      expect(running).toBeDefined();
      const id = running?.id ?? '';
      const range = { tail: 5, sinceMs: null, untilMs: null };
      const lines = await client.readLog(id, range);
      expect(lines.length).toBeLessThanOrEqual(5);
      for (const { atMs, text } of lines) {
        expect(atMs).toBeLessThan(Date.now() + 2_000);
        expect(text).not.toMatch(/\n|^\d{4}-\d\d-\d\dT/);
      }
      const nothing = await client.readLog(id, { ...range, untilMs: 1 });
      expect(nothing).toEqual([]);
      await expect(client.readLog(NO_CONTAINER, range)).rejects.toMatchObject({
        name: 'EngineError',
        statusCode: 404,
        message: 'The container is gone, and its log with it.',
      });
      await new Promise<void>((resolve, reject) => {
        const stream = client.openLog(id, {
          tail: 1,
          sinceMs: null,
          follow: true,
          onOpen() {
            stream.close();
            resolve();
          },
          onLines: () => {},
          onClose: reject,
        });
      });
    });

    it('opens and closes event streams', async () => {
      for (const scope of listsRefused ? (['engine'] as const) : (['engine', 'manager', 'both'] as const)) {
        const stream = await new Promise<{ close(): void }>((resolve, reject) => {
          const opened = client.openEvents({
            scope,
            sinceMs: Date.now() - 60_000,
            onOpen: () => resolve(opened),
            onEvent: () => {},
            onClose: reject,
          });
        });
        stream.close();
      }
    });

    it.runIf(eventWithinMs !== null)('tells what happens in its containers', async () => {
      const event = await new Promise<EngineEvent>((resolve, reject) => {
        const stream = client.openEvents({
          scope: 'engine',
          sinceMs: null,
          onOpen: () => setTimeout(reject, eventWithinMs ?? 0, new Error('no event came')),
          onEvent: (seen) => {
            stream.close();
            resolve(seen);
          },
          onClose: reject,
        });
      });
      expect(event).toMatchObject({ containerId: expect.any(String), taskId: expect.any(String) });
      expect(Math.abs(event.atMs - Date.now())).toBeLessThan(5_000);
    });

    it('refuses everything once it is closed', async () => {
      const other = makeClient();
      await other.ping(2_000);
      other.close();
      const error = await other.listContainers().catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(EngineError);
      expect(error).toMatchObject({ kind: 'closed' });
    });
  });
}
