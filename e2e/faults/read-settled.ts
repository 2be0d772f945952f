import type { Lab } from '#e2e/lab/lab.ts';

interface DockerNode {
  ID: string;
  Status: { State: string };
  ManagerStatus?: { Leader?: boolean; Reachability: string };
}

/**
 * Do all managers say the same of all nodes, and that all is well with them, and do all engines answer?
 * @throws when one does not answer
 */
export async function readSettled({ hosts, managers }: Lab): Promise<boolean> {
  const get = async (tcp: string, path: string): Promise<Response> => {
    const answer = await fetch(`${tcp.replace('tcp:', 'http:')}${path}`, {
      signal: AbortSignal.timeout(5_000),
      headers: { connection: 'close' },
    });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const said = await Promise.all(
    managers.map(async ({ tcp }) => {
      const nodes = (await (await get(tcp, '/nodes')).json()) as DockerNode[];
      const isWell = nodes.every(
        ({ Status, ManagerStatus }) =>
          Status.State === 'ready' && (ManagerStatus?.Reachability ?? 'reachable') === 'reachable',
      );
      const leader = nodes.find((node) => node.ManagerStatus?.Leader)?.ID;
      if (nodes.length !== hosts.length || !isWell || leader === undefined)
        throw new Error(JSON.stringify(nodes.map((node) => [node.Status.State, node.ManagerStatus])));
      return leader;
    }),
  );
  await Promise.all(hosts.map(({ tcp }) => get(tcp, '/_ping')));
  return new Set(said).size === 1;
}
