import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import type { EngineClient } from '#lib/engine/port.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { NodeDetail } from '#lib/model/contract/node-detail.ts';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import { createAgentAccess } from '#lib/server/agents/create-agent-access.ts';
import type { LabCase, Rig } from './lab-case.ts';

const HOST = 'docker03';
const PLAIN = 'by-hand';
const SECRET = 'the-secret-of-this-installation-1';
const WITHIN_MS = 60_000;

/** What runs besides Swarm's, and what Swarm's use: an engine says the same through an agent as directly. */
export const PLAIN_CONTAINER: LabCase = {
  id: 'plain-container',
  title: 'a container that Swarm did not make fails its probes: its node shows it, and no service counts it',
  prepare: (rig, name) =>
    rig.create(name, ['--constraint', `node.hostname==${HOST}`, '--limit-memory', '64m']),
  async strike(rig, name) {
    const host = rig.host(HOST);
    await host.docker(
      ...['run', '--detach', '--name', PLAIN, '--health-cmd', 'echo broken by hand; exit 1'],
      ...['--health-interval', '1s', '--health-retries', '100', images.sleep],
    );
    await waitFor(
      async () => isFailing((await rig.read<NodeDetail>(`/api/nodes/${HOST}`)).containers),
      WITHIN_MS,
      'the container on its node’s page',
    );
    const task = await rig.findContainer(HOST, name);
    await host.docker('exec', task, 'sh', '-c', 'wget -q -O /dev/null http://172.17.0.1:1/ || true');
    await compareWithAgent(rig, task);
  },
  expect: { code: 200, isWell: true, counts: [1, 1], never: [PLAIN] },
  mend: (rig) => rig.host(HOST).docker('rm', '--force', PLAIN),
  recorded: null,
};

function isFailing(containers: readonly PlainContainer[]): boolean {
  const health = containers.find(({ name }) => name === PLAIN)?.health;
  if (health == null || health.failingStreak < 2) return false;
  return health.status === 'starting' || health.probes.at(-1)?.output.includes('broken by hand') === true;
}

async function compareWithAgent(rig: Rig, task: string): Promise<void> {
  const { tcp, address } = rig.host(HOST);
  const direct = createDockerClient(parseEndpoint(tcp, { certPath: null, tlsVerify: false }));
  const agent = createAgentServer(
    {
      engine: { kind: 'tcp', host: address, port: 2375 },
      ...{ secret: SECRET, port: 0, host: '127.0.0.1', tls: null },
      ...{ logs: false, usage: true, plainContainers: true, checks: false },
    },
    { nowMs: () => performance.now(), log: () => {} },
  );
  const through = toAgentClient(await agent.listen());
  try {
    const readPlain = async () => (await through.readPlainContainers()).containers;
    await waitFor(async () => isFailing(await readPlain()), WITHIN_MS, 'the container through the agent');
    const [a, b] = await Promise.all([direct, through].map((client) => readUsage(client, task)));
    if (a === undefined || b === undefined) throw new Error('Nobody says what it uses.');
    // Minutes apart they would differ; a moment apart they are the same, but for what the asking itself uses.
    for (const key of ['memoryMaxBytes', 'cores', 'pidsMax'] as const)
      if (a[key] !== b[key]) throw new Error(`${key} is ${a[key]}, and ${b[key]} through the agent`);
    for (const key of ['inBytes', 'outBytes'] as const)
      if (!isNear(a.network?.[key], b.network?.[key]))
        throw new Error(`${key} are ${a.network?.[key]}, and ${b.network?.[key]} through the agent`);
    if (!isNear(a.memoryBytes, b.memoryBytes))
      throw new Error(`memoryBytes are ${a.memoryBytes}, and ${b.memoryBytes} through the agent`);
  } finally {
    through.close();
    direct.close();
    await agent.close();
  }
}

function toAgentClient(port: number): EngineClient {
  const access = createAgentAccess(
    { kind: 'agents', service: 'vitals_agent', secret: SECRET, port, caPath: null },
    { facts: createFacts(), nowMs: () => 0 },
  );
  return createDockerClient(access.parse(`tcp://127.0.0.1:${port}`), { agentSecret: SECRET });
}

async function readUsage(client: EngineClient, task: string): Promise<ContainerStats> {
  const stats = await client.readStats(task);
  if (stats === null) throw new Error('It does not run.');
  return stats;
}

/** Something was counted, and it is the same within a tenth and a few packets. */
function isNear(a: number | null | undefined, b: number | null | undefined): boolean {
  if (a == null || b == null || a === 0) return false;
  return Math.abs(a - b) <= 0.1 * a + 2_000;
}
