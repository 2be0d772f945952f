import type { TrafficPort } from '#lib/model/contract/traffic.ts';
import { quoteShell } from '#lib/model/text/quote-shell.ts';
import * as words from '#words/pages/commands.ts';

/** A command to type by hand, and on which machine. */
export interface DockerCommand {
  what: string;
  where: string;
  command: string;
}

/** What asks a replica's own engine; nothing while it has no container. */
export function toReplicaCommands(replica: {
  hostname: string | null;
  containerId: string | null;
}): DockerCommand[] {
  const { hostname, containerId } = replica;
  if (containerId === null) return [];
  const where = hostname === null ? words.onItsNode : `on ${hostname}`;
  const id = quoteShell(containerId.slice(0, 12));
  return [
    { what: 'Health', where, command: `docker inspect -f '{{json .State.Health}}' ${id}` },
    { what: 'Use', where, command: `docker stats --no-stream ${id}` },
    { what: 'Log', where, command: `docker logs --timestamps --tail 100 ${id}` },
  ];
}

/** What asks a manager about a service. */
export function toServiceCommands(serviceName: string): DockerCommand[] {
  const where = words.onManager;
  const name = quoteShell(serviceName);
  return [
    { what: 'Tasks', where, command: words.psCommand(name) },
    { what: 'Log', where, command: words.logsCommand(name) },
    { what: 'Update', where, command: words.inspectCommand(name) },
  ];
}

type Command = Pick<DockerCommand, 'where' | 'command'>;

const onManager =
  (toCommand: (name: string) => string) =>
  (name: string): Command => ({
    where: words.onManager,
    command: toCommand(quoteShell(name)),
  });

/** The command that shows the same as a panel: what a service publishes, one of its networks, its spec, its mounts. */
export const toPortsCommand = onManager(words.portsCommand);
export const toNetworkCommand = onManager(words.networkCommand);
export const toSpecCommand = onManager(words.specCommand);
export const toNamesCommand = onManager(words.namesCommand);
/** Of a node. */
export const toResourcesCommand = onManager(words.resourcesCommand);
export const toNodeCommand = onManager(words.nodeCommand);
export const toNodeTasksCommand = onManager(words.nodeTasksCommand);
export const toPluginsCommand = onManager(words.pluginsCommand);

/** What runs on a node besides Swarm's. */
export const toPlainCommand = (hostname: string): Command => ({
  where: words.onHost(hostname),
  command: words.plainCommand,
});

/** What asks a published port of a node the same as a check does. The node chose its name, and a label the path. */
export function toPortCommand(
  { published, ask }: Pick<TrafficPort, 'published' | 'ask'>,
  place: string,
): string {
  // One that begins as an option would be taken for one, quoted or not.
  const name = place.startsWith('-') ? 'NODE' : place;
  const isIpv6 = /^[\da-f:.]*:[\da-f:.]*$/i.test(name);
  const host = isIpv6 ? `[${name}]` : name;
  if (ask?.kind === 'http') {
    const url = quoteShell(`http://${host}:${published}${ask.path}`);
    return `curl -sS -m 3 -o /dev/null -w '%{http_code} %{time_total}\\n' ${url}`;
  }
  if (ask?.kind === 'tls')
    return `openssl s_client -connect ${quoteShell(`${host}:${published}`)} </dev/null`;
  return `nc -vz -w 3 ${quoteShell(name)} ${published}`;
}
