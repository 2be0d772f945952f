import { inParallel } from '#e2e/lab/in-parallel.ts';
import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import { run } from '#e2e/lab/run.ts';
import { toLabNames } from '#e2e/lab/to-lab-names.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import type { GetProxy, ProxyFault } from '#e2e/support/proxies/start-get-proxy.ts';
import { type HostFault, LATE_MS, type LabFault } from './lab-fault.ts';
import { type Truth, toPartTruth } from './read-truth.ts';

interface HostState {
  readonly host: LabHost;
  /** Another one after it left and joined again. */
  nodeId: string;
  readonly isManager: boolean;
  readonly proxy: GetProxy | null;
  /** How it got lost, or is about to come back; null while it is there. */
  lost: HostFault | 'leave' | 'returning' | null;
  proxyFault: ProxyFault | null;
  isLossy: boolean;
  /** Its way to the managers' port is closed. */
  isCutOff: boolean;
  /** Since when the product cannot read it; null when it can. */
  unseenSinceMs: number | null;
}

type OnHost = Extract<LabFault, { host: number }>;

/** The hosts of a lab as things that get lost and come back. */
export interface LabHosts {
  inject(fault: OnHost): Promise<boolean>;
  heal(): Promise<void>;
  /** `readable` answers us, `unseen` does not answer the product. */
  list(which: 'readable' | 'unseen'): { host: LabHost; nodeId: string }[];
  /**
   * A manager that answers us, while the managers have quorum and the product can read one of them; else null.
   * @param leaderId the node that led them last: the others may be behind for a while
   */
  findManager(leaderId?: string | null): LabHost | null;
  /** Which engines the product can read, and nothing else. */
  toPartTruth(): Truth;
  findUnread(forMs: number): Set<string>;
}

