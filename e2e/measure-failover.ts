import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { WHOLE } from '#lib/model/contract/scope.ts';
import { parseConfig } from '#lib/server/config.ts';
import { createVitals } from '#lib/server/create-vitals.ts';
import { createLab } from './lab/create-lab.ts';
import { images } from './lab/images.ts';
import type { LabHost } from './lab/lab.ts';
import { run } from './lab/run.ts';
import { toLabNames } from './lab/to-lab-names.ts';
import { waitFor } from './lab/wait-for.ts';

/**
 * `node e2e/measure-failover.ts --engines 28 --faults cut,freeze,kill`: a real swarm of three managers, whose leader is
 * lost again and again. When is it said that what is shown is old, when have the others a new leader, and how long after
 * that is the page true again? Linux, root.
 */
const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'mixed' },
    /** How the leader is lost, one after the other. */
    faults: { type: 'string', default: 'cut,cut,cut,cut,cut,cut' },
    name: { type: 'string', default: 'failover' },
    /** Requests of the product that took longer are printed, ms. */
    slow: { type: 'string', default: '2500' },
  },
});
const LOOK_MS = 100;
const GIVE_UP_MS = 90_000;

interface DockerNode {
  ID: string;
  Status: { State: string };
  ManagerStatus?: { Leader?: boolean; Reachability: string };
}

type Fault = 'cut' | 'freeze' | 'kill' | 'stop' | 'port' | 'loss';

interface Measured {
  engines: string;
  fault: string;
  'leader read': boolean;
  'said to be old after, s': number | null;
  'new leader after, s': number | null;
  'true again after, s': number | null;
  'behind, s': number | null;
}

const lab = await createLab({ name: values.name, hosts: 3, managers: 3, engines: values.engines });
const { env, managers } = lab;
const rows: Measured[] = [];
try {
  await lab.manager.docker(
    ...['service', 'create', '--detach', '--quiet', '--no-resolve-image', '--name', 'web', '--replicas', '4'],
    ...['--health-cmd', 'test -e /www/healthcheck', '--health-interval', '2s', images.web],
  );
  const product = createVitals(parseConfig({ HOSTNAME: '127.0.0.1', ...env }));
  try {
    await product.ready(20_000);
    const vitals = product.of(WHOLE);
    for (const fault of values.faults.split(',')) {
      await waitFor(isSettled, 180_000, 'the managers to agree');
      await waitFor(
        async () => isTrue(vitals.picture(), await findLeader(managers)),
        60_000,
        'the page to be true',
      );
      await sleep(Math.random() * 5_000);
      rows.push(await measure(fault as Fault, () => vitals.picture()));
      console.log(JSON.stringify(rows.at(-1)));
    }
  } finally {
    await product.close();
  }
} finally {
  console.table(rows);
  await lab.down();
}
process.exit(0);

async function measure(fault: Fault, picture: () => SwarmPicture): Promise<Measured> {
  const leaderId = await findLeader(managers);
  const ids = await Promise.all(managers.map((one) => one.docker('info', '--format', '{{.Swarm.NodeID}}')));
  const lost = managers[ids.indexOf(leaderId ?? '')];
  if (lost === undefined) throw new Error('The swarm has no leader.');
  const others = managers.filter((one) => one !== lost);
  const leaderRead = picture().sources.some(({ active, endpoint }) => active && endpoint === lost.tcp);
  console.log(`${fault} ${lost.hostname} (${lost.engine}), the leader${leaderRead ? ', which is read' : ''}`);
  const stopLog = logSlow(Number(values.slow));
  const fromMs = Date.now();
  const since = () => Math.round((Date.now() - fromMs) / 100) / 10;
  await lose(lost, fault);
  let oldAfter: number | null = null;
  let electedAfter: number | null = null;
  let trueAfter: number | null = null;
  let newLeader: string | null = null;
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      // As a person would who asks all of them again and again.
      const found = await findLeader(others, 1_000);
      if (found !== null && found !== leaderId) {
        newLeader = found;
        electedAfter ??= since();
      }
      await sleep(LOOK_MS);
    }
  })();
  let said = '';
  while (Date.now() - fromMs < GIVE_UP_MS && trueAfter === null) {
    const now = picture();
    const text = now.sources
      .map(({ endpoint, active, state, error }) => `${active ? '*' : ' '}${endpoint} ${state} ${error ?? ''}`)
      .join(' | ');
    if (text !== said) console.log(`  ${since()} s: ${text}`);
    said = text;
    if (now.sources.some(({ active, state }) => active && state !== 'live')) oldAfter ??= since();
    if (newLeader !== null && isTrue(now, newLeader)) trueAfter = since();
    await sleep(20);
  }
  isOver = true;
  await looking;
  stopLog();
  await mend(lost, fault);
  const behind = trueAfter === null || electedAfter === null ? null : trueAfter - electedAfter;
  return {
    engines: managers.map(({ engine }) => engine).join(','),
    fault,
    'leader read': leaderRead,
    'said to be old after, s': oldAfter,
    'new leader after, s': electedAfter,
    'true again after, s': trueAfter,
    'behind, s': behind === null ? null : Math.round(behind * 10) / 10,
  };
}

