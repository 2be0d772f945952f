import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;
/** What stands before each secret that was put in, so that one look finds them all. */
export const CANARY = 'C4n4ry';

/** A secret that is a word: nothing but what stands around it tells it. */
export const CANARY_WORD = 'canarybird';

/** A secret that goes in at one place. */
export const canary = (entry: string): string => `${CANARY}${entry}S3cr3t1`;

/** Turns text around, and ends a line in a terminal. */
export const HOSTILE_NAME_CHARS = '\u202e\u0007\u200b';

export interface TaintedEngine {
  /** As a Docker endpoint. */
  endpoint: string;
  /** What was put in so far, by where. */
  entered: ReadonlySet<string>;
  close(): Promise<void>;
}

export interface TaintOptions {
  /** Instead of a container's log: its lines. */
  lines(): string[];
  /** Its `/info` says why the swarm has no leader. */
  isLeaderless?: boolean;
}

/**
 * An engine of the demo swarm behind something that puts a secret into every text that people write, or that quotes
 * what they wrote: image, check, outputs, errors, labels, messages, log lines, names.
 *
 * @param target `tcp://ADDRESS:PORT`
 */
export async function startTaintedEngine(
  target: string,
  { lines, isLeaderless = false }: TaintOptions,
): Promise<TaintedEngine> {
  const { hostname, port } = new URL(target.replace(/^tcp:/, 'http:'));
  const entered = new Set<string>();
  const put = (entry: string): string => {
    entered.add(entry);
    return canary(entry);
  };
  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    const path = url.replace(/^\/v1\.\d+/, '').replace(/\?.*/, '');
    if (/^\/containers\/\w+\/logs$/.test(path)) return void sendLog(url, outgoing, lines);
    const upstream = request({ hostname, port, path: url, agent: false }, (answer) => {
      if (path === '/events') pipeEvents(answer, outgoing, put);
      else void rewrite(answer, outgoing, path, path === '/info' && !isLeaderless ? () => '' : put);
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    upstream.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    entered,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Put = (entry: string) => string;

async function rewrite(answer: IncomingMessage, outgoing: ServerResponse, path: string, put: Put) {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, headers);
  const taint = answer.statusCode === 200 ? TAINTS.find(([paths]) => paths.test(path))?.[1] : undefined;
  if (taint === undefined) return outgoing.end(body);
  const parsed = JSON.parse(body) as Json | Json[];
  for (const item of Array.isArray(parsed) ? parsed : [parsed]) taint(item, put);
  return outgoing.end(JSON.stringify(parsed));
}

const at = (item: Json, ...names: string[]): Json =>
  names.reduce<Json>((inner, name) => {
    inner[name] ??= {};
    return inner[name] as Json;
  }, item);

const toImage = (put: Put) => `bob:${put('Image')}@registry.lan/seen-image:1`;

function taintTemplate(template: Json, put: Put): void {
  const spec = at(template, 'ContainerSpec');
  spec.Image = toImage(put);
  spec.Env = [`DB_PASSWORD=${put('Env')}`];
  spec.Args = ['--token', put('Args')];
  if (spec.Healthcheck) Object.assign(spec.Healthcheck, toTest(put));
}

const toTest = (put: Put) => ({ Test: ['CMD', 'redis-cli', '-a', put('Check'), 'seen-check'] });

const TAINTS: readonly [path: RegExp, taint: (item: Json, put: Put) => void][] = [
  [
    /^\/services(?:\/|$)/,
    (service, put) => {
      at(service, 'Spec', 'Labels').registry_token = put('ServiceLabel');
      taintTemplate(at(service, 'Spec', 'TaskTemplate'), put);
      const spec = at(service, 'Spec');
      spec.Name = `${String(spec.Name)}${HOSTILE_NAME_CHARS}seen-name`;
      service.UpdateStatus = {
        State: 'paused',
        StartedAt: new Date().toISOString(),
        Message: `seen-update paused, token=${put('Update')}`,
      };
    },
  ],
  [
    /^\/tasks(?:\/|$)/,
    (task, put) => {
      taintTemplate(at(task, 'Spec'), put);
      const status = at(task, 'Status');
      status.Message = `seen-message password=${put('Message')}`;
      status.Err = `seen-err exec: "app --token ${put('Err')}": executable file not found in $PATH`;
    },
  ],
  [
    /^\/nodes(?:\/|$)/,
    (node, put) => {
      at(node, 'Spec', 'Labels').registry_token = put('NodeLabel');
      at(node, 'Spec', 'Labels')['seen-label'] = `x${HOSTILE_NAME_CHARS}y`;
      at(node, 'Status').Message = `seen-node password=${put('NodeMessage')}`;
      at(node, 'Description').Hostname = `seen-host${HOSTILE_NAME_CHARS}`;
    },
  ],
  [
    /^\/info$/,
    (info, put) => {
      info.Name = `seen-host${HOSTILE_NAME_CHARS}`;
      const secret = put('Swarm');
      if (secret !== '')
        at(info, 'Swarm').Error = `seen-swarm token=${secret} of operator-${put('OperatorSwarm')}`;
    },
  ],
  [
    /^\/containers\/json$/,
    (container, put) => {
      container.Image = toImage(put);
      container.Command = `app --token ${put('Command')}`;
    },
  ],
  [
    /^\/containers\/\w+\/json$/,
    (container, put) => {
      const state = at(container, 'State');
      state.Error = `seen-state exec: "app --password ${put('State')}": no such file`;
      const config = at(container, 'Config');
      config.Image = toImage(put);
      config.Env = [`DB_PASSWORD=${put('Env')}`];
      if (config.Healthcheck) Object.assign(config.Healthcheck, toTest(put));
      const { Log: probes } = at(container, 'State', 'Health');
      for (const probe of Array.isArray(probes) ? (probes as Json[]) : [])
        probe.Output = `seen-output ${String(probe.Output)} postgres://app:${put('Output')}@db/x operator-${put('OperatorOutput')} http://auth:8080/x redis-cli AUTH ${CANARY_WORD}`;
    },
  ],
];

function pipeEvents(answer: IncomingMessage, outgoing: ServerResponse, put: Put): void {
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  outgoing.flushHeaders();
  answer.setEncoding('utf8');
  answer.on('data', (text: string) =>
    outgoing.write(text.replaceAll(/"image":"[^"]*"/g, () => `"image":${JSON.stringify(toImage(put))}`)),
  );
  answer.on('end', () => outgoing.end());
  answer.on('error', () => outgoing.destroy());
}

/** All lines at once; followed, the last of them again and again. */
function sendLog(url: string, outgoing: ServerResponse, lines: () => string[]): void {
  const write = (text: string) => {
    for (let at = 0; at <= text.length; at += 16_384) {
      const isLast = at + 16_384 > text.length;
      const body = Buffer.from(
        `${new Date().toISOString()} ${text.slice(at, at + 16_384)}${isLast ? '\n' : ''}`,
      );
      const head = Buffer.alloc(8);
      head.writeUInt8(1, 0);
      head.writeUInt32BE(body.length, 4);
      outgoing.write(Buffer.concat([head, body]));
    }
  };
  outgoing.writeHead(200, { 'Content-Type': 'application/vnd.docker.raw-stream' });
  const all = lines();
  for (const line of all) write(line);
  if (!/[?&]follow=(?:1|true)/.test(url)) return void outgoing.end();
  const timer = setInterval(() => write(all.at(-1) ?? ''), 200);
  outgoing.on('close', () => clearInterval(timer));
}