/** @param proxies what the product reads each host through; null where it reads it directly */
export async function createLabHosts(lab: Lab, proxies: readonly (GetProxy | null)[]): Promise<LabHosts> {
  const states: HostState[] = await inParallel(lab.hosts, async (host) => ({
    host,
    nodeId: await host.docker('info', '--format', '{{.Swarm.NodeID}}'),
    isManager: lab.managers.some(({ number }) => number === host.number),
    proxy: proxies[host.number - 1] ?? null,
    lost: null,
    proxyFault: null,
    isLossy: false,
    isCutOff: false,
    unseenSinceMs: null,
  }));
  const managers = states.filter(({ isManager }) => isManager);
  const isSeen = ({ lost, proxyFault }: HostState) =>
    lost === null && (proxyFault === null || proxyFault.kind === 'slow');

  function note(state: HostState): void {
    state.unseenSinceMs = isSeen(state) ? null : (state.unseenSinceMs ?? Date.now());
  }

  async function lose(state: HostState, how: HostFault): Promise<boolean> {
    // Two of three managers may be lost, now and then; never every host.
    if (state.lost !== null || states.filter(({ lost }) => lost !== null).length >= 2) return false;
    const { host } = state;
    if (how === 'crash') process.kill(host.pid ?? 0, 'SIGKILL');
    else await host[how]();
    state.lost = how;
    if (how === 'kill') state.isLossy = state.isCutOff = false;
    note(state);
    return true;
  }

  /** Only a worker: a manager that leaves stays one of those who must agree. */
  async function leave(state: HostState): Promise<boolean> {
    if (state.lost !== null) return false;
    await state.host.docker('swarm', 'leave');
    state.lost = 'leave';
    note(state);
    return true;
  }

  /** The node that it was goes, and it joins as another. */
  async function joinAgain(state: HostState): Promise<boolean> {
    const by = findManager();
    if (by === null) return false;
    const { host } = state;
    const token = await by.docker('swarm', 'join-token', '-q', 'worker').catch(ignoreLeaderless);
    if (!token) return false;
    await setCutOff(state, false);
    await waitFor(
      async () => {
        const read = () => host.docker('info', '--format', '{{.Swarm.LocalNodeState}} {{.Swarm.NodeID}}');
        // It goes on joining after the command has given up.
        if ((await read()).startsWith('inactive'))
          await host.docker(
            ...['swarm', 'join', '--token', token, '--advertise-addr', host.address, `${by.address}:2377`],
          );
        const [local, nodeId = ''] = (await read()).split(' ');
        if (local !== 'active') return false;
        const former = state.nodeId;
        state.nodeId = nodeId;
        // Nobody has called the node unread that it is now: its engine answers from here on, and the product may show it.
        if (former !== nodeId) state.unseenSinceMs = null;
        if (former !== nodeId) await by.docker('node', 'rm', '--force', former).catch(ignoreLeaderless);
        return true;
      },
      120_000,
      `${host.hostname} to join again`,
    );
    return true;
  }

  async function setCutOff(state: HostState, isCutOff: boolean): Promise<boolean> {
    if (state.isCutOff === isCutOff || !['freeze', 'leave', null].includes(state.lost)) return false;
    const { netns } = toLabNames(lab.name).host(state.host.number);
    const rule = ['OUTPUT', '-p', 'tcp', '--dport', '2377', '-j', 'DROP'];
    await run('ip', ['netns', 'exec', netns, 'iptables', '-w', isCutOff ? '-I' : '-D', ...rule]);
    state.isCutOff = isCutOff;
    return true;
  }

  async function bringBack(state: HostState): Promise<boolean> {
    const { host, lost } = state;
    if (lost === null || lost === 'returning') return false;
    if (lost === 'leave' && !(await joinAgain(state))) return false;
    state.lost = 'returning';
    try {
      if (lost === 'leave') await waitFor(() => host.docker('version'), 10_000, `${host.hostname} to answer`);
      else if (lost === 'freeze') await host.thaw();
      else if (lost === 'cut') await host.mend();
      else await host.start();
    } catch (error) {
      state.lost = lost;
      throw error;
    }
    state.lost = null;
    note(state);
    return true;
  }

  async function setLoss(state: HostState, isLossy: boolean): Promise<boolean> {
    if (state.isLossy === isLossy || !['freeze', 'leave', null].includes(state.lost)) return false;
    const { netns } = toLabNames(lab.name).host(state.host.number);
    for (const chain of ['INPUT', 'OUTPUT']) {
      const rule = ['-i', 'eth0', '-m', 'statistic', '--mode', 'random', '--probability', '0.05'];
      if (chain === 'OUTPUT') rule[0] = '-o';
      const change = isLossy ? '-I' : '-D';
      await run('ip', ['netns', 'exec', netns, 'iptables', '-w', change, chain, ...rule, '-j', 'DROP']);
    }
    state.isLossy = isLossy;
    meddle(state, isLossy ? { kind: 'slow', delayMs: LATE_MS } : null);
    return true;
  }

  function meddle(state: HostState, proxyFault: ProxyFault | null): boolean {
    if (state.proxy === null) return false;
    state.proxy.meddle(proxyFault);
    state.proxyFault = proxyFault;
    note(state);
    return true;
  }

  async function setAvailability(state: HostState, availability: 'drain' | 'active'): Promise<boolean> {
    const by = findManager();
    if (by === null) return false;
    await by.docker('node', 'update', '--availability', availability, state.nodeId).catch(ignoreLeaderless);
    return true;
  }

  function findManager(leaderId: string | null = null): LabHost | null {
    const there = managers.filter(({ lost }) => lost === null);
    const hasQuorum = there.length > managers.length / 2;
    if (!hasQuorum || !there.some(isSeen)) return null;
    return (there.find(({ nodeId }) => nodeId === leaderId) ?? there[0])?.host ?? null;
  }

  return {
    async inject(fault) {
      const state = states[fault.host % states.length];
      if (state === undefined) return false;
      switch (fault.kind) {
        case 'return': {
          const back = states.find(({ lost }) => lost !== null);
          return back === undefined ? false : bringBack(back);
        }
        case 'loss':
          return setLoss(state, !state.isLossy);
        case 'proxy':
        case 'proxy-well': {
          const proxied = states.filter(({ proxy }) => proxy !== null);
          const one = proxied[fault.host % proxied.length];
          return one !== undefined && meddle(one, fault.kind === 'proxy' ? fault.proxyFault : null);
        }
        case 'cut-off':
        case 'cut-off-well':
        case 'leave': {
          const workers = states.filter(({ isManager }) => !isManager);
          const worker = workers[fault.host % workers.length];
          if (worker === undefined) return false;
          return fault.kind === 'leave' ? leave(worker) : setCutOff(worker, fault.kind === 'cut-off');
        }
        case 'drain':
        case 'activate':
          return setAvailability(state, fault.kind === 'drain' ? 'drain' : 'active');
        default:
          return lose(state, fault.kind);
      }
    },
    async heal() {
      // Managers first: whoever left needs them to join again.
      for (const state of states) {
        await setCutOff(state, false);
        // Who left can join where there is a leader, and managers that have just returned elect one first.
        await waitFor(
          async () => state.lost === null || (await bringBack(state)),
          120_000,
          `${state.host.hostname} to return`,
        );
        await setCutOff(state, false);
        await setLoss(state, false);
        if (state.proxyFault !== null) meddle(state, null);
      }
      await waitFor(
        async () => {
          const nodes = await lab.manager.docker('node', 'ls', '--format', '{{.ID}}');
          for (const id of nodes.split('\n'))
            if (!states.some(({ nodeId }) => nodeId === id))
              await lab.manager.docker('node', 'rm', '--force', id);
          for (const { host, nodeId } of states)
            await lab.manager.docker('node', 'update', '--availability', 'active', nodeId || host.hostname);
          return true;
        },
        120_000,
        'every node to be active again',
      );
    },
    list(which) {
      const listed = states.filter((state) => (which === 'readable' ? state.lost === null : !isSeen(state)));
      return listed.map(({ host, nodeId }) => ({ host, nodeId }));
    },
    findManager,
    toPartTruth: () =>
      toPartTruth(
        states.map((state) => ({
          id: state.nodeId,
          hostname: state.host.hostname,
          isSeen: isSeen(state),
        })),
      ),
    findUnread(forMs) {
      const sinceMs = Date.now() - forMs;
      const unread = states.filter(({ unseenSinceMs }) => unseenSinceMs !== null && unseenSinceMs < sinceMs);
      return new Set(unread.map(({ nodeId }) => nodeId));
    },
  };
}

/** A manager may have no leader at the moment: then nothing was changed. */
function ignoreLeaderless(error: unknown): null {
  if (!/leader|deadline|context|out of sequence|timed out/i.test(String(error))) throw error;
  return null;
}