async function lose(host: LabHost, fault: Fault): Promise<void> {
  const { netns } = toLabNames(lab.name).host(host.number);
  if (fault === 'port') await drop(netns, '-I');
  else if (fault === 'loss') await setLoss(netns, '-I');
  else await host[fault]();
}

async function mend(host: LabHost, fault: Fault): Promise<void> {
  const { netns } = toLabNames(lab.name).host(host.number);
  if (fault === 'cut') await host.mend();
  else if (fault === 'freeze') await host.thaw();
  else if (fault === 'port') await drop(netns, '-D');
  else if (fault === 'loss') await setLoss(netns, '-D');
  else await host.start();
}

/** Its managers' port alone: its API answers `/_ping`, and no list. */
async function drop(netns: string, change: '-I' | '-D'): Promise<void> {
  for (const [chain, port] of [
    ['OUTPUT', '--dport'],
    ['OUTPUT', '--sport'],
    ['INPUT', '--dport'],
    ['INPUT', '--sport'],
  ] as const)
    await run('ip', [
      'netns',
      'exec',
      netns,
      'iptables',
      '-w',
      change,
      chain,
      '-p',
      'tcp',
      port,
      '2377',
      '-j',
      'DROP',
    ]);
}

async function setLoss(netns: string, change: '-I' | '-D'): Promise<void> {
  const rule = ['-m', 'statistic', '--mode', 'random', '--probability', '0.3', '-j', 'DROP'];
  await run('ip', ['netns', 'exec', netns, 'iptables', '-w', change, 'INPUT', '-i', 'eth0', ...rule]);
  await run('ip', ['netns', 'exec', netns, 'iptables', '-w', change, 'OUTPUT', '-o', 'eth0', ...rule]);
}

function isTrue({ nodes, sources }: SwarmPicture, leaderId: string | null): boolean {
  const isRead = sources.some(({ active, state }) => active && state === 'live');
  return isRead && nodes.every(({ id, leader }) => leader === (id === leaderId));
}

async function listNodes(host: LabHost, limitMs: number): Promise<DockerNode[]> {
  const answer = await fetch(`${host.tcp.replace('tcp:', 'http:')}/nodes`, {
    signal: AbortSignal.timeout(limitMs),
    headers: { connection: 'close' },
  });
  return answer.ok ? ((await answer.json()) as DockerNode[]) : [];
}

/** What the first of them says that names one. */
async function findLeader(hosts: readonly LabHost[], limitMs = 3_000): Promise<string | null> {
  const lists = await Promise.all(hosts.map((host) => listNodes(host, limitMs).catch(() => [])));
  return lists.flat().find(({ ManagerStatus }) => ManagerStatus?.Leader)?.ID ?? null;
}

async function isSettled(): Promise<boolean> {
  const lists = await Promise.all(managers.map((host) => listNodes(host, 3_000)));
  const leaders = new Set(lists.map((nodes) => nodes.find((node) => node.ManagerStatus?.Leader)?.ID));
  const isWell = lists
    .flat()
    .every(
      ({ Status, ManagerStatus }) => Status.State === 'ready' && ManagerStatus?.Reachability === 'reachable',
    );
  return isWell && leaders.size === 1 && !leaders.has(undefined);
}

/** Prints each request to a manager that takes long, with where it was sent to, and when. */
function logSlow(slowMs: number): () => void {
  const fromMs = Date.now();
  const begun = new Map<ClientRequest, number>();
  let isOn = true;
  const end = (request: ClientRequest, how: string) => {
    const atMs = begun.get(request);
    begun.delete(request);
    if (!isOn || atMs === undefined || Date.now() - atMs < slowMs || request.path.includes('/events')) return;
    console.log(
      `  ${(atMs - fromMs) / 1_000} to ${(Date.now() - fromMs) / 1_000} s: ${request.host} ${request.path.slice(0, 60)} ${how}`,
    );
  };
  subscribe('http.client.request.start', (message) =>
    begun.set((message as { request: ClientRequest }).request, Date.now()),
  );
  subscribe('http.client.response.finish', (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    end(request, String(response.statusCode));
  });
  subscribe('http.client.request.error', (message) => {
    const { request, error } = message as { request: ClientRequest; error: Error };
    end(request, error.message);
  });
  return () => {
    isOn = false;
  };
}
